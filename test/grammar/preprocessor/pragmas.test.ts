import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface, messages, modelOf } from "../compile.ts";

const late = "void f([in] T a);\ntypedef long T;";

describe("#pragma", () => {
  it("warning turns a warning off, on and back", () => {
    expect(formatted(compile(inInterface(late)))).toEqual(["main.idl(2,13) 9120 T is used before its declaration"]);
    const off = "#pragma warning(disable : 2007 9120)\n";
    expect(formatted(compile(off + inInterface(late)))).toEqual([]);
    expect(formatted(compile(`${off}#pragma warning(enable : 9120)\n${inInterface(late)}`))).toHaveLength(1);
    expect(formatted(compile(`${off}#pragma warning(default : 9120)\n${inInterface(late)}`))).toHaveLength(1);
    expect(formatted(compile(`${off}#pragma warning(push; disable : 4200)\n${inInterface(late)}`))).toEqual([]);
  });

  it("warning holds in the files that are read from there, and not in the one that reads", () => {
    const sources = (main: string, other: string): Record<string, string> => ({
      "main.idl": `${main}\nimport "other.idl";\n${inInterface(late)}`,
      "other.idl": `${other}\ntypedef U V;\ntypedef long U;`,
    });
    const off = "#pragma warning(disable : 9120)";
    expect(formatted(compile(sources(off, "")))).toEqual([]);
    expect(formatted(compile(sources("", off)))).toEqual(["main.idl(4,13) 9120 T is used before its declaration"]);
  });

  it("midl_pragma does the same", () => {
    const off = "midl_pragma warning(disable: 2007 9120) midl_pragma warning( disable: 2209 )\n";
    expect(formatted(compile(off + inInterface(late)))).toEqual([]);
  });

  it.each([
    ["midl_pragma warning(often : 1)", "main.idl(2,1) 2385 incorrect syntax for midl_pragma"],
    ["midl_pragma noise(disable : 1)", "main.idl(2,1) 2385 incorrect syntax for midl_pragma"],
    ["#pragma midl_nonsense", "main.idl(2,9) 2027 unknown pragma option : midl_nonsense"],
    ["#line x", "main.idl(2,2) 9117 #line needs a line number, and a file name in quotation marks"],
  ])("refuses %s", (line, expected) => {
    expect(formatted(compile(inInterface(`${line}\nvoid f();`)))).toEqual([expected]);
  });

  it("midl_echo, cpp_quote, declare_guid and pragmas of the C compiler keep their order for a C header", () => {
    const source = `cpp_quote("a")\n#pragma midl_echo("b")\n${inInterface('cpp_quote("c" "d") void f();')}#pragma hdrstop\n#pragma comment(lib,\\\n  "x")\ndeclare_guid(G, 5144C348-169E-4359-A79D-5482461D9929)\n`;
    expect(modelOf(source).main.quotations.map(({ text }) => text)).toEqual([
      "a",
      "b",
      "cd",
      "#pragma hdrstop",
      '#pragma comment(lib, "x")',
      "#ifdef EXTERN_GUID\nEXTERN_GUID(G, 0x5144c348, 0x169e, 0x4359, 0xa7, 0x9d, 0x54, 0x82, 0x46, 0x1d, 0x99, 0x29);\n#endif",
    ]);
  });
});

describe("#line", () => {
  it("names the file and line of messages", () => {
    expect(
      messages(`#line 100 "dir\\\\orig.idl"\n[uuid(1)] interface i;\n# 7 "b.idl"\nlong x = 1;\n#line 3\nlong y = 1;`),
    ).toBe(
      [
        "b.idl(7) : error MIDL2156 : declaration must have const : x",
        "long x = 1;",
        "^~~~",
        "b.idl(3) : error MIDL2156 : declaration must have const : y",
        "long y = 1;",
        "^~~~",
      ].join("\n"),
    );
  });
});
