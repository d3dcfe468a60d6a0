/** An interface with pipes in every direction, for the tests of their transfer: hand-written stubs, as the generator writes them. */
import { ClientStub } from "../../../runtime/client/client-stub.ts";
import type { CallOptions } from "../../../runtime/client/call-options.ts";
import { pullPipe, pushPipe } from "../../../runtime/client/client-pipes.ts";
import type { RpcBinding } from "../../../runtime/client/rpc-binding.ts";
import { uint8ArrayNode } from "../../../runtime/memory/array-node.ts";
import { managedMemory } from "../../../runtime/memory/managed-memory.ts";
import type { ClientPipe, PipeSink, PipeSource, ServerPipe } from "../../../runtime/pipes/pipe.ts";
import { numberPipe, type PipeType } from "../../../runtime/pipes/pipe-type.ts";
import type { InterfaceDescription } from "../../../runtime/rpc/interface-description.ts";
import { managerOperation } from "../../../runtime/server/manager-operation.ts";
import { pipedOperation } from "../../../runtime/server/piped-operation.ts";
import type { ServerCall, ServerStub } from "../../../runtime/server/server-stub.ts";
import { marshalUint32, unmarshalUint32 } from "../sample-interface.ts";

export const OCTETS: PipeType<Uint8Array> = numberPipe("OCTETS", uint8ArrayNode, Uint8Array);

export const PIPED: InterfaceDescription = {
  name: "Piped",
  uuid: "5c1a7c26-23b6-4bd6-9c1c-9d5d5e0f0a11",
  major: 1,
  minor: 0,
  transferSyntaxes: ["ndr", "ndr64"],
  endpoints: [],
};

/** `unsigned long Send([in] unsigned long number, [in] OCTETS sent)` and so on; each test gives the managers that it needs. */
export interface PipedManager {
  /** opnum 0 */
  send?(request: { number: number; sent: AsyncIterable<Uint8Array> }, call: ServerCall): number | Promise<number>;
  /** opnum 1 */
  receive?(request: { number: number; received: PipeSink<Uint8Array> }, call: ServerCall): number | Promise<number>;
  /** opnum 2 */
  echo?(request: { data: ServerPipe<Uint8Array> }, call: ServerCall): void | Promise<void>;
  /** opnum 3: two [in] pipes, two [out] pipes. */
  four?(request: FourRequest, call: ServerCall): void | Promise<void>;
  /** opnum 4: no pipes. */
  addOne?(number: number, call: ServerCall): number | Promise<number>;
}

/** What the manager of the operation with four pipes gets. */
export interface FourRequest {
  readonly first: AsyncIterable<Uint8Array>;
  readonly second: AsyncIterable<Uint8Array>;
  readonly third: PipeSink<Uint8Array>;
  readonly fourth: PipeSink<Uint8Array>;
}

export class PipedClient extends ClientStub {
  constructor(binding: RpcBinding, description: InterfaceDescription = PIPED) {
    super(description, binding, managedMemory());
  }

  send(request: { number: number; sent: PipeSource<Uint8Array> }, options?: CallOptions): Promise<number> {
    return this.invoke(
      { opnum: 0, name: "Send", pipes: [pullPipe(OCTETS, request.sent, "Send.sent")] },
      options,
      (w) => {
        marshalUint32(w, request.number);
      },
      unmarshalUint32,
    );
  }

  receive(request: { number: number; received: PipeSink<Uint8Array> }, options?: CallOptions): Promise<number> {
    return this.invoke(
      { opnum: 1, name: "Receive", pipes: [pushPipe(OCTETS, request.received, "Receive.received")] },
      options,
      (w) => {
        marshalUint32(w, request.number);
      },
      unmarshalUint32,
    );
  }

  echo({ data }: { data: ClientPipe<Uint8Array> }, options?: CallOptions): Promise<void> {
    const pipes = [pullPipe(OCTETS, data.pull, "Echo.data"), pushPipe(OCTETS, data.push, "Echo.data")];
    return this.invoke({ opnum: 2, name: "Echo", pipes }, options, nothing, nothing);
  }

  four(request: {
    first: PipeSource<Uint8Array>;
    second: PipeSource<Uint8Array>;
    third: PipeSink<Uint8Array>;
    fourth: PipeSink<Uint8Array>;
  }): Promise<void> {
    const pipes = [
      pullPipe(OCTETS, request.first, "Four.first"),
      pullPipe(OCTETS, request.second, "Four.second"),
      pushPipe(OCTETS, request.third, "Four.third"),
      pushPipe(OCTETS, request.fourth, "Four.fourth"),
    ];
    return this.invoke({ opnum: 3, name: "Four", pipes }, undefined, nothing, nothing);
  }

  addOne(number: number): Promise<number> {
    return this.invoke(
      { opnum: 4, name: "AddOne" },
      undefined,
      (w) => {
        marshalUint32(w, number);
      },
      unmarshalUint32,
    );
  }
}

export function pipedStub(manager: PipedManager, description: InterfaceDescription = PIPED): ServerStub {
  const free = nothing;
  return {
    interface: description,
    memory: managedMemory(),
    operations: [
      pipedOperation({
        name: "Send",
        pulls: true,
        unmarshal: (r, pipes) => ({ number: unmarshalUint32(r), sent: pipes.pull(OCTETS, "Send.sent") }),
        call: (request, call) => manager.send?.(request, call) ?? 0,
        marshal: (w, _request, response: number) => {
          marshalUint32(w, response);
        },
        free,
      }),
      pipedOperation({
        name: "Receive",
        pulls: false,
        unmarshal: (r, pipes) => ({ number: unmarshalUint32(r), received: pipes.push(OCTETS, "Receive.received") }),
        call: (request, call) => manager.receive?.(request, call) ?? 0,
        marshal: (w, _request, response: number) => {
          marshalUint32(w, response);
        },
        free,
      }),
      pipedOperation({
        name: "Echo",
        pulls: true,
        unmarshal: (_r, pipes) => ({
          data: { pull: pipes.pull(OCTETS, "Echo.data"), push: pipes.push(OCTETS, "Echo.data") },
        }),
        call: (request, call) => manager.echo?.(request, call),
        marshal: nothing,
        free,
      }),
      pipedOperation({
        name: "Four",
        pulls: true,
        unmarshal: (_r, pipes) => ({
          first: pipes.pull(OCTETS, "Four.first"),
          second: pipes.pull(OCTETS, "Four.second"),
          third: pipes.push(OCTETS, "Four.third"),
          fourth: pipes.push(OCTETS, "Four.fourth"),
        }),
        call: (request, call) => manager.four?.(request, call),
        marshal: nothing,
        free,
      }),
      managerOperation({
        name: "AddOne",
        unmarshal: unmarshalUint32,
        call: (number, call) => manager.addOne?.(number, call) ?? number + 1,
        marshal: (w, _request, response: number) => {
          marshalUint32(w, response);
        },
        free,
      }),
    ],
  };
}

function nothing(): void {
  // No parameters beside the pipes, and nothing to free.
}
