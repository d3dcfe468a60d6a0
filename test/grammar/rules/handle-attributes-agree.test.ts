import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface, type Judged } from "../compile.ts";

const cases: readonly Judged[] = [
  {
    title: "interface test { typedef [context_handle_serialize] V; }",
    source: {
      "main.idl": inInterface("typedef void *V; void f();"),
      "main.acf": "interface test { typedef [context_handle_serialize] V; }",
    },
    options: { acfPath: "main.acf" },
    expected: ["main.acf(1,27) 2378 [serialize], [noserialize] can be applied to context_handles : V"],
  },
  {
    title: "interface test { typedef [context_handle_serialize, context_handle_noserialize] V; }",
    source: {
      "main.idl": inInterface("typedef [context_handle] void *V; void f([in] V v);"),
      "main.acf": "interface test { typedef [context_handle_serialize, context_handle_noserialize] V; }",
    },
    options: { acfPath: "main.acf" },
    expected: [
      "main.acf(1,53) 2377 conflicting attributes specified : [context_handle_serialize] and [context_handle_noserialize] on V",
    ],
  },
  {
    title: "typedef [context_handle] void *C; typedef [transmit_as(long)] C D; void f();",
    source: inInterface("typedef [context_handle] void *C; typedef [transmit_as(long)] C D; void f();"),
    options: {},
    expected: [
      "main.idl(2,44) 2084 [transmit_as] must not be applied to a type that derives from a context handle : D",
    ],
  },
  {
    title: "typedef [transmit_as(long)] handle_t D; void f();",
    source: inInterface("typedef [transmit_as(long)] handle_t D; void f();"),
    options: {},
    expected: ["main.idl(2,10) 2184 type deriving from handle_t must not have [transmit_as] applied to it : D"],
  },
  {
    title: "typedef [context_handle, handle] void *C; void f();",
    source: inInterface("typedef [context_handle, handle] void *C; void f();"),
    options: {},
    expected: [
      "main.idl(2,26) 2185 [context_handle] must not be applied to a type that has [handle] applied to it : C",
    ],
  },
  {
    title: "typedef [handle] void *C; void f();",
    source: inInterface("typedef [handle] void *C; void f();"),
    options: {},
    expected: ["main.idl(2,10) 2186 [handle] must not be specified on a type deriving from void or void * : C"],
  },
  {
    title: "typedef [handle] handle_t C; void f();",
    source: inInterface("typedef [handle] handle_t C; void f();"),
    options: {},
    expected: ["main.idl(2,10) 2193 [handle] must not be specified on a type deriving from handle_t : C"],
  },
  {
    title: "typedef [handle, transmit_as(long)] short C; void f();",
    source: inInterface("typedef [handle, transmit_as(long)] short C; void f();"),
    options: {},
    expected: ["main.idl(2,10) 2201 [handle] must not be applied to a type that has [transmit_as] applied to it : C"],
  },
  {
    title: "typedef [handle] short H; typedef [transmit_as(long)] H T; void f();",
    source: inInterface("typedef [handle] short H; typedef [transmit_as(long)] H T; void f();"),
    options: {},
    expected: ["main.idl(2,36) 2200 [transmit_as] must not be applied to a type deriving from a generic handle : T"],
  },
  {
    title: "typedef [context_handle] void *C; typedef [handle] C D; void f();",
    source: inInterface("typedef [context_handle] void *C; typedef [handle] C D; void f();"),
    options: {},
    expected: ["main.idl(2,44) 2239 [handle] must not be applied to a type deriving from a context handle : D"],
  },
  {
    title: "typedef [context_handle] handle_t C; void f();",
    source: inInterface("typedef [context_handle] handle_t C; void f();"),
    options: {},
    expected: ["main.idl(2,10) 2218 [context_handle] must not derive from handle_t : C"],
  },
  {
    title: "typedef [context_handle, transmit_as(long)] void *C; void f();",
    source: inInterface("typedef [context_handle, transmit_as(long)] void *C; void f();"),
    options: {},
    expected: [
      "main.idl(2,10) 2045 context handle must not derive from a type that has the [transmit_as] attribute : C",
    ],
  },
];

describe("handle-attributes-agree", () => {
  it.each(cases)("judges $title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
