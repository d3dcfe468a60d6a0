/** Checks octets of test vectors (test/vectors) against generated stubs: decoding gives the values, encoding gives the octets. */
import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { expect } from "vitest";
import { memberName } from "../../generator/emit/names.ts";
import { pipeOf } from "../../generator/emit/pipe-types.ts";
import type { Operation, Parameter } from "../../grammar/index.ts";
import { MesDecodeBufferHandleCreate, MesEncodeDynBufferHandleCreate, managedMemory } from "../../runtime/index.ts";
import type { MidlUserMemory } from "../../runtime/index.ts";
import type { PipeType } from "../../runtime/pipes/pipe-type.ts";
import { PipeWriter } from "../../runtime/pipes/pipe-writer.ts";
import type { Compiled } from "./compile-idl.ts";
import { clientHalves, reader, serve, writer } from "./stub-harness.ts";
import { fromVector, member, property, toVector } from "./vector-values.ts";
import type { Json } from "./vector-values.ts";

const ENCODINGS = ["ndr", "ndrBigEndian", "ndr64"] as const;

/** A transfer syntax and a byte order, as a case names them. */
export type EncodingName = (typeof ENCODINGS)[number];

/** Values and the octets that belong to them. */
export interface VectorCase {
  readonly name: string;
  readonly operation?: string;
  readonly type?: string;
  readonly direction: string;
  readonly opnum?: number;
  readonly values: Json;
  readonly inputs?: Json;
  readonly pad?: Partial<Record<EncodingName, number[]>>;
  readonly referents?: Partial<Record<EncodingName, number[]>>;
  readonly ndr?: string;
  readonly ndrBigEndian?: string;
  readonly ndr64?: string;
}

/** An interface with its cases. */
export interface VectorFile {
  /** Name of the file without `.json`. */
  readonly name: string;
  readonly idl: string;
  readonly acf?: string;
  readonly cases: readonly VectorCase[];
}

/**
 * The vectors of a folder.
 *
 * @throws Error when it has none, or a file is none
 */
export function vectorFiles(folder: string): readonly VectorFile[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  if (names.length === 0) throw new Error(`${folder} holds no vectors (.json)`);
  return names.map((name) => {
    const file: unknown = JSON.parse(readFileSync(join(folder, name), "utf8"));
    if (!isVectorFile(file)) throw new Error(`${join(folder, name)} has no idl and no cases`);
    return { ...file, name: basename(name, ".json") };
  });
}

function isVectorFile(value: unknown): value is Omit<VectorFile, "name"> {
  return typeof property(value, "idl") === "string" && Array.isArray(property(value, "cases"));
}

/**
 * The encodings that a case has octets for.
 *
 * @throws Error when it has none
 */
export function encodingsOf(each: VectorCase): readonly EncodingName[] {
  const encodings = ENCODINGS.filter((encoding) => each[encoding] !== undefined);
  if (encodings.length === 0) throw new Error(`${each.name} has no octets`);
  return encodings;
}

/**
 * Checks a case in one encoding. Big-endian octets are only decoded: what is sent is little-endian.
 *
 * @param memory where what is decoded is put; the nodes of a pair are encoded once more as they are
 */
export async function checkVector(
  compiled: Compiled,
  each: VectorCase,
  encoding: EncodingName,
  memory: MidlUserMemory = managedMemory(),
): Promise<void> {
  if (each.direction === "type-serialization") {
    checkSerialized(compiled, each, encoding);
    return;
  }
  const { model, exports } = compiled;
  const operation = model.main.interfaces
    .flatMap(({ operations }) => operations)
    .find((candidate) => candidate.name === each.operation);
  if (operation === undefined) throw new Error(`no operation ${String(each.operation)}`);
  const check = { exports, operation, case: each, encoding, memory, octets: Buffer.from(each[encoding] ?? "", "hex") };
  if (each.direction === "procedure-serialization") checkProcedure(check);
  else if (each.direction === "request") await checkRequest(check);
  else if (each.direction === "response") await checkResponse(check);
  else throw new Error(`what is ${each.direction}?`);
}

interface Check {
  readonly exports: Compiled["exports"];
  readonly operation: Operation;
  readonly case: VectorCase;
  readonly encoding: EncodingName;
  readonly memory: MidlUserMemory;
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
    if (check.encoding !== "ndrBigEndian" && !parameters.some(isPipe)) {
      const again = writer(check.encoding === "ndr64");
      clientHalves(exports, operation.name, received).marshal(again);
      expectOctets(check, again.octets());
    }
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
  if (!out.some(isPipe)) {
    const again = writer(check.encoding === "ndr64");
    marshalResponse(check, inputs, received, again);
    expectOctets(check, again.octets());
  }

