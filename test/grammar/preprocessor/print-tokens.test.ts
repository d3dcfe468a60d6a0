import { describe, expect, it } from "vitest";
import { preprocessedText } from "../../../grammar/index.ts";

function text(files: Readonly<Record<string, string>>): string | undefined {
  return preprocessedText(
    "main.idl",
    {},
    {
      readFile: (path) => {
        const source = files[path];
        return source === undefined ? undefined : new TextEncoder().encode(source);
      },
    },
  );
}

describe("/savePP", () => {
  it("prints what the parser reads, with #line where lines are not consecutive", () => {
    const main = '#define N(x) x+1\nconst long A = N(2);\n#include "a.h"\n\nconst long B\n  = 3; // end\n';
    expect(text({ "main.idl": main, "a.h": "typedef long T;\n" })).toBe(
      '#line 2 "main.idl"\nconst long A = 2+1;\n#line 1 "a.h"\ntypedef long T;\n#line 5 "main.idl"\nconst long B\n= 3;\n',
    );
  });

  it("is nothing for a file that does not exist or has no text", () => {
    expect(text({})).toBeUndefined();
    expect(text({ "main.idl": "#define A\n" })).toBe("");
  });
});
