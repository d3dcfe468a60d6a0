import { describe, expect, it } from "vitest";
import { factsOf, memoryOf } from "./facts-text.ts";

const list =
  "typedef struct _N { [string] wchar_t *name; long size; [size_is(size)] byte *data; struct _N *next; } N, *PN;\n";
const tree = "typedef struct _T { short v; struct _T *l; struct _T *r; } T, *PT;\n";

/** What is expected, a line a pointer. */
function lines(...all: readonly string[]): readonly string[] {
  return all;
}

const given = "client application / application | server stub / stub";
const result = "client stub / application | server manager / stub";
const both = "client application-then-stub / application, into existing storage | server stub-then-manager / stub";

describe("M41: who allocates and who frees", () => {
  it("says of [in] that the application has it on the client and the stub on the server (M6, M7)", () => {
    expect(factsOf(`${list}void f([in] N *n);`)).toEqual(
      lines(
        `n ref -> node 1 N | ${given} | node-by-node`,
        "n->name unique -> value wchar_t string",
        `n->data unique -> node 2 byte[size] | ${given}, may be a view | node-by-node`,
        `n->next unique -> around node 1 | ${given} | node-by-node`,
      ),
    );
  });

  it("says of [out] that the caller's storage serves when there is some, else the stub's (M8)", () => {
    expect(factsOf("void f([in] long c, [out, size_is(c)] long a[], [out] long *x);")).toEqual(
      lines(
        "a array -> node 1 long[c] | client application-or-stub / application, into existing storage | server stub / stub | node-by-node",
        "x ref -> value long",
      ),
    );
  });

  it("stops at a pointer that may be null: the manager allocates behind it, and nothing can be there before (M9)", () => {
    expect(factsOf(`${list}void f([out] N **n);`)).toEqual(
      lines(
        "n ref -> pointer N *",
        `n unique -> node 1 N | ${result} | node-by-node`,
        "n->name unique -> value wchar_t string",
        `n->data unique -> node 2 byte[size] | ${result} | node-by-node`,
        `n->next unique -> around node 1 | ${result} | node-by-node`,
      ),
    );
  });

  it("tells the node that the server stub makes for [out] from those that the manager adds to it (M9, M14)", () => {
    const mine = "client application-or-stub / application, into existing storage";
    expect(factsOf("typedef struct _S { struct _S *next; } S;\nvoid f([out] S *s);")).toEqual(
      lines(
        `s ref -> node 1 S | ${mine} | server stub / stub | node-by-node`,
        `s->next unique -> node 2 S | ${mine} | server manager / stub | node-by-node | orphan on the client: null`,
        `s->next->next unique -> around node 2 | ${mine} | server manager / stub | node-by-node | orphan on the client: null`,
      ),
    );
  });

  it("says of [in, out] that each side adds what is new, and where the client loses nodes (M10, M11, M14, M20)", () => {
    expect(factsOf(`${tree}void f([in, out] PT *t);`)).toEqual(
      lines(
        "t ref -> pointer PT",
        `t unique -> node 1 T | ${both} | node-by-node | orphan on the client: null`,
        `t->l unique -> around node 1 | ${both} | node-by-node | orphan on the client: null`,
        `t->r unique -> around node 1 | ${both} | node-by-node | orphan on the client: null`,
      ),
    );
  });

  it("says of a return value that it is always new on the client and freed by the server stub (M12)", () => {
    expect(factsOf("typedef struct { long v; } V;\nV *f([in] long x);")).toEqual(
      lines(`return unique -> node 1 V | ${result} | node-by-node`),
    );
  });

  it("follows a [ref] pointer in an [out] parameter, and no [ref] pointer in a struct (M9)", () => {
    expect(
      factsOf(
        "typedef struct { long v; } V;\ntypedef struct { [ref] V *v; } S;\ntypedef [ref] V *RV;\nvoid f([out] S *s, [out] RV *r);",
      ),
    ).toEqual(
      lines(
        "s ref -> node 1 S | client application-or-stub / application, into existing storage | server stub / stub | node-by-node",
        "s->v ref -> node 2 V | client application-or-stub / application, into existing storage | server manager / stub | node-by-node",
        "r ref -> pointer RV",
        "r ref -> node 3 V | client stub / application | server stub / stub | node-by-node",
      ),
    );
  });

  it("orphans by a changing arm, by a length that comes back smaller, and by full pointers only when nothing else refers (M20)", () => {
    const body =
      "typedef struct { long v; } V;\ntypedef union switch(long k) U { case 1: V *v; default: ; } U;\n" +
      "void f([in, out] U *u, [in, out] long *c, [in, out, size_is(*c)] V **a, [in, out, ptr] V *p, [in] long n, [in, out, size_is(n)] V **fixed);";
    expect(factsOf(body).filter((line) => line.includes("orphan"))).toEqual(
      lines(
        `u->v unique -> node 2 V | ${both} | node-by-node | orphan on the client: null | orphan on the client: arm`,
        `a[] unique -> node 4 V | ${both} | node-by-node | orphan on the client: null | orphan on the client: shorter by *c | orphan on the server: shorter by *c`,
        `p ptr -> node 5 V | ${both} | node-by-node | orphan on the client: null-unless-aliased`,
        `fixed[] unique -> node 7 V | ${both} | node-by-node | orphan on the client: null`,
      ),
    );
  });

  it("takes a view for arrays of numbers alone: not for varying ones, [range] elements, [out], [force_allocate] (M19)", () => {
    const body =
      "typedef [range(0, 9)] long DIGIT;\ntypedef struct { long v; } V;\n" +
      "void f([in] long n, [in, size_is(n)] hyper *a, [in] short b[4], [in, size_is(n), length_is(n)] long *c, [in, size_is(n)] DIGIT *d, [in, size_is(n)] V *e, [in, out, size_is(n)] byte *g, [in, size_is(n)] boolean *h);";
    const views = (acf: string): readonly string[] =>
      factsOf(body, { acf })
        .filter((line) => line.includes("view"))
        .map((line) => line.slice(0, line.indexOf(" ")));
    expect(views("")).toEqual(["a", "b", "g"]);
    expect(views("f([force_allocate] a, [force_allocate] g);")).toEqual(["b"]);
  });

  it("finds a box where a pointer that may be null refers to another", () => {
    expect(
      factsOf("typedef struct { long v; } V;\ntypedef [unique] V *UV;\ntypedef [unique] UV *UUV;\nvoid f([in] UUV p);"),
    ).toEqual(
      lines(`p unique -> node 1 UV | ${given} | node-by-node`, `*p unique -> node 2 V | ${given} | node-by-node`),
    );
  });

  it("follows a type once where the same holds for it, and says whether it is the same list or another", () => {
    const body = "typedef struct { [size_is(4)] byte *b; } V;\nvoid f([in] V *a, [in] V c[2]);";
    expect(
      factsOf("typedef struct { [size_is(4)] byte *b; } V0;\ntypedef struct { V0 *x; V0 *y; } P;\nvoid f([in] P *p);"),
    ).toEqual(
      lines(
        `p ref -> node 1 P | ${given} | node-by-node`,
        `p->x unique -> node 2 V0 | ${given} | node-by-node`,
        `p->x->b unique -> node 3 byte[4] | ${given}, may be a view | node-by-node`,
        `p->y unique -> like node 2 | ${given} | node-by-node`,
      ),
    );
    expect(factsOf(body).map((line) => line.split(" | ")[0])).toEqual(
      lines(
        "a ref -> node 1 V",
        "a->b unique -> node 2 byte[4]",
        "c array -> node 3 V[2]",
        "c[].b unique -> node 4 byte[4]",
      ),
    );
  });

  it("follows types that nest to any depth, in time and memory that grow with their number", () => {
    const chain = Array.from({ length: 2_000 }, (_, index) =>
      index === 0 ? "typedef struct { long v; } S0;" : `typedef struct { S${index - 1} *behind; } S${index};`,
    );
    const facts = factsOf(`${chain.join("\n")}\nvoid f([in, out, unique] S1999 *s);`);
    expect(facts).toHaveLength(2_000);
    expect(facts.at(1)).toBe(`s->behind unique -> node 2 S1998 | ${both} | node-by-node | orphan on the client: null`);
    expect(facts.at(-1)).toMatch(/^….*->behind unique -> node 2000 S0 /);
    expect(Math.max(...facts.map((line) => line.indexOf(" ")))).toBe(240);
  });

  it("leaves out what is never sent: [ignore] pointers", () => {
    expect(factsOf("typedef struct { [ignore] long *l; } V;\nvoid f([in] V *v);")).toEqual(
      lines(`v ref -> node 1 V | ${given} | node-by-node`),
    );
  });

  it("knows handles and pipes from data", () => {
    const body =
      "typedef [context_handle] void *H;\ntypedef pipe long P;\nvoid f([in] handle_t b, [in] H h, [out] H *o, [in] P p, [in] long x);";
    expect(
      memoryOf(body).parameters.map(({ name, direction, form, pointers }) => [name, direction, form, pointers.length]),
    ).toEqual([
      ["b", "in", "binding-handle", 0],
      ["h", "in", "context-handle", 0],
      ["o", "out", "context-handle", 0],
      ["p", "in", "pipe", 0],
      ["x", "in", "data", 0],
    ]);
  });
});

