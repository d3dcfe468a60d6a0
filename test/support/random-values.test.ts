import { describe, expect, it } from "vitest";
import type { Model, StructType, Type } from "../../grammar/index.ts";
import { generateIdl } from "./compile-idl.ts";
import { property } from "./property.ts";
import { RandomValues } from "./random-values.ts";
import { difference } from "./value-difference.ts";

const IDL = `
[uuid(7f3a1c52-9d04-4b6e-8a57-1f0c2d3e4b77), version(1.0), pointer_default(unique)]
interface values
{
    typedef [switch_type(long)] union { [case(1, 2)] long number; [case(3)] [string] wchar_t *text; [default] ; } MIXED;
    typedef struct { unsigned short used; unsigned short size; [size_is(size / 2), length_is(used / 2)] wchar_t *buffer; } COUNTED;
    typedef struct { [range(2, 5)] long count; [size_is(count)] COUNTED *items; long kind; [switch_is(kind & 3)] MIXED mixed; } LIST;
    typedef struct NODE { long value; struct NODE *next; struct NODE *other; } NODE;
    void Keep([in] LIST *list, [in] NODE *node);
}`;

describe("random values", () => {
  it("are the same for the same seed, and others for another", async () => {
    const type = typeOf(await model(), "LIST");
    const value = (seed: number): unknown => new RandomValues({ seed }).value(type, { scope: new Map() });
    expect(value(7)).toEqual(value(7));
    expect(value(7)).not.toEqual(value(8));
  });

  it("keep to sizes, lengths, switches and ranges", async () => {
    const type = typeOf(await model(), "LIST");
    for (let seed = 0; seed < 200; seed++) {
      const value = new RandomValues({ seed }).value(type, { scope: new Map() });
      const count = Number(property(value, "count"));
      expect(count).toBeGreaterThanOrEqual(2);
      expect(count).toBeLessThanOrEqual(5);
      const items = property(value, "items");
      for (const item of Array.isArray(items) ? items.map((each: unknown) => each) : []) {
        const [used, size, buffer] = ["used", "size", "buffer"].map((name) => property(item, name));
        expect(Math.trunc(Number(used) / 2)).toBeLessThanOrEqual(Math.trunc(Number(size) / 2));
        if (buffer !== null) expect(buffer).toHaveLength(Math.trunc(Number(used) / 2));
      }
      const mixed = property(value, "mixed");
      const discriminant = property(mixed, "discriminant");
      const tag = discriminant === "default" ? property(mixed, "discriminantValue") : discriminant;
      expect(tag).toBe(Number(property(value, "kind")) & 3);
    }
  });

  it("of recursive types end", async () => {
    const type = typeOf(await model(), "NODE");
    for (let seed = 0; seed < 100; seed++) {
      const value = new RandomValues({ seed, depth: 8 }).value(type, { scope: new Map() });
      expect(JSON.stringify(value).length).toBeLessThan(100_000);
    }
  });

  it("differ from what another seed gives, by the path", async () => {
    const type = typeOf(await model(), "LIST");
    const value = new RandomValues({ seed: 3 }).value(type, { scope: new Map() });
    const comparison = { scope: new Map(), sameHandle: () => true };
    expect(difference(type, value, structuredClone(value), "list", comparison)).toBeUndefined();
    const changed = structuredClone(value);
    if (typeof changed === "object" && changed !== null) Reflect.set(changed, "kind", 4711);
    expect(difference(type, value, changed, "list", comparison)).toMatch(/^list\.kind: -?\d+ was sent, 4711 arrived$/);
  });
});

async function model(): Promise<Model> {
  return (await generateIdl("values", IDL)).model;
}

function typeOf(from: Model, name: string): StructType {
  const found: Type | undefined = from.main.declarations
    .filter((each) => each.kind === "type")
    .find((each) => each.name === name)?.type;
  if (found?.kind !== "struct") throw new Error(`no struct ${name}`);
  return found;
}
