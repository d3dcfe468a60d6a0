import { describe, expect, it } from "vitest";
import { inInterface, messages, modelOf } from "../compile.ts";

const body = "typedef long T;\ntypedef T *P;\nerror_status_t f([in] P p, [out] error_status_t *q);";
const sources = (acf: string): Record<string, string> => ({ "main.idl": inInterface(body), "main.acf": acf });

describe("application configuration files", () => {
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

  it("add status parameters that are not on the wire", () => {
    const acf = "interface test { f([comm_status, fault_status] s, [fault_status] q); }";
    const [operation] = modelOf(sources(acf), { acfPath: "main.acf" }).main.interfaces[0]?.operations ?? [];
    expect(operation?.parameters.map(({ name }) => name)).toEqual(["p", "q"]);
    expect(operation?.statusParameters).toMatchObject([{ name: "s", communication: true, fault: true }]);
  });

  it("must exist", () => {
    expect(messages(sources(""), { acfPath: "nope.acf" })).toContain("nope.acf(1) : error MIDL2117");
  });
});
