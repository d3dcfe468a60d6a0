/** The definitions that are found without a path: each is whole, and what stands in the place of a file of its name gives way to it. */
import { describe, expect, it } from "vitest";
import { baseDefinition } from "../../../grammar/base-definitions/base-definitions.ts";
import { compile, formatted } from "../compile.ts";

const uuid = "uuid(12345678-1234-abcd-ef00-01234567cffb), pointer_default(unique)";

describe("base definitions", () => {
  it.each(
    "wtypesbase wtypes unknwnbase unknwn objidlbase objidl oleidl oaidl ocidl".split(" ").map((name) => `${name}.idl`),
  )("%s imports without a message", (name) => {
    expect(baseDefinition(name.toUpperCase())).toBe(baseDefinition(name));
    expect(formatted(compile(`import "${name}";\n[${uuid}] interface i { void f([in] DWORD a); }\n`))).toEqual([]);
  });

  it.each([
    ["wtypes.idl", "[in] BSTR a, [in] DECIMAL *b, [in] CY *c, [in] DATE d, [in] VARIANT_BOOL e, [in] HWND f"],
    ["oaidl.idl", "[in] VARIANT a, [out] VARIANT *b, [in] LPSAFEARRAY c, [in] DISPPARAMS *d, [out] EXCEPINFO *e"],
  ])("%s has types that travel", (name, parameters) => {
    expect(formatted(compile(`import "${name}";\n[${uuid}] interface i { void f(${parameters}); }\n`))).toEqual([]);
  });

  it.each([
    ["unknwn.idl", "IUnknown", "IClassFactory *a"],
    ["objidl.idl", "IPersistStream", "IStream *a, [in] IMoniker *b"],
    ["oaidl.idl", "IDispatch", "ITypeInfo *a"],
    ["ocidl.idl", "IPersist", "IFontDisp *a, [in] IConnectionPoint *b"],
  ])("%s has %s, from which others derive, and what they point to", (name, base, parameters) => {
    const source = `import "${name}";\n[object, ${uuid}] interface i : ${base} { HRESULT f([in] ${parameters}); }\n`;
    expect(formatted(compile(source))).toEqual([]);
  });

  it("are found by the name of their header as well, as in MS-FASP", () => {
    expect(formatted(compile(`import "wtypes.h";\n[${uuid}] interface i { void f([in] LPWSTR a); }\n`))).toEqual([]);
  });

  it("give way to a file of their name", () => {
    const sources = {
      "main.idl": `import "wtypes.idl";\n[${uuid}] interface i { void f([in] MINE a, [in] BSTR b); }\n`,
      "wtypes.idl": "typedef long MINE;\n",
    };
    expect(formatted(compile(sources))).toEqual(["main.idl(2,110) 2011 unresolved type declaration : BSTR"]);
  });
});
