/** An interface with conversions of each kind, and both sides of it with every call of a routine and of the pair written down. */
import { MemoryTransport, RpcBinding, RpcError, RpcServer, allocateNode, managedMemory } from "../../runtime/index.ts";
import type { MidlUserMemory, NdrReader, NdrWriter, NodeType, ServerCall } from "../../runtime/index.ts";
import { identityOf } from "../../runtime/memory/linear-node.ts";
import { compileIdl } from "../support/compile-idl.ts";
import type { CompileOptions } from "../support/compile-idl.ts";
import { serverStub } from "../support/stub-harness.ts";
import { isRecord, nodeType } from "./call-support.ts";

export const CONVERSION_IDL = `
[uuid(0c9d3a4e-52b1-4f0e-9a37-6f5b8c1d2e40), version(1.0), pointer_default(unique)]
interface conversion
{
    typedef struct _NODE { short number; struct _NODE *next; } NODE;
    typedef struct { short count; [size_is(count)] short numbers[]; } SENT;
    typedef [transmit_as(SENT)] NODE LIST;
    typedef [transmit_as(SENT)] NODE *CHAIN;
    typedef struct { short low; short high; } PAIR;
    typedef [transmit_as(PAIR)] NODE TWO;
    typedef [wire_marshal(PAIR)] NODE USER;
    typedef struct { TWO two; USER user; LIST *list; } HOLDER;
    typedef struct { CHAIN *chain; [ptr] CHAIN *full; [ptr] CHAIN *again; } BOXES;

    long Take([in] LIST *list, [in] CHAIN chain);
    long TakeHolder([in] HOLDER *holder);
    long Give([out] LIST *list);
    long Edit([in, out] LIST *list);
    long EditChain([in, out] CHAIN *chain);
    long EditHolder([in, out] HOLDER *holder);
    LIST *Return();
    long TakeBoth([in] LIST *list, [in] HOLDER *holder);
    long EditBoxes([in, out] BOXES *boxes, [in, unique] CHAIN *box);
}`;

/** Presented objects in a block of the stub, and in a buffer of the caller. */
export const BLOCK_IDL = CONVERSION_IDL.replace(
  /long Take\([^]*\}$/,
  `typedef struct { TWO two; LIST *list; CHAIN *box; } HELD;
    typedef HELD *BLOCK;
    long EditBlock([in, out] BLOCK *block);
    long Fill([in] unsigned long length, [out] HELD *held);
}`,
);

/** Where the nodes go. */
export const BLOCK_ACF =
  "interface conversion { typedef [allocate(all_nodes)] BLOCK; Fill([byte_count(length)] held); }";

export interface Node {
  number: number;
  next: Node | null;
}

/** A list of ordinary objects. */
export function nodes(number: number, ...rest: readonly number[]): Node {
  const [next, ...others] = rest;
  return { number, next: next === undefined ? null : nodes(next, ...others) };
}

/** The numbers of a list. */
export function numbersOf(list: unknown): number[] {
  return isNode(list) ? [list.number, ...numbersOf(list.next)] : [];
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "number" in value && "next" in value;
}

/** One side of the interface: its pair and its routines write down what is asked of them. */
export class Side {
  readonly trace: string[] = [];
  readonly live = new Map<object, string>();
  /** Called before every routine, and before every allocation with the name of its type: may throw. */
  before: (name: string) => void = () => undefined;
  readonly #exports: ReadonlyMap<string, unknown>;
  /** A pair that gives null where `before` throws. */
  readonly memory: MidlUserMemory;

  constructor(exports: ReadonlyMap<string, unknown>, pair: MidlUserMemory = managedMemory()) {
    this.#exports = exports;
    this.memory = this.#pair(pair);
  }

