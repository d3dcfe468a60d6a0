/** M15 and M16: existing storage is not overrun (MIDL "MCCP Buffer Protection"), and a size needs an array. */
import { describe, expect, it } from "vitest";
import { compileIdl } from "../support/compile-idl.ts";
import { clientHalves, reader, serve, writer } from "../support/stub-harness.ts";
import { managedMemory, trackMemory } from "../../runtime/index.ts";
import type { CompileOptions } from "../support/compile-idl.ts";
import { isRecord } from "./call-support.ts";

const IDL = `
[uuid(0c9d3a4e-52b1-4f0e-9a37-6f5b8c1d2e88), version(1.0), pointer_default(unique)]
interface storage
{
    typedef struct { long value; } ITEM;
    typedef struct { unsigned long count; [size_is(count)] ITEM *items; } LIST;
    long Items([in, out] unsigned long *count, [in, out, size_is(*count)] ITEM items[]);
    long Varying([in] unsigned long size, [in, out] unsigned long *length, [in, out, size_is(size), length_is(*length)] ITEM items[]);
    long Numbers([in, out] unsigned long *count, [in, out, size_is(*count)] long numbers[]);
    long Text([in, out] unsigned long *size, [in, out, string, size_is(*size)] wchar_t *text);
    long Unsized([in, out, string] wchar_t *text);
    long Embedded([in, out] LIST *list);
    long Given([in] unsigned long count, [out, size_is(count)] ITEM items[]);
    long Optional([in] unsigned long count, [in, unique, size_is(count)] ITEM *items);
    long OptionalText([in] unsigned long length, [in, unique, string, size_is(length)] wchar_t *text);
}`;

const OPERATIONS = ["Items", "Varying", "Numbers", "Text", "Unsized", "Embedded", "Given", "Optional", "OptionalText"];
const LITTLE = { ndr64: false, littleEndian: true };

/** A call whose request and reply are of one stub, and the reply of a manager that may say anything. */
async function call(
  operation: string,
  request: object,
  manager: (request: Record<string, unknown>) => unknown,
  options: CompileOptions = {},
): Promise<unknown> {
  const { exports } = await compileIdl("storage", IDL, options);
  const halves = clientHalves(exports, operation, request);
  const [sent, answered] = [writer(), writer()];
  halves.marshal(sent);
  const memory = trackMemory(managedMemory());
  await serve(exports, OPERATIONS.indexOf(operation), reader(sent.octets(), LITTLE, memory), answered, (received) => {
    if (!isRecord(received)) throw new Error("no request");
    return manager(received);
  });
  const r = reader(answered.octets(), LITTLE);
  try {
    return halves.unmarshal(r);
  } catch (error) {
    r.abandon();
    throw error;
  }
}

const items = (...values: number[]): { value: number }[] => values.map((value) => ({ value }));
const refusal = (text: string): object => {
  const message: unknown = expect.stringContaining(text);
  return { name: "RPC_X_BAD_STUB_DATA", message };
};

