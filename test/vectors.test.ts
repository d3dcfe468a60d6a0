/** Stub data recorded from Windows and made by Samba: decoding gives the values, encoding gives the octets. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { memberName } from "../generator/emit/names.ts";
import { pipeOf } from "../generator/emit/pipe-types.ts";
import type { Operation, Parameter } from "../grammar/index.ts";
import { MesDecodeBufferHandleCreate, MesEncodeDynBufferHandleCreate } from "../runtime/index.ts";
import type { PipeType } from "../runtime/pipes/pipe-type.ts";
import { PipeWriter } from "../runtime/pipes/pipe-writer.ts";
import { compileIdl } from "./support/compile-idl.ts";
import type { Compiled } from "./support/compile-idl.ts";
import { clientHalves, reader, serve, writer } from "./support/stub-harness.ts";
import { fromVector, member, property, toVector } from "./support/vector-values.ts";
import type { Json } from "./support/vector-values.ts";

type EncodingName = "ndr" | "ndrBigEndian" | "ndr64";

interface Case {
  readonly name: string;
  readonly operation?: string;
  readonly type?: string;
  readonly direction: string;
  readonly opnum?: number;
  readonly values: Json;
  readonly inputs?: Json;
  readonly pad: Partial<Record<EncodingName, number[]>>;
  readonly referents: Partial<Record<EncodingName, number[]>>;
  readonly ndr?: string;
  readonly ndrBigEndian?: string;
  readonly ndr64?: string;
}

interface VectorFile {
  readonly idl: string;
  readonly acf?: string;
  readonly cases: readonly Case[];
}

const folder = process.env["VECTORS"] ?? fileURLToPath(new URL("vectors/", import.meta.url));
const ENCODINGS: readonly EncodingName[] = ["ndr", "ndrBigEndian", "ndr64"];

/** Errors that an option turns into warnings: Samba's management interface has an [out] parameter that MIDL refuses (2040). */
const TOLERATED = [2040];

for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  const vectors = JSON.parse(readFileSync(join(folder, file), "utf8")) as VectorFile;
  const compiled = compileIdl(file.replace(".json", ""), vectors.idl, { acf: vectors.acf, tolerate: TOLERATED });
  compiled.catch(() => undefined);
  describe(file, () => {
    it("leaves nothing out", async () => {
      expect((await compiled).omitted).toEqual([]);
    });
    for (const each of vectors.cases) {
      if (each.direction === "type-serialization") {
        it(`${each.name} (serialized)`, async () => {
          checkSerialized(await compiled, each);
        });
        continue;
      }
      if (each.direction !== "request" && each.direction !== "response") throw new Error(`what is ${each.direction}?`);
      for (const encoding of ENCODINGS) {
        const octets = each[encoding];
        if (octets === undefined) continue;
        it(`${each.name} (${encoding})`, async () => {
          const { model, exports } = await compiled;
          const operation = model.main.interfaces[0]?.operations.find((candidate) => candidate.name === each.operation);
          if (operation === undefined) throw new Error(`no operation ${String(each.operation)}`);
          const check = { exports, operation, case: each, encoding, octets: Buffer.from(octets, "hex") };
          if (each.direction === "request") await checkRequest(check);
          else await checkResponse(check);
        });
      }
    }
  });
}

interface Check {
  readonly exports: Compiled["exports"];
  readonly operation: Operation;
  readonly case: Case;
  readonly encoding: EncodingName;
  readonly octets: Buffer;
}

