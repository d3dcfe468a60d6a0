import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface, messages, modelOf } from "../compile.ts";

const body = "typedef long T;\ntypedef T *P;\nerror_status_t f([in] P p, [out] error_status_t *q);";
const sources = (acf: string): Record<string, string> => ({ "main.idl": inInterface(body), "main.acf": acf });

/** A second interface. */
function other(text: string): string {
  return inInterface(text).replace("interface test", "interface other").replace("cffb", "cffc");
}

describe("M28: application configuration files", () => {
  it("add attributes to interfaces, types, operations and parameters", () => {
    const acf =
      '[implicit_handle(handle_t h)] interface test {\n include "x.h";\n typedef [allocate(all_nodes)] P;\n [fault_status, enable_allocate] f([comm_status] q);\n}';
    const { main } = modelOf(sources(acf), { acfPath: "main.acf" });
    const [found] = main.interfaces;
    expect(found?.binding).toMatchObject({ kind: "implicit", name: "h" });
    expect(found?.operations[0]?.attributes.get("enable_allocate")?.acf).toBe(true);
    expect(found?.operations[0]?.parameters[1]?.attributes.has("comm_status")).toBe(true);
    expect(main.declarations[1]?.type).toMatchObject({ kind: "alias", name: "P" });
    expect(main.declarations[1]?.type.kind === "alias" && main.declarations[1].type.attributes.has("allocate")).toBe(
      true,
    );
  });

  it.each([
    [
      "[auto_handle] interface other { }",
      "main.acf(1) : error MIDL2095 : interface name specified in the ACF does not match that specified in the IDL file : other\n[auto_handle] interface other { }\n                        ^~~~~",
    ],
    [
      "interface test { typedef [allocate(all_nodes)] NOPE; }",
      "main.acf(1) : error MIDL2010 : type used in ACF file not defined in IDL file : NOPE\ninterface test { typedef [allocate(all_nodes)] NOPE; }\n                                               ^~~~",
    ],
    [
      "interface test { [async] nope(); }",
      "main.acf(1) : error MIDL2100 : procedure undefined : nope\ninterface test { [async] nope(); }\n                         ^~~~",
    ],
    [
      "interface test { f([ptr] nope); }",
      "main.acf(1) : error MIDL2101 : this parameter does not exist in the IDL file : nope in f\ninterface test { f([ptr] nope); }\n                         ^~~~",
    ],
    [
      "interface test { typedef P; }",
      "main.acf(1) : warning MIDL2307 : no attributes on ACF file typedef, so no effect : P\ninterface test { typedef P; }\n                         ^",
    ],
  ])("report %s", (acf, expected) => {
    expect(messages(sources(acf), { acfPath: "main.acf" })).toBe(expected);
  });

  it("may say a type before the name of an operation or a parameter", () => {
    const acf = "interface test { [comm_status] unsigned long f([fault_status] error_status_t q, T p); }";
    const [operation] = modelOf(sources(acf), { acfPath: "main.acf" }).main.interfaces[0]?.operations ?? [];
    expect(operation?.attributes.has("comm_status")).toBe(true);
    expect(operation?.parameters[1]?.attributes.has("fault_status")).toBe(true);
  });

  it("say which local operation a remote one stands for", () => {
    const main = `import "unknwn.idl";
[object, uuid(12345678-1234-abcd-ef00-01234567cffb)] interface test : IUnknown {
[local] HRESULT l([in] void *x);
HRESULT r([in] long x);
HRESULT s();
}`;
    const files = { "main.idl": main, "main.acf": "interface test { [call_as(l)] r(); }" };
    const { operations } = modelOf(files, { acfPath: "main.acf" }).main.interfaces[0] ?? {};
    expect(operations?.map(({ name, opnum }) => [name, opnum])).toEqual([
      ["l", undefined],
      ["r", 3],
      ["s", 4],
    ]);
    expect(formatted(compile(main))).toEqual(["main.idl(3,17) 2392 [local] procedure without [call_as] : l"]);
  });

  it("add status parameters that are not on the wire", () => {
    const acf = "interface test { f([comm_status, fault_status] s, q); }";
    const [operation] = modelOf(sources(acf), { acfPath: "main.acf" }).main.interfaces[0]?.operations ?? [];
    expect(operation?.parameters.map(({ name }) => name)).toEqual(["p", "q"]);
    expect(operation?.statusParameters).toMatchObject([{ name: "s", communication: true, fault: true }]);
  });

  it("name one interface or another", () => {
    const main = `${inInterface("void f([in] long x);")}${other("void f([in] long x);")}`;
    const acf = "[nocode] interface test { } interface other { [enable_allocate] f(x); }";
    const [first, second] = modelOf({ "main.idl": main, "main.acf": acf }, { acfPath: "main.acf" }).main.interfaces;
    expect([...(first?.attributes.keys() ?? [])]).toContain("nocode");
    expect([...(second?.attributes.keys() ?? [])]).not.toContain("nocode");
    expect(first?.operations[0]?.attributes.has("enable_allocate")).toBe(false);
    expect(second?.operations[0]?.attributes.has("enable_allocate")).toBe(true);
  });

  it("say in the block of an interface only what that interface has", () => {
    const main = `${inInterface("void f([in] long x);")}${other("void g([in] long y);")}`;
    const acf = "interface test { g(); f([heap] y); }";
    const found = compile({ "main.idl": main, "main.acf": acf }, { acfPath: "main.acf" });
    expect(formatted(found)).toEqual([
      "main.acf(1,18) 2100 procedure undefined : g",
      "main.acf(1,32) 2101 this parameter does not exist in the IDL file : y in f",
    ]);
  });

  it("may have an interface name of their own when /acf names them", () => {
    const options = { acfPath: "main.acf", acfNamed: true };
    const acf = "[explicit_handle] interface shared { [fault_status] f(); }";
    const [found] = modelOf(sources(acf), options).main.interfaces;
    expect(found?.binding.kind).toBe("explicit");
    expect(found?.operations[0]?.attributes.has("fault_status")).toBe(true);
    expect(formatted(compile(sources("interface shared { h(); }"), options))).toEqual([
      "main.acf(1,20) 2100 procedure undefined : h",
    ]);
    expect(formatted(compile(sources("interface shared { h(); }"), { acfPath: "main.acf" }))).toEqual([
      "main.acf(1,11) 2095 interface name specified in the ACF does not match that specified in the IDL file : shared",
    ]);
  });

  it("do not concern imported files", () => {
    const found = compile(
      {
        ...sources("interface test { typedef [allocate(dont_free)] Q; }"),
        "other.idl": "typedef long *Q;",
        "main.idl": `import "other.idl";${inInterface("void f([in] Q x);")}`,
      },
      { acfPath: "main.acf" },
    );
    expect(formatted(found)).toEqual(["main.acf(1,48) 2010 type used in ACF file not defined in IDL file : Q"]);
  });

  it("are preprocessed, and apply attributes to several names at once", () => {
    const acf =
      "#define WHOLE all_nodes\n#if 1\ntypedef [allocate(WHOLE)] P, R;\n#else\nnonsense\n#endif\n" +
      "interface test { [enable_allocate] f(), g(q); [notify][notify_flag] g(); }";
    const main = inInterface(`${body}\ntypedef short *R;\nvoid g([in] P q);`);
    const model = modelOf({ "main.idl": main, "main.acf": acf }, { acfPath: "main.acf" }).main;
    const types = model.declarations.filter(({ name }) => name === "P" || name === "R");
    expect(types.map(({ type }) => type.kind === "alias" && type.attributes.has("allocate"))).toEqual([true, true]);
    const names = model.interfaces[0]?.operations.map(({ attributes }) => [...attributes.keys()]);
    expect(names).toEqual([["enable_allocate"], ["enable_allocate", "notify", "notify_flag"]]);
  });

  it("list what their include statements name", () => {
    const acf = 'include "local.h";\ninterface test { include "gendefs.h", "dir\\protos.h"; }';
    const { includes } = modelOf(sources(acf), { acfPath: "main.acf" });
    expect(includes.map(({ name, span }) => [name, span.file.text.slice(span.start, span.end)])).toEqual([
      ["local.h", '"local.h"'],
      ["gendefs.h", '"gendefs.h"'],
      ["dir\\protos.h", '"dir\\protos.h"'],
    ]);
    expect(formatted(compile(sources(acf), { acfPath: "main.acf" }))).toEqual([
      "main.acf(1,9) 9124 include has no effect : local.h",
      "main.acf(2,26) 9124 include has no effect : gendefs.h",
      "main.acf(2,39) 9124 include has no effect : dir\\protos.h",
    ]);
    expect(modelOf(inInterface(body)).includes).toEqual([]);
  });

  it.each([
    ["include local;", "main.acf(1,9) 2025 syntax error : found local, expected a string"],
    ["include <x.h>;", "main.acf(1,9) 2025 syntax error : found <, expected a string"],
    ["include;", "main.acf(1,8) 2025 syntax error : found ;, expected a string"],
    ['include "";', 'main.acf(1,9) 2025 syntax error : found "", expected the name of a file'],
    ['include "a.h" "b.h";', 'main.acf(1,15) 2025 syntax error : found "b.h", expected ";"'],
    ['include "a.h",;', "main.acf(1,15) 2025 syntax error : found ;, expected a string"],
    ['[code] include "a.h";', "main.acf(1,2) 2072 inapplicable attribute : [code] on an include statement"],
    ["[code];", "main.acf(1,2) 2072 inapplicable attribute : [code] on an empty declaration"],
    ["interface test { typedef [allocate(free)]; }", "main.acf(1,42) 2025 syntax error : found ;, expected a name"],
    ["interface test { f([heap]); }", "main.acf(1,26) 2025 syntax error : found ), expected a name"],
    ["interface test { f(p) }", 'main.acf(1,23) 2025 syntax error : found }, expected ";"'],
    ["interface test { f([comm_status, bogus] s); }", "main.acf(1,34) 2025 syntax error : unknown attribute [bogus]"],
    [
      "interface test { f([comm_status, code] s); }",
      "main.acf(1,34) 2072 inapplicable attribute : [code] on a parameter",
    ],
  ])("must follow the grammar: %s", (acf, expected) => {
    expect(formatted(compile(sources(acf), { acfPath: "main.acf" }))[0]).toBe(expected);
  });

  it("must exist", () => {
    expect(messages(sources(""), { acfPath: "nope.acf" })).toContain("nope.acf(1) : error MIDL2117");
  });
});
