import { describe, expect, it } from "vitest";
import { vocabulary } from "../../../grammar/index.ts";
import { nearestAttribute } from "../../../grammar/vocabulary/vocabulary.ts";
import { documentedNumberOf, referencePages } from "./reference-pages.ts";

describe("the vocabulary", () => {
  it("has every word that the MIDL reference has a page for", () => {
    const { attributes, types, directives, arguments: words } = vocabulary;
    const known = new Set([...attributes.keys(), ...types.keys(), ...directives.keys(), ...words.keys()]);
    expect(referencePages.filter((name) => !known.has(name))).toEqual([]);
  });

  it("says by which number it refuses", () => {
    const rows = [vocabulary.attributes, vocabulary.types, vocabulary.directives].flatMap((table) => [...table]);
    for (const [name, { effect, midl }] of rows) {
      if (effect !== "ignored") expect([name, midl !== undefined]).toEqual([name, effect === "refused"]);
      if (midl !== undefined) expect(documentedNumberOf(midl)).toBe(true);
    }
  });

  it.each([
    ["sise_is", "size_is"],
    ["uniqe", "unique"],
    ["context_hande", "context_handle"],
    ["ni", "in"],
    ["swicth_type", "switch_type"],
    ["completely_different", undefined],
  ])("finds what is meant by %s", (name, meant) => {
    expect(nearestAttribute(name)).toBe(meant);
  });
});
