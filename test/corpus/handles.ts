/** Context handles of any type: an interface beside the one under test opens them, so that no operation of it is needed. */
import type { RpcBinding, ServerStub } from "@midl-ts/runtime";
import {
  ClientStub,
  managerOperation,
  marshalContextHandle,
  unmarshalContextHandle,
  type MidlUserMemory,
} from "@midl-ts/runtime/stub";

const OPENER = {
  name: "opener",
  uuid: "b7c1f9a0-5d3e-4c7a-9f60-0d6c1e2a3b4c",
  major: 1,
  minor: 0,
  transferSyntaxes: ["ndr"],
  endpoints: [],
} as const;

/** The state behind a handle on the server. */
export class HandleState {
  readonly type: string;

  constructor(type: string) {
    this.type = type;
  }
}

/** Context handles on both sides: what stands for them there, and which belong together. */
export class Handles {
  /** The type of handle that the next call of the opener asks for. */
  #wanted = "";
  readonly #states = new WeakMap<object, object>();
  #opened: object | undefined;

  /** The server stub of the opener. */
  stub(memory: MidlUserMemory): ServerStub {
    const open = managerOperation<object, HandleState>({
      name: "Open",
      unmarshal: () => ({}),
      call: () => new HandleState(this.#wanted),
      marshal: (w, _request, state) => {
        this.#opened = state;
        marshalContextHandle(w, state, this.#wanted);
      },
      free: () => undefined,
    });
    return { interface: OPENER, memory, operations: [open] };
  }

  /** Opens a handle of a type. */
  async open(binding: RpcBinding, memory: MidlUserMemory, type: string): Promise<object> {
    this.#wanted = type;
    const handle = await new OpenerClient(OPENER, binding, memory).open(type);
    if (handle === null || this.#opened === undefined) throw new Error(`no ${type} handle came back`);
    this.#states.set(handle, this.#opened);
    return handle;
  }

  /** Whether a handle of the client and a state of the server belong together; what was not seen before does from now on. */
  readonly isSame = (sent: unknown, received: unknown): boolean => {
    if (sent === null || received === null) return sent === received;
    const [state, handle] = sent instanceof HandleState ? [sent, received] : [received, sent];
    if (typeof handle !== "object" || typeof state !== "object") return false;
    const known = this.#states.get(handle);
    if (known === undefined) this.#states.set(handle, state);
    return known === undefined || known === state;
  };
}

class OpenerClient extends ClientStub {
  open(type: string): Promise<object | null> {
    return this.invoke(
      { opnum: 0, name: "Open" },
      undefined,
      () => undefined,
      (r) => unmarshalContextHandle(r, type, null),
    );
  }
}