  #pair(pair: MidlUserMemory): MidlUserMemory {
    return {
      copiesStubData: pair.copiesStubData ?? false,
      midl_user_allocate: <T extends object>(cBytes: number, type: NodeType<T>): T | null => {
        try {
          this.before(`allocate ${type.name}`);
        } catch {
          return null;
        }
        const node = pair.midl_user_allocate(cBytes, type);
        if (node === null) return null;
        this.trace.push(`allocate ${type.name}`);
        this.live.set(identityOf(node), type.name);
        return node;
      },
      midl_user_free: (node) => {
        const name = this.live.get(identityOf(node));
        this.trace.push(`free ${name ?? "unknown"}`);
        this.live.delete(identityOf(node));
        pair.midl_user_free(node);
      },
    };
  }

  /** Whether a node is from the pair and was not given back. */
  isLive(node: object): boolean {
    return this.live.has(identityOf(node));
  }

  /** What happened since the last time. */
  take(): string[] {
    return this.trace.splice(0);
  }

  /** The routines, as a C program would have them: they allocate what lies behind their objects from the pair. */
  get conversions(): Record<string, (...parameters: never[]) => unknown> {
    return { ...this.#lists("LIST"), ...this.#chains(), ...this.#twos(), ...this.#users() };
  }

  #called(name: string): void {
    this.trace.push(name);
    this.before(name);
  }

  #sent(numbers: readonly number[], memory: MidlUserMemory): object {
    const type = nodeType(this.#exports, "SENT");
    const sent = memory.midl_user_allocate(type.size + 2 * numbers.length, type);
    if (sent === null) throw new RpcError("RPC_S_OUT_OF_MEMORY", "no storage for SENT");
    return Object.assign(sent, { count: numbers.length, numbers: Int16Array.from(numbers) });
  }

  /** A list of nodes from a pair. */
  behind(numbers: readonly number[], memory: MidlUserMemory): Node | null {
    let first: Node | null = null;
    try {
      for (const number of numbers.toReversed())
        first = Object.assign(allocateNode(memory, nodeType(this.#exports, "NODE")), { number, next: first });
    } catch (error) {
      this.#free(first, memory);
      throw error;
    }
    return first;
  }

  #free(first: Node | null, memory: MidlUserMemory): void {
    for (let node = first; node !== null;) {
      const { next } = node;
      memory.midl_user_free(node);
      node = next;
    }
  }

  #lists(name: string) {
    return {
      [`${name}_to_xmit`]: (list: Node, memory: MidlUserMemory) => {
        this.#called(`${name}_to_xmit`);
        return this.#sent(numbersOf(list), memory);
      },
      [`${name}_from_xmit`]: (
        { numbers: [first = 0, ...rest] }: { numbers: number[] },
        list: Node,
        memory: MidlUserMemory,
      ) => {
        this.#called(`${name}_from_xmit`);
        Object.assign(list, { number: first, next: this.behind(rest, memory) });
      },
      [`${name}_free_inst`]: (list: Node, memory: MidlUserMemory) => {
        this.#called(`${name}_free_inst`);
        this.#free(list.next, memory);
      },
      [`${name}_free_xmit`]: (sent: object, memory: MidlUserMemory) => {
        this.#called(`${name}_free_xmit`);
        memory.midl_user_free(sent);
      },
    };
  }

  #chains() {
    return {
      CHAIN_to_xmit: (chain: Node | null, memory: MidlUserMemory) => {
        this.#called("CHAIN_to_xmit");
        return this.#sent(numbersOf(chain), memory);
      },
      CHAIN_from_xmit: ({ numbers }: { numbers: number[] }, memory: MidlUserMemory) => {
        this.#called("CHAIN_from_xmit");
        return this.behind([...numbers], memory);
      },
      CHAIN_free_inst: (chain: Node | null, memory: MidlUserMemory) => {
        this.#called("CHAIN_free_inst");
        this.#free(chain, memory);
      },
      CHAIN_free_xmit: (sent: object, memory: MidlUserMemory) => {
        this.#called("CHAIN_free_xmit");
        memory.midl_user_free(sent);
      },
    };
  }

  #twos() {
    return {
      TWO_to_xmit: (two: Node) => {
        this.#called("TWO_to_xmit");
        return { low: two.number, high: two.next?.number ?? 0 };
      },
      TWO_from_xmit: ({ low, high }: { low: number; high: number }, two: Node, memory: MidlUserMemory) => {
        this.#called("TWO_from_xmit");
        Object.assign(two, { number: low, next: this.behind([high], memory) });
      },
      TWO_free_inst: (two: Node, memory: MidlUserMemory) => {
        this.#called("TWO_free_inst");
        this.#free(two.next, memory);
      },
      TWO_free_xmit: () => {
        this.#called("TWO_free_xmit");
      },
    };
  }

  #users() {
    return {
      USER_UserSize: (_flags: number, startingSize: number) => {
        this.#called("USER_UserSize");
        return startingSize + 4;
      },
      USER_UserMarshal: (_flags: number, buffer: NdrWriter, user: Node) => {
        this.#called("USER_UserMarshal");
        const at = buffer.reserve(4, 2);
        buffer.int16(at, user.number, "USER.number");
        buffer.int16(at + 2, user.next?.number ?? 0, "USER.next");
      },
      USER_UserUnmarshal: (_flags: number, buffer: NdrReader, user: Node, memory: MidlUserMemory) => {
        this.#called("USER_UserUnmarshal");
        const at = buffer.take(4, 2);
        Object.assign(user, { number: buffer.int16(at), next: this.behind([buffer.int16(at + 2)], memory) });
      },
      USER_UserFree: (_flags: number, user: Node, memory: MidlUserMemory) => {
        this.#called("USER_UserFree");
        this.#free(user.next, memory);
      },
    };
  }
}