async function checkRequest(check: Check): Promise<void> {
  const { operation, exports } = check;
  const parameters = operation.parameters.filter((parameter) => parameter.in && isSent(parameter));
  const request = valuesOf(parameters, check.case.values);
  if (check.encoding !== "ndrBigEndian") {
    const w = writer(check.encoding === "ndr64");
    await clientHalves(exports, operation.name, request).send(w);
    expectOctets(check, w.octets());
  }
  let seen: Json | undefined;
  const response = writer();
  await serve(exports, operation.opnum ?? 0, inputReader(check), response, async (received) => {
    const values: Record<string, Json> = {};
    for (const parameter of parameters) {
      const value = property(received, memberName(parameter.name));
      values[parameter.name] = toVector(parameter.type, isPipe(parameter) ? await chunksOf(value) : value);
    }
    seen = values;
    throw new Stop();
  }).catch((error: unknown) => {
    if (!(error instanceof Stop)) throw error;
  });
  expect(seen).toEqual(
    Object.fromEntries(parameters.map((parameter) => [parameter.name, member(check.case.values, parameter.name)])),
  );
}

class Stop extends Error {}

async function checkResponse(check: Check): Promise<void> {
  const { operation, exports } = check;
  const out = operation.parameters.filter((parameter) => parameter.out && isSent(parameter));
  const inputs = valuesOf(
    operation.parameters.filter(
      (parameter) => parameter.in && property(check.case.inputs, parameter.name) !== undefined,
    ),
    check.case.inputs ?? {},
  );
  const hasReturn = property(check.case.values, "return") !== undefined;
  const pushed = new Map(out.filter(isPipe).map(({ name }): [string, unknown[]] => [name, []]));
  const request = new Map(Object.entries(inputs));
  for (const [name, chunks] of pushed) request.set(memberName(name), (chunk: unknown) => void chunks.push(chunk));
  const received = await clientHalves(exports, operation.name, Object.fromEntries(request)).receive(inputReader(check));
  const isLone = out.length === 0;
  const actual: Record<string, Json> = {};
  for (const parameter of out)
    actual[parameter.name] = toVector(
      parameter.type,
      pushed.get(parameter.name) ?? property(received, memberName(parameter.name)),
    );
  if (hasReturn)
    actual["return"] = toVector(operation.returnType, isLone ? received : property(received, "returnValue"));
  expect(actual).toEqual(check.case.values);
  if (check.encoding === "ndrBigEndian") return;

  const response: Record<string, unknown> = valuesOf(out, check.case.values);
  if (hasReturn) response["returnValue"] = fromVector(operation.returnType, member(check.case.values, "return"));
  const w = writer(check.encoding === "ndr64");
  for (const parameter of out.filter(isPipe)) await pushChunks(check, parameter, response, w);
  marshalResponse(check, inputs, isLone ? response["returnValue"] : response, w);
  expectOctets(check, w.octets());
}

/** Types one after the other in a buffer. */
function checkSerialized({ model, exports }: Compiled, each: Case): void {
  const declaration = model.main.declarations.find((candidate) => candidate.name === each.type);
  const encode = exports.get(`${String(each.type)}_Encode`);
  const decode = exports.get(`${String(each.type)}_Decode`);
  const alignSize = exports.get(`${String(each.type)}_AlignSize`);
  if (
    declaration?.kind !== "type" ||
    typeof encode !== "function" ||
    typeof decode !== "function" ||
    typeof alignSize !== "function"
  )
    throw new Error(`no routines for ${String(each.type)}`);
  const { type } = declaration;
  const octets = Buffer.from(each.ndr ?? "", "hex");
  if (!Array.isArray(each.values)) throw new Error("serialized values are a list");
  const values = each.values.map((value: Json) => fromVector(type, value));
  const reading = MesDecodeBufferHandleCreate(octets);
  expect(each.values.map(() => toVector(type, Reflect.apply(decode, undefined, [reading])))).toEqual(each.values);
  const writing = MesEncodeDynBufferHandleCreate();
  let size = 0;
  for (const value of values) {
    size += Number(Reflect.apply(alignSize, undefined, [value])) - (size === 0 ? 0 : 8);
    Reflect.apply(encode, undefined, [writing, value]);
  }
  expect(size).toBe(octets.length);
  expect(masked(each, "ndr", writing.octets(), 4)).toBe(masked(each, "ndr", octets, 4));
}

