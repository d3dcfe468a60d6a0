import { describe, expect, it } from "vitest";
import { pageStyle } from "../../../generator/memory-report/page-style.ts";

/** The colours of a scheme by name: those of the first `:root` are light, those of the second dark. */
function scheme(index: 0 | 1): ReadonlyMap<string, string> {
  const roots = [...pageStyle.matchAll(/:root\{([^}]*)\}/g)].map(([, text = ""]) => text);
  return new Map(
    [...(roots[index] ?? "").matchAll(/--([\w-]+):(#[0-9a-f]{6})/g)].map(([, name = "", value = ""]) => [name, value]),
  );
}

/** Relative luminance (WCAG 2.2, "relative luminance"). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio (WCAG 2.2, "contrast ratio"). */
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((left, right) => left - right);
  return (lighter + 0.05) / (darker + 0.05);
}

const grounds = [
  "page",
  "panel",
  "sunken",
  "caller-ground",
  "client-stub-ground",
  "manager-ground",
  "server-stub-ground",
  "environment-ground",
];

describe("M41: the colours of the HTML page", () => {
  it.each([
    ["light", 0],
    ["dark", 1],
  ] as const)("give every text the contrast of level AA in the %s scheme", (_name, index) => {
    const colours = scheme(index);
    const pairs = grounds.flatMap((ground) => ["ink", "muted"].map((text) => [text, ground] as const));
    const poor = [
      ...pairs,
      ["link", "page"] as const,
      ["lost", "lost-ground"] as const,
      ["lost", "sunken"] as const,
    ].filter(([text, ground]) => !(contrast(colours.get(text) ?? "", colours.get(ground) ?? "") >= 4.5));
    expect(poor).toEqual([]);
  });

  it.each([
    ["light", 0],
    ["dark", 1],
  ] as const)("tell marks from the ground in the %s scheme", (_name, index) => {
    const colours = scheme(index);
    for (const mark of ["caller", "client-stub", "manager", "server-stub", "environment"])
      expect(contrast(colours.get(mark) ?? "", colours.get(`${mark}-ground`) ?? "")).toBeGreaterThan(3);
    expect(contrast(colours.get("wire") ?? "", colours.get("sunken") ?? "")).toBeGreaterThan(3);
  });
});
