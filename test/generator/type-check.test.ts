/** Generated code is clean under the strictest configuration of a user, and under each strict flag alone, in TypeScript 6 and 7. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { generateIdl } from "../support/compile-idl.ts";
import type { CompileOptions } from "../support/compile-idl.ts";
import { property } from "../support/vector-values.ts";
import { GRIDS_IDL } from "./emit/grids-idl.ts";
import { HIDING_IDL, NAMES_BASE_IDL, NAMES_IDL } from "./emit/names-idl.ts";
import { PIPES_IDL } from "./emit/pipes-idl.ts";
import { RECURSIVE_ROWS_IDL } from "./emit/recursive-rows-idl.ts";
import { CONVERTED_STRINGS_IDL, STRUCTURE_STRINGS_IDL } from "./emit/structure-strings-idl.ts";
import { MEMORY_IDL } from "../memory/memory-idl.ts";
import { RPC_SS_ACF, RPC_SS_IDL } from "../memory/rpc-ss-support.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = join(root, ".generated/type-check");

/** Constructs that need a type or a parameter of their own. */
const PARTICULAR_IDL = `
[uuid(7f3a1c52-9d04-4b6e-8a57-1f0c2d3e4b79), version(1.0), pointer_default(unique)]
interface particular
{
    typedef [context_handle] void *HANDLE_T;
    typedef [switch_type(short)] union { [case(1)] long number; [case(2)] char letter; } MIXED;
    typedef struct { short kind; [switch_is(kind)] MIXED value; } WITH_UNION;
    typedef struct { long count; [size_is(count)] WITH_UNION items[]; } TAIL_OF_UNIONS;
    typedef struct { long number; char letter; } PAIR;
    typedef union switch (long kind) { case 1: PAIR pairs[5]; } FIFTY;
    typedef long ROW[4];
    typedef union switch (short kind) { case 1: long number; case 2: struct _LIST *list; } CELL;
    typedef struct _LIST { struct _LIST *next; } LIST;
    typedef struct { ROW rows[2]; CELL cells[2][2]; LIST *lists[2][2]; struct { short kind; [switch_is(kind)] MIXED value; } mixed[2][3]; } GRIDS;
    typedef struct { unsigned long cBytes; [size_is(cBytes)] byte *octets; } CALLED_CBYTES;
    typedef struct { unsigned long length; [size_is(, length)] wchar_t **text; } SIZED_BEHIND;
    HANDLE_T Open([out] long *status);
    void Sized([in] CALLED_CBYTES *octets, [in, out] SIZED_BEHIND *text);
    HANDLE_T Reopen([in] HANDLE_T other);
    void Tail([in, out] TAIL_OF_UNIONS **tail);
    void Grids([in, out] GRIDS *grids, [in, out] ROW rows[2], [in, out] LIST *lists[2][2], [in] long n, [in, out, size_is(n)] LIST some[][2]);
    void Late([in, switch_is(kind)] MIXED *value, [in] short kind);
    void Fixed([in] FIFTY *fifty, [in, ref] PAIR (*pairs)[5]);
    void Full([in, out, ptr, string] wchar_t **name);
    void Handles([in] long count, [in, out, size_is(count)] HANDLE_T *some, [out] long *length, [out, size_is(, *length)] HANDLE_T **opened);
    void Pair([in, out] HANDLE_T pair[2], [in, unique, size_is(3)] HANDLE_T *optional, [out] HANDLE_T others[4]);
    void Part([in] long count, [in] long length, [in, out, size_is(count), length_is(length)] HANDLE_T part[]);
}`;

const SERIALIZED_IDL = `
[uuid(7f3a1c52-9d04-4b6e-8a57-1f0c2d3e4b78), version(1.0), pointer_default(unique)]
interface serialized
{
    typedef struct { long number; [string] char *name; } ENTRY;
    typedef [switch_type(short)] union { [case(1)] long number; [default] ; } MIXED;
    void Save([in] handle_t to, [in, out] ENTRY *entry, [in, out, ptr] ENTRY *other, [in] short flags);
    void Load([in] long count, [out, size_is(count)] short *values, [in] short kind, [out, switch_is(kind)] MIXED *mixed);
    void Mark();
}`;

/** A conversion of each kind, wherever it may stand. */
const CONVERSIONS_IDL = `
[uuid(7f3a1c52-9d04-4b6e-8a57-1f0c2d3e4b7a), version(1.0), pointer_default(unique)]
interface converted
{
    typedef struct _NODE { short number; struct _NODE *next; } NODE;
    typedef struct { short count; [size_is(count)] short numbers[]; } SENT;
    typedef struct { long n; [string] wchar_t text[8]; } VARYING;
    typedef struct { long size; [size_is(size)] long *data; } BEHIND;
    typedef BEHIND *WIRE;
    typedef struct { short low; short high; } PAIR;
    typedef struct { long year; short month; short day; } DAY;
    typedef struct _LOCAL { void *any; struct _OPEN *open; void (*call)(void); struct _LOCAL *next; struct { void *in; } inner; } LOCAL;
    typedef [transmit_as(long)] LOCAL KEPT;
    typedef [transmit_as(SENT)] NODE LIST;
    typedef [transmit_as(SENT)] NODE *CHAIN;
    typedef [transmit_as(VARYING)] hyper NUMBER;
    typedef [wire_marshal(PAIR)] unsigned long DATA;
    typedef [wire_marshal(PAIR)] NODE USER;
    typedef [wire_marshal(WIRE)] void *HANDLE_DATA;
    typedef [switch_type(long)] union { [case(1)] DAY day; [case(2)] NUMBER number; [default] LIST *list; } CHOICE;
    typedef struct { DAY day; DAY *other; DAY many[2]; USER user; HANDLE_DATA handle; NUMBER number; long kind;
        [switch_is(kind)] CHOICE choice; long count; [size_is(count)] NUMBER *numbers; LIST **lists; CHAIN *boxed; [ptr] CHAIN *again; } HOLDER;
    DAY Give([in] HOLDER *holder, [in, out] LIST *list, [in, unique] LIST *other, [out] CHAIN *chain, [in] DATA data);
    long Edit([in, out] HOLDER **holder, [in, out] DAY *day, [out] HANDLE_DATA *handle, [in] USER user, [in, ptr] DAY *full);
    CHAIN *Boxed([in, out, unique] CHAIN *box, [in, ptr] CHAIN *other, [out] CHAIN **made);
    void Keep([in, out] KEPT *kept, [in, unique] KEPT *other);
    LIST *Return([in] long count, [in, size_is(count)] DAY days[], [out, size_is(count)] USER users[]);
}`;

