/** Mutants of a source with most of the language: whatever the text, mistakes are diagnostics with a place in their file. */
import { describe, expect, it } from "vitest";
import { compile, inInterface, type Sources } from "./compile.ts";

const body = `#define BOTH(x, y) x, y
import "other.idl";
typedef enum { RED = 1, GREEN, BLUE = 0x10 } COLOR;
typedef struct _NODE { struct _NODE *next; [string] wchar_t *name; COLOR color; [size_is(n)] byte data[]; long n; } NODE;
typedef [switch_type(short)] union { [case(1, 2)] long l; [case(3)] NODE *p; [default]; } U;
typedef union switch (long kind) u { case 1: float f; default: ; } E;
const long MAX = sizeof(NODE) * 2 + (3 << 1);
typedef [context_handle] void *CTX;
typedef pipe byte BYTES;
typedef struct { short t; [switch_is(t)] U u; hyper h; [range(0, 10)] long r; long (*a)[2]; } REC;
#if defined(__midl) && MAX_X != 1
[idempotent] error_status_t f([in] handle_t h, [in, out, size_is(, *n)] long **a, [in, out] long *n);
#endif
void g([BOTH(in, out)] CTX *c, [in] REC *r, [out] E *e, [in] BYTES b, [in, length_is(k ? 1 : 0), size_is(k)] char s[], [in] long k);
[callback] long cb([in, string] char *s); // comment
cpp_quote("#define X \\"1\\"")`;
const main = inInterface(body.replace("byte data[]; long n;", "byte *data; long n;"));
const acf = `[explicit_handle] interface test { typedef [allocate(all_nodes)] CTX; [comm_status, fault_status] f([ptr] n); include "x.h"; }`;
const pieces = [
  ..."[ ] { } ( ) * , ; : # \" ' \\ / < > . = - + ? & | ! ~ ^ 0".split(" "),
  "\n",
  "\0",
  "\u2028",
  "é",
  "typedef",
  "interface",
  "size_is(",
  "/*",
  "*/",
  "..",
  "#if 1\n",
  "#define f f(f)\n",
  'import "main.idl";',
  "union",
  "0x",
  'L"',
  "[in]",
];

/** Numbers from 0 up to 1, the same for the same seed (the linear congruential generator of POSIX rand48). */
function randomNumbers(seed: number): () => number {
  let state = BigInt(seed);
  return () => {
    state = BigInt.asUintN(48, state * 0x5deece66dn + 0xbn);
    return Number(state >> 16n) / 2 ** 32;
  };
}

function mutate(text: string, random: () => number): string {
  const at = (length: number): number => Math.floor(random() * length);
  const start = at(text.length);
  const end = start + at(12);
  const piece = pieces[at(pieces.length)] ?? "";
  switch (at(6)) {
    case 0:
      return text.slice(0, start) + text.slice(end);
    case 1:
      return text.slice(0, start) + piece + text.slice(start);
    case 2:
      return text.slice(0, start) + piece + text.slice(end);
    case 3:
      return text.slice(0, start);
    case 4: {
      const words = text.split(/\b/);
      const [left, right] = [at(words.length), at(words.length)];
      return words
        .map((word, index) => words[index === left ? right : index === right ? left : index] ?? word)
        .join("");
    }
    default:
      return text.slice(0, start) + text.slice(start, end).repeat(3) + text.slice(end);
  }
}

function judge(sources: Sources, mode: "ms_ext" | "osf"): void {
  const began = performance.now();
  const { diagnostics, model } = compile(sources, { acfPath: "main.acf", mode });
  expect(performance.now() - began).toBeLessThan(2_000);
  expect(model === undefined).toBe(diagnostics.some(({ severity }) => severity === "error"));
  for (const { span, text } of diagnostics) {
    expect(span.start, text).toBeGreaterThanOrEqual(0);
    expect(span.end, text).toBeGreaterThanOrEqual(span.start);
    expect(span.end, text).toBeLessThanOrEqual(Math.max(1, span.file.text.length + 1));
  }
}

describe("mutants", () => {
  const other = "typedef long OTHER;\n";

  it("have something to differ from", () => {
    const { diagnostics } = compile({ "main.idl": main, "main.acf": "", "other.idl": other }, { acfPath: "main.acf" });
    expect(diagnostics.filter(({ severity }) => severity === "error").map(({ text }) => text)).toEqual([]);
  });

  const rounds = Number(process.env["MUTANTS"] ?? 240);
  const seed = Number(process.env["SEED"] ?? 20_251);
  it(`of the seed ${seed.toString()} throw nothing and report within their files`, { timeout: 600_000 }, () => {
    const random = randomNumbers(seed);
    for (let round = 0; round < rounds; round++) {
      let text = main;
      for (let count = 0; count <= round % 3; count++) text = mutate(text, random);
      const mutantAcf = round % 4 === 0 ? mutate(acf, random) : acf;
      judge({ "main.idl": text, "main.acf": mutantAcf, "other.idl": other }, round % 5 === 0 ? "osf" : "ms_ext");
    }
  });
});
