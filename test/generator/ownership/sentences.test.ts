import { describe, expect, it } from "vitest";
import { memoryLines, requestNote, responseNote } from "../../../generator/ownership/sentences.ts";
import { memoryOf, type Compiled } from "./facts-text.ts";

const list = "typedef struct _N { [string] wchar_t *name; struct _N *next; } N, *PN;\n";

/** The comment of each side. */
function commentsOf(body: string, compiled: Compiled = {}): { client: readonly string[]; server: readonly string[] } {
  const memory = memoryOf(body, compiled);
  return { client: memoryLines(memory, "client"), server: memoryLines(memory, "server") };
}

describe("M41: what comments say of memory", () => {
  it("says nothing of scalars, strings and open handles", () => {
    const body =
      "typedef [context_handle] void *H;\nlong f([in] H h, [in] long x, [in, string] wchar_t *s, [out] long *y, [in, out, unique] long *z);";
    expect(commentsOf(body)).toEqual({ client: [], server: [] });
  });

  it.each([
    [
      "[in]",
      "void f([in] N *n);",
      "- `n`: yours; the stub neither allocates nor frees it.",
      "- `n`: the stub allocates it, and frees it after the reply: copy what you keep.",
    ],
    [
      "an [out] list",
      "void f([out] N **n);",
      "- `n`: the stub takes each node from `midl_user_allocate`. Free it with `freeReferents(N, n, memory)`.",
      "- `n`: take each node from `call.memory`. The stub frees it after the reply: return copies of what you keep.",
    ],
    [
      "an [out] array of numbers",
      "void f([in] long c, [out, size_is(c)] long a[]);",
      "- `a`: written into what you pass; without it the stub takes it from `midl_user_allocate`. Free it with `memory.midl_user_free(a)`.",
      "- `a`: the stub allocates it, zeroed, for you to fill in. The stub frees it after the reply: return copies of what you keep.",
    ],
    [
      "an [out] array of structs with pointers",
      "void f([in] long c, [out, size_is(c)] N a[]);",
      "- `a`: written into what you pass; without it the stub takes each node from `midl_user_allocate`. Free it with `freeReferents(NArray, a, memory)`.",
      "- `a`: the stub allocates the first node, zeroed, for you to fill in; take the others from `call.memory`. The stub frees it after the reply: return copies of what you keep.",
    ],
    [
      "[in, out]",
      "void f([in, out] PN *n);",
      "- `n`: you allocate what is sent; the reply is written into it, and new nodes come from `midl_user_allocate`. Free it with `freeReferents(N, n, memory)`. Left to you (orphaned): what lay behind a pointer that comes back null.",
      "- `n`: the stub allocates what was sent; take new nodes from `call.memory`. The stub frees it after the reply: return copies of what you keep.",
    ],
    [
      "an [in, out] struct without pointers",
      "typedef struct { long v; } V;\nvoid f([in, out] V *v);",
      "- `v`: yours; the reply is written into it.",
      "- `v`: the stub allocates it; change it in place. The stub frees it after the reply: return copies of what you keep.",
    ],
    [
      "a return value",
      "N *f([in] long x);",
      "- `returnValue`: the stub takes each node from `midl_user_allocate`. Free it with `freeReferents(N, returnValue, memory)`.",
      "- `returnValue`: take each node from `call.memory`. The stub frees it after the reply: return copies of what you keep.",
    ],
    [
      "a context handle that comes back",
      "typedef [context_handle] void *H;\nvoid f([in, out] H *h);",
      "- `h`: a context handle: it stays open until the server gives null back.",
      "- `h`: your own state object: it stays until you give null back, or it is run down.",
    ],
    [
      "pointers in a struct that is passed by value",
      "void f([in, out] long *x, [in] N n);",
      "- `n`: yours; the stub neither allocates nor frees it.",
      "- `n`: the stub allocates it, and frees it after the reply: copy what you keep.",
    ],
  ])("says who allocates and frees %s", (_title, operation, client, server) => {
    const body = operation.startsWith("typedef") ? operation : `${list}${operation}`;
    expect(commentsOf(body)).toEqual({ client: [client], server: [server] });
  });

  it.each([
    [
      "[allocate(all_nodes)], [out]",
      "void f([out] PN *n);",
      { acf: "typedef [allocate(all_nodes)] PN;" },
      "- `n`: the stub takes one block for all nodes from `midl_user_allocate` ([allocate(all_nodes)]). Free it with `memory.midl_user_free(n)`.",
      "- `n`: take each node from `call.memory`. The stub frees it after the reply: return copies of what you keep.",
    ],
    [
      "[allocate(all_nodes)], [in, out]",
      "void f([in, out] PN *n);",
      { acf: "typedef [allocate(all_nodes)] PN;" },
      "- `n`: you allocate what is sent; the reply comes in a new block from `midl_user_allocate` ([allocate(all_nodes)]). Free the old memory and the new.",
      "- `n`: the stub allocates what was sent as one block ([allocate(all_nodes)]); take new nodes from `call.memory`. The stub frees it after the reply: return copies of what you keep.",
    ],
    [
      "[allocate(all_nodes)], [in]",
      "void f([in] PN n);",
      { acf: "typedef [allocate(all_nodes)] PN;" },
      "- `n`: yours; the stub neither allocates nor frees it.",
      "- `n`: the stub allocates it as one block ([allocate(all_nodes)]), and frees it after the reply: copy what you keep.",
    ],
    [
      "[allocate(all_nodes, dont_free)]",
      "void f([in] PN n);",
      { acf: "typedef [allocate(all_nodes, dont_free)] PN;" },
      "- `n`: yours; the stub neither allocates nor frees it.",
      "- `n`: the stub allocates it as one block ([allocate(all_nodes, dont_free)]). The stub never frees it ([allocate(all_nodes, dont_free)]): it is yours after the call.",
    ],
    [
      "[allocate(dont_free)]",
      "void f([in] PN n);",
      { acf: "typedef [allocate(dont_free)] PN;" },
      "- `n`: yours; the stub neither allocates nor frees it.",
      "- `n`: the stub allocates it. The stub never frees it ([allocate(dont_free)]): it is yours after the call.",
    ],
    [
      "[byte_count]",
      "void f([in] long c, [out] N *n);",
      { acf: "f([byte_count(c)] n);" },
      "- `n`: placed in the buffer that you pass ([byte_count(c)]); the stub neither allocates nor frees it.",
      "- `n`: the stub allocates the first node, zeroed, for you to fill in; take the others from `byteCountMemory(request.n)`. The stub frees it after the reply: return copies of what you keep.",
    ],
    [
      "[force_allocate]",
      "void f([in, out] PN *n);",
      { acf: "f([force_allocate] n);" },
      "- `n`: you allocate what is sent; the reply is written into it, and new nodes come from `midl_user_allocate`. Free it with `freeReferents(N, n, memory)`. Left to you (orphaned): what lay behind a pointer that comes back null.",
      "- `n`: the stub allocates what was sent; take new nodes from `call.memory`. The stub frees it after the reply: return copies of what you keep. You may free or replace its nodes ([force_allocate]).",
    ],
  ])("says what %s changes", (_title, operation, compiled, client, server) => {
    expect(commentsOf(`${list}${operation}`, compiled)).toEqual({ client: [client], server: [server] });
  });

  it("says what [enable_allocate] changes, on both sides", () => {
    expect(commentsOf(`${list}void f([out] PN *n);`, { acfInterface: "enable_allocate" })).toEqual({
      client: [
        "- `n`: the stub takes each node from `midl_user_allocate`. Free it with `freeReferents(N, n, memory)`.",
        "- With an RpcSs environment enabled, `RpcSsAllocate` takes the place of the pair: new nodes go with the environment.",
      ],
      server: [
        "- `n`: take each node from `RpcSsAllocate`. It goes with the RpcSs environment after the reply: return copies of what you keep.",
      ],
    });
  });

  it("says under /osf that no pair is needed (M38)", () => {
    const { client, server } = commentsOf(`${list}void f([out] PN *n);`, { osf: true });
    expect(client.slice(1)).toEqual([
      "- With an RpcSs environment enabled, `RpcSsAllocate` takes the place of the pair: new nodes go with the environment.",
      "- Without a pair (/osf), new nodes are ordinary objects, and nothing is to be freed.",
    ]);
    expect(server).toEqual([
      "- `n`: take each node from `RpcSsAllocate`. It goes with the RpcSs environment after the reply: return copies of what you keep.",
    ]);
  });

  it("says whose the object of a conversion is (M40)", () => {
    const body = "typedef struct { long v; } W;\ntypedef [transmit_as(W)] struct { long *p; } M;\nvoid f([in] M *m);";
    const { client } = commentsOf(body);
    expect(client).toEqual([
      "- `m`: your routines allocate and free what lies behind `M` ([transmit_as]); the stub holds the object itself. Yours; the stub neither allocates nor frees it.",
    ]);
  });

  it("gives the properties of request and response a few words of it", () => {
    const [kept] = memoryOf(`${list}void f([in] PN n);`, { acf: "typedef [allocate(dont_free)] PN;" }).parameters;
    const [released] = memoryOf(`${list}void f([in] PN n);`, { rpcss: true }).parameters;
    if (kept === undefined || released === undefined) throw new Error("no parameter");
    expect([requestNote(kept, "server"), requestNote(released, "server")]).toEqual([
      "The stub never frees it.",
      "Goes with the RpcSs environment after the reply.",
    ]);
    const [inOut] = memoryOf(`${list}void f([in, out] PN *n);`).parameters;
    const [input] = memoryOf(`${list}void f([in] PN n);`).parameters;
    const [scalar] = memoryOf("void f([in] long x);").parameters;
    if (inOut === undefined || input === undefined || scalar === undefined) throw new Error("no parameter");
    expect([requestNote(inOut, "client"), responseNote(inOut, "client"), responseNote(inOut, "server")]).toEqual([
      "Yours; the reply is written into it.",
      "Yours to free.",
      "The stub frees it after the reply.",
    ]);
    expect([requestNote(input, "client"), requestNote(input, "server"), requestNote(scalar, "client")]).toEqual([
      "Yours; the stub neither allocates nor frees it.",
      "The stub frees it after the reply.",
      undefined,
    ]);
  });
});
