import type { ApplicationConversions } from "../conversions/application-conversions.ts";
import { freeConverted, type ConvertedWalk } from "../conversions/free-converted.ts";
import { FreeWalk } from "../memory/free-referents.ts";
import { freesNothing } from "../memory/managed-memory.ts";
import type { MidlUserMemory } from "../memory/midl-user-memory.ts";
import type { ReferentVisitor } from "../memory/node-type.ts";
import { endEnvironment, environmentOf, releaseRefused } from "../memory/rpc-ss/call-environment.ts";
import { logicalThreads } from "../memory/rpc-ss/logical-threads.ts";
import type { NdrReader } from "../ndr/reader.ts";
import type { NdrWriter } from "../ndr/writer.ts";
import { RpcError } from "../rpc-error.ts";
import { notifying } from "./notification.ts";
import type { ServerCall, ServerOperation } from "./server-stub.ts";

/** What a generated server stub says of one operation: each step is straight-line code for its parameters. */
export interface ManagerOperation<Request, Response> {
  readonly name: string;
  /** The stub establishes an RpcSs environment around the call ([enable_allocate], /rpcss, /osf). */
  readonly enableAllocate?: boolean | undefined;
  /** Unmarshals the [in] parameters and allocates the storage of [out] ones. */
  readonly unmarshal: (r: NdrReader) => Request;
  readonly call: (request: Request, call: ServerCall) => Response | Promise<Response>;
  readonly marshal: (w: NdrWriter, request: Request, response: Response) => void;
  /** Visits every node that the request and the response own. `response` is undefined when the manager threw. */
  readonly free: (midl_user_free: ReferentVisitor, request: Request, response: Response | undefined) => void;
  /** Handle types with [context_handle_serialize] or [context_handle_noserialize]. */
  readonly handleAccess?: Readonly<Record<string, "exclusive" | "shared">> | undefined;
  /** The application's notification routines (M27). */
  readonly notify?: ((managerWasCalled: boolean) => void) | undefined;
  /** What routines of the application convert in the request and the response; absent when there is nothing. */
  readonly converted?: ConvertedParameters<Request, Response> | undefined;
}

/** The converted objects of an operation, for the free routines of the application (M40). */
export interface ConvertedParameters<Request, Response> {
  readonly conversions: ApplicationConversions;
  readonly visit: (walk: ConvertedWalk, request: Request, response: Response | undefined) => void;
}

/**
 * The server stub of an operation (MIDL "Server Stub Memory Management"): unmarshals, calls the manager routine, marshals the reply and
 * gives every node back to the pair, also when the manager or the marshaling throws. What was allocated for a request that could not
 * be unmarshaled is given back as well.
 */
export function managerOperation<Request, Response>(
  operation: ManagerOperation<Request, Response>,
): ServerOperation & ManagerOperation<Request, Response> {
  return { ...operation, execute: notifying(operation, executing) };
}

function executing<Request, Response>(operation: ManagerOperation<Request, Response>): ServerOperation["execute"] {
  return (call, r, w) => {
    const request = unmarshalRequest(operation, r);
    let response: Response | undefined;
    const finish = (result: Response): void => {
      response = result;
      w.fullPointers = r.knownFullPointers;
      operation.marshal(w, request, result);
    };
    const free = (): void => {
      r.contextHandles.giveBack?.();
      freeAll(operation, call.memory, r.views, request, response);
    };
    const manage = (): Response | Promise<Response> =>
      logicalThreads.manage(environmentOf(call.memory), operation.call, request, call);
    let result: Response | Promise<Response>;
    try {
      const turn = r.contextHandles.take?.(operation.handleAccess ?? NO_ACCESS, request);
      result = turn === undefined ? manage() : turn.then(manage);
    } catch (error) {
      free();
      throw error;
    }
    if (result instanceof Promise) return result.then(finish).finally(free);
    try {
      finish(result);
      return undefined;
    } finally {
      free();
    }
  };
}

/** The interface says nothing of its handle types. */
export const NO_ACCESS: Readonly<Record<string, "exclusive" | "shared">> = {};

/** A server stub that runs out of memory says so with a status of its own: RPC_S_SERVER_OUT_OF_MEMORY on the client (M3). */
export function unmarshalRequest<Request>(
  operation: { readonly name: string; readonly unmarshal: (r: NdrReader) => Request },
  r: NdrReader,
): Request {
  try {
    return r.settle(operation.unmarshal(r));
  } catch (error) {
    r.abandon();
    releaseRefused(r.memory);
    if (error instanceof RpcError && error.name === "RPC_S_OUT_OF_MEMORY")
      throw new RpcError("RPC_S_SERVER_OUT_OF_MEMORY", error.message, {
        operation: operation.name,
        cause: error.cause,
      });
    throw error;
  }
}

/**
 * Calls the application's free routines for what they converted in a request and its response, and gives every node of the two back to the
 * pair, but those that are views of stub data; an environment ends whole.
 *
 * @throws what a free routine throws, when everything has been freed
 */
export function freeAll<Request, Response>(
  operation: Pick<ManagerOperation<Request, Response>, "name" | "free" | "converted">,
  memory: MidlUserMemory,
  views: ReadonlySet<object>,
  request: Request,
  response: Response | undefined,
): void {
  const failure = freeObjects(operation, memory, request, response);
  if (!freesNothing(memory) && !endEnvironment(memory)) {
    const walk = new FreeWalk(memory, { skipped: views, isServerStub: true });
    operation.free(walk.add, request, response);
    walk.free();
  }
  if (failure !== undefined) throw failure;
}

function freeObjects<Request, Response>(
  { name, converted }: Pick<ManagerOperation<Request, Response>, "name" | "converted">,
  memory: MidlUserMemory,
  request: Request,
  response: Response | undefined,
): RpcError | undefined {
  if (converted === undefined) return undefined;
  return freeConverted(converted.conversions, memory, name, (walk) => {
    converted.visit(walk, request, response);
  });
}

/** Rundown routines of an interface, by the name of the context handle type. */
export type RundownTable = Readonly<Record<string, (state: object) => unknown>>;

/** Makes ServerStub.rundown out of the manager's rundown routines. */
export function rundownTable(routines: RundownTable): (type: string, state: object) => Promise<void> {
  return async (type, state) => {
    await routines[type]?.(state);
  };
}

/** A rundown routine for the state objects that the manager itself made for handles of that type. */
export function rundownRoutine<State extends object>(
  routine: (state: State) => unknown,
): (state: object | State) => unknown {
  return (state) => (isStateOf(state, routine) ? routine(state) : undefined);
}

/** The context handle table keeps the type's name with each state object and runs it down under that name only. */
function isStateOf<State extends object>(state: object, _routine: (state: State) => unknown): state is State {
  return typeof state === "object";
}
