import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { cHeaders } from "../../../generator/header/headers.ts";
import type { AnalyzeOptions } from "../../../grammar/index.ts";
import { modelOf, type Sources } from "../../grammar/compile.ts";

const folder = import.meta.dirname;

function headers(sources: Sources | string, options: AnalyzeOptions = {}): ReadonlyMap<string, string> {
  const { environment = "win64" } = options;
  const made = cHeaders(modelOf(sources, options), { environment, name: "main.h" });
  return new Map(made.map(({ name, text }) => [name, text]));
}

/** What stands between the head, which is the same for all, and the foot. */
function body(sources: Sources | string, options: AnalyzeOptions = {}): string {
  const text = headers(sources, options).get("main.h") ?? "";
  const [, inside = ""] =
    /\n#pragma pack\(push, 8\)\n([\s\S]*)\n#pragma pack\(pop\)\n#ifdef __cplusplus\n}/.exec(text) ?? [];
  return inside.trim();
}

/** Without the assertions. */
function declarations(source: string, options: AnalyzeOptions = {}): string {
  return body(source, options)
    .split("\n")
    .filter((line) => !/^MIDL_(?:SIZE|OFFSET)_IS|^$/.test(line))
    .join("\n");
}

const attributes = "[uuid(12345678-1234-1234-1234-123456789abc), version(2.1), pointer_default(unique)]";

describe("a C header", () => {
  const sources = {
    "main.idl": readFileSync(`${folder}/library.idl`),
    "main.acf": readFileSync(`${folder}/library.acf`),
    "dates.idl": readFileSync(`${folder}/dates.idl`),
  };

  it.each(["win64", "win32"] as const)(
    "has the types, constants and operations of an interface, for /env %s",
    async (environment) => {
      const made = headers(sources, { environment, acfPath: "main.acf" });
      expect([...made.keys()]).toEqual(["dates.h", "main.h"]);
      await expect(made.get("main.h")).toMatchFileSnapshot(`${folder}/library.${environment}.h`);
    },
  );

  it("includes the header of what is imported, and a C header as it is; nothing for a file that declares nothing", () => {
    const made = headers({
      "main.idl": 'import "one.idl", "own.h", "basetsd.h", "wtypes.idl";\ntypedef ONE TWO;',
      "one.idl": "typedef long ONE;",
      "own.h": "typedef short OWN;",
    });
    expect([...made.keys()]).toEqual(["one.h", "wtypesbase.h", "wtypes.h", "main.h"]);
    expect([...headers("").keys()]).toEqual(["main.h"]);
    expect(made.get("main.h")).toContain(
      '\n#include "one.h"\n#include "own.h"\n#include "wtypes.h"\n\n#ifdef __cplusplus',
    );
    expect(made.get("main.h")).toContain("\ntypedef ONE TWO;\n");
  });
});

