/** An interface with hand-written stubs, for the tests of the protocol. */
import { ClientStub } from "../../runtime/client/client-stub.ts";
import type { CallOptions } from "../../runtime/client/call-options.ts";
import type { ContextHandle } from "../../runtime/client/context-handle.ts";
import type { RpcBinding } from "../../runtime/client/rpc-binding.ts";
import { managedMemory } from "../../runtime/memory/managed-memory.ts";
import { marshalContextHandle, unmarshalContextHandle } from "../../runtime/ndr/context-handles.ts";
import type { NdrReader } from "../../runtime/ndr/reader.ts";
import type { NdrWriter } from "../../runtime/ndr/writer.ts";
import { RpcError } from "../../runtime/rpc-error.ts";
import type { InterfaceDescription } from "../../runtime/rpc/interface-description.ts";
import type { ServerCall, ServerStub } from "../../runtime/server/server-stub.ts";

export const SAMPLE: InterfaceDescription = {
  name: "Sample",
  uuid: "60a15ec5-4de8-11d7-a637-005056a20182",
  major: 1,
  minor: 0,
  transferSyntaxes: ["ndr", "ndr64"],
  endpoints: [],
};

/** Another interface with the same operations. */
export const OTHER: InterfaceDescription = { ...SAMPLE, name: "Other", uuid: "0d72a7d4-6148-11d1-b4aa-00c04fb66ea0" };

/** What the managers of the sample interface do; each test gives those that it needs. */
export interface SampleManagers {
  addOne?(value: number, call: ServerCall): number | Promise<number>;
  echo?(octets: Uint8Array, call: ServerCall): Uint8Array | Promise<Uint8Array>;
  open?(call: ServerCall): object;
  use?(state: object, call: ServerCall): number | Promise<number>;
  close?(state: object): void;
  rundown?(type: string, state: object): void | Promise<void>;
}

export class SampleClient extends ClientStub {
  constructor(binding: RpcBinding, description: InterfaceDescription = SAMPLE) {
    super(description, binding, managedMemory());
  }

  addOne(value: number, options?: CallOptions): Promise<number> {
    return this.invoke(
      { opnum: 0, name: "AddOne" },
      options,
      (w) => {
        marshalUint32(w, value);
      },
      unmarshalUint32,
    );
  }

  echo(octets: Uint8Array, options?: CallOptions): Promise<Uint8Array> {
    return this.invoke(
      { opnum: 1, name: "Echo" },
      options,
      (w) => {
        marshalOctets(w, octets);
      },
      unmarshalOctets,
    );
  }

  open(): Promise<ContextHandle | null> {
    return this.invoke(
      { opnum: 2, name: "Open" },
      undefined,
      () => undefined,
      (r) => handleOf(unmarshalContextHandle(r, "SAMPLE_HANDLE")),
    );
  }

  use(handle: ContextHandle | null, options?: CallOptions): Promise<number> {
    return this.invoke(
      { opnum: 3, name: "Use" },
      options,
      (w) => {
        marshalContextHandle(w, handle, "SAMPLE_HANDLE");
      },
      unmarshalUint32,
      handle,
    );
  }

  close(handle: ContextHandle | null): Promise<ContextHandle | null> {
    return this.invoke(
      { opnum: 4, name: "Close" },
      undefined,
      (w) => {
        marshalContextHandle(w, handle, "SAMPLE_HANDLE", handle);
      },
      (r) => handleOf(unmarshalContextHandle(r, "SAMPLE_HANDLE", handle)),
      handle,
    );
  }

  /** An operation that the server does not have. */
  missing(): Promise<void> {
    return this.invoke(
      { opnum: 77, name: "Missing" },
      undefined,
      () => undefined,
      () => undefined,
    );
  }

  notify(value: number): Promise<void> {
    return this.invoke(
      { opnum: 0, name: "Notify", maybe: true },
      undefined,
      (w) => {
        marshalUint32(w, value);
      },
      () => undefined,
    );
  }

  /** A call whose stub code fails on the client. */
  broken(marshal: (w: NdrWriter) => void, unmarshal: (r: NdrReader) => number): Promise<number> {
    return this.invoke({ opnum: 0, name: "Broken" }, undefined, marshal, unmarshal);
  }
}

export function sampleStub(managers: SampleManagers, description: InterfaceDescription = SAMPLE): ServerStub {
  const absent = (): never => {
    throw new RpcError("RPC_S_CANNOT_SUPPORT");
  };
  return {
    interface: description,
    memory: managedMemory(),
    operations: [
      {
        name: "AddOne",
        execute(call, r, w) {
          const value = unmarshalUint32(r);
          const result = (managers.addOne ?? ((given: number) => given + 1))(value, call);
          if (typeof result === "number") {
            marshalUint32(w, result);
            return;
          }
          return result.then((sum) => {
            marshalUint32(w, sum);
          });
        },
      },
      {
        name: "Echo",
        async execute(call, r, w) {
          marshalOctets(w, await (managers.echo ?? ((octets: Uint8Array) => octets))(unmarshalOctets(r), call));
        },
      },
      {
        name: "Open",
        execute(call, _r, w) {
          marshalContextHandle(w, (managers.open ?? absent)(call), "SAMPLE_HANDLE");
        },
      },
      {
        name: "Use",
        async execute(call, r, w) {
          const state = unmarshalContextHandle(r, "SAMPLE_HANDLE");
          if (state === null) throw new RpcError("RPC_X_SS_IN_NULL_CONTEXT");
          marshalUint32(w, await (managers.use ?? absent)(state, call));
        },
      },
      {
        name: "Close",
        execute(_call, r, w) {
          const state = unmarshalContextHandle(r, "SAMPLE_HANDLE");
          if (state !== null) managers.close?.(state);
          marshalContextHandle(w, null, "SAMPLE_HANDLE", state);
        },
      },
    ],
    ...(managers.rundown === undefined ? {} : { rundown: managers.rundown.bind(managers) }),
  };
}

export function marshalUint32(w: NdrWriter, value: number): void {
  w.uint32(w.reserve(4, 4), value, "value");
}

export function unmarshalUint32(r: NdrReader): number {
  return r.uint32(r.take(4, 4));
}

/** A conformant array of octets, as `[in] long n, [size_is(n)] byte b[]` without the n. */
function marshalOctets(w: NdrWriter, octets: Uint8Array): void {
  w.appendCount(octets.length, "octets");
  const at = w.reserve(octets.length, 1);
  w.buffer.set(octets, at);
}

function unmarshalOctets(r: NdrReader): Uint8Array {
  const length = r.takeCount();
  const at = r.take(length, 1);
  return r.octets.subarray(at, at + length);
}

function handleOf(value: object | null): ContextHandle | null {
  return value as ContextHandle | null;
}