/** Has the server stub marshal a response without unmarshaling a request: the vectors have them apart. */
function marshalResponse(check: Check, request: unknown, response: unknown, w: ReturnType<typeof writer>): void {
  const [, make] = [...check.exports].find(([name]) => name.endsWith("ServerStub")) ?? [];
  if (typeof make !== "function") throw new Error("no server stub");
  const stub: unknown = Reflect.apply(make, undefined, [
    {},
    { midl_user_allocate: () => null, midl_user_free: () => undefined },
  ]);
  const operation: unknown = property(property(stub, "operations"), String(check.operation.opnum));
  const marshal = property(operation, "marshal");
  if (typeof marshal !== "function") throw new Error("no marshal routine");
  Reflect.apply(marshal, undefined, [w, request, response]);
}

/** Marshals the chunks of an [out] pipe. */
async function pushChunks(
  check: Check,
  { name, type }: Parameter,
  response: Record<string, unknown>,
  w: ReturnType<typeof writer>,
): Promise<void> {
  const pipes = new PipeWriter(w, undefined);
  const pipeType = check.exports.get(pipeOf(type)?.name ?? "");
  if (!isPipeType(pipeType)) throw new Error(`no pipe type for ${name}`);
  for (const chunk of await chunksOf(response[memberName(name)])) await pipes.write(pipeType, chunk, name);
  pipes.end();
}

function isPipeType(value: unknown): value is PipeType<unknown> {
  return typeof value === "object" && value !== null && "marshal" in value;
}

function isPipe({ type }: Parameter): boolean {
  return pipeOf(type) !== undefined;
}

/** The chunks of a pipe: a list of them, or what a manager pulls. */
async function chunksOf(pipe: unknown): Promise<unknown[]> {
  const chunks: unknown[] = [];
  if (!isIterable(pipe)) throw new Error("no pipe");
  for await (const chunk of pipe) chunks.push(chunk);
  return chunks;
}

function isIterable(value: unknown): value is AsyncIterable<unknown> | Iterable<unknown> {
  return typeof value === "object" && value !== null && (Symbol.asyncIterator in value || Symbol.iterator in value);
}

function valuesOf(parameters: readonly Parameter[], values: Json): Record<string, unknown> {
  return Object.fromEntries(
    parameters.map((parameter) => [
      memberName(parameter.name),
      fromVector(parameter.type, member(values, parameter.name)),
    ]),
  );
}

function inputReader(check: Check): ReturnType<typeof reader> {
  return reader(check.octets, { ndr64: check.encoding === "ndr64", littleEndian: check.encoding !== "ndrBigEndian" });
}

function isSent(parameter: Parameter): boolean {
  let { type } = parameter;
  for (;;) {
    if (type.kind === "alias") type = type.target;
    else if (type.kind === "pointer") type = type.pointee;
    else return type.kind !== "binding-handle";
  }
}

/** Compares octets; gaps may hold anything, and referent identifiers any number but 0. */
function expectOctets(check: Check, actual: Uint8Array): void {
  const width = check.encoding === "ndr64" ? 8 : 4;
  expect(masked(check.case, check.encoding, actual, width)).toBe(
    masked(check.case, check.encoding, check.octets, width),
  );
}

function masked({ pad, referents }: Case, encoding: EncodingName, octets: Uint8Array, width: number): string {
  const hex = Array.from(octets, (octet) => octet.toString(16).padStart(2, "0"));
  for (const at of pad[encoding] ?? []) if (at < hex.length) hex[at] = "..";
  for (const at of referents[encoding] ?? []) {
    const isNull = octets.subarray(at, at + width).every((octet) => octet === 0);
    for (let index = at; index < at + width; index++) hex[index] = isNull ? "00" : "rr";
  }
  return hex.join("");
}
