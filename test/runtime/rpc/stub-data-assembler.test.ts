import { describe, expect, it } from "vitest";
import { StubDataAssembler } from "../../../runtime/rpc/stub-data-assembler.ts";

describe("StubDataAssembler", () => {
  it.each([0, 10, 5000, 100_000, 0xffffffff])("puts fragments together whatever was announced (%i)", (hint) => {
    const assembler = new StubDataAssembler(hint);
    const octets = Uint8Array.from({ length: 50_000 }, (_, index) => index * 3);
    for (let at = 0; at < octets.length; at += 1001)
      assembler.write(octets.subarray(at, at + 1001), Math.max(0, hint - at));
    expect(assembler.length).toBe(octets.length);
    expect(Buffer.compare(assembler.take(), octets)).toBe(0);
  });

  it("takes no storage for what is only announced", () => {
    const assembler = new StubDataAssembler(0xffffffff);
    assembler.write(new Uint8Array(1000), 0xffffffff);
    expect(assembler.take().buffer.byteLength).toBeLessThan(8192);
  });

  it("is empty when nothing came", () => {
    expect(new StubDataAssembler(0).take()).toHaveLength(0);
  });
});
