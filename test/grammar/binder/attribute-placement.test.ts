import { describe, expect, it } from "vitest";
import { compile, inInterface, interfaceOf, messages } from "../compile.ts";

describe("attributes", () => {
  it.each([
    [
      "void f([in, sise_is(n)] long *a, [in] long n);",
      "main.idl(2) : error MIDL2025 : syntax error : unknown attribute [sise_is], did you mean [size_is]?\nvoid f([in, sise_is(n)] long *a, [in] long n);\n            ^~~~~~~",
    ],
    [
      "[completely_different] void f();",
      "main.idl(2) : error MIDL2025 : syntax error : unknown attribute [completely_different]\n[completely_different] void f();\n ^~~~~~~~~~~~~~~~~~~~",
    ],
    [
      "typedef struct { [in] long a; } S; void f();",
      "main.idl(2) : error MIDL2072 : inapplicable attribute : [in] on a field\ntypedef struct { [in] long a; } S; void f();\n                  ^~",
    ],
    [
      'typedef enum { [helpstring("x")] A, [size_is(1)] B } E; void f();',
      'main.idl(2) : error MIDL2072 : inapplicable attribute : [size_is] on a member of an enum\ntypedef enum { [helpstring("x")] A, [size_is(1)] B } E; void f();\n                                     ^~~~~~~~~~',
    ],
    [
      "void f([in, shape(1)] long a);",
      "main.idl(2) : warning MIDL2176 : attribute not implemented; ignored : [shape]\nvoid f([in, shape(1)] long a);\n            ^~~~~~~~",
    ],
    [
      "void f([in, in] long a);",
      "main.idl(2) : warning MIDL2209 : redundantly specified attribute; ignored : in\nvoid f([in, in] long a);\n            ^~",
    ],
    [
      "void f([in, range(0, 1), range(0, 2)] long a);",
      "main.idl(2) : error MIDL2096 : duplicated attribute : [range]\nvoid f([in, range(0, 1), range(0, 2)] long a);\n                         ^~~~~~~~~~~",
    ],
    [
      "[explicit_handle] void f([in] long a);",
      "main.idl(2) : error MIDL2150 : ACF attributes in the IDL file need the /app_config switch : [explicit_handle]\n[explicit_handle] void f([in] long a);\n ^~~~~~~~~~~~~~~",
    ],
  ])("in %s", (body, expected) => {
    expect(messages(inInterface(body))).toBe(expected);
  });

  it("of ACFs may stand in the .idl with /app_config", () => {
    const found = interfaceOf("[explicit_handle] void f([in] long a);", { applicationConfiguration: true });
    expect(found.operations[0]?.attributes.has("explicit_handle")).toBe(true);
  });

  it.each([
    ["typedef [in_line] T;", "warning MIDL2176 : attribute not implemented; ignored : [in_line]"],
    ["typedef [heap] T;", "warning MIDL2176 : attribute not implemented; ignored : [heap]"],
    ["typedef [out_of_line] T;", "warning MIDL2176 : attribute not implemented; ignored : [out_of_line]"],
    ["typedef [cs_char(long)] T;", "error MIDL2028 : feature not implemented : [cs_char]"],
    ["f([in] p);", "error MIDL2072 : inapplicable attribute : [in] in an application configuration file"],
    ["typedef [notify] T;", "error MIDL2072 : inapplicable attribute : [notify] on a typedef"],
  ])("in an ACF that says %s", (line, expected) => {
    const sources = {
      "main.idl": inInterface("typedef long T;\nvoid f([in] T p);"),
      "main.acf": `interface test { ${line} }`,
    };
    const { diagnostics } = compile(sources, { acfPath: "main.acf" });
    expect(diagnostics.map(({ severity, midl, text }) => `${severity} MIDL${midl.toString()} : ${text}`)).toEqual([
      expected,
    ]);
    expect(diagnostics[0]?.span.file.path).toBe("main.acf");
  });
});
