/**
 * Procedures with [encode] and [decode] (RPC "Procedure Serialization"). The octets: header as Wine's rpcrt4 lays it out (dlls/rpcrt4/ndr_es.c:
 * 01 01, filler cc cc, transfer syntax, interface, procedure number, 1, length), parameters by hand from C706 chapter 14.
 */
import { beforeAll, describe, expect, it } from "vitest";
import {
  MesDecodeBufferHandleCreate,
  MesDecodeIncrementalHandleCreate,
  MesEncodeDynBufferHandleCreate,
  MesEncodeFixedBufferHandleCreate,
  MesEncodeIncrementalHandleCreate,
  MesInqProcEncodingId,
  managedMemory,
  trackMemory,
} from "../../../runtime/index.ts";
import type { MesDecodeHandle, MesEncodeHandle } from "../../../runtime/index.ts";
import { compileIdl, generateIdl } from "../../support/compile-idl.ts";
import type { Compiled } from "../../support/compile-idl.ts";

const IDL = `
[uuid(0c9d3a4e-52b1-4f0e-9a37-6f5b8c1d2e43), version(1.2), pointer_default(unique)]
interface store
{
    typedef struct { long number; [string] char *name; } ENTRY;
    void Save([in, out] ENTRY *entry, [in] short flags, [out] long *size);
    void Give([in] long count, [in, out, size_is(count)] short *values);
}`;
const ACF = "[explicit_handle] interface store { [encode, decode] Save(); [encode, decode] Give(); }";

const NDR = "045d888aeb1cc9119fe808002b104860 02000000";
const NDR64 = "33057171babe37498319b5dbef9ccc36 01000000";
const STORE = "4e3a9d0cb1520e4f9a376f5b8c1d2e43 01000200";
const ENTRY = "07000000 00000200 03000000 00000000 03000000 61620000";
const ENTRY_64 = "07000000 00000000 0000020000000000 0300000000000000 0000000000000000 0300000000000000 61620000";

const plain = (text: string): string => text.replaceAll(" ", "");
const hex = (octets: Uint8Array): string => Buffer.from(octets).toString("hex");
const octetsOf = (text: string): Buffer => Buffer.from(plain(text), "hex");
const header = (syntax: string, procNum: number, byteCount: number): string =>
  `0101cccc ${syntax} ${STORE} ${word(procNum)} 01000000 ${word(byteCount)}`;
const word = (value: number): string => value.toString(16).padStart(2, "0").padEnd(8, "0");

/** What `Save` decodes. */
const ANSWER = `${header(NDR, 0, 32)} ${ENTRY} 63000000 00000000`;

let compiled: Compiled;
beforeAll(async () => {
  compiled = await compileIdl("store", IDL, { acf: ACF });
});

function routine(name: string): (...parameters: unknown[]) => unknown {
  const found = compiled.exports.get(name);
  if (!isRoutine(found)) throw new Error(`no ${name}`);
  return found;
}

function isRoutine(value: unknown): value is (...parameters: unknown[]) => unknown {
  return typeof value === "function";
}

const save = (handle: MesEncodeHandle): unknown =>
  routine("Save_Encode")(handle, { entry: { number: 7, name: "ab" }, flags: 9 });
const load = (handle: MesDecodeHandle): unknown => routine("Save_Decode")(handle);

describe("encoding a procedure", () => {
  it("writes a header and the [in] parameters, up to a multiple of 8", () => {
    const handle = MesEncodeDynBufferHandleCreate();
    save(handle);
    expect(hex(handle.octets())).toBe(
      plain(`${header(NDR, 0, 32)} 07000000 00000200 03000000 00000000 03000000 616200 00 0900 000000000000`),
    );
    expect(handle.octets()).toHaveLength(56 + 32);
  });

  it("writes NDR64 under its own transfer syntax", () => {
    const handle = MesEncodeDynBufferHandleCreate({ ndr64: true });
    save(handle);
    expect(hex(handle.octets())).toBe(plain(`${header(NDR64, 0, 48)} ${ENTRY_64.slice(0, -8)}616200 00 0900 0000`));
  });

  it("one procedure after the other, in each style of buffer", () => {
    const dynamic = MesEncodeDynBufferHandleCreate();
    const fixed = MesEncodeFixedBufferHandleCreate(new Uint8Array(300));
    const pieces: string[] = [];
    const incremental = MesEncodeIncrementalHandleCreate((octets) => pieces.push(hex(octets)));
    for (const handle of [dynamic, fixed, incremental]) {
      save(handle);
      routine("Give_Encode")(handle, { values: Int16Array.of(1, 2, 3) });
    }
    const second = `${header(NDR, 1, 16)} 03000000 03000000 0100 0200 0300 0000`;
    expect(hex(dynamic.octets()).slice(2 * 88)).toBe(plain(second));
    expect(hex(fixed.octets())).toBe(hex(dynamic.octets()));
    expect(pieces.join("")).toBe(hex(dynamic.octets()));
  });

  it("says when a fixed buffer is too small", () => {
    expect(() => save(MesEncodeFixedBufferHandleCreate(new Uint8Array(80)))).toThrow(
      expect.objectContaining({ name: "RPC_S_BUFFER_TOO_SMALL" }),
    );
  });
});

