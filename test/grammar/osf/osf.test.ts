import { describe, expect, it } from "vitest";
import { compile, formatted } from "../compile.ts";

const header = "[uuid(12345678-1234-abcd-ef00-01234567cffb), pointer_default(ptr)] interface i {\n";

/** What is found in a body, without source lines. */
function found(body: string): string[] {
  return formatted(compile(`${header}${body}\nvoid g([in] long a);\n}\n`, { mode: "osf" }));
}

describe("/osf", () => {
  it("compiles what DCE IDL has", () => {
    const body = `const long N = 10;
typedef struct { long n; [size_is(n)] long a[*]; } OPEN;
typedef [context_handle] void *CTX;
void f([in] handle_t h, [in] CTX c, [in] OPEN *x, [in, string] char *s, [in, out] long int *v);`;
    expect(found(body)).toEqual([]);
  });

  it.each([
    ["void f([in] long);", "main.idl(2,8) 2000 must specify /c_ext for abstract declarators : parameter 1 of f"],
    [
      "void f(long a);",
      "main.idl(2,13) 2187 parameter must have either [in], [out] or [in,out] in this mode. You must specify /ms_ext or /c_ext : a in f",
    ],
    ["void f([in] int a);", 'main.idl(2,13) 2125 use of "int" needs /c_ext'],
    ["void f([in] signed short a);", 'main.idl(2,13) 2153 "signed" needs /ms_ext or /c_ext'],
    ["void f([in] wchar_t a);", "main.idl(2,13) 2168 use of wchar_t needs /ms_ext or /c_ext"],
    ["void f([in] __int3264 a);", "main.idl(2,13) 2386 __int3264 is not supported in /osf mode"],
    ["void f([in] __int64 a);", "main.idl(2,13) 2166 use of this attribute needs /ms_ext : __int64"],
    ["void f([in] const long a);", "main.idl(2,13) 2128 use of type qualifiers and/or modifiers needs /c_ext : const"],
    ["const short W = L'a';", "main.idl(2,17) 2012 use of wide-character constants requires /ms_ext or /c_ext"],
    ['const char *W = L"a";', "main.idl(2,17) 2013 use of wide character strings requires /ms_ext or /c_ext"],
    ["typedef enum { A = 3 } E;", "main.idl(2,16) 2008 sparse enums require /c_ext or /ms_ext : A"],
    ['cpp_quote("x")', 'main.idl(2,1) 2196 "cpp_quote" requires /ms_ext'],
    ['#pragma midl_echo("x")', 'main.idl(2,9) 2196 "cpp_quote" requires /ms_ext : #pragma midl_echo'],
    ["#pragma warning(disable : 2039)", "main.idl(2,9) 2166 use of this attribute needs /ms_ext : #pragma warning"],
    ["// x", "main.idl(2,1) 2151 single-line comment needs /ms_ext or /c_ext"],
    ["long x;", "main.idl(2,6) 2001 instantiation of data is illegal; you must use extern or static : x"],
    [
      "extern long x;",
      "main.idl(2,13) 2155 declaration must be of the form: const <type> <declarator> = <initializing expression> : x",
    ],
    ["[callback] void f([in] long a);", "main.idl(2,2) 2255 [callback] requires /ms_ext"],
    ["[local] void f([in] long a);", "main.idl(2,14) 2051 [local] attribute on a procedure requires /ms_ext : f"],
    ["[message] void f([in] long a);", "main.idl(2,2) 2166 use of this attribute needs /ms_ext : [message]"],
    ["typedef struct { long a : 3; } B;", "main.idl(2,23) 2132 struct/union with bit fields needs /c_ext : a"],
    ["typedef struct { struct { long a; }; } B;", "main.idl(2,18) 2169 unnamed fields need /ms_ext or /c_ext"],
    [
      "typedef struct { void *p; } B;",
      "main.idl(2,24) 2165 use of field deriving from a void pointer needs /c_ext : p",
    ],
    [
      "typedef [context_handle] long *C;",
      "main.idl(2,32) 2068 specifying [context_handle] on a type other than void * requires /ms_ext : C",
    ],
    [
      "void f([in] long a, [in] handle_t h);",
      "main.idl(2,35) 2049 only the first parameter can be a binding handle; you must specify the /ms_ext switch : h in f",
    ],
    [
      "void f([in, size_is(n + 1)] long a[], [in] long n);",
      "main.idl(2,21) 2178 attribute expression must be a variable name or a pointer dereference expression in this mode. You must specify the /ms_ext switch : a",
    ],
    ["void f([in] T a); typedef long T;", "main.idl(2,13) 2009 undefined symbol : T is declared further down"],
    ["void f([in, size_is(n,)] long **a[], [in] long n);", ""],
    [
      "void f([out, size_is(,*n)] long **a, [out] long *n);",
      "main.idl(2,23) 2123 expression used for a size attribute must not derive from an [out]-only parameter : a in f",
    ],
    [
      "void f([in, size_is(n, n)] long **a, [in] long n);",
      "main.idl(2,35) 2166 use of this attribute needs /ms_ext : mixed sizes of a",
    ],
  ])("refuses %s", (body, expected) => {
    expect(found(body)).toEqual(expected === "" ? [] : [expected]);
  });

  it.each([
    [
      "typedef long T;\n[uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i { void f(); }",
      "main.idl(1,9) 2261 definitions and declarations outside of interface body requires /ms_ext",
    ],
    [
      "[uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i { void f(); }\n[uuid(12345678-1234-abcd-ef00-01234567cffc)] interface j { void f(); }",
      "main.idl(2,56) 2262 multiple interfaces in one file requires /ms_ext : j",
    ],
    [
      '[uuid("12345678-1234-abcd-ef00-01234567cffb")] interface i { void f(); }',
      "main.idl(1,7) 2197 quoted uuid requires /ms_ext",
    ],
    [
      "[uuid(12345678-1234-abcd-ef00-01234567cffb)] interface abcdefghijklmnopqr { void f(); }",
      "main.idl(1,56) 2166 use of this attribute needs /ms_ext : interface name of more than 17 characters : abcdefghijklmnopqr",
    ],
    [
      "[uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i { typedef struct { long *p; } S; void f([in] long a); }",
      "main.idl(1,83) 2172 no [pointer_default] attribute specified, assuming [ptr] for all unattributed pointers in interface : p",
    ],
    [
      "library L { }\n[uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i { void f(); }",
      "main.idl(1,9) 2166 use of this attribute needs /ms_ext : library",
    ],
  ])("refuses in a file %s", (source, expected) => {
    expect(formatted(compile(source, { mode: "osf" }))).toEqual([expected]);
  });

  it.each([
    ["typedef [allocate(all_nodes)] P;", "main.acf(1,24) 2073 [allocate] requires /ms_ext"],
    ["typedef [encode] P;", "main.acf(1,24) 2301 [encode] or [decode] on a type requires /ms_ext"],
    ["[async] f();", "main.acf(1,16) 2166 use of this attribute needs /ms_ext : [async]"],
    ["f([byte_count(n)] p);", "main.acf(1,18) 2060 [byte_count] requires /ms_ext"],
  ])("refuses in an ACF %s", (line, expected) => {
    const body = "typedef long *P;\nvoid f([in] long n, [out] P p);\n}";
    const sources = { "main.idl": header + body, "main.acf": `interface i { ${line} }` };
    expect(formatted(compile(sources, { mode: "osf", acfPath: "main.acf" }))).toContain(expected);
  });
});
