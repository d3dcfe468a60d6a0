/** Operations with pipes. The octets are worked out by hand from C706 14.3.9 and MS-RPCE 2.2.5.3.4.5. */
import { beforeAll, describe, expect, it } from "vitest";
import { compileIdl, generateIdl } from "../../support/compile-idl.ts";
import type { Compiled } from "../../support/compile-idl.ts";
import { clientHalves, reader, serve, writer } from "../../support/stub-harness.ts";
import { property } from "../../support/vector-values.ts";
import { PIPES_IDL } from "./pipes-idl.ts";

let compiled: Compiled;

beforeAll(async () => {
  compiled = await compileIdl("pipes", PIPES_IDL);
});

/** What the client sends, and what the manager answers to it. */
async function exchange(
  operation: string,
  request: Record<string, unknown>,
  manager: (request: unknown) => unknown,
  ndr64 = false,
): Promise<{ readonly request: string; readonly response: string; readonly result: unknown }> {
  const opnum = ["In", "Out", "Both", "Several", "Alone", "Few", "Feed"].indexOf(operation);
  const halves = clientHalves(compiled.exports, operation, request);
  const [sent, answered] = [writer(ndr64), writer(ndr64)];
  await halves.send(sent);
  const encoding = { ndr64, littleEndian: true };
  await serve(compiled.exports, opnum, reader(sent.octets(), encoding), answered, manager);
  const result = await halves.receive(reader(answered.octets(), encoding));
  return { request: hex(sent.octets()), response: hex(answered.octets()), result };
}

function hex(octets: Uint8Array): string {
  return Buffer.from(octets).toString("hex");
}

