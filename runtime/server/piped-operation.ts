import type { NdrReader } from "../ndr/reader.ts";
import { environmentOf } from "../memory/rpc-ss/call-environment.ts";
import { logicalThreads } from "../memory/rpc-ss/logical-threads.ts";
import type { ContextHandleTable } from "../ndr/context-handle-table.ts";
import type { FullPointerTable } from "../ndr/full-pointers.ts";
import { PipeReader } from "../pipes/pipe-reader.ts";
import { PipeWriter } from "../pipes/pipe-writer.ts";
import { StubDataStream } from "../rpc/stub-data-stream.ts";
import { freeAll, NO_ACCESS, unmarshalRequest, type ManagerOperation } from "./manager-operation.ts";
import { PipeExchange, type RequestLimit, type ServerPipes } from "./pipe-exchange.ts";
import { notifying } from "./notification.ts";
import type { ServerOperation } from "./server-stub.ts";

/** What a generated server stub says of an operation with pipes. */
export interface PipedManagerOperation<Request, Response> extends Omit<
  ManagerOperation<Request, Response>,
  "unmarshal"
> {
  /** Requests go on behind their parameters: there is an [in] pipe. */
  readonly pulls: boolean;
  /** Unmarshals the [in] parameters that are no pipes, and makes the pipes. */
  readonly unmarshal: (r: NdrReader, pipes: ServerPipes) => Request;
}

type Transfer = NonNullable<ServerOperation["transfer"]>;

const NO_LIMIT: RequestLimit = { check: () => undefined, settled: () => undefined };

/**
 * The server stub of an operation with pipes: unmarshals the parameters that are no pipes as soon as they have come, calls the manager
 * routine, which pulls and pushes chunks, drops what it left, marshals the other results and frees as `managerOperation` does.
 */
export function pipedOperation<Request, Response>(
  operation: PipedManagerOperation<Request, Response>,
): ServerOperation & PipedManagerOperation<Request, Response> {
  const notified = notifying(operation, transferring);
  const transfer = async (...parameters: Parameters<Transfer>): Promise<void> => notified(...parameters);
  return {
    ...operation,
    transfer,
    execute(call, r, w) {
      const stream = StubDataStream.whole(r.octets.subarray(r.offset));
      const { ndr64, littleEndian, memory, contextHandles } = r;
      const reader = new PipeReader(stream, { ndr64, littleEndian, memory, contextHandles });
      return transfer(call, new PipeExchange(reader, new PipeWriter(w, undefined)), NO_LIMIT);
    },
  };
}

function transferring<Request, Response>(operation: PipedManagerOperation<Request, Response>): Transfer {
  return async (call, exchange, limit) => {
    let fullPointers: FullPointerTable | undefined;
    let handles: ContextHandleTable | undefined;
    const request = await exchange.request((r) => {
      const { name } = operation;
      const unmarshaled = unmarshalRequest({ name, unmarshal: (reader) => operation.unmarshal(reader, exchange) }, r);
      fullPointers = r.knownFullPointers;
      handles = r.contextHandles;
      return unmarshaled;
    }, limit);
    let response: Response | undefined;
    try {
      await handles?.take?.(operation.handleAccess ?? NO_ACCESS, request);
      response = await logicalThreads.manage(environmentOf(call.memory), operation.call, request, call);
      await exchange.close();
      exchange.response.fullPointers = fullPointers;
      operation.marshal(exchange.response, request, response);
    } finally {
      handles?.giveBack?.();
      freeAll(operation, call.memory, NO_VIEWS, request, response);
    }
  };
}

const NO_VIEWS: ReadonlySet<object> = new Set();