/** Both sides, joined in this process. */
export interface Joined extends AsyncDisposable {
  call(operation: string, request: object): Promise<unknown>;
  readonly client: Side;
  readonly server: Side;
  /** What the manager routine does. */
  readonly manager: { does: (request: Record<string, unknown>, call: ServerCall) => unknown };
}

/** What the two sides are made of. */
export interface JoinedOptions extends CompileOptions {
  readonly idl?: string;
  /** Pairs of the application that nodes come from in the end. */
  readonly pairs?: { readonly client: MidlUserMemory; readonly server: MidlUserMemory };
}

/** Starts both sides. */
export async function joined({ idl = CONVERSION_IDL, pairs, ...options }: JoinedOptions = {}): Promise<Joined> {
  const { exports } = await compileIdl("conversion", idl, options);
  const [client, server] = [new Side(exports, pairs?.client), new Side(exports, pairs?.server)];
  const manager: Joined["manager"] = { does: () => 0 };
  const transport = new MemoryTransport();
  const host = new RpcServer({ transports: [transport] });
  const routine = (request: unknown, call: ServerCall): unknown => {
    server.trace.push(call.operation);
    return isRecord(request) ? manager.does(request, call) : undefined;
  };
  host.register(serverStub(exports, routine, server.memory, server.conversions));
  const address = await host.listen("midl-ts-memory:[conversion]");
  const binding = RpcBinding.fromString(address, { transports: [transport] });
  const constructor = exports.get("ConversionClient");
  if (typeof constructor !== "function") throw new Error("no client stub");
  const stub: unknown = Reflect.construct(constructor, [binding, client.memory, client.conversions]);
  return {
    client,
    server,
    manager,
    async call(operation, request) {
      const method: unknown = Reflect.get(Object(stub), operation);
      if (typeof method !== "function") throw new Error(`no operation ${operation}`);
      const answer: unknown = await Reflect.apply(method, stub, [request]);
      return answer;
    },
    async [Symbol.asyncDispose]() {
      await binding.close();
      await host.close();
    },
  };
}

/** What makes the stubs, for callers that no compiler has checked. */
export interface Makers {
  readonly client: (conversions: unknown) => unknown;
  readonly server: (conversions: unknown) => unknown;
}

/** The constructor of the client stub, and what makes a server stub. */
export async function makers(): Promise<Makers> {
  const { exports } = await compileIdl("conversion", CONVERSION_IDL);
  const [constructor, make] = [exports.get("ConversionClient"), exports.get("conversionServerStub")];
  if (typeof constructor !== "function" || typeof make !== "function") throw new Error("no stubs");
  const binding = RpcBinding.fromString("ncacn_ip_tcp:127.0.0.1[1]");
  return {
    client: (conversions): unknown => Reflect.construct(constructor, [binding, managedMemory(), conversions]),
    server: (conversions): unknown => Reflect.apply(make, undefined, [{}, managedMemory(), conversions]),
  };
}
