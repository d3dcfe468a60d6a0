import { describe, expect, it } from "vitest";
import { blocksOf } from "./fenced-blocks.ts";

describe("fenced blocks", () => {
  it("have a number, the heading above them, and their lines", () => {
    const page =
      "# Title\n\n``` syntax\nlong x;\n```\n\n## Examples\n\n-   A list\r\n\r\n    ```C\r\n    a\r\n\r\n    b\r\n    ```\r\n";
    expect(blocksOf("Midl/page", page)).toEqual([
      { id: "Midl/page#1", heading: "Title", lines: ["long x;"] },
      { id: "Midl/page#2", heading: "Examples", lines: ["    a", "", "    b"] },
    ]);
  });

  it("may contain what looks like a heading", () => {
    expect(blocksOf("p", '# A\n```\n# 1 "x.h"\n```\n```\n```\n').map(({ heading }) => heading)).toEqual(["A", "A"]);
  });
});
