/** What node types say of themselves, and nodes placed inside a block that is an ordinary object. */
import { describe, expect, it } from "vitest";
import { compileIdl } from "../support/compile-idl.ts";
import { nodeType } from "./call-support.ts";
import { MEMORY_IDL } from "./memory-idl.ts";

describe("a node type", () => {
  it("places ordinary objects as it creates them", async () => {
    const { exports } = await compileIdl("memory", MEMORY_IDL);
    const list = nodeType(exports, "LIST");
    const blob = nodeType(exports, "BLOB");
    const block = list.create(list.size);
    expect(list.place(block, 16, 16)).toEqual({ value: 0, next: null });
    expect(blob.place(block, 32, blob.size + 5)).toEqual({ size: 0, octets: new Uint8Array(5) });
  });

  it("has no value referents to release of an ordinary object", async () => {
    const { exports } = await compileIdl("memory", MEMORY_IDL);
    const type = nodeType(exports, "HOLDER");
    const holder = Object.assign(type.create(type.size), { text: "stays" });
    type.releaseValues(holder);
    expect(holder).toMatchObject({ text: "stays" });
  });
});