describe("decoding a procedure", () => {
  it("gives the [out] parameters, from a buffer and from a stream", () => {
    const value = { entry: { number: 7, name: "ab" }, size: 99 };
    expect(load(MesDecodeBufferHandleCreate(octetsOf(ANSWER)))).toEqual(value);
    const octets = octetsOf(ANSWER);
    const asked: number[] = [];
    let offset = 0;
    const handle = MesDecodeIncrementalHandleCreate((count) => {
      asked.push(count);
      return octets.subarray(offset, (offset += count));
    });
    expect(load(handle)).toEqual(value);
    expect(asked).toEqual([56, 32]);
  });

  it("takes NDR64", () => {
    const octets = octetsOf(`${header(NDR64, 0, 48)} ${ENTRY_64} 63000000`);
    expect(load(MesDecodeBufferHandleCreate(octets))).toEqual({ entry: { number: 7, name: "ab" }, size: 99 });
  });

  it("takes a size that travels as an [in] parameter from what arrived", () => {
    const octets = octetsOf(`${header(NDR, 1, 8)} 02000000 0500 0600`);
    expect(routine("Give_Decode")(MesDecodeBufferHandleCreate(octets))).toEqual({ values: Int16Array.of(5, 6) });
  });

  it("says which procedure comes next", () => {
    const octets = Buffer.concat([octetsOf(ANSWER), octetsOf(`${header(NDR, 1, 8)} 02000000 0500 0600`)]);
    const handle = MesDecodeBufferHandleCreate(octets);
    const interfaceId = { uuid: "0c9d3a4e-52b1-4f0e-9a37-6f5b8c1d2e43", major: 1, minor: 2 };
    expect(MesInqProcEncodingId(handle)).toEqual({ interfaceId, procNum: 0 });
    load(handle);
    expect(MesInqProcEncodingId(handle)).toEqual({ interfaceId, procNum: 1 });
    routine("Give_Decode")(handle);
    expect(() => MesInqProcEncodingId(handle)).toThrow("the buffer ends 56 octets too early");
  });

  it.each<[string, string, string]>([
    [ANSWER.replace("0101", "0201"), "RPC_X_WRONG_ES_VERSION", "version 2.1 of procedure serialization"],
    [ANSWER.replace(NDR, NDR.replace("045d", "055d")), "RPC_S_UNSUPPORTED_TRANS_SYN", "an unknown transfer syntax"],
    [
      ANSWER.replace(STORE, STORE.replace("4e3a", "4e3b")),
      "RPC_S_UNKNOWN_IF",
      "interface 0c9d3b4e-52b1-4f0e-9a37-6f5b8c1d2e43 version 1.2 where store is wanted",
    ],
    [`${header(NDR, 1, 8)} 02000000 0500 0600`, "RPC_S_PROCNUM_OUT_OF_RANGE", "procedure 1 of store where 0 is wanted"],
    [ANSWER.slice(0, -9), "RPC_X_BAD_STUB_DATA", "the buffer ends 4 octets too early"],
    [`${header(NDR, 0, 8)} 07000000 00000200`, "RPC_X_BAD_STUB_DATA", "stub data of 8 octets ends before"],
  ])("refuses %s", (octets, name, message) => {
    const memory = trackMemory(managedMemory());
    const refused = (): unknown => load(MesDecodeBufferHandleCreate(octetsOf(octets), memory));
    expect(refused).toThrow(message);
    expect(refused).toThrow(expect.objectContaining({ name }));
    expect(memory.liveCount).toBe(0);
  });
});

it("a serialized procedure is not remote: it has no method, and an interface of such procedures no server", async () => {
  const { texts } = await generateIdl("store", IDL, { acf: ACF });
  expect([...texts.keys()]).toEqual(["store.ts", "store_c.ts"]);
  expect(texts.get("store_c.ts")).not.toContain("class StoreClient");
});

it("[encode] alone has no decoding routine, on the interface it is for all procedures", async () => {
  const { texts } = await generateIdl("store", IDL, { acf: "[explicit_handle, encode] interface store { }" });
  const text = texts.get("store_c.ts") ?? "";
  expect([...text.matchAll(/export function (\w+)/g)].map(([, name]) => name)).toEqual(["Save_Encode", "Give_Encode"]);
});
