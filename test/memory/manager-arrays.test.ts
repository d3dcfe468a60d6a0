/** M4: arrays that a manager routine takes from the pair, with node types that an application can import. */
import { describe, expect, it } from "vitest";
import { int32ArrayNode } from "../../runtime/index.ts";
import type { MidlUserMemory, NodeType } from "../../runtime/index.ts";
import { compileIdl } from "../support/compile-idl.ts";
import { property } from "../support/vector-values.ts";
import { nodeType } from "./call-support.ts";
import { describeMemories, memoryFixture, plain } from "./memories.ts";

const IDL = `
[uuid(0c9d3a4e-52b1-4f0e-9a37-6f5b8c1d2e91), version(1.0), pointer_default(unique)]
interface arrays
{
    long Strings([out] long *count, [out, string, size_is(, *count)] wchar_t ***strings);
    long Numbers([out] long *count, [out, size_is(, *count)] long **numbers);
}`;

const compiled = compileIdl("arrays", IDL);

const POINTER = 8;
const LONG = 4;

/** An array from a pair, as a manager routine fills it. */
function arrayOf(memory: MidlUserMemory, type: NodeType<object>, size: number, values: readonly unknown[]): object {
  const array = memory.midl_user_allocate(size * values.length, type);
  if (array === null) throw new Error("no storage");
  for (const [index, value] of values.entries()) Reflect.set(array, index, value);
  return array;
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

describeMemories((kind) => {
  describe("M4: an array of the manager", () => {
    it.each([[["one", "two", null]], [[]]])(
      "M4: of the strings %j is sent and freed by the stub, and freed by the client as one",
      async (values) => {
        await using sides = await memoryFixture(kind, {}, compiled);
        const type = nodeType(sides.exports, "wchar_t_string_uniqueArrayNode");
        sides.routines.set("Strings", (_request, call) => ({
          count: values.length,
          strings: arrayOf(call.memory, type, POINTER, values),
          returnValue: 0,
        }));
        const strings = property(await sides.call("Strings", {}), "strings");
        expect(plain(strings)).toEqual(values);
        expect(sides.server).toMatchObject({ allocations: 1, frees: 1, liveCount: 0, foreignFrees: 0 });
        expect(sides.client).toMatchObject({ allocations: 1, liveOctets: POINTER * values.length });
        if (isObject(strings)) sides.client.midl_user_free(strings);
        expect(sides.client).toMatchObject({ frees: 1, liveCount: 0, foreignFrees: 0 });
        expect(sides.clientHeap?.blocks.size ?? 0).toBe(0);
      },
    );

    it("M4: of numbers is sent and freed by the stub", async () => {
      await using sides = await memoryFixture(kind, {}, compiled);
      sides.routines.set("Numbers", (_request, call) => ({
        count: 3,
        numbers: arrayOf(call.memory, int32ArrayNode, LONG, [1, -2, 3]),
        returnValue: 0,
      }));
      const numbers = property(await sides.call("Numbers", {}), "numbers");
      expect(numbers).toEqual(Int32Array.of(1, -2, 3));
      expect(sides.server).toMatchObject({ allocations: 1, frees: 1, liveCount: 0, foreignFrees: 0 });
    });
  });
});
