import { describe, expect, it } from "vitest";
import { boxesOf, type Box } from "../../../generator/memory-report/boxes.ts";
import { narrowLayout, wideLayout, widthOf, type Layout } from "../../../generator/memory-report/picture-layout.ts";
import { inInterface } from "../../grammar/compile.ts";
import { reportOf } from "./reports.ts";

const body = `
typedef struct _N { [string] wchar_t *name; [string] char *note; struct _N *next; struct _N *last; } N;
typedef union switch(long kind) ANY { case 1: N *n; case 2: [size_is(4)] hyper *h; case 3: N *other; default: ; } ANY;
typedef struct { ANY any; N inside; long count; [size_is(count)] ANY *more; } DEEP;
void f([in] DEEP *given, [in, out] DEEP *both, [in] long x, [out] N **made, [in] N plain);`;

function boxes(text: string): readonly Box[] {
  const [operation] = reportOf(inInterface(text)).interfaces[0]?.operations ?? [];
  return boxesOf(operation?.parameters ?? []);
}

describe("M41: the picture of an operation", () => {
  it("has a box for each parameter with nodes and for each node, with the pointers in it", () => {
    const list = boxes(
      "typedef struct _N { [string] wchar_t *name; struct _N *next; } N;\nvoid f([in] long x, [out] N **made);",
    );
    expect(list.map(({ id, depth, holder, title, direction }) => [id, depth, holder, title, direction])).toEqual([
      [-1, 0, undefined, "made", "out"],
      [1, 1, -1, "N", ""],
    ]);
    expect(list.map(({ rows }) => rows.map(({ kind, text }) => `${kind} ${text}`))).toEqual([
      ["arrow made"],
      ["values name", "again next"],
    ]);
  });

  it("shows ten pointers of a node at most, but every arrow", () => {
    const fields = Array.from({ length: 14 }, (_, index) => `V *v${index};`).join(" ");
    const [, box] = boxes(`typedef struct { long l; } V;\ntypedef struct { ${fields} } S;\nvoid f([in] S *s);`);
    expect(box?.rows.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      "arrow v0",
      ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((index) => `again v${index}`),
      "more and 4 more",
    ]);
  });

  it.each([
    ["wide", wideLayout],
    ["narrow", narrowLayout],
  ])("lays no box of a %s picture over another or over the edge", (_kind, lay) => {
    const layout = lay(boxes(body));
    expect(layout.boxes).toHaveLength(14);
    expect(overlaps(layout)).toEqual([]);
    for (const { box, x, y, height } of layout.boxes) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(x + widthOf(box)).toBeLessThanOrEqual(layout.width);
      expect(y + height).toBeLessThanOrEqual(layout.height);
    }
  });

  it("puts what a pointer leads to beside or below the box that holds it", () => {
    const wide = new Map(wideLayout(boxes(body)).boxes.map((each) => [each.box.id, each]));
    const narrow = new Map(narrowLayout(boxes(body)).boxes.map((each) => [each.box.id, each]));
    for (const { holder, id } of boxes(body)) {
      if (holder === undefined) continue;
      expect(wide.get(id)?.x).toBeGreaterThan(wide.get(holder)?.x ?? Infinity);
      expect(narrow.get(id)?.y).toBeGreaterThan(narrow.get(holder)?.y ?? Infinity);
    }
  });
});

function overlaps({ boxes: placed }: Layout): readonly string[] {
  return placed.flatMap((one, index) =>
    placed.slice(index + 1).flatMap((other) => {
      const besides = one.x + widthOf(one.box) <= other.x || other.x + widthOf(other.box) <= one.x;
      const below = one.y + one.height <= other.y || other.y + other.height <= one.y;
      return besides || below ? [] : [`${one.box.id} and ${other.box.id}`];
    }),
  );
}