describe("types in a C header", () => {
  it("come after what they need, whatever the order of the .idl", () => {
    const source = `struct outer { INNER a; PLATER p; struct later *l; };
typedef struct inner { long x; } INNER;
typedef struct later { long y; } LATER, *PLATER;`;
    expect(declarations(source).replaceAll(/\s+/g, " ")).toBe(
      "typedef struct inner { int32_t x; } INNER; typedef struct later *PLATER; " +
        "typedef struct outer { INNER a; PLATER p; struct later *l; } outer; typedef struct later { int32_t y; } LATER;",
    );
  });

  it("point to what a context handle stands for, and to constants", () => {
    const source = `typedef [context_handle] struct session *SESSION;
typedef const struct session *WATCHED;
[local] interface i {
  void f([in, context_handle] const void *h, [in] const long a[3], [in] const struct session **s);
  void g([in, context_handle] const struct session *h, [out, context_handle] struct session **s);
}`;
    expect(declarations(source)).toBe(`typedef struct session *SESSION;
void SESSION_rundown(SESSION context);
typedef const struct session *WATCHED;
/* interface i */
struct session;
void f(
    /* [in][context_handle] */ const void *h,
    /* [in] */ const int32_t a[3],
    /* [in] */ const struct session **s);
void g(
    /* [in][context_handle] */ const struct session *h,
    /* [out][context_handle] */ struct session **s);`);
  });

  it("get a tag before a parameter list names them", () => {
    const source = `typedef struct _S *PS;\n[local] interface i { typedef void (*F)(struct _S *s, struct _T t[2]); struct _S { F f; }; struct _T { long x; }; }`;
    expect(declarations(source)).toContain("struct _S;\n");
  });

  it("keep names that C or C++ reserve apart by an underscore, and those that something else of the header has", () => {
    const source = `typedef long size_t;\ntypedef struct class { long new; size_t NULL; } CLASS;
[local] interface i { void delete([in] long this); const long i1 = 1; struct i1 { long a; }; struct delete { long b; }; }`;
    const text = declarations(source);
    expect(text).toContain("typedef int32_t size_t_;");
    expect(text).toContain("typedef struct class_\n{\n    int32_t new_;\n    size_t_ NULL_;\n} CLASS;");
    expect(text).toContain("void delete_(\n    /* [in] */ int32_t this_);");
    expect(text).toContain("struct i1\n{\n    int32_t a;\n};");
    expect(text).toContain("struct delete_\n{");
  });

  it("get another name where an included header has theirs for something else", () => {
    const made = headers({
      "main.idl":
        'import "base.idl";\ntypedef struct _S { STRING s; } STRING;\ntypedef long SAME;\nenum e { ONE };\ntypedef STRING *P;',
      "base.idl": "typedef unsigned char *STRING;\nstruct _S { long a; };\ntypedef long SAME;\nenum f { ONE = 1 };",
    });
    const text = made.get("main.h") ?? "";
    expect(text).toContain("typedef struct _S_\n{\n    STRING s;\n} STRING_;");
    expect(text).toContain("typedef STRING_ *P;");
    expect(text).toContain("typedef int32_t SAME;");
    expect(text).toContain("    ONE_ = 0,");
  });

  it("have their packing, from /Zp or #pragma pack", () => {
    const source =
      "#pragma pack(2)\ntypedef struct { char a; hyper b; } TWO;\n#pragma pack()\ntypedef struct { char a; hyper b; } DEFAULT;";
    expect(body(source, { packing: 4 })).toBe(`#pragma pack(push, 2)
typedef struct TWO
{
    unsigned char a;
    int64_t b;
} TWO;
#pragma pack(pop)
MIDL_SIZE_IS(TWO, 10);
MIDL_OFFSET_IS(TWO, a, 0);
MIDL_OFFSET_IS(TWO, b, 2);

#pragma pack(push, 4)
typedef struct DEFAULT
{
    unsigned char a;
    int64_t b;
} DEFAULT;
#pragma pack(pop)
MIDL_SIZE_IS(DEFAULT, 12);
MIDL_OFFSET_IS(DEFAULT, a, 0);
MIDL_OFFSET_IS(DEFAULT, b, 4);`);
  });

  it("write arrays, strings and pointers as C declares them", () => {
    const source = `typedef struct { long n; long a[2][3]; [size_is(n)] short *s; [string] const wchar_t *t; long (*pa)[4]; [size_is(,n)] long **pp; [size_is(n)] hyper tail[*]; } S;`;
    expect(declarations(source)).toBe(`typedef struct S
{
    int32_t n;
    int32_t a[2][3];
    int16_t *s;
    const midl_wchar_t *t;
    int32_t (*pa)[4];
    int32_t **pp;
    int64_t tail[1];
} S;`);
    expect(body(source)).toContain("MIDL_SIZE_IS(S, 72);\n");
    expect(body(source)).toContain("MIDL_OFFSET_IS(S, tail, 64);");
  });

  it("have one octet where C allows no empty struct or union", () => {
    const source = "typedef struct { } NONE;\ntypedef union switch (long k) { case 1: ; } U;";
    expect(body(source)).toContain("typedef struct NONE\n{\n    char midl_nothing;\n} NONE;\nMIDL_SIZE_IS(NONE, 1);");
    expect(body(source)).toContain("    {\n        char midl_nothing;\n    } tagged_union;\n} U;\nMIDL_SIZE_IS(U, 8);");
  });

  it("write nameless members in place", () => {
    const source = `[local] interface i { typedef struct { short k; struct { long a; union { char b; hyper c; }; }; } S; }`;
    expect(declarations(source)).toBe(`/* interface i */
typedef struct S
{
    int16_t k;
    struct
    {
        int32_t a;
        union
        {
            unsigned char b;
            int64_t c;
        };
    };
} S;`);
    expect(body(source)).toContain("MIDL_OFFSET_IS(S, a, 8);\nMIDL_OFFSET_IS(S, b, 16);\nMIDL_OFFSET_IS(S, c, 16);");
  });

  it("lay bit-fields out as Microsoft's compiler does", () => {
    const source = "[local] interface i { typedef struct { int a : 3; int : 0; unsigned int b : 5; char c; } BITS; }";
    expect(body(source)).toContain(`typedef struct MIDL_BIT_FIELDS BITS
{
    int32_t a : 3;
    int32_t : 29;
    uint32_t b : 5;
    unsigned char c;
} BITS;
MIDL_SIZE_IS(BITS, 12);
MIDL_OFFSET_IS(BITS, c, 8);`);
  });
});

