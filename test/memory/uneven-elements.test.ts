/** M2, M3, M9: arrays of which a part is sent, of elements of varying size, and a varying tail behind members of varying size. */
import { describe, expect, it } from "vitest";
import { freeReferents } from "../../runtime/index.ts";
import { compileIdl } from "../support/compile-idl.ts";
import { property } from "../support/vector-values.ts";
import { limitedMemory, nodeType } from "./call-support.ts";
import { describeMemories, memoryFixture, plain } from "./memories.ts";

const IDL = `
[uuid(0c9d3a4e-52b1-4f0e-9a37-6f5b8c1d2e93), version(1.0), pointer_default(unique)]
interface uneven
{
    typedef struct { long value; } LINK;
    typedef [switch_type(short)] union { [case(1)] char letter; [case(2)] LINK *link; } THING;
    typedef struct { short kind; [switch_is(kind)] THING thing; } CELL;
    typedef struct { CELL head; long size; long used; [size_is(size), length_is(used)] CELL tail[*]; } TAIL;

    long Take([in] TAIL *value);
    long TakeGrid([in] long rows, [in] long used, [in, size_is(rows, 3), length_is(rows, used)] CELL value[*][*]);
    long Make([in] long rows, [in] long used, [out, size_is(rows, 3), length_is(rows, used)] CELL value[*][*]);
    long Give([out] TAIL **value);
}`;

const compiled = compileIdl("uneven", IDL);

const CELL = 16;
const LINK = 4;
const link = (value: number): object => ({ kind: 2, thing: { discriminant: 2, link: { value } } });
const letter = { kind: 1, thing: { discriminant: 1, letter: 65 } };
const tail = { head: link(1), size: 5, used: 3, tail: [letter, link(2), link(3)] };
const grid = [
  [link(1), letter],
  [letter, link(2)],
];

describeMemories((kind) => {
  describe("M2: what the server stub allocates", () => {
    it("a tail as long as what is sent, behind members of varying size", async () => {
      await using sides = await memoryFixture(kind, {}, compiled);
      const seen: unknown[] = [];
      sides.routines.set("Take", (request) => {
        seen.push(
          plain(request["value"]),
          [...sides.server.live].map(({ type, cBytes }) => [type, cBytes]),
        );
        return 0;
      });
      await sides.call("Take", { value: tail });
      expect(seen).toEqual([
        tail,
        [
          ["TAIL", 24 + 3 * CELL],
          ["LINK", LINK],
          ["LINK", LINK],
          ["LINK", LINK],
        ],
      ]);
      expect(sides.server).toMatchObject({ allocations: 4, frees: 4, liveCount: 0, foreignFrees: 0, doubleFrees: 0 });
    });

    it("rows as long as what is sent", async () => {
      await using sides = await memoryFixture(kind, {}, compiled);
      let seen: unknown;
      sides.routines.set("TakeGrid", (request) => {
        seen = plain(request["value"]);
        return 0;
      });
      await sides.call("TakeGrid", { rows: 2, used: 2, value: grid });
      expect(seen).toEqual(grid);
      expect(sides.server).toMatchObject({ allocations: 3, frees: 3, liveCount: 0, foreignFrees: 0, doubleFrees: 0 });
    });
  });

  describe("M3: no memory", () => {
    it.each([0, 1, 2, 3])("on the server, at allocation %i: nothing stays", async (count) => {
      const limit = { left: count };
      await using sides = await memoryFixture(kind, { server: (pair) => limitedMemory(limit, pair) }, compiled);
      sides.routines.set("Take", () => 0);
      sides.routines.set("TakeGrid", () => 0);
      const refusal = { name: "RPC_S_SERVER_OUT_OF_MEMORY" };
      await expect(sides.call("Take", { value: tail })).rejects.toMatchObject(refusal);
      expect(sides.server.liveCount).toBe(0);
      limit.left = Math.min(count, 2);
      await expect(sides.call("TakeGrid", { rows: 2, used: 2, value: grid })).rejects.toMatchObject(refusal);
      expect(sides.server.liveCount).toBe(0);
      limit.left = 4;
      expect(await sides.call("Take", { value: tail })).toBe(0);
      expect(sides.server.liveCount).toBe(0);
    });

    it.each([0, 1, 2])("on the client, at allocation %i: nothing stays", async (count) => {
      const limit = { left: count };
      await using sides = await memoryFixture(kind, { client: (pair) => limitedMemory(limit, pair) }, compiled);
      sides.routines.set("Make", (request, { memory }) => {
        fill(request["value"], () => memory.midl_user_allocate(LINK, nodeType(sides.exports, "LINK")));
        return { returnValue: 0 };
      });
      await expect(sides.call("Make", { rows: 2, used: 2 })).rejects.toMatchObject({ name: "RPC_S_OUT_OF_MEMORY" });
      expect(sides.client.liveCount).toBe(0);
      expect(sides.server.liveCount).toBe(0);
      limit.left = 5;
      const made = property(await sides.call("Make", { rows: 2, used: 2 }), "value");
      expect(plain(made)).toEqual([
        [link(7), link(7)],
        [link(7), link(7)],
      ]);
      expect(sides.client.liveCount).toBe(5);
      expect(sides.server.liveCount).toBe(0);
    });
  });

  it("M4: the client frees a tail that the manager gave", async () => {
    await using sides = await memoryFixture(kind, {}, compiled);
    sides.routines.set("Give", (_request, { memory }) => {
      const type = nodeType(sides.exports, "TAIL");
      const value = memory.midl_user_allocate(type.size + 2 * CELL, type);
      if (value === null) throw new Error("no storage");
      Object.assign(value, { size: 9, used: 2 });
      Object.assign(property(value, "head") ?? {}, letter);
      fill([property(value, "tail")], () => memory.midl_user_allocate(LINK, nodeType(sides.exports, "LINK")));
      return { value, returnValue: 0 };
    });
    const given = property(await sides.call("Give", {}), "value");
    expect(plain(given)).toEqual({ head: letter, size: 9, used: 2, tail: [link(7), link(7)] });
    expect(sides.server).toMatchObject({ allocations: 3, frees: 3, liveCount: 0, foreignFrees: 0 });
    expect(sides.client.liveCount).toBe(3);
    if (typeof given === "object" && given !== null)
      freeReferents(nodeType(sides.exports, "TAIL"), given, sides.client);
    expect(sides.client).toMatchObject({ liveCount: 0, foreignFrees: 0, doubleFrees: 0 });
  });
});

/** Every cell a link to a node that holds 7. */
function fill(rows: unknown, make: () => object | null): void {
  if (!Array.isArray(rows)) throw new Error("no rows");
  for (const row of rows as readonly unknown[]) {
    if (!Array.isArray(row)) throw new Error("no row");
    for (const cell of row as readonly unknown[])
      Object.assign(cell ?? {}, {
        kind: 2,
        thing: { discriminant: 2, link: Object.assign(make() ?? {}, { value: 7 }) },
      });
  }
}