const CONVERSIONS_ACF = `
interface converted { include "numbers.h", "application.h"; typedef [represent_as(Date)] DAY; }`;

const FLAGS = [
  "strict",
  "exactOptionalPropertyTypes",
  "noUncheckedIndexedAccess",
  "verbatimModuleSyntax",
  "erasableSyntaxOnly",
  "isolatedModules",
  "noImplicitReturns",
  "noUnusedLocals",
  "noUnusedParameters",
  "noFallthroughCasesInSwitch",
  "noImplicitOverride",
  "noPropertyAccessFromIndexSignature",
];

beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const phonebook = readFileSync(join(root, "examples/phonebook/phonebook.idl"), "utf8");
  const serialized =
    "[explicit_handle] interface serialized { [encode, decode] Save(); [decode] Load(); [encode] Mark(); }";
  const sources: [name: string, idl: string, acf?: string][] = [
    ["serialized", SERIALIZED_IDL, serialized],
    ["phonebook", phonebook],
    ["memory", MEMORY_IDL],
    ["rpcss", RPC_SS_IDL, RPC_SS_ACF],
    ["pipes", PIPES_IDL],
    ["grids", GRIDS_IDL],
    ["rows", RECURSIVE_ROWS_IDL],
    ["pairs", STRUCTURE_STRINGS_IDL],
    ["converted", CONVERTED_STRINGS_IDL],
    ["particular", PARTICULAR_IDL],
    ["hiding", HIDING_IDL],
  ];
  for (const name of [
    "samba-samr",
    "samba-lsa",
    "samba-winreg",
    "samba-echo",
    "windows-union-align-16",
    "windows-pipe-01",
  ]) {
    const vectors: unknown = JSON.parse(readFileSync(join(root, `test/vectors/${name}.json`), "utf8"));
    sources.push([name, String(property(vectors, "idl"))]);
  }
  writeFileSync(join(folder, "application.ts"), "export class HANDLE_DATA {\n  readonly values: number[] = [];\n}\n");
  writeFileSync(join(folder, "numbers.ts"), "export type Double = number;\n");
  await write("names", NAMES_IDL, { files: { "names-base.idl": NAMES_BASE_IDL } });
  await write("converted", CONVERSIONS_IDL, { acf: CONVERSIONS_ACF });
  for (const [name, idl, acf] of sources) await write(name, idl, { acf });
  const phonebookOsf = readFileSync(join(root, "examples/phonebook-osf/phonebook.idl"), "utf8");
  await write("phonebook-osf", phonebookOsf, { mode: "osf" });
}, 60_000);

async function write(name: string, idl: string, options: CompileOptions): Promise<void> {
  const { texts } = await generateIdl(name, idl, { importExtension: ".js", ...options });
  for (const [file, text] of texts) writeFileSync(join(folder, file), text);
}

function check(compiler: string, flags: readonly string[]): string {
  const name = `tsconfig.${compiler}.${flags.length === 2 ? String(flags[1]) : "all"}.json`;
  const compilerOptions = {
    noEmit: true,
    target: "ES2023",
    module: "NodeNext",
    types: ["node"],
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    strict: false,
    paths: {
      "@midl-ts/runtime": [join(root, "runtime/index.ts")],
      "@midl-ts/runtime/stub": [join(root, "runtime/stub.ts")],
    },
    ...Object.fromEntries(flags.map((flag) => [flag, true])),
  };
  const files = readdirSync(folder).filter((file) => file.endsWith(".ts"));
  writeFileSync(join(folder, name), JSON.stringify({ compilerOptions, files }));
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  const { stdout } = spawnSync(
    process.execPath,
    [join(root, "node_modules", compiler, "bin/tsc"), "-p", join(folder, name)],
    { encoding: "utf8" },
  );
  return stdout;
}

describe.each(["typescript", "typescript-7"])("%s", (compiler) => {
  it("accepts it under all flags at once", () => {
    expect(check(compiler, FLAGS)).toBe("");
  }, 120_000);
});

describe("typescript-7, one flag beside strict", () => {
  it.each(["exactOptionalPropertyTypes", "noUncheckedIndexedAccess", "verbatimModuleSyntax", "erasableSyntaxOnly"])(
    "%s",
    (flag) => {
      expect(check("typescript-7", ["strict", flag])).toBe("");
    },
    120_000,
  );
});