describe("constants in a C header", () => {
  it("are literals of their C type", () => {
    const source = `const long A = 10; const unsigned long B = 0xffffffff; const hyper C = -1; const short D = 0x80000000 >> 16;
const long E = 0x80000000; const hyper F = 0x8000000000000000; const float G = 1; const double H = -2.5; const boolean I = TRUE;
const char J = 'a'; const char *K = "a\\"?\\n\\\\"; const wchar_t *L = L"\\x20ac"; const void *M = 0; typedef long *PL; const PL N = 1; const unsigned hyper O = 1;`;
    expect(
      declarations(source)
        .split("\n")
        .filter((line) => line.startsWith("#define")),
    ).toEqual([
      "#define A 10",
      "#define B 4294967295u",
      "#define C (-INT64_C(1))",
      "#define D (-32768)",
      "#define E (-2147483647 - 1)",
      "#define F (-INT64_C(9223372036854775807) - 1)",
      "#define G 1.0f",
      "#define H (-2.5)",
      "#define I 1",
      "#define J 97",
      '#define K "a\\"\\?\\012\\\\"',
      '#define L MIDL_WIDE("\\u20ac")',
      "#define M ((const void *)0)",
      "#define N ((PL)(intptr_t)1)",
      "#define O UINT64_C(1)",
    ]);
  });
});

describe("operations in a C header", () => {
  const source = `${attributes} interface i
{
  typedef [context_handle] void *BOOK;
  typedef [handle] struct { long id; } PLACE;
  void Plain([in] long a);
  void Bound([in] handle_t h);
  void Held([in] BOOK b);
  void Made([out] BOOK *b);
  void Generic([in] PLACE p);
  [string] wchar_t *Name();
}`;

  it("begin with the handle that [explicit_handle] asks for, where none directs the call", () => {
    const acf = "[explicit_handle] interface i { }";
    const text = body({ "main.idl": source, "main.acf": acf }, { acfPath: "main.acf" });
    expect(text).toContain("void Plain(\n    /* [in] */ handle_t IDL_handle,\n    /* [in] */ int32_t a);");
    expect(text).toContain("void Bound(\n    /* [in] */ handle_t h);");
    expect(text).toContain("void Held(\n    /* [in] */ BOOK b);");
    expect(text).toContain("void Made(\n    /* [in] */ handle_t IDL_handle,\n    /* [out] */ BOOK *b);");
    expect(text).toContain("void Generic(\n    /* [in] */ PLACE p);");
    expect(text).toContain("midl_wchar_t *Name(\n    /* [in] */ handle_t IDL_handle);");
  });

  it("come with the routines that the application supplies", () => {
    const acf =
      "[implicit_handle(handle_t Server)] interface i { [notify, notify_flag] Plain(); Bound([fault_status] st); }";
    const text = body({ "main.idl": source, "main.acf": acf }, { acfPath: "main.acf" });
    expect(text).toContain("typedef void *BOOK;\nvoid BOOK_rundown(BOOK context);");
    expect(text).toContain("handle_t PLACE_bind(PLACE object);\nvoid PLACE_unbind(PLACE object, handle_t binding);");
    expect(text).toContain(
      "/* interface i, version 2.1, 12345678-1234-1234-1234-123456789abc */\nextern handle_t Server;",
    );
    expect(text).toContain(
      "void Plain(\n    /* [in] */ int32_t a);\nvoid Plain_notify(void);\nvoid Plain_notify_flag(boolean called);",
    );
    expect(text).toContain("void Bound(\n    /* [in] */ handle_t h,\n    /* [out] */ error_status_t *st);");
  });

  it("leave out those of object interfaces, whose names are known as types", () => {
    const text = body(
      `[object, uuid(12345678-1234-1234-1234-123456789abc)] interface IThing : IUnknown { HRESULT Do(); }
${attributes} interface i { void Take([in] IThing *thing, [in] REFIID riid, [in, iid_is(riid)] void *any); }`.replace(
        /^/,
        'import "unknwn.idl";\n',
      ),
    );
    expect(text).toContain("typedef struct IThing IThing;");
    expect(text).toContain("    /* [in] */ IThing *thing,");
    expect(text).toContain("    /* [in][iid_is] */ void *any);");
    expect(text).not.toContain("Do(");
  });
});