describe("M15: existing storage is not overrun", () => {
  it("M15: the capacity of an array is what its size expression gave before the call", async () => {
    const mine = items(1, 2);
    const grown = call("Items", { count: 2, items: mine }, () => ({ count: 3, items: items(7, 8, 9), returnValue: 0 }));
    await expect(grown).rejects.toMatchObject(refusal("3 elements do not fit into the 2 of the existing storage"));
    expect(mine).toEqual(items(1, 2));
  });

  it("M15: an ordinary array takes the length that came back, a typed array keeps its own", async () => {
    const mine = items(1, 2, 3);
    expect(await call("Items", { items: mine }, () => ({ count: 1, items: items(7), returnValue: 0 }))).toEqual({
      count: 1,
      items: items(7),
      returnValue: 0,
    });
    expect(mine).toEqual(items(7));
    const numbers = Int32Array.of(1, 2, 3);
    await call("Numbers", { numbers }, () => ({ count: 1, numbers: Int32Array.of(7), returnValue: 0 }));
    expect(numbers).toEqual(Int32Array.of(7, 2, 3));
  });

  it("M15: a typed array that is too short is left as it was", async () => {
    const numbers = Int32Array.of(1, 2);
    const run = call("Numbers", { numbers }, () => ({ count: 3, numbers: Int32Array.of(7, 8, 9), returnValue: 0 }));
    await expect(run).rejects.toMatchObject(refusal("3 elements do not fit into the 2 of the existing storage"));
    expect(numbers).toEqual(Int32Array.of(1, 2));
  });

  it("M15: the capacity of a varying array is its size, whatever was sent of it", async () => {
    const mine = items(1);
    await call("Varying", { size: 3, length: 1, items: mine }, () => ({
      length: 3,
      items: items(7, 8, 9),
      returnValue: 0,
    }));
    expect(mine).toEqual(items(7, 8, 9));
  });

  it("M15: the capacity of a sized string, too", async () => {
    const longer = call("Text", { size: 3, text: "ab" }, () => ({ size: 9, text: "abcdefgh", returnValue: 0 }));
    await expect(longer).rejects.toMatchObject(refusal("9 characters do not fit into the 3 of the existing string"));
    const fitting = await call("Text", { size: 9, text: "ab" }, () => ({ size: 9, text: "abcdefgh", returnValue: 0 }));
    expect(fitting).toEqual({ size: 9, text: "abcdefgh", returnValue: 0 });
  });

  it("M15: an unsized string has no capacity and is replaced", async () => {
    const longer = await call("Unsized", { text: "a" }, () => ({ text: "much longer", returnValue: 0 }));
    expect(longer).toEqual({ text: "much longer", returnValue: 0 });
  });

  it("M15: an array inside existing storage", async () => {
    const mine = { count: 2, items: items(1, 2) };
    const grown = call("Embedded", { list: mine }, () => ({
      list: { count: 3, items: items(7, 8, 9) },
      returnValue: 0,
    }));
    await expect(grown).rejects.toMatchObject(refusal("3 elements do not fit into the 2 of the existing storage"));
    expect(mine.items).toEqual(items(1, 2));
  });

  it("M15: an [out] array has the capacity that its [in] size says, however short the array", async () => {
    const mine: { value: number }[] = [];
    await call("Given", { count: 2, items: mine }, () => ({ items: items(7, 8), returnValue: 0 }));
    expect(mine).toEqual(items(7, 8));
  });
});

describe("M16: a size needs an array", () => {
  it("M16: a null pointer with a non-zero size is refused with RPC_X_BAD_STUB_DATA, by the client", async () => {
    await expect(call("Optional", { count: 3, items: null }, () => 0)).rejects.toMatchObject({
      name: "RPC_X_BAD_STUB_DATA",
    });
    await expect(call("OptionalText", { length: 3, text: null }, () => 0)).rejects.toMatchObject({
      name: "RPC_X_BAD_STUB_DATA",
    });
  });

  it("M16: and by the server", async () => {
    const { exports } = await compileIdl("storage", IDL);
    for (const operation of ["Optional", "OptionalText"]) {
      const stubData = Uint8Array.of(3, 0, 0, 0, 0, 0, 0, 0); // size 3, null
      const run = serve(exports, OPERATIONS.indexOf(operation), reader(stubData, LITTLE), writer(), () => 0);
      await expect(run).rejects.toMatchObject(refusal("a null pointer where the size is 3"));
    }
  });

  it("M16: a zero size with a pointer that is not null is an array of no elements", async () => {
    let received: unknown;
    await call("Optional", { count: 0, items: [] }, (request) => {
      received = request["items"];
      return 0;
    });
    expect(received).toEqual([]);
  });

  it("M16: not with [disable_consistency_check], nor with /backward_compat maybenull_sizeis", async () => {
    const exempt = { acf: "interface storage { Optional([disable_consistency_check] items); }" };
    for (const options of [exempt, { disableConsistencyCheck: true }])
      await call(
        "Optional",
        { count: 3, items: null },
        (request) => {
          expect(request).toEqual({ count: 3, items: null });
          return 0;
        },
        options,
      );
  });

  it("M16: a null top-level [ref] pointer is RPC_X_NULL_REF_POINTER", async () => {
    await expect(call("Embedded", { list: null }, () => 0)).rejects.toMatchObject({ name: "RPC_X_NULL_REF_POINTER" });
  });
});
