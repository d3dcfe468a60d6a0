import { describe, expect, it } from "vitest";
import { compile, inInterface, interfaceOf, messages, modelOf } from "../compile.ts";

/** The values of the constants of a source, by name. */
function constants(source: string, more: Record<string, string> = {}): Record<string, unknown> {
  const { main } = modelOf({ ...more, "main.idl": source });
  return Object.fromEntries(
    main.declarations.flatMap((each) => (each.kind === "constant" ? [[each.name, each.value]] : [])),
  );
}

describe("preprocessor", () => {
  it("expands object-like and function-like macros, also over several lines", () => {
    const source = "#define ADD(a, b) \\\n  ((a) + (b))\n#define ONE 1\nconst long X = ADD(ONE,\n  ADD(2, 3));\n";
    expect(constants(source)).toEqual({ X: 6 });
  });

  it("makes strings with # and joins tokens with ##", () => {
    const source = "#define NAME(x) const char *x##_text = #x;\nNAME(a)\nconst long L##1 = 1;\n#undef NAME\n";
    expect(messages(source)).toContain("MIDL2025");
    expect(constants("#define NAME(x) const char *x##_text = #x;\nNAME(a b)\n".replace("a b", "ab"))).toEqual({
      ab_text: "ab",
    });
  });

  it("does not expand a macro within itself", () => {
    expect(constants("const long a = 5;\n#define a a\nconst long b = a;\n")).toEqual({ a: 5, b: 5 });
  });

  it("follows conditions with C expressions, defined, else and elif", () => {
    const source = `#if defined(__midl) && (1 << 2) == 4 && !defined NOPE ? 1 : 0
const long A = 1;
#elif 1
const long A = 2;
#else
const long A = 3;
#endif
#ifdef NOPE
const long B = 1;
#elif 10 / 3 % 2 == 1 && (7 & 3 | 8 ^ 1) > -1 && ~0 < 0 && 'a' != 98
const long B = 2;
#endif
#ifndef NOPE
# if 0
don't "look here
# endif
const long C = 3;
#else
const long C = 4;
#endif
`;
    expect(constants(source)).toEqual({ A: 1, B: 2, C: 3 });
  });

  it("works inside attribute lists", () => {
    const source =
      "[uuid(12345678-1234-abcd-ef00-01234567cffb),\n#ifdef __midl\nms_union,\n#endif\nversion(1.0)]\ninterface i { void f(); }\n";
    expect(modelOf(source).main.interfaces[0]?.attributes.has("ms_union")).toBe(true);
  });

  it("includes files, in any case, once where they ask for it", () => {
    const more = { "A.h": "#pragma once\nconst long A = 1;\n" };
    expect(constants('#include "a.h"\n#include <a.h>\nconst long B = A;\n', more)).toEqual({ A: 1, B: 1 });
  });

  it("obeys #pragma pack", () => {
    const { main } = modelOf(
      "#pragma pack(push, 1)\nstruct a { long l; };\n#pragma pack(pop)\nstruct b { long l; };\n#pragma pack(2)\nstruct c { long l; };\n#pragma pack()\nstruct d { long l; };\n",
    );
    const packings = main.declarations.map((each) => (each.type.kind === "struct" ? each.type.packing : 0));
    expect(packings).toEqual([1, 8, 2, 8]);
  });

  it("defines what the environment implies, and /D without /U", () => {
    const source = "#ifdef _WIN64\nconst long W = 64;\n#else\nconst long W = 32;\n#endif\nconst long D = VALUE;\n";
    const model = modelOf(source, { environment: "win32", defines: ["VALUE=7", "_WIN64"], undefines: ["_WIN64"] });
    expect(model.main.declarations.map((each) => (each.kind === "constant" ? each.value : undefined))).toEqual([32, 7]);
  });

  it("takes a UUID whose digits lex as numbers and names", () => {
    const model = modelOf(
      "[uuid(1e10ABCD-4e-1-ef00-00aa-01234567cffb)] interface i { void f(); }".replace(
        "4e-1-ef00-00aa",
        "4e10-ef00-00aa",
      ),
    );
    expect(model.main.interfaces[0]?.uuid).toBe("1e10abcd-4e10-ef00-00aa-01234567cffb");
  });

  it.each([
    [
      "#include <nope.h>",
      "main.idl(1) : error MIDL1003 : cannot open include file nope.h\n#include <nope.h>\n         ^",
    ],
    [
      '#include "main.idl',
      'main.idl(1) : error MIDL9102 : #include needs a file name in quotation marks or angle brackets\n#include "main.idl\n         ^~~~~~~~~',
    ],
    [
      "#include nope",
      "main.idl(1) : error MIDL9102 : #include needs a file name in quotation marks or angle brackets\n#include nope\n         ^~~~",
    ],
    ["#error stop here", "main.idl(1) : error MIDL9114 : #error stop here\n#error stop here\n ^~~~~"],
    ["#nonsense", "main.idl(1) : error MIDL9115 : unknown preprocessor directive #nonsense\n#nonsense\n ^~~~~~~~"],
    ["#if 1", "main.idl(1) : error MIDL9112 : #if without #endif\n#if 1\n ^~"],
    ["#endif", "main.idl(1) : error MIDL9113 : #endif without #if\n#endif\n ^~~~~"],
    ["#else", "main.idl(1) : error MIDL9113 : #else without #if\n#else\n ^~~~"],
    ["#define 1", "main.idl(1) : error MIDL9104 : #define needs the name of a macro\n#define 1\n        ^"],
    ["#define F(a", "main.idl(1) : error MIDL9105 : parameters of macro F do not end with )\n#define F(a\n         ^"],
    ["#undef 1", "main.idl(1) : error MIDL9104 : #undef needs the name of a macro\n#undef 1\n       ^"],
    ["#if 1 +\n#endif", "main.idl(1) : error MIDL9111 : the condition is no integer constant expression\n#if 1 +\n ^~"],
    [
      "#pragma pack(3)",
      "main.idl(1) : error MIDL9116 : #pragma pack(3) is not 1, 2, 4, 8 or 16\n#pragma pack(3)\n             ^",
    ],
    [
      "#pragma pack(pop)",
      "main.idl(1) : warning MIDL2292 : #pragma pack(pop) without matching #pragma pack(push)\n#pragma pack(pop)\n        ^~~~",
    ],
    [
      "#define A 1\n#define A 2",
      "main.idl(2) : warning MIDL9106 : macro A is defined again with another text\n#define A 2\n        ^",
    ],
    [
      "#define F(a) a\nconst long x = F(1, 2);",
      "main.idl(2) : error MIDL9108 : macro F has 1 parameters but 2 arguments\nconst long x = F(1, 2);\n               ^",
    ],
    [
      "#define F(a) a\nconst long x = F(1;",
      "main.idl(2) : error MIDL9107 : arguments of macro F do not end with )\nconst long x = F(1;\n               ^",
    ],
    ["/* open", "main.idl(1) : error MIDL2109 : end of file found in comment\n/* open\n^~"],
    ['cpp_quote("a);\n', 'main.idl(1) : error MIDL2112 : end of line found in string\ncpp_quote("a);\n          ^~~~'],
    ['cpp_quote("a);', 'main.idl(1) : error MIDL2110 : end of file found in string\ncpp_quote("a);\n          ^~~~'],
    [
      "\\ const long x = 1; @",
      "main.idl(1) : error MIDL2024 : error recovery discards : \\\n\\ const long x = 1; @\n^",
    ],
  ])("reports %s", (source, expected) => {
    expect(messages(source).startsWith(expected)).toBe(true);
  });

  it("limits files that include themselves", () => {
    expect(messages('#include "main.idl"\n#include "main.idl"\n')).toContain("MIDL9103");
  });

  it("limits macros that explode", () => {
    let source = "#define M0 1 +\n";
    for (let level = 1; level < 30; level++)
      source += `#define M${level.toString()} M${(level - 1).toString()} M${(level - 1).toString()}\n`;
    expect(messages(`${source}const long x = M29 1;\n`)).toContain("MIDL9109");
  });

  it("reports a mistake in a macro where the macro is used", () => {
    expect(messages("#define BAD nothing\nconst long x =\n  BAD;\n")).toBe(
      "main.idl(3) : error MIDL2009 : undefined symbol : nothing\n  BAD;\n  ^~~",
    );
  });

  it("keeps comments as documentation of what they stand before", () => {
    const found = interfaceOf(
      "// Not this.\n\n/** Adds\n * two numbers. */\nlong add([in] long a); // trailing\nlong next();",
    );
    expect(found.operations.map((operation) => operation.documentation)).toEqual(["Adds\ntwo numbers.", undefined]);
  });

  it("reads CRLF, lone CR, UTF-16, Windows-1252, a byte-order mark and a trailing Ctrl-Z", () => {
    const text = inInterface("long f();");
    const utf16 = new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le"));
    const bigEndian = new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le").swap16());
    const latin = new Uint8Array(Buffer.from(`// caf\u00e9\n${text}`, "latin1"));
    const sources = [
      text.replaceAll("\n", "\r\n"),
      text.replaceAll("\n", "\r"),
      `\ufeff${text}\u001a`,
      utf16,
      bigEndian,
      latin,
    ];
    for (const source of sources) expect(compile({ "main.idl": source }).model?.main.interfaces).toHaveLength(1);
  });
});
