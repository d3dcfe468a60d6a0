/** What the pages "/W", "/warn", "/WX", "/no_warn" and "/error" of the MIDL reference say, sentence by sentence. */
import { describe, expect, it } from "vitest";
import { filesIn, inFolder, session, type Session } from "./scenario.ts";

/** Warnings of every level: redundant attribute (1), used before its declaration (2), no switch type (3), return type with const (4). */
const source = `[uuid(12345678-1234-1234-1234-123456789abc), version(1.0), pointer_default(unique)]
interface levels
{
    typedef struct A { LATER x; } A;
    typedef long LATER;
    typedef union U { [case(1)] long l; [default] ; } U;
    const long Ask([in, in] A *a, [in] long which, [in, switch_is(which)] U *u);
}
`;
const shownFrom = [
  ["MIDL9120", 2],
  ["MIDL2213", 3],
  ["MIDL2280", 4],
  ["MIDL2209", 1],
] as const;

/** What is found in a source: `warning MIDL2209` and the like, in order. */
async function found(switches: readonly string[], text = source): Promise<readonly string[]> {
  const { error } = await judged(switches, text);
  return error.match(/(?:error|warning) MIDL\d+/g) ?? [];
}

function judged(switches: readonly string[], text = source): Promise<Session> {
  return inFolder({ "a.idl": text }, (folder) => session(["/Zs", ...switches, "a.idl"], folder));
}

function expected(level: number, severity: "warning" | "error" = "warning"): readonly string[] {
  return shownFrom.filter(([, from]) => from <= level).map(([number]) => `${severity} ${number}`);
}

const levels = [0, 1, 2, 3, 4] as const;

describe("/W and /warn", () => {
  it.each(levels)("show the warnings up to level %i, none at 0, without an error", async (level) => {
    for (const name of ["/W", "/warn", "-W"])
      expect(await found([`${name}${level.toString()}`])).toEqual(expected(level));
    expect((await judged([`/W${level.toString()}`])).status).toBe(0);
  });

  it("are 1 by default, and nothing else than 0 to 4", async () => {
    expect(await found([])).toEqual(expected(1));
    expect((await judged(["/W5"])).error).toContain("MIDL1012");
  });

  it.each([
    ["unattributed pointers", 1, "MIDL2038", "struct S { long *p; }; void f([in] struct S *s);", ""],
    ["a long identifier", 2, "MIDL2111", "void a234567890123456789012345678901b();", "pointer_default(unique)"],
    [
      "no default arm",
      2,
      "MIDL2057",
      "typedef union switch (long k) u { case 1: long a; } U; void f([in] U *u);",
      "pointer_default(unique)",
    ],
    ["constructs that ANSI C lacks", 4, "MIDL2280", "const long f();", "pointer_default(unique)"],
  ] as const)("have %s at level %i", async (_, level, number, body, attribute) => {
    const attributes = ["uuid(12345678-1234-1234-1234-123456789abc)", ...(attribute === "" ? [] : [attribute])];
    const text = `[${attributes.join(", ")}] interface i { ${body} }\n`;
    expect(await found([`/W${level.toString()}`], text)).toContain(`warning ${number}`);
    expect(await found([`/W${(level - 1).toString()}`], text)).not.toContain(`warning ${number}`);
  });

  it("let the compilation go on", async () => {
    await inFolder({ "a.idl": source }, async (folder) => {
      expect((await session(["/W4", "a.idl"], folder)).status).toBe(0);
      expect(await filesIn(folder)).toEqual(["a.idl", "a.ts", "a_c.ts", "a_s.ts"]);
    });
  });
});

describe("/no_warn", () => {
  it("is /W0", async () => {
    expect(await judged(["/no_warn"])).toEqual(await judged(["/W0"]));
    expect(await judged(["/no_warn"])).toEqual({ output: "", error: "", status: 0 });
  });
});

describe("/WX", () => {
  it.each(levels)("makes errors of the warnings at level %i, and has no effect at 0", async (level) => {
    expect(await found(["/WX", `/W${level.toString()}`])).toEqual(expected(level, "error"));
    expect((await judged(["/WX", `/W${level.toString()}`])).status).toBe(level === 0 ? 0 : 1);
  });

  it("makes errors of the warnings at level 1 by itself, and stops the compilation", async () => {
    expect(await found(["/WX"])).toEqual(expected(1, "error"));
    await inFolder({ "a.idl": source }, async (folder) => {
      expect((await session(["/WX", "a.idl"], folder)).error).toContain("1 error; nothing was written");
      expect(await filesIn(folder)).toEqual(["a.idl"]);
    });
  });

  it("leaves alone what #pragma warning turned off", async () => {
    const off = `#pragma warning(disable: 2209 9120)\n${source}`;
    expect(await found(["/WX", "/W2"], off)).toEqual([]);
  });
});

describe("/error", () => {
  it.each(["allocation", "stub_data", "ref", "bounds_check", "none", "all"])(
    "takes %s, and says that everything is checked",
    async (kind) => {
      const { error, status } = await judged(["/no_warn", "/error", kind]);
      expect([error, status]).toEqual(["", 0]);
      expect((await judged(["/error", kind])).error).toContain(
        "/error has no effect : stubs always check what they unmarshal",
      );
    },
  );

  it("takes nothing else", async () => {
    expect((await judged(["/error", "some"])).error).toContain("MIDL1012");
    expect((await judged(["/error", "/nologo"])).error).toContain("MIDL1011");
  });
});
