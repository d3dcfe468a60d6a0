/** What the generator coins gives way to what the .idl declares; that the modules then agree is seen by type-check.test.ts. */
import { beforeAll, describe, expect, it } from "vitest";
import { generateIdl } from "../../support/compile-idl.ts";
import type { Compiled } from "../../support/compile-idl.ts";
import { HIDING_IDL, NAMES_BASE_IDL, NAMES_IDL } from "./names-idl.ts";

let compiled: Omit<Compiled, "exports">;
beforeAll(async () => {
  compiled = await generateIdl("names", NAMES_IDL, { files: { "names-base.idl": NAMES_BASE_IDL } });
});

function exported(file: string): readonly string[] {
  const text = compiled.texts.get(file) ?? "";
  return [...text.matchAll(/^export (?:interface|class|type|const|function) ([\w$]+)/gm)].map(([, name]) => name ?? "");
}

describe("coined names", () => {
  it("of stubs give way to types", () => {
    expect(exported("names_c.ts")).toEqual(expect.arrayContaining(["LoginRequest$", "LoginResponse$", "BookClient$"]));
    expect(exported("names_s.ts")).toEqual(expect.arrayContaining(["BookManager$", "bookServerStub$"]));
    expect(exported("names.ts")).toEqual(expect.arrayContaining(["bookInterface$", "LoginRequest", "bookInterface"]));
  });

  it("of one operation in two interfaces begin with the interface", () => {
    expect(exported("names_c.ts")).toEqual(expect.arrayContaining(["BookOpenRequest", "ShelfOpenRequest"]));
    expect(exported("names_c.ts")).not.toContain("OpenRequest");
  });

  it("of operations that differ in case alone differ", () => {
    expect(exported("names_c.ts")).toEqual(expect.arrayContaining(["CloseRequest", "Close$Request"]));
  });

  it("of routines and nodes give way to types", () => {
    expect(exported("names.ts")).toEqual(
      expect.arrayContaining([
        "marshalListNode",
        "marshalList$Node",
        "ListArray",
        "ListArray$",
        "marshalLoginRequest$",
      ]),
    );
  });

  it("of types without a name of their own give way to those with one", () => {
    expect(exported("names.ts")).toEqual(expect.arrayContaining(["Outer_u$", "Outer_u", "Outer_v$", "Outer_w$"]));
  });
});

describe("variables of generated code", () => {
  let texts: ReadonlyMap<string, string>;
  beforeAll(async () => {
    ({ texts } = await generateIdl("hiding", HIDING_IDL));
  });

  it("do not hide the node type of a struct that has their name", () => {
    expect(texts.get("hiding.ts")).toContain(
      "const node = existing ?? (r.makesObjects ? { next: null, wide: 0, value: 0 } : midl_user_allocate(r, 16, node$));",
    );
    expect(texts.get("hiding_s.ts")).toMatch(/import \{[^}]*\brequest as request\$,/);
  });

  it("give way to a type of the parameter's name", () => {
    expect(texts.get("hiding_s.ts")).toContain("const Status2 = midl_user_allocate(r, 4, Status);");
    expect(texts.get("hiding_s.ts")).toContain("Status: Status2");
  });

  it("read the size of a tail from the field that is named as the variable", () => {
    expect(texts.get("hiding.ts")).toContain('r.agree(count, node.value, "maximum count", "value.tail");');
  });

  it("are no reason to import a routine twice under one name", () => {
    expect(texts.get("hiding.ts")).toMatch(/\bmarshalString as marshalString\$\$,/);
  });

  it("leave to every object the routines that it has", () => {
    expect(texts.get("hiding_c.ts")).toContain("toString$(request: ToStringRequest");
  });
});
