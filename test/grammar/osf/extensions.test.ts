/** M38: each Microsoft extension that MIDL "/osf" lists, item by item in the order of the page, is refused with its own diagnostic. */
import { describe, expect, it } from "vitest";
import { inconsistencies } from "../../../generator/command-line/consistency.ts";
import { parseArguments } from "../../../generator/command-line/parse-arguments.ts";
import { compile, formatted } from "../compile.ts";
import type { Sources } from "../compile.ts";

const UUID = "uuid(12345678-1234-abcd-ef00-01234567cffb)";

/** A body on line 2 of an interface. */
function body(text: string): string {
  return `[${UUID}, pointer_default(ptr)] interface i {\n${text}\nvoid g([in] long a);\n}\n`;
}

/** A body, and an ACF for it. */
function configured(text: string, acf: string): Sources {
  return { "main.idl": body(text), "main.acf": `interface i { ${acf} }` };
}

const needsMsExt = "2166 use of this attribute needs /ms_ext :";
const qualifier = "2128 use of type qualifiers and/or modifiers needs /c_ext :";

/** The item of the page, what uses the extension, and all that is found. */
const extensions: readonly (readonly [item: string, sources: Sources | string, ...expected: string[]])[] = [
  [
    "abstract declarators (unnamed parameters)",
    body("void f([in] long);"),
    "main.idl(2,8) 2000 must specify /c_ext for abstract declarators : parameter 1 of f",
  ],
  [
    "interface definitions for COM objects",
    `[object, ${UUID}] interface i { error_status_t f([in] long a); }`,
    `main.idl(1,2) ${needsMsExt} [object]`,
    "main.idl(1,64) 2257 only IUnknown may be used as the root interface : i",
    "main.idl(1,83) 2269 procedures in an object interface must return an HRESULT : f",
  ],
  [
    "interface names with more than 17 characters",
    `[${UUID}] interface abcdefghijklmnopqr { void f(); }`,
    `main.idl(1,56) ${needsMsExt} interface name of more than 17 characters : abcdefghijklmnopqr`,
  ],
  [
    "MIDL-only attributes: wire_marshal",
    body("typedef [wire_marshal(long)] short W;"),
    `main.idl(2,10) ${needsMsExt} [wire_marshal]`,
  ],
  [
    "MIDL-only attributes: user_marshal",
    configured("typedef short W;", "typedef [user_marshal(L)] W;"),
    `main.acf(1,24) ${needsMsExt} [user_marshal]`,
  ],
  [
    "MIDL-only attributes: the typelib (ODL) extensions",
    body("[propget] void f([in] long a);"),
    `main.idl(2,2) ${needsMsExt} [propget]`,
  ],
  [
    "ACF keywords in an IDL file",
    `[${UUID}, auto_handle] interface i { void f([in] long a); }`,
    "main.idl(1,46) 2150 ACF attributes in the IDL file need the /app_config switch : [auto_handle]",
  ],
  [
    "static callback functions on the client",
    body("[callback] void f([in] long a);"),
    "main.idl(2,2) 2255 [callback] requires /ms_ext",
  ],
  ["the async attribute", configured("void f([in] long a);", "[async] f();"), `main.acf(1,16) ${needsMsExt} [async]`],
  ["cpp_quote", body('cpp_quote("x")'), 'main.idl(2,1) 2196 "cpp_quote" requires /ms_ext'],
  [
    "#pragma midl_echo",
    body('#pragma midl_echo("x")'),
    'main.idl(2,9) 2196 "cpp_quote" requires /ms_ext : #pragma midl_echo',
  ],
  [
    "wchar_t wide-character types",
    body("void f([in] wchar_t a);"),
    "main.idl(2,13) 2168 use of wchar_t needs /ms_ext or /c_ext",
  ],
  [
    "wide-character constants",
    body("const short W = L'a';"),
    "main.idl(2,17) 2012 use of wide-character constants requires /ms_ext or /c_ext",
  ],
  [
    "wide-character strings",
    body('const char *W = L"a";'),
    "main.idl(2,17) 2013 use of wide character strings requires /ms_ext or /c_ext",
  ],
  [
    "enum initialization",
    body("typedef enum { A = 3 } E;"),
    "main.idl(2,16) 2008 sparse enums require /c_ext or /ms_ext : A",
  ],
  [
    "out-only size specification",
    body("void f([out, size_is(,*n)] long **a, [out] long *n);"),
    "main.idl(2,23) 2123 expression used for a size attribute must not derive from an [out]-only parameter : a in f",
  ],
  [
    "mixed sized-pointers and sized arrays",
    body("void f([in, size_is(n, n)] long **a, [in] long n);"),
    `main.idl(2,35) ${needsMsExt} mixed sizes of a`,
  ],
  [
    "expressions used for size specifiers",
    body("void f([in, size_is(n + 1)] long a[], [in] long n);"),
    "main.idl(2,21) 2178 attribute expression must be a variable name or a pointer dereference expression in this mode. You must specify the /ms_ext switch : a",
  ],
  [
    "expressions used for discriminator specifiers",
    body(
      "typedef [switch_type(long)] union { [case(1)] long a; [default]; } U; void f([in, switch_is(n + 1)] U *u, [in] long n);",
    ),
    "main.idl(2,93) 2178 attribute expression must be a variable name or a pointer dereference expression in this mode. You must specify the /ms_ext switch : u",
  ],
  [
    "explicit handle parameters in any position",
    body("void f([in] long a, [in] handle_t h);"),
    "main.idl(2,35) 2049 only the first parameter can be a binding handle; you must specify the /ms_ext switch : h in f",
  ],
  [
    "pointer-attribute type inheritance, in a struct",
    `[${UUID}] interface i { typedef struct { long *p; } S; void f([in] long a); }`,
    "main.idl(1,83) 2172 no [pointer_default] attribute specified, assuming [ptr] for all unattributed pointers in interface : p",
  ],
  [
    "pointer-attribute type inheritance, behind the outermost pointer of a parameter",
    `[${UUID}] interface i { void f([in] long **p); }`,
    "main.idl(1,79) 2172 no [pointer_default] attribute specified, assuming [ptr] for all unattributed pointers in interface : p",
  ],
  [
    "multiple interfaces in an IDL file",
    `[${UUID}] interface i { void f(); } [uuid(12345678-1234-abcd-ef00-01234567cffc)] interface j { void f(); }`,
    "main.idl(1,127) 2262 multiple interfaces in one file requires /ms_ext : j",
  ],
  [
    "definitions outside of the interface block",
    `typedef long T;\n[${UUID}] interface i { void f(); }`,
    "main.idl(1,9) 2261 definitions and declarations outside of interface body requires /ms_ext",
  ],
  ["type qualifiers such as far", body("typedef long far *P;"), `main.idl(2,14) ${qualifier} far`],
  ["type qualifiers such as stdcall", body("void __stdcall f([in] long a);"), `main.idl(2,1) ${qualifier} __stdcall`],
  [
    "omitting directional attributes",
    body("void f(long a);"),
    "main.idl(2,13) 2187 parameter must have either [in], [out] or [in,out] in this mode. You must specify /ms_ext or /c_ext : a in f",
  ],
  [
    "bit fields in structures",
    body("typedef struct { long a : 3; } B;"),
    "main.idl(2,23) 2132 struct/union with bit fields needs /c_ext : a",
  ],
  [
    "bit fields in unions",
    body("typedef union switch(long t) u { case 1: long a : 3; } B;"),
    "main.idl(2,47) 2132 struct/union with bit fields needs /c_ext : a",
  ],
  ["single-line comments", body("// x"), "main.idl(2,1) 2151 single-line comment needs /ms_ext or /c_ext"],
  [
    "external declarations",
    body("extern long x;"),
    "main.idl(2,13) 2155 declaration must be of the form: const <type> <declarator> = <initializing expression> : x",
  ],
  [
    "procedures with ellipses in the parameter list",
    body("void f([in] long a, ...);"),
    `main.idl(2,6) ${needsMsExt} ...`,
    "main.idl(2,6) 2046 cannot specify a variable number of arguments to a remote procedure : f",
  ],
  ["type int", body("void f([in] int a);"), 'main.idl(2,13) 2125 use of "int" needs /c_ext'],
  [
    "type void *, in a struct",
    body("typedef struct { void *p; } S;"),
    "main.idl(2,24) 2165 use of field deriving from a void pointer needs /c_ext : p",
  ],
  [
    "type void *, as a parameter",
    body("void f([in] void *p);"),
    "main.idl(2,19) 2139 type of the parameter cannot derive from void or void * : p in f",
  ],
  ["#pragma warning", body("#pragma warning(disable : 2039)"), `main.idl(2,9) ${needsMsExt} #pragma warning`],
  ["#pragma comment", body('#pragma comment(lib, "x")'), `main.idl(2,9) ${needsMsExt} #pragma comment`],
  [
    "type serialization",
    configured("typedef long T;", "typedef [encode] T;"),
    "main.acf(1,24) 2301 [encode] or [decode] on a type requires /ms_ext",
  ],
  [
    "the __int3264 data type",
    body("void f([in] __int3264 a);"),
    "main.idl(2,13) 2386 __int3264 is not supported in /osf mode",
  ],
  [
    "beside the list, MIDL2073: allocate",
    configured("typedef long *P;", "typedef [allocate(all_nodes)] P;"),
    "main.acf(1,24) 2073 [allocate] requires /ms_ext",
  ],
  [
    "beside the list, MIDL2060: byte_count",
    configured("void f([in] long n, [out] long *p);", "f([byte_count(n)] p);"),
    "main.acf(1,18) 2060 [byte_count] requires /ms_ext",
  ],
];