describe("M41: the model in force, and the line that chose it", () => {
  it("puts all nodes into one block under [allocate(all_nodes)], and orphans what an [in, out] parameter had (M23)", () => {
    expect(factsOf(`${tree}void f([in, out] PT *t);`, { acf: "typedef [allocate(all_nodes)] PT;" })).toEqual(
      lines(
        "t ref -> pointer PT",
        "t unique -> node 1 T | client application-then-stub / application | server stub-then-manager / stub | [allocate(all_nodes)] at main.acf:2 | orphan on the client: reallocated",
        "t->l unique -> node 2 T | client application-then-stub / application-block | server stub-then-manager / stub-block | [allocate(all_nodes)] at main.acf:2",
        "t->l->l unique -> around node 2 | client application-then-stub / application-block | server stub-then-manager / stub-block | [allocate(all_nodes)] at main.acf:2",
        "t->l->r unique -> around node 2 | client application-then-stub / application-block | server stub-then-manager / stub-block | [allocate(all_nodes)] at main.acf:2",
        "t->r unique -> like node 2 | client application-then-stub / application-block | server stub-then-manager / stub-block | [allocate(all_nodes)] at main.acf:2",
      ),
    );
  });

  it("frees nothing on the server under [allocate(dont_free)], and takes no view (M24)", () => {
    const body = "typedef struct { byte b[4]; } V, *PV;\nvoid f([in] PV b);";
    expect(factsOf(body, { acf: "\ntypedef [allocate(dont_free)] PV;" })).toEqual(
      lines(
        "b ref -> node 1 V | client application / application | server stub / manager | node-by-node and [allocate(dont_free)] at main.acf:3",
      ),
    );
  });

  it("lets what stands nearer win: [allocate(free, single_node)] inside the other", () => {
    const body = "typedef struct { long v; } V, *PV;\ntypedef struct { PV v; } S, *PS;\nvoid f([in] PS s);";
    const acf = "typedef [allocate(all_nodes, dont_free)] PS;\ntypedef [allocate(single_node, free)] PV;";
    expect(factsOf(body, { acf })).toEqual(
      lines(
        "s ref -> node 1 S | client application / application | server stub / manager | [allocate(all_nodes, dont_free)] at main.acf:2 and [allocate(all_nodes, dont_free)] at main.acf:2",
        "s->v unique -> node 2 V | client application / application | server stub / stub | [allocate(single_node, free)] at main.acf:3",
      ),
    );
  });

  it("places everything in the caller's buffer under [byte_count] (M25)", () => {
    expect(
      factsOf(`${tree}void f([in] long length, [out] T *t);`, { acf: "f([byte_count(length)] t);" }).slice(0, 2),
    ).toEqual(
      lines(
        "t ref -> node 1 T | client application-buffer / application-buffer | server stub / stub | [byte_count(length)] at main.acf:2",
        "t->l unique -> node 2 T | client application-buffer / application-buffer | server manager / stub-block | [byte_count(length)] at main.acf:2",
      ),
    );
  });

  it("names [force_allocate] of the parameter, also in the .idl (M19)", () => {
    const body = "typedef struct { long v; } V;\nvoid f(\n[in, force_allocate] V *v);";
    expect(factsOf(body)).toEqual(
      lines(`v ref -> node 1 V | ${given} | node-by-node and [force_allocate] at main.idl:4`),
    );
  });

  it.each([
    ["[enable_allocate] of the operation", { acf: "[enable_allocate] f();" }, "[enable_allocate] at main.acf:2"],
    ["[enable_allocate] of the interface", { acfInterface: "enable_allocate" }, "[enable_allocate] at main.acf:1"],
    ["/rpcss", { rpcss: true }, "/rpcss"],
    ["/osf", { osf: true }, "/osf"],
  ])("puts the RpcSs environment around the server's side for %s (M26, M38)", (_title, compiled, choice) => {
    const body = "typedef struct { long v; } V;\nvoid f([out] V *v);";
    expect(factsOf(body, compiled)).toEqual(
      lines(
        `v ref -> node 1 V | client application-or-stub / application, into existing storage | server stub / environment | node-by-node and ${choice}`,
      ),
    );
  });

  it.each([
    ["where nothing is allocated", "void f([in] long x, [out] long *y);", false],
    ["for a string that a [ref] pointer leads to", "void f([in, string] char *s);", false],
    ["for a full pointer, to whatever", "void f([in, ptr] long *x);", true],
    ["for a unique pointer", "void f([in, unique] long *x);", true],
    ["for an array", "void f([in] long n, [in, size_is(n)] long a[]);", true],
    ["for a pointer that is returned", "long *f([in] long x);", true],
  ])("establishes an environment under /osf when it is needed: %s (M38)", (_title, body, needed) => {
    const { environment, isSensitive } = memoryOf(body, { osf: true });
    expect(environment?.model).toBe(needed ? "osf" : undefined);
    expect(isSensitive).toBe(true);
  });

  it("makes client stubs sensitive by [enable_allocate] and /rpcss (M26)", () => {
    const body = "void f([in] long x);";
    expect(memoryOf(body, {}).isSensitive).toBe(false);
    expect(memoryOf(body, { rpcss: true }).isSensitive).toBe(true);
    expect(memoryOf(body, { acf: "[enable_allocate] f();" }).isSensitive).toBe(true);
    expect(memoryOf(body, { acfInterface: "enable_allocate" }).isSensitive).toBe(true);
  });

  it("tells the presented from the transmitted type of a conversion (M40)", () => {
    const body =
      "typedef struct { long v; } WIRE;\ntypedef [transmit_as(WIRE)] struct { long *p; } MINE;\n" +
      "typedef struct { long v; } SENT;\ntypedef struct { MINE m; SENT *s; } S;\nvoid f([in] S *s);";
    const { parameters } = memoryOf(body, { acf: "typedef [represent_as(LOCAL)] SENT;" });
    const found = parameters.flatMap(({ conversions }) => conversions);
    expect(
      found.map(({ path, holder, attribute, presented, transmitted }) => [
        path,
        holder,
        attribute,
        presented,
        transmitted,
      ]),
    ).toEqual([
      ["s->m", 1, "transmit_as", "MINE", "WIRE"],
      // A type that the .idl does not declare is held by value where the pointer stands.
      ["*s->s", 1, "represent_as", "LOCAL", "SENT"],
    ]);
  });
});
