import { describe, expect, it } from "vitest";
import { compile, formatted } from "../compile.ts";

describe("other dialects", () => {
  it.each([
    ["namespace Example { runtimeclass C { Int32 X; } }", "namespace"],
    ['import "a.idl"; runtimeclass C { C(); }', "runtimeclass"],
  ])("MIDL 3 is named in one message: %s", (source, construct) => {
    expect(formatted(compile(source)).map((each) => each.replace(/^\S+ /, ""))).toEqual([
      `9118 ${construct} is MIDL 3, the language of the Windows Runtime; remote procedure calls are described in MIDL`,
    ]);
  });

  it.each([
    ["interface e { typedef bitmap { A = 1 } B; uint32 f([in] uint32 a); }", "bitmap"],
    ["interface e { typedef [bitmap32bit] bitmap { A = 1 } B; }", "bitmap32bit"],
    ["interface e { NTSTATUS f([in,string,charset(UTF16)] uint16 *s); }", "charset"],
    ["interface e { typedef [nodiscriminant] union { [case(1)] uint8 x; } u; }", "nodiscriminant"],
  ])("pidl's is named in one message: %s", (source, construct) => {
    expect(formatted(compile(source)).map((each) => each.replace(/^\S+ /, ""))).toEqual([
      `9119 ${construct} is of the dialect of Samba's pidl; write the interface in MIDL`,
    ]);
  });

  it("words of other dialects are names in MIDL", () => {
    const body = `const long value = 3; typedef struct { long skip[value]; long flag; long namespace; long bitmap; } S;
void f([in, size_is(value)] long *a, [in] S *relative, [in] long delegate);`;
    const source = `[uuid(12345678-1234-abcd-ef00-01234567cffb), pointer_default(unique)] interface i { ${body} }`;
    expect(formatted(compile(source))).toEqual([]);
  });
});