/** Without /osf, ACF keywords need /app_config; and no parameter is a void *, but for [local] operations. */
const refusedAnyway = / (?:2150|2139) /;

describe("M38: /osf refuses", () => {
  it.each(extensions.map(([item, sources, ...expected]) => ({ item, sources, expected })))(
    "$item",
    ({ sources, expected }) => {
      const options = typeof sources === "string" ? {} : { acfPath: "main.acf" };
      expect(formatted(compile(sources, { ...options, mode: "osf" }))).toEqual(expected);
      const otherwise = formatted(compile(sources, options));
      expect(otherwise.includes(expected[0] ?? "")).toBe(refusedAnyway.test(expected[0] ?? ""));
    },
  );

  it.each(
    (
      "__cdecl cdecl const __const __export export __far far __loadds loadds __near near __pascal pascal __stdcall " +
      "stdcall __volatile volatile"
    ).split(" "),
  )("the type qualifier %s", (word) => {
    const found = formatted(compile(body(`typedef long ${word} *P;`), { mode: "osf" }));
    expect(found.map((each) => each.replace(/^.*?\) /, ""))).toEqual([`${qualifier} ${word}`]);
    expect(formatted(compile(body(`typedef long ${word} *P;`)))).toEqual([]);
  });

  it.each([
    ["/app_config", ["/osf", "/app_config", "a.idl"]],
    ["/protocol", ["/osf", "/protocol", "ndr64", "a.idl"]],
    ["/protocol", ["/osf", "/protocol", "dce", "a.idl"]],
  ])("the switch %s beside it", (name, words) => {
    expect(inconsistencies(parseArguments(words, () => undefined)).map(({ midl, text }) => `${midl} ${text}`)).toEqual([
      `2338 switches are contradictory : /osf and ${name}`,
    ]);
  });
});
