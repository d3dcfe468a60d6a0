/** M19: on a server, arrays whose wire form equals their storage form refer straight into the received stub data. */
import { describe, expect, it } from "vitest";
import { trackMemory } from "../../runtime/index.ts";
import type { TrackedMemory } from "../../runtime/index.ts";
import { NdrReader } from "../../runtime/ndr/reader.ts";
import { compileIdl } from "../support/compile-idl.ts";
import { clientHalves, plainHandles, serve, writer } from "../support/stub-harness.ts";
import { property } from "../support/vector-values.ts";
import { describeMemories } from "./memories.ts";
import type { MemoryKind } from "./memories.ts";

const IDL = `
[uuid(0c9d3a4e-52b1-4f0e-9a37-6f5b8c1d2e44), version(1.0), pointer_default(unique)]
interface reuse
{
    long Octets([in] unsigned long count, [in, size_is(count)] byte data[]);
    long Words([in] unsigned long count, [in, size_is(count)] long data[]);
    long Shifted([in] short before, [in] unsigned long count, [in, size_is(count)] hyper data[]);
    long Part([in] unsigned long count, [in, size_is(count), length_is(count)] byte data[]);
    long Own([in] unsigned long count, [in, force_allocate, size_is(count)] byte data[]);
    long Back([in] unsigned long count, [in, out, size_is(count)] byte data[]);
}`;

const compiled = compileIdl("reuse", IDL);

interface Served {
  readonly data: unknown;
  /** What was in it when the manager looked. */
  readonly seen: unknown;
  readonly octets: Uint8Array;
  readonly memory: TrackedMemory;
}

/** Serves one request from a buffer of its own, as a server that reuses it does. */
async function request(
  kind: MemoryKind,
  operation: string,
  opnum: number,
  parameters: object,
  options: { offset?: number; littleEndian?: boolean } = {},
): Promise<Served> {
  const { offset = 0, littleEndian = true } = options;
  const { exports } = await compiled;
  const w = writer();
  clientHalves(exports, operation, parameters).marshal(w);
  const octets = new Uint8Array(w.offset + offset).subarray(offset);
  octets.set(w.octets());
  const { pair, heap } = kind.make();
  const memory = trackMemory(pair);
  const r = new NdrReader(octets, {
    ndr64: false,
    littleEndian,
    memory,
    contextHandles: plainHandles,
    reusesBuffer: true,
  });
  let data: unknown;
  let seen: unknown;
  await serve(exports, opnum, r, writer(), (received) => {
    data = property(received, "data");
    seen = data instanceof Uint8Array || data instanceof Int32Array ? data.slice() : undefined;
    return operation === "Back" ? { returnValue: 0 } : 0;
  });
  heap?.check();
  return { data, seen, octets, memory };
}

const sharesBuffer = ({ data, octets }: Served): boolean => ArrayBuffer.isView(data) && data.buffer === octets.buffer;

describeMemories((kind) => {
  // Linear memory cannot point to the stub data: it makes a node of every array.
  const nodes = kind.copies ? 1 : 0;

  describe("M19: buffer reuse", () => {
    it("an array of octets is a view of the stub data, not from the pair and never freed", async () => {
      const served = await request(kind, "Octets", 0, { data: Uint8Array.of(1, 2, 3) });
      expect(sharesBuffer(served)).toBe(!kind.copies);
      expect(served.seen).toEqual(Uint8Array.of(1, 2, 3));
      expect(served.memory).toMatchObject({ allocations: nodes, frees: nodes, foreignFrees: 0 });
    });

    it("so is an aligned array of numbers", async () => {
      const served = await request(kind, "Words", 1, { data: Int32Array.of(-1, 2) });
      expect(sharesBuffer(served)).toBe(!kind.copies);
      expect(served.seen).toEqual(Int32Array.of(-1, 2));
    });

    it.each<[string, string, number, object, { offset?: number }]>([
      ["a misaligned one", "Words", 1, { data: Int32Array.of(1, 2) }, { offset: 2 }],
      ["a varying one", "Part", 3, { data: Uint8Array.of(1, 2) }, {}],
      ["one with [force_allocate]", "Own", 4, { data: Uint8Array.of(1, 2) }, {}],
    ])("%s is copied into a node from the pair", async (_title, operation, opnum, parameters, options) => {
      const served = await request(kind, operation, opnum, parameters, options);
      expect(sharesBuffer(served)).toBe(false);
      expect(served.memory).toMatchObject({ allocations: 1, frees: 1, liveCount: 0 });
      expect(served.seen).toEqual(property(parameters, "data"));
    });

    it("an empty array makes its call of the pair", async () => {
      expect((await request(kind, "Octets", 0, { data: new Uint8Array(0) })).memory.allocations).toBe(1);
    });

    it("an [in, out] array may be a view, and is not freed when it is sent back", async () => {
      const served = await request(kind, "Back", 5, { data: Uint8Array.of(9) });
      expect(sharesBuffer(served)).toBe(!kind.copies);
      expect(served.memory).toMatchObject({ frees: nodes, foreignFrees: 0, doubleFrees: 0 });
    });
  });
});
