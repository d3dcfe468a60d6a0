/** M12, M17 and M18: what is refused at compile time because nobody could own the memory, and what the direction of a length means. */
import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface } from "../grammar/compile.ts";
import { compileIdl } from "../support/compile-idl.ts";
import { clientHalves, reader, serve, writer } from "../support/stub-harness.ts";

const LIST = "typedef struct _LIST { long value; struct _LIST *next; } LIST;";

/** The numbers of what is found in the body of an interface. */
const found = (body: string): string[] =>
  formatted(compile(inInterface(body))).map((line) => line.replace(/^.*?\) (\d+).*$/, "$1"));

describe("M12: a returned pointer", () => {
  it.each([
    ["a [ref] pointer", "typedef [ref] long *R; R F();", "2177"],
    ["a union", "typedef [switch_type(long)] union { [case(1)] long a; } U; typedef U *PU; PU F();", "2198"],
    ["a conformant struct", "typedef struct { long n; [size_is(n)] long a[]; } C; C F();", "2199"],
  ])("M12: is not %s", (_title, body, number) => {
    expect(found(body)).toContain(number);
  });
});

describe("M17: refused at compile time", () => {
  it.each([
    ["an [out]-only [unique] parameter", `${LIST} void F([out, unique] LIST *list);`, "2121"],
    ["an [out]-only [ptr] parameter", `${LIST} void F([out, ptr] LIST *list);`, "2121"],
    ["[out] of an open structure", "typedef struct { long n; [size_is(n)] long a[]; } C; void F([out] C *c);", "2040"],
    ["[out] of an unsized string", "void F([out, string] wchar_t *text);", "2041"],
    ["[out] that is no pointer", "void F([out] long value);", "2042"],
    ["recursion through [ref]", "typedef struct _R { [ref] struct _R *next; } R; void F([in] R *r);", "2164"],
    [
      "[ref] in an arm of a union",
      "typedef union switch(long kind) { case 1: [ref] long *p; default: ; } U; void F([in] U *u);",
      "2249",
    ],
  ])("M17: %s", (_title, body, number) => {
    expect(found(body)).toEqual([number]);
  });
});

describe("M18: length, size and direction", () => {
  const table = (array: string, length: string, bound: "fixed" | "bound" | "unbound"): string => {
    const pointer = length.includes("out") ? "*" : "";
    const size = bound === "fixed" ? "[8]" : "[]";
    const sizeIs = bound === "bound" ? "size_is(8), " : "";
    return `void F([${length}] short ${pointer}length, [${array}, ${sizeIs}length_is(${pointer}length)] short array${size});`;
  };

  it.each([
    ["in", "in", "fixed", []],
    ["in", "out", "fixed", ["2124"]],
    ["in", "in, out", "fixed", []],
    ["out", "in", "fixed", []],
    ["out", "in", "unbound", ["2105"]],
    ["out", "out", "fixed", []],
    ["out", "out", "unbound", ["2105"]],
    ["out", "in, out", "bound", []],
    ["out", "in, out", "unbound", ["2105"]],
    ["in, out", "in", "fixed", []],
    ["in, out", "out", "fixed", ["2124"]],
    ["in, out", "in, out", "fixed", []],
  ] as const)("M18: [%s] array, [%s] length, %s size: %j", (array, length, bound, expected) => {
    expect(found(table(array, length, bound))).toEqual(expected);
  });

  it("M18: a size from an [out]-only parameter is an error, but not that of a pointer that the server sets", () => {
    expect(found("void F([out] long *size, [out, size_is(*size)] long array[]);")).toEqual(["2123"]);
    expect(found("void F([out] long *size, [out, size_is(, *size)] long **array);")).toEqual([]);
  });

  it("M18: a size through a [unique] or [ptr] pointer is an error", () => {
    expect(found("void F([in, unique] long *size, [in, size_is(*size)] long array[]);")).toEqual(["2195"]);
    expect(found("void F([in, ptr] long *size, [in, size_is(*size)] long array[]);")).toEqual(["2195"]);
  });

  // The octets: a length is 2, an array of n elements of 2 has 8 octets of offset and actual count before them (C706 14.3.3.3).
  const IDL = `
[uuid(0c9d3a4e-52b1-4f0e-9a37-6f5b8c1d2e99), version(1.0)]
interface lengths
{
    void InIn([in] short length, [in, length_is(length)] short array[8]);
    void InBoth([in, out] short *length, [in, length_is(*length)] short array[8]);
    void OutIn([in] short length, [out, length_is(length)] short array[8]);
    void OutOut([out] short *length, [out, length_is(*length)] short array[8]);
    void OutBoth([in, out] short *length, [out, length_is(*length)] short array[8]);
    void BothIn([in] short length, [in, out, length_is(length)] short array[8]);
    void BothBoth([in, out] short *length, [in, out, length_is(*length)] short array[8]);
}`;
  const counted = (length: number): number => 4 + 8 + 2 * length; // a length, aligned; counts; elements

  it.each([
    ["InIn", counted(3), 0],
    ["InBoth", counted(3), 2],
    ["OutIn", 2, 8 + 2 * 3],
    ["OutOut", 0, counted(2)],
    ["OutBoth", 2, counted(2)],
    ["BothIn", counted(3), 8 + 2 * 3],
    ["BothBoth", counted(3), counted(2)],
  ])("M18: %s sends %i octets and gets %i", async (operation, request, reply) => {
    const { exports } = await compileIdl("lengths", IDL);
    const opnum = ["InIn", "InBoth", "OutIn", "OutOut", "OutBoth", "BothIn", "BothBoth"].indexOf(operation);
    const [sent, answered] = [writer(), writer()];
    clientHalves(exports, operation, { length: 3, array: Int16Array.of(1, 2, 3, 4, 5, 6, 7, 8) }).marshal(sent);
    expect(sent.offset).toBe(request);
    const stubData = reader(sent.octets(), { ndr64: false, littleEndian: true });
    await serve(exports, opnum, stubData, answered, () => ({ length: 2 }));
    expect(answered.offset).toBe(reply);
  });
});
