/** M15 and M16: existing storage is not overrun (MIDL "MCCP Buffer Protection"), and a size needs an array. */
import { describe, expect, it } from "vitest";
import { trackMemory } from "../../runtime/index.ts";
import { int32ArrayNode } from "../../runtime/memory/array-node.ts";
import { compileIdl } from "../support/compile-idl.ts";
import type { CompileOptions } from "../support/compile-idl.ts";
import { reader, serve, writer } from "../support/stub-harness.ts";
import { allocated, describeMemories, memoryFixture, plain } from "./memories.ts";
import type { MemoryFixture } from "./memories.ts";

const IDL = `
[uuid(0c9d3a4e-52b1-4f0e-9a37-6f5b8c1d2e88), version(1.0), pointer_default(unique)]
interface storage
{
    typedef struct { long value; } ITEM;
    typedef struct { unsigned long count; [size_is(count)] ITEM *items; } LIST;
    typedef struct { unsigned long count; [size_is(count)] long *numbers; [string, size_is(count)] wchar_t *text; } MORE;
    long Items([in, out] unsigned long *count, [in, out, size_is(*count)] ITEM items[]);
    long Varying([in] unsigned long size, [in, out] unsigned long *length, [in, out, size_is(size), length_is(*length)] ITEM items[]);
    long Numbers([in, out] unsigned long *count, [in, out, size_is(*count)] long numbers[]);
    long Text([in, out] unsigned long *size, [in, out, string, size_is(*size)] wchar_t *text);
    long Unsized([in, out, string] wchar_t *text);
    long Embedded([in, out] LIST *list);
    long Given([in] unsigned long count, [out, size_is(count)] ITEM items[]);
    long Optional([in] unsigned long count, [in, unique, size_is(count)] ITEM *items);
    long OptionalText([in] unsigned long length, [in, unique, string, size_is(length)] wchar_t *text);
    long More([in, out] MORE *more);
}`;

const OPTIONAL = { Optional: 7, OptionalText: 8 };
const LITTLE = { ndr64: false, littleEndian: true };

const compiled = (options: CompileOptions = {}): ReturnType<typeof compileIdl> => compileIdl("storage", IDL, options);

const items = (...values: number[]): { value: number }[] => values.map((value) => ({ value }));
const refusal = (text: string): object => {
  const message: unknown = expect.stringContaining(text);
  return { name: "RPC_X_BAD_STUB_DATA", message };
};

/** What a manager routine answers, whatever it is asked. */
function answers(each: MemoryFixture, operation: string, answer: object): void {
  each.routines.set(operation, () => ({ ...answer, returnValue: 0 }));
}