  const response: Record<string, unknown> = valuesOf(out, check.case.values);
  if (hasReturn) response["returnValue"] = fromVector(operation.returnType, member(check.case.values, "return"));
  const w = writer(check.encoding === "ndr64");
  for (const parameter of out.filter(isPipe)) await pushChunks(check, parameter, response, w);
  marshalResponse(check, inputs, isLone ? response["returnValue"] : response, w);
  expectOctets(check, w.octets());
}

/** Types one after the other in a buffer. */
function checkSerialized({ model, exports }: Compiled, each: VectorCase, encoding: EncodingName): void {
  const name = String(each.type);
  const declaration = model.main.declarations.find((candidate) => candidate.name === name);
  const encode = exports.get(`${name}_Encode`);
  const decode = exports.get(`${name}_Decode`);
  const alignSize = exports.get(`${name}_AlignSize`);
  if (
    declaration?.kind !== "type" ||
    typeof encode !== "function" ||
    typeof decode !== "function" ||
    typeof alignSize !== "function"
  )
    throw new Error(`no routines for ${name}`);
  const { type } = declaration;
  const octets = Buffer.from(each[encoding] ?? "", "hex");
  if (!Array.isArray(each.values)) throw new Error("serialized values are a list");
  const reading = MesDecodeBufferHandleCreate(octets);
  expect(each.values.map(() => toVector(type, Reflect.apply(decode, undefined, [reading])))).toEqual(each.values);
  if (encoding === "ndrBigEndian") return;

  const values = each.values.map((value: Json) => fromVector(type, value));
  const ndr64 = encoding === "ndr64";
  const writing = MesEncodeDynBufferHandleCreate({ ndr64 });
  const sizes = values.map((value) => Number(Reflect.apply(alignSize, undefined, [value, ndr64])));
  for (const value of values) Reflect.apply(encode, undefined, [writing, value]);
  const commonHeader = ndr64 ? 64 : 8;
  expect(sizes.reduce((sum, size) => sum + size - commonHeader, commonHeader)).toBe(octets.length);
  const width = ndr64 ? 8 : 4;
  expect(masked(each, encoding, writing.octets(), width)).toBe(masked(each, encoding, octets, width));
}

/** Parameters of a procedure behind their header: [in] ones are encoded, [out] ones decoded. */
function checkProcedure(check: Check): void {
  const { operation, exports, octets, encoding } = check;
  const encode = exports.get(`${operation.name}_Encode`);
  const decode = exports.get(`${operation.name}_Decode`);
  if (typeof encode !== "function" && typeof decode !== "function")
    throw new Error(`no routines for ${operation.name}`);
  const sent = operation.parameters.filter(isSent);
  if (typeof decode === "function") {
    const received: unknown = Reflect.apply(decode, undefined, [MesDecodeBufferHandleCreate(octets)]);
    for (const { name, type } of sent.filter((parameter) => parameter.out))
      expect(toVector(type, property(received, memberName(name)))).toEqual(member(check.case.values, name));
  }
  if (typeof encode !== "function" || encoding === "ndrBigEndian") return;
  const handle = MesEncodeDynBufferHandleCreate({ ndr64: encoding === "ndr64" });
  const incoming = sent.filter((parameter) => parameter.in);
  Reflect.apply(encode, undefined, [handle, valuesOf(incoming, check.case.values)]);
  expectOctets(check, handle.octets());
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
  const littleEndian = check.encoding !== "ndrBigEndian";
  return reader(check.octets, { ndr64: check.encoding === "ndr64", littleEndian }, check.memory);
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

function masked({ pad, referents }: VectorCase, encoding: EncodingName, octets: Uint8Array, width: number): string {
  const hex = Array.from(octets, (octet) => octet.toString(16).padStart(2, "0"));
  for (const at of pad?.[encoding] ?? []) if (at < hex.length) hex[at] = "..";
  for (const at of referents?.[encoding] ?? []) {
    const isNull = octets.subarray(at, at + width).every((octet) => octet === 0);
    for (let index = at; index < at + width; index++) hex[index] = isNull ? "00" : "rr";
  }
  return hex.join("");
}
