/** What /osf takes, and what it refuses beside the list of its page (extensions.test.ts). */
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
void f([in] handle_t h, [in] CTX c, [in] OPEN *x, [in, string] char *s, [in, out] long int *v);
void h([in, size_is(n,)] long **a[], [in] long n);`;
    expect(found(body)).toEqual([]);
  });

  it("takes pointers without attributes at the top level, and all of them with [pointer_default]", () => {
    const body =
      "void f([in] long *p);\n[ptr] long *h();\ntypedef [ref] long *R;\ntypedef struct { R r; [ptr] long *q; } S;";
    expect(formatted(compile(`${header.replace(", pointer_default(ptr)", "")}${body}\n}\n`, { mode: "osf" }))).toEqual(
      [],
    );
    expect(found("void f([in] long **p, [in] long *a[3]);\ntypedef struct { long *p; } S;")).toEqual([]);
  });

  it("serializes operations, which DCE does as well, but no interface with its types", () => {
    const sources = (acf: string) => ({
      "main.idl": `${header}void f([in] long a);\n}\n`,
      "main.acf": `[explicit_handle] interface i { ${acf} }`,
    });
    const options = { mode: "osf", acfPath: "main.acf" } as const;
    expect(formatted(compile(sources("[encode, decode] f();"), options))).toEqual([]);
    const whole = { ...sources(""), "main.acf": "[encode, explicit_handle] interface i { }" };
    expect(formatted(compile(whole, options))).toEqual([
      "main.acf(1,2) 2301 [encode] or [decode] on a type requires /ms_ext",
    ]);
  });

  it("leaves the operations of a [local] interface alone", () => {
    const body =
      "void f([in] long a, [out] handle_t *h, [out] long **p, [out, size_is(, *n + 1)] long **q, [out] long *n);";
    expect(formatted(compile(`[local] interface i {\n${body}\n}\n`, { mode: "osf" }))).toEqual([]);
  });

  it.each([
    ["void f([in] signed short a);", 'main.idl(2,13) 2153 "signed" needs /ms_ext or /c_ext'],
    ["void f([in] __int64 a);", "main.idl(2,13) 2166 use of this attribute needs /ms_ext : __int64"],
    ["long * const f([in] long a);", "main.idl(2,8) 2128 use of type qualifiers and/or modifiers needs /c_ext : const"],
    ["long x;", "main.idl(2,6) 2001 instantiation of data is illegal; you must use extern or static : x"],
    ["[local] void f([in] long a);", "main.idl(2,14) 2051 [local] attribute on a procedure requires /ms_ext : f"],
    ["[message] void f([in] long a);", "main.idl(2,2) 2166 use of this attribute needs /ms_ext : [message]"],
    ["typedef struct { struct { long a; }; } B;", "main.idl(2,18) 2169 unnamed fields need /ms_ext or /c_ext"],
    [
      "typedef [context_handle] long *C;",
      "main.idl(2,32) 2068 specifying [context_handle] on a type other than void * requires /ms_ext : C",
    ],
    ["void f([in] T a); typedef long T;", "main.idl(2,13) 2009 undefined symbol : T is declared further down"],
  ])("refuses %s", (body, expected) => {
    expect(found(body)).toEqual([expected]);
  });

  it.each([
    [
      '[uuid("12345678-1234-abcd-ef00-01234567cffb")] interface i { void f(); }',
      "main.idl(1,7) 2197 quoted uuid requires /ms_ext",
    ],
    [
      "library L { }\n[uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i { void f(); }",
      "main.idl(1,9) 2166 use of this attribute needs /ms_ext : library",
    ],
    [
      "[uuid(12345678-1234-abcd-ef00-01234567cffb)] interface i { void f([in] long *a[3]); }",
      "main.idl(1,78) 2172 no [pointer_default] attribute specified, assuming [ptr] for all unattributed pointers in interface : a",
    ],
  ])("refuses in a file %s", (source, expected) => {
    expect(formatted(compile(source, { mode: "osf" }))).toEqual([expected]);
  });
});
