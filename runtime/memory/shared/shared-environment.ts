import { RpcError } from "../../rpc-error.ts";
import type { LinearMemory } from "../linear-memory.ts";
import { linearNodeOf } from "../linear-node.ts";
import type { NodeType } from "../node-type.ts";
import { RpcSsEnvironment, environmentEnded, foreignNode, markedNode } from "../rpc-ss/environment.ts";
import type { SharedBlocks } from "./shared-blocks.ts";

/** What is posted of the handle of an environment in shared memory; see `threadHandleFrom`. */
export interface PostedThreadHandle {
  readonly buffer: SharedArrayBuffer;
  /** Where the environment's account lies. */
  readonly address: number;
  readonly serial: number;
}

/** Words of the account, which is a block of its own; the nodes of the environment go with it. */
const DEPTH = 0;
const IS_HELD = 1;
const COUNT = 2;
const OCTETS = 3;
const MARKED = 4;
const ALLOCATIONS = 5;
const WORDS = 6;

/**
 * An RpcSs environment in shared memory: all that it knows lies there, so that its handle can be posted to another thread, and what one
 * thread allocated in it is released when another one ends it. Its own properties are what is posted (structured clone).
 */
export class SharedEnvironment extends RpcSsEnvironment implements PostedThreadHandle {
  readonly buffer: SharedArrayBuffer;
  readonly address: number;
  readonly serial: number;
  readonly copiesStubData = true;
  readonly #memory: LinearMemory;
  readonly #blocks: SharedBlocks;
  readonly #words: Uint32Array<SharedArrayBuffer>;
  /** Nodes ever given out, as this thread knew it last. */
  #allocations = 0;

  /** The environment whose account lies at an address; it has ended when the block there is another one. */
  constructor(memory: LinearMemory, blocks: SharedBlocks, address: number, serial: number) {
    super();
    this.buffer = blocks.buffer;
    this.address = address;
    this.serial = serial;
    this.#memory = memory;
    this.#blocks = blocks;
    this.#words = new Uint32Array(blocks.buffer, address, WORDS);
  }

  /** @throws RpcError RPC_S_OUT_OF_MEMORY when there is no room for the account */
  static establish(memory: LinearMemory, blocks: SharedBlocks, isHeld: boolean): SharedEnvironment {
    const [address, serial] = blocks.exclusively(() => {
      const account = blocks.held.malloc(4 * WORDS, 0);
      if (account !== 0) new Uint32Array(blocks.buffer, account, WORDS).fill(0)[IS_HELD] = isHeld ? 1 : 0;
      return [account, blocks.serialOf(account)] as const;
    });
    if (address === 0) throw new RpcError("RPC_S_OUT_OF_MEMORY", "shared memory has no room for an RpcSs environment");
    return new SharedEnvironment(memory, blocks, address, serial);
  }

  get enabled(): boolean {
    return this.#blocks.serialOf(this.address) === this.serial;
  }

  get liveCount(): number {
    return this.#number(COUNT);
  }

  get liveOctets(): number {
    return this.#number(OCTETS);
  }

  get markedCount(): number {
    return this.#number(MARKED);
  }

  get allocations(): number {
    return (this.#allocations = this.enabled ? this.#number(ALLOCATIONS) : this.#allocations);
  }

  enable(): void {
    this.#whileEnabled(() => {
      this.#add(DEPTH, 1);
    });
  }

  disable(): boolean {
    return (
      this.#whileEnabled(() => {
        if (this.#number(DEPTH) === 0) return false;
        this.#add(DEPTH, -1);
        if (this.#number(DEPTH) === 0 && this.#number(IS_HELD) === 0) this.#end();
        return true;
      }) ?? false
    );
  }

  midl_user_allocate<T extends object>(cBytes: number, type: NodeType<T>): T | null {
    const node = this.enabled ? this.#memory.midl_user_allocate(cBytes, type) : undefined;
    if (node === null) return null;
    const isKept =
      node !== undefined &&
      this.#whileEnabled(() => {
        this.#blocks.held.own(this.#memory.addressOf(node), this.address);
        for (const word of [COUNT, ALLOCATIONS]) this.#add(word, 1);
        this.#add(OCTETS, cBytes);
        return true;
      });
    if (isKept === true) return node;
    if (node !== undefined) this.#memory.midl_user_free(node);
    throw environmentEnded();
  }

  midl_user_free(node: object): void {
    const address = this.#addressOf(node);
    const outcome = this.#whileEnabled(() => {
      if (this.#blocks.ownerOf(address) !== this.address) return "foreign";
      if (this.#blocks.isMarked(address)) return "marked";
      this.#blocks.mark(address);
      this.#add(COUNT, -1);
      this.#add(MARKED, 1);
      this.#add(OCTETS, -this.#blocks.octetsOf(address));
      return "done";
    });
    if (outcome === "marked") throw markedNode();
    if (outcome !== "done") throw foreignNode();
  }

  holds(node: object): boolean {
    return this.enabled && this.#blocks.ownerOf(this.#addressOf(node)) === this.address;
  }

  releaseNodes(): void {
    this.#whileEnabled(() => {
      this.#blocks.held.freeOwned(this.address);
      for (const word of [COUNT, OCTETS, MARKED]) this.#words[word] = 0;
    });
  }

  end(): void {
    this.#whileEnabled(() => {
      this.#end();
    });
  }

  #end(): void {
    this.#allocations = this.#number(ALLOCATIONS);
    this.#blocks.held.free(this.address);
  }

  /** Where a node lies, 0 for what is none of this memory or was freed. */
  #addressOf(node: object): number {
    const place = linearNodeOf(node);
    return place?.heap === this.#memory.heap && place.isLive ? place.address : 0;
  }

  /** Runs something that no other thread disturbs; undefined when the environment has ended. */
  #whileEnabled<Result>(act: () => Result): Result | undefined {
    return this.#blocks.exclusively(() => (this.enabled ? act() : undefined));
  }

  #number(word: number): number {
    return this.enabled ? (this.#words[word] ?? 0) : 0;
  }

  #add(word: number, more: number): void {
    this.#words[word] = (this.#words[word] ?? 0) + more;
  }
}