/** The chunks that a manager pulls. */
async function pulled(request: unknown, name: string): Promise<unknown[]> {
  const pipe = name.split(".").reduce(property, request);
  const chunks: unknown[] = [];
  if (typeof pipe !== "object" || pipe === null || !(Symbol.asyncIterator in pipe)) throw new Error(`no pipe ${name}`);
  const iterable: unknown = pipe;
  if (!isAsyncIterable(iterable)) throw new Error(`no pipe ${name}`);
  for await (const chunk of iterable) chunks.push(chunk);
  return chunks;
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

async function push(request: unknown, name: string, chunk: unknown): Promise<void> {
  const pipe = name.split(".").reduce(property, request);
  if (typeof pipe !== "function") throw new Error(`no pipe ${name}`);
  await Reflect.apply(pipe, undefined, [chunk]);
}

describe("in NDR", () => {
  it("an [in] pipe follows the other parameters; alignment runs on", async () => {
    const request = { before: 1, sent: [Int32Array.of(-1, 2), Int32Array.of(3)], after: 5 };
    let chunks: unknown;
    const { request: octets, result } = await exchange("In", request, async (received) => {
      expect(received).toMatchObject({ before: 1, after: 5 });
      chunks = await pulled(received, "sent");
      return 9;
    });
    // before, after, gap; 2 elements; 1 element; end
    expect(octets).toBe("01000500" + "02000000ffffffff02000000" + "0100000003000000" + "00000000");
    expect(chunks).toEqual(request.sent);
    expect(result).toBe(9);
  });

  it("an [out] pipe precedes the other results; a chunk has a gap before elements that are aligned wider than its count", async () => {
    const chunks: unknown[] = [];
    const manager = async (request: unknown): Promise<unknown> => {
      await push(request, "received", BigInt64Array.of(-1n));
      return { result: 6, returnValue: 7 };
    };
    const call = { before: 1, received: (chunk: unknown) => void chunks.push(chunk) };
    const { response, result } = await exchange("Out", call, manager);
    // count, gap, element; end; result, gap, return value
    expect(response).toBe("0100000000000000ffffffffffffffff" + "00000000" + "06000000" + "07000000");
    expect(chunks).toEqual([BigInt64Array.of(-1n)]);
    expect(result).toEqual({ result: 6, returnValue: 7 });
  });

  it("an [in, out] pipe goes and comes; structs have gaps between them and none behind the last", async () => {
    const [one, two] = [
      { big: 1, little: 2 },
      { big: 3, little: 4 },
    ];
    const chunks: unknown[] = [];
    const data = { pull: [[one, two], [one]], push: (chunk: unknown) => void chunks.push(chunk) };
    const { request, response } = await exchange("Both", { data }, async (received) => {
      for (const chunk of (await pulled(received, "data.pull")).reverse()) await push(received, "data.push", chunk);
    });
    const [first, second] = ["0100000002000000", "030000000400"];
    expect(request).toBe(`02000000${first}${second}0000` + "01000000010000000200" + "0000" + "00000000");
    expect(response).toBe("01000000010000000200" + "0000" + `02000000${first}${second}0000` + "00000000");
    expect(chunks).toEqual([[one], [one, two]]);
  });

  it("several pipes follow each other in each direction; one that nobody pushes to is empty", async () => {
    const chunks: unknown[] = [];
    const take = (chunk: unknown): void => void chunks.push(chunk);
    const given = {
      first: [Uint8Array.of(1, 2, 3)],
      second: take,
      third: [[true, false]],
      fourth: take,
      fifth: { pull: [[{ items: Int16Array.of(1, 2) }]], push: take },
    };
    const { request, response } = await exchange("Several", given, async (received) => {
      const all = [
        await pulled(received, "first"),
        await pulled(received, "third"),
        await pulled(received, "fifth.pull"),
      ];
      expect(all).toEqual([given.first, given.third, given.fifth.pull]);
      await push(received, "fourth", [70000, 0]);
    });
    expect(request).toBe(
      "0300000001020300" + "00000000" + "02000000" + "0100" + "0000" + "00000000" + "0100000001000200" + "00000000",
    );
    expect(response).toBe("00000000" + "020000007011010000000000" + "00000000" + "00000000");
    expect(chunks).toEqual([[70000, 0]]);
  });

  it("takes elements in the other byte order", async () => {
    const octets = Buffer.from("0001" + "05" + "00" + "00000002ffffffff00000002" + "00000000", "hex");
    let chunks: unknown;
    await serve(
      compiled.exports,
      0,
      reader(octets, { ndr64: false, littleEndian: false }),
      writer(),
      async (request) => {
        expect(request).toMatchObject({ before: 1, after: 5 });
        chunks = await pulled(request, "sent");
        return 0;
      },
    );
    expect(chunks).toEqual([Int32Array.of(-1, 2)]);
  });

  it.for([
    ["where a chunk was due", "01000500" + "0100000003000000", "RPC_X_PIPE_EMPTY"],
    ["inside of a chunk", "01000500" + "0200000003000000", "RPC_X_BAD_STUB_DATA"],
    ["and 4 GB were announced", "01000500" + "ffffffff03000000", "RPC_X_BAD_STUB_DATA"],
    ["behind octets that belong to nothing", "01000500" + "00000000" + "00".repeat(8), "RPC_X_BAD_STUB_DATA"],
  ])("stub data that ends %s fails with its own status", async ([, octets = "", name]) => {
    const r = reader(Buffer.from(octets, "hex"), { ndr64: false, littleEndian: true });
    const call = serve(compiled.exports, 0, r, writer(), async (request) => (await pulled(request, "sent")).length);
    await expect(call).rejects.toMatchObject({ name, path: "In.sent" });
  });
});

describe("[range] on a pipe (MS-RPCE 2.2.4.14.1)", () => {
  it("limits the number of elements in a chunk that is sent", async () => {
    const send = (count: number): Promise<unknown> =>
      clientHalves(compiled.exports, "Few", { sent: [new Uint8Array(count)] }).send(writer());
    await expect(send(2)).resolves.toBeUndefined();
    await expect(send(3)).rejects.toMatchObject({ name: "RPC_X_INVALID_BOUND", path: "Few.sent" });
  });

  it("limits the number of elements in a chunk that comes", async () => {
    const r = reader(Buffer.from("03000000aabbcc00" + "00000000", "hex"), { ndr64: false, littleEndian: true });
    const call = serve(compiled.exports, 5, r, writer(), (request) => pulled(request, "sent"));
    await expect(call).rejects.toMatchObject({ name: "RPC_X_INVALID_BOUND", path: "Few.sent" });
  });
});

describe("in NDR64", () => {
  it("counts have 64 bits, and the negated count follows the elements", async () => {
    const request = { before: 1, sent: [Int32Array.of(-1, 2, 3)], after: 5 };
    let chunks: unknown;
    const { request: octets } = await exchange(
      "In",
      request,
      async (received) => {
        chunks = await pulled(received, "sent");
        return 9;
      },
      true,
    );
    const chunk = "0300000000000000" + "ffffffff0200000003000000" + "00000000" + "fdffffffffffffff";
    expect(octets).toBe("0100050000000000" + chunk + "0000000000000000" + "0000000000000000");
    expect(chunks).toEqual(request.sent);
  });

  it.for([
    ["a negated count that disagrees", "0100000000000000" + "0500000000000000" + "feffffffffffffff"],
    ["more than 2147483647 elements", "0000008000000000" + "00".repeat(64)],
  ])("refuses %s", async ([, octets]) => {
    const r = reader(Buffer.from(`0100050000000000${octets}`, "hex"), { ndr64: true, littleEndian: true });
    const call = serve(compiled.exports, 0, r, writer(), async (request) => (await pulled(request, "sent")).length);
    await expect(call).rejects.toMatchObject({ name: "RPC_X_BAD_STUB_DATA" });
  });
});

describe("generated code", () => {
  it("has pipes in the request under their IDL names", async () => {
    const { texts, omitted } = await generateIdl("pipes", PIPES_IDL);
    expect(omitted).toEqual([]);
    const client = texts.get("pipes_c.ts") ?? "";
    expect(client).toContain("sent: PipeSource<Int32Array>;");
    expect(client).toContain("received: PipeSink<BigInt64Array>;");
    expect(client).toContain("data: ClientPipe<RECORD[]>;");
    const server = texts.get("pipes_s.ts") ?? "";
    expect(server).toContain("sent: AsyncIterable<Int32Array>;");
    expect(server).toContain("received: PipeSink<BigInt64Array>;");
    expect(server).toContain("data: ServerPipe<RECORD[]>;");
    expect(server).toContain("fifth: ServerPipe<PAIR[]>;");
  });

  it("takes a pipe from the file that declares it", async () => {
    const files = { "types.idl": "typedef pipe long LONGS;" };
    const idl = `import "types.idl"; [uuid(2c5b7a56-1f5e-4f0e-9f2b-6d1c8e0a9b45)] interface user { void In([in] LONGS sent); }`;
    const { texts } = await generateIdl("user", idl, { files });
    expect(texts.get("types.ts")).toContain("export const LONGS: PipeType<Int32Array> =");
    expect(texts.get("user_s.ts")).toContain('import { LONGS } from "./types.ts";');
  });
});
