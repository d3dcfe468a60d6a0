import { expect, it } from "vitest";
import { generateIdl } from "../support/compile-idl.ts";

const header = "[uuid(7f3a1c52-9d04-4b6e-8a57-1f0c2d3e4b5e), version(1.0), pointer_default(unique)]";

it("a pipe that the file declares has its constant, whether an operation uses it or not", async () => {
  const { texts } = await generateIdl("pipes", `${header} interface pipes { typedef pipe long LONGS; long F(void); }`);
  expect(texts.get("pipes.ts")).toContain("export const LONGS: PipeType<Int32Array>");
});

it("[nocode] keeps an operation out of the client stub and leaves it in the server stub", async () => {
  const acf = "interface nocode { [nocode] G(); }";
  const { texts } = await generateIdl("nocode", `${header} interface nocode { long F(void); long G(void); }`, { acf });
  expect(texts.get("nocode_c.ts")).toMatch(/ F\(/);
  expect(texts.get("nocode_c.ts")).not.toMatch(/ G\(/);
  expect(texts.get("nocode_s.ts")).toMatch(/ G\(/);
});

it("[nocode] on the interface keeps out all but [code] operations", async () => {
  const acf = "[nocode] interface nocode { [code] G(); }";
  const { texts } = await generateIdl("nocode", `${header} interface nocode { long F(void); long G(void); }`, { acf });
  expect(texts.get("nocode_c.ts")).not.toMatch(/ F\(/);
  expect(texts.get("nocode_c.ts")).toMatch(/ G\(/);
});

it("an [ignore] pointer to void is always null", async () => {
  const { texts } = await generateIdl(
    "ignored",
    `${header} interface ignored { typedef struct { [ignore] void *p; long a; } S; long F([in] S *s); }`,
  );
  expect(texts.get("ignored.ts")).toContain("p: null;");
});

it("a struct with bit-fields does not travel: it has an interface, and no node type or routines", async () => {
  const { texts } = await generateIdl(
    "bits",
    `${header} interface bits { typedef struct { int a : 3; int b : 5; } BITS; typedef struct { BITS *bits; } OUTER; long F(void); }`,
  );
  const text = texts.get("bits.ts") ?? "";
  expect(text).toContain("export interface BITS {");
  expect(text).toContain("export interface OUTER {");
  expect(text).not.toMatch(/marshal(BITS|OUTER)|NodeType/);
});

it.each([
  "struct { long n; [size_is(&n != 0)] char a[]; } T",
  'struct { long n; [size_is(n + "a")] char *a; } T',
  "struct { double n; [length_is(n)] char a[4]; } T",
  "struct { O o[3]; } T",
  "struct { O o; long m; } T",
  "union switch (long k) u { case 1: O o; default: ; } T",
])("a type that could not be sent, and is not, has an interface, and no routines: %s", async (type) => {
  const { texts } = await generateIdl(
    "unsent",
    `${header} interface unsent { typedef struct { long n; [size_is(n)] long a[]; } O; typedef ${type}; long F(void); }`,
  );
  expect(texts.get("unsent.ts")).toMatch(/^export (interface|type) T\b/m);
  expect(texts.get("unsent.ts")).not.toContain("marshalT");
});
