import { requirePair, type MidlUserMemory } from "../memory/midl-user-memory.ts";
import type { ReferentVisitor } from "../memory/node-type.ts";
import { ExistingStorage } from "../memory/orphans.ts";
import { clientPair } from "../memory/rpc-ss/client-pair.ts";
import type { NdrReader } from "../ndr/reader.ts";
import type { NdrWriter } from "../ndr/writer.ts";
import { RpcError } from "../rpc-error.ts";
import type { InterfaceDescription } from "../rpc/interface-description.ts";
import type { Association } from "./association.ts";
import type { CallOptions, OperationDescription } from "./call-options.ts";
import { ClientCall } from "./client-call.ts";
import { ContextHandle, isContextHandle } from "./context-handle.ts";
import type { RpcBinding } from "./rpc-binding.ts";

const NO_OPTIONS: CallOptions = {};

/** What the client stub of an interface is built on: it makes the calls that generated methods describe. */
export abstract class ClientStub {
  readonly binding: RpcBinding;
  readonly memory: MidlUserMemory;
  readonly #interface: InterfaceDescription;
  #withPipes: InterfaceDescription | undefined;

  /** @throws TypeError when the pair is missing (M1) */
  constructor(interfaceId: InterfaceDescription, binding: RpcBinding, memory: MidlUserMemory) {
    requirePair(memory, interfaceId.name);
    this.#interface = interfaceId;
    this.binding = binding;
    this.memory = memory;
  }

  /**
   * Makes a call: marshals the request with the negotiated transfer syntax, sends it, unmarshals the answer.
   *
   * @param contextHandle a context handle of the request, if it has one: the call goes to the server it came from (C706 5.1.6)
   * @param storage visits the pointers of the parameters that existing storage hangs on: in the request, with a response in it
   * @returns what `unmarshal` returns; rejects with what `marshal` or `unmarshal` throws, or with an RpcError
   */
  protected invoke<Response>(
    operation: OperationDescription,
    options: CallOptions | undefined,
    marshal: (writer: NdrWriter) => void,
    unmarshal: (reader: NdrReader) => Response,
    contextHandle?: object | null,
    storage?: (visit: ReferentVisitor, response?: Response) => void,
  ): Promise<Response> {
    return new Promise((resolve, reject) => {
      const { binding = this.binding, objectUuid = binding.objectUuid } = options ?? NO_OPTIONS;
      const description =
        operation.pipes === undefined ? this.#interface : (this.#withPipes ??= inNdr(this.#interface));
      const memory = clientPair(this.memory, operation.sensitive === true);
      const request = {
        interface: description,
        otherwise: description === this.#interface ? undefined : this.#interface,
        operation,
        memory,
        objectUuid,
        marshal,
        unmarshal: storage === undefined ? unmarshal : reportingOrphans(unmarshal, storage, memory),
      };
      const call = new ClientCall(request, resolve, reject);
      if (options !== undefined) call.heed(options);
      if (call.settled) return;
      try {
        const association =
          isContextHandle(contextHandle) && !contextHandle.closed
            ? associationOfHandle(contextHandle, this.#interface, options?.binding)
            : binding.associationFor(this.#interface);
        if (association instanceof Promise)
          association.then(
            (mapped) => {
              mapped.begin(call);
            },
            (error: unknown) => {
              call.fail(error);
            },
          );
        else association.begin(call);
      } catch (error) {
        call.fail(error);
      }
    });
  }
}

/** Unmarshals a reply and tells the pair of the pointers that it severed (M21): nothing is looked at for a pair that does not ask. */
function reportingOrphans<Response>(
  unmarshal: (reader: NdrReader) => Response,
  storage: (visit: ReferentVisitor, response?: Response) => void,
  memory: MidlUserMemory,
): (reader: NdrReader) => Response {
  if (memory.midl_user_orphaned === undefined) return unmarshal;
  const existing = new ExistingStorage(storage);
  return (reader) => {
    const response = unmarshal(reader);
    existing.reportOrphans((visit) => {
      storage(visit, response);
    }, memory);
    return response;
  };
}

/** The interface in NDR alone: calls with pipes are made in it, as Windows does, unless there is only NDR64. */
function inNdr(description: InterfaceDescription): InterfaceDescription {
  return description.transferSyntaxes.includes("ndr") ? { ...description, transferSyntaxes: ["ndr"] } : description;
}

function associationOfHandle(
  handle: ContextHandle,
  description: InterfaceDescription,
  explicit: RpcBinding | undefined,
): Association {
  const association = ContextHandle.associationOf(handle);
  if (explicit !== undefined && explicit.associationFor(description) !== association)
    throw new RpcError("RPC_X_SS_CONTEXT_MISMATCH", `the ${handle.type} handle belongs to another binding`, {
      peer: explicit.toString(),
    });
  return association;
}
