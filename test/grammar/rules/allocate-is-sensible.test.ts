import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface, type Judged } from "../compile.ts";

const cases: readonly Judged[] = [
  {
    title: "interface test { typedef [allocate(nonsense)] P; }",
    source: {
      "main.idl": inInterface(
        "typedef long T, *P; typedef void *V; typedef [context_handle] void *C; typedef [handle] long *H;\nvoid f([in] P p, [in, out] P *q);",
      ),
      "main.acf": "interface test { typedef [allocate(nonsense)] P; }",
    },
    options: { acfPath: "main.acf" },
    expected: ["main.acf(1,27) 2074 invalid [allocate] mode : nonsense"],
  },
  {
    title: "interface test { typedef [allocate] P; }",
    source: {
      "main.idl": inInterface("typedef long T, *P; void f([in] P p);"),
      "main.acf": "interface test { typedef [allocate] P; }",
    },
    options: { acfPath: "main.acf" },
    expected: ["main.acf(1,27) 2074 invalid [allocate] mode : none"],
  },
  {
    title: "interface test { typedef [allocate(free)] T; }",
    source: {
      "main.idl": inInterface("typedef long T, *P; void f([in] P p);"),
      "main.acf": "interface test { typedef [allocate(free)] T; }",
    },
    options: { acfPath: "main.acf" },
    expected: ["main.acf(1,27) 2158 [allocate] attribute must be applied only on non-void pointer types : T"],
  },
  {
    title: "interface test { typedef [allocate(free)] V; }",
    source: {
      "main.idl": inInterface("typedef void *V; void f();"),
      "main.acf": "interface test { typedef [allocate(free)] V; }",
    },
    options: { acfPath: "main.acf" },
    expected: ["main.acf(1,27) 2158 [allocate] attribute must be applied only on non-void pointer types : V"],
  },
  {
    title: "interface test { typedef [allocate(all_nodes, single_node)] P; }",
    source: {
      "main.idl": inInterface("typedef long T, *P; void f([in] P p);"),
      "main.acf": "interface test { typedef [allocate(all_nodes, single_node)] P; }",
    },
    options: { acfPath: "main.acf" },
    expected: ["main.acf(1,27) 2211 conflicting options specified for [allocate] : single_node and all_nodes"],
  },
  {
    title: "interface test { typedef [allocate(free, dont_free)] P; }",
    source: {
      "main.idl": inInterface("typedef long T, *P; void f([in] P p);"),
      "main.acf": "interface test { typedef [allocate(free, dont_free)] P; }",
    },
    options: { acfPath: "main.acf" },
    expected: ["main.acf(1,27) 2211 conflicting options specified for [allocate] : free and dont_free"],
  },
  {
    title: "interface test { typedef [allocate(free), user_marshal(X)] P; }",
    source: {
      "main.idl": inInterface("typedef long T, *P; void f([in] P p);"),
      "main.acf": "interface test { typedef [allocate(free), user_marshal(X)] P; }",
    },
    options: { acfPath: "main.acf" },
    expected: [
      "main.acf(1,27) 2223 [allocate] is illegal on either the transmitted or presented type for [transmit_as], [represent_as], [wire_marshal], or [user_marshal] : P",
    ],
  },
  {
    title: "interface test { typedef [allocate(free)] C; }",
    source: {
      "main.idl": inInterface("typedef [context_handle] void *C; void f([in] C c);"),
      "main.acf": "interface test { typedef [allocate(free)] C; }",
    },
    options: { acfPath: "main.acf" },
    expected: ["main.acf(1,27) 2227 [allocate] illegal on a type deriving from a primitive/generic/context handle : C"],
  },
  {
    title: "interface test { typedef [allocate(free)] H; }",
    source: {
      "main.idl": inInterface("typedef [handle] long *H; void f([in] H c);"),
      "main.acf": "interface test { typedef [allocate(free)] H; }",
    },
    options: { acfPath: "main.acf" },
    expected: ["main.acf(1,27) 2227 [allocate] illegal on a type deriving from a primitive/generic/context handle : H"],
  },
  {
    title: "interface test { typedef [allocate(all_nodes)] P; }",
    source: {
      "main.idl": inInterface("typedef long T, *P; void f([in, out] P *p);"),
      "main.acf": "interface test { typedef [allocate(all_nodes)] P; }",
    },
    options: { acfPath: "main.acf" },
    expected: [
      "main.idl(2,41) 2248 [allocate(all_nodes)] on an [in,out] parameter may orphan the original memory : p in f",
    ],
  },
];

describe("allocate-is-sensible", () => {
  it.each(cases)("judges $title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
