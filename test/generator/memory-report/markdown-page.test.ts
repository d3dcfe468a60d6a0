import { describe, expect, it } from "vitest";
import { markdownPage } from "../../../generator/memory-report/markdown-page.ts";
import { inInterface } from "../../grammar/compile.ts";
import { reportOf } from "./reports.ts";

/** Lines of a table without its head. */
function rows(body: string): readonly string[] {
  const lines = markdownPage(reportOf(inInterface(body))).split("\n");
  return lines.filter((line) => line.startsWith("| ")).slice(2);
}

describe("M41: the Markdown page of the memory report", () => {
  it("puts strings and scalars of a node, and pointers of which the same holds, into one row", () => {
    const body =
      "typedef struct _T { [string] char *a; long *b; struct _T *left; struct _T *right; } T;\nvoid f([in] T *t);";
    const share = "caller | caller, when done | stub | stub, after the reply | node by node (default) |  |";
    expect(rows(body)).toEqual([
      `| \`t\` \\[in, ref\\] | node 1: \`T\` | ${share}`,
      "| `t->a`, `t->b` | `char string`, `long` | held by value | with its holder | held by value | with its holder |  |  |",
      `| \`t->left\`, \`t->right\` \\[unique\\] | another \`T\`, as node 1 | ${share}`,
    ]);
  });

  it("tells what is presented and what travels where routines of the user convert (M40)", () => {
    const body = "typedef struct { long v; } W;\ntypedef [transmit_as(W)] struct { long *p; } M;\nvoid f([in] M *m);";
    expect(rows(body).slice(1)).toEqual([
      "| `*m` | `M`, sent as `W` | the object: its holder; behind it: your routines | your routines | the object: its holder; behind it: your routines | your routines, after the reply | `[transmit_as]` main.idl:3 |  |",
    ]);
  });

  it("keeps table cells whole, whatever an expression or a comment holds", () => {
    const body = "/** a | b *c* <d> [e](f) */\nvoid f([in] long a, [in] long b, [in, size_is(a | b)] hyper *n);";
    const page = markdownPage(reportOf(inInterface(body)));
    expect(page).toContain("a \\| b \\*c\\* \\<d\\> \\[e\\](f)");
    expect(rows(body)[0]).toContain("| node 1: `hyper[a \\| b]` |");
    expect(rows(body)[0]?.replaceAll("\\|", "").split("|")).toHaveLength(10);
  });

  it("says why an operation is left out, and that there is none", () => {
    const { interfaces } = reportOf(inInterface("void f([in] long x);"));
    const [first] = interfaces;
    if (first === undefined) throw new Error("no interface");
    const operations = first.operations.map((each) => ({ ...each, omitted: "a reason" }));
    expect(markdownPage({ file: "main.idl", interfaces: [{ ...first, operations }] })).toContain(
      "\n\nLeft out of the stubs: a reason.\n\nThere are no nodes: `x`.\n",
    );
    expect(markdownPage(reportOf("typedef long L;"))).toContain("\n\nThere are no operations.\n");
  });
});
