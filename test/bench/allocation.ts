/**
 * What the pair costs: decoding a list and a tree with the generated stub, whose every node comes from `midl_user_allocate` of managed
 * memory, beside the same stub with an object literal in the place of each such call.
 */
import { managedMemory } from "@midl-ts/runtime";
import { NdrReader, NdrWriter } from "@midl-ts/runtime/stub";
import { halves, list, noHandles, tree } from "./structure-values.ts";
import { STRUCTURES_IDL } from "./structures.ts";
import { loadStubs } from "./generated-stub.ts";
import { compare } from "./measure.ts";
import type { Compared } from "./measure.ts";

export interface AllocationResult extends Compared {
  readonly name: string;
}

const NODES = 1000;

/** Measures both: the server stub unmarshals a request. */
export async function allocation(): Promise<readonly AllocationResult[]> {
  const stubs = await loadStubs("structures-pair", STRUCTURES_IDL);
  const literal = await loadStubs("structures-literal", STRUCTURES_IDL, { rewrite: withLiterals });
  const memory = managedMemory();
  return [
    ["a linked list of 1,000 nodes", "List", 1, { list: list(NODES) }] as const,
    ["a tree of 1,000 nodes", "Tree", 2, { tree: tree(NODES) }] as const,
  ].map(([name, operation, opnum, request]) => {
    const w = new NdrWriter({ ndr64: false, contextHandles: noHandles });
    halves(stubs, operation, opnum, request).marshal(w);
    const octets = w.octets().slice();
    const decoding = (exports: ReadonlyMap<string, unknown>): (() => unknown) => {
      const { unmarshal } = halves(exports, operation, opnum, request);
      const options = { ndr64: false, littleEndian: true, memory, contextHandles: noHandles, reusesBuffer: true };
      return () => unmarshal(new NdrReader(octets, options));
    };
    return { name, ...compare(decoding(stubs), decoding(literal)) };
  });
}

/**
 * A generated module whose structs are made by literals: the literal that managed memory gets stands alone where the pair is called.
 *
 * @throws Error when a call of the pair is left
 */
function withLiterals(text: string): string {
  const rewritten = text.replaceAll(
    /\(r\.makesObjects \? (\{[^}]*\}) : midl_user_allocate\(r, \d+, \w+\)\)/g,
    (_call, literal: string) => literal,
  );
  if (rewritten.includes("midl_user_allocate(")) throw new Error("a call of midl_user_allocate is left");
  return rewritten;
}