describeMemories((kind) => {
  const sides = (): Promise<MemoryFixture> => memoryFixture(kind, {}, compiled());

  /** An array of the client's application. */
  const numbersOf = (each: MemoryFixture, ...values: number[]): object =>
    allocated(each.application, int32ArrayNode, Int32Array.from(values));

  describe("M15: existing storage is not overrun", () => {
    it("M15: the capacity of an array is what its size expression gave before the call", async () => {
      await using each = await sides();
      const mine = each.make("ITEMArray", items(1, 2));
      answers(each, "Items", { count: 3, items: items(7, 8, 9) });
      await expect(each.call("Items", { count: 2, items: mine })).rejects.toMatchObject(
        refusal("3 elements do not fit into the 2 of the existing storage"),
      );
      expect(plain(mine)).toEqual(items(1, 2));
    });

    it("M15: an array takes the length that came back", async () => {
      await using each = await sides();
      const mine = each.make("ITEMArray", items(1, 2, 3));
      answers(each, "Items", { count: 1, items: items(7) });
      const answer = await each.call("Items", { items: mine });
      expect(plain(answer)).toEqual({ count: 1, items: items(7), returnValue: 0 });
      expect(plain(mine)).toEqual(items(7));
    });

    it("M15: a typed array keeps its own", async () => {
      await using each = await sides();
      const numbers = numbersOf(each, 1, 2, 3);
      answers(each, "Numbers", { count: 1, numbers: Int32Array.of(7) });
      await each.call("Numbers", { numbers });
      expect(plain(numbers)).toEqual(Int32Array.of(7, 2, 3));
    });

    it("M15: a typed array that is too short is left as it was", async () => {
      await using each = await sides();
      const numbers = numbersOf(each, 1, 2);
      answers(each, "Numbers", { count: 3, numbers: Int32Array.of(7, 8, 9) });
      await expect(each.call("Numbers", { numbers })).rejects.toMatchObject(
        refusal("3 elements do not fit into the 2 of the existing storage"),
      );
      expect(plain(numbers)).toEqual(Int32Array.of(1, 2));
    });

    it("M15: the capacity of a varying array is its size, whatever was sent of it", async () => {
      await using each = await sides();
      const mine = each.make("ITEMArray", items(1, 2, 3));
      answers(each, "Varying", { length: 3, items: items(7, 8, 9) });
      await each.call("Varying", { size: 3, length: 1, items: mine });
      expect(plain(mine)).toEqual(items(7, 8, 9));
    });

    it("M15: a varying array whose size is larger than its storage", async () => {
      await using each = await sides();
      const mine = each.make("ITEMArray", items(1));
      answers(each, "Varying", { length: 3, items: items(7, 8, 9) });
      const run = each.call("Varying", { size: 3, length: 1, items: mine });
      if (kind.hasCapacity) await expect(run).rejects.toMatchObject(refusal("3 elements"));
      else await run;
      expect(plain(mine)).toEqual(kind.hasCapacity ? items(1) : items(7, 8, 9));
    });

    it("M15: the capacity of a sized string, too", async () => {
      await using each = await sides();
      answers(each, "Text", { size: 9, text: "abcdefgh" });
      await expect(each.call("Text", { size: 3, text: "ab" })).rejects.toMatchObject(
        refusal("9 characters do not fit into the 3 of the existing string"),
      );
      expect(await each.call("Text", { size: 9, text: "ab" })).toEqual({ size: 9, text: "abcdefgh", returnValue: 0 });
    });

    it("M15: an unsized string that is a parameter has no capacity and is replaced", async () => {
      await using each = await sides();
      answers(each, "Unsized", { text: "much longer" });
      expect(await each.call("Unsized", { text: "a" })).toEqual({ text: "much longer", returnValue: 0 });
    });

    it("M15: an array inside existing storage", async () => {
      await using each = await sides();
      const mine = each.make("LIST", { count: 2, items: items(1, 2) });
      answers(each, "Embedded", { list: { count: 3, items: items(7, 8, 9) } });
      await expect(each.call("Embedded", { list: mine })).rejects.toMatchObject(
        refusal("3 elements do not fit into the 2 of the existing storage"),
      );
      Object.assign(mine, { count: 2 });
      expect(plain(mine)).toEqual({ count: 2, items: items(1, 2) });
    });

    it("M15: an array of numbers and a sized string inside existing storage", async () => {
      await using each = await sides();
      const before = { count: 2, numbers: Int32Array.of(1, 2), text: "a" };
      const mine = each.make("MORE", before);
      answers(each, "More", { more: { count: 3, numbers: Int32Array.of(7, 8, 9), text: "ab" } });
      await expect(each.call("More", { more: mine })).rejects.toMatchObject(
        refusal("3 elements do not fit into the 2"),
      );
      Object.assign(mine, { count: 2 });
      expect(plain(mine)).toEqual(before);
      const after = { count: 2, numbers: Int32Array.of(7, 8), text: "b" };
      answers(each, "More", { more: after });
      await each.call("More", { more: mine });
      expect(plain(mine)).toEqual(after);
    });

    it("M15: an [out] array has the capacity that its [in] size says", async () => {
      await using each = await sides();
      const mine = each.make("ITEMArray", items(1, 2));
      answers(each, "Given", { items: items(7, 8) });
      await each.call("Given", { count: 2, items: mine });
      expect(plain(mine)).toEqual(items(7, 8));
    });

    it("M15: an [out] array that is shorter than its [in] size", async () => {
      await using each = await sides();
      const mine = each.make("ITEMArray", []);
      answers(each, "Given", { items: items(7, 8) });
      const run = each.call("Given", { count: 2, items: mine });
      if (kind.hasCapacity) await expect(run).rejects.toMatchObject(refusal("2 elements"));
      else await run;
      expect(plain(mine)).toEqual(kind.hasCapacity ? [] : items(7, 8));
    });
  });

  describe("M16: a size needs an array", () => {
    it("M16: a null pointer with a non-zero size is refused with RPC_X_BAD_STUB_DATA, by the client", async () => {
      await using each = await sides();
      let calls = 0;
      for (const operation of Object.keys(OPTIONAL)) each.routines.set(operation, () => calls++);
      await expect(each.call("Optional", { count: 3, items: null })).rejects.toMatchObject({
        name: "RPC_X_BAD_STUB_DATA",
      });
      await expect(each.call("OptionalText", { length: 3, text: null })).rejects.toMatchObject({
        name: "RPC_X_BAD_STUB_DATA",
      });
      expect(calls).toBe(0);
    });

    it("M16: and by the server", async () => {
      const { exports } = await compiled();
      const memory = trackMemory(kind.make().pair);
      for (const opnum of Object.values(OPTIONAL)) {
        const stubData = Uint8Array.of(3, 0, 0, 0, 0, 0, 0, 0); // size 3, null
        const run = serve(exports, opnum, reader(stubData, LITTLE, memory), writer(), () => 0);
        await expect(run).rejects.toMatchObject(refusal("a null pointer where the size is 3"));
      }
      expect(memory.liveCount).toBe(0);
    });

    it("M16: a zero size with a pointer that is not null is an array of no elements", async () => {
      await using each = await sides();
      let received: unknown;
      each.routines.set("Optional", (request) => {
        received = plain(request["items"]);
        return 0;
      });
      await each.call("Optional", { count: 0, items: [] });
      expect(received).toEqual([]);
    });

    it("M16: not with [disable_consistency_check], nor with /backward_compat maybenull_sizeis", async () => {
      const exempt = { acf: "interface storage { Optional([disable_consistency_check] items); }" };
      for (const options of [exempt, { disableConsistencyCheck: true }]) {
        await using each = await memoryFixture(kind, {}, compiled(options));
        let received: unknown;
        each.routines.set("Optional", (request) => {
          received = { ...request };
          return 0;
        });
        await each.call("Optional", { count: 3, items: null });
        expect(received).toEqual({ count: 3, items: null });
      }
    });

    it("M16: a null top-level [ref] pointer is RPC_X_NULL_REF_POINTER", async () => {
      await using each = await sides();
      await expect(each.call("Embedded", { list: null })).rejects.toMatchObject({ name: "RPC_X_NULL_REF_POINTER" });
    });
  });
});
