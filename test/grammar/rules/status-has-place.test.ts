import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface, type Judged } from "../compile.ts";

const cases: readonly Judged[] = [
  {
    title: "a status parameter that only the ACF has, and the operation",
    source: {
      "main.idl": inInterface("error_status_t f([in] long x);"),
      "main.acf": "interface test { [fault_status] f([fault_status] s); }",
    },
    options: { acfPath: "main.acf" },
    expected: ["main.acf(1,19) 2245 cannot use [fault_status] on both a parameter and a return type : f"],
  },
  {
    title: "two status parameters that only the ACF has",
    source: {
      "main.idl": inInterface("void f([in] long x);"),
      "main.acf": "interface test { f([comm_status] s, [comm_status] t); }",
    },
    options: { acfPath: "main.acf" },
    expected: ["main.acf(1,51) 2069 cannot specify more than one parameter with each of comm_status/fault_status : f"],
  },
  {
    title: "a status parameter of the .idl and one that only the ACF has",
    source: {
      "main.idl": inInterface("void f([out] error_status_t *s);"),
      "main.acf": "interface test { f([comm_status] s, [comm_status] t); }",
    },
    options: { acfPath: "main.acf" },
    expected: ["main.acf(1,51) 2069 cannot specify more than one parameter with each of comm_status/fault_status : f"],
  },
  {
    title: "interface test { [comm_status] f([comm_status] s); }",
    source: {
      "main.idl": inInterface("error_status_t f([out] error_status_t *s);"),
      "main.acf": "interface test { [comm_status] f([comm_status] s); }",
    },
    options: { acfPath: "main.acf" },
    expected: ["main.acf(1,19) 2050 cannot use [comm_status] on both a parameter and a return type : f"],
  },
  {
    title: "interface test { [fault_status] f([fault_status] s); }",
    source: {
      "main.idl": inInterface("error_status_t f([out] error_status_t *s);"),
      "main.acf": "interface test { [fault_status] f([fault_status] s); }",
    },
    options: { acfPath: "main.acf" },
    expected: ["main.acf(1,19) 2245 cannot use [fault_status] on both a parameter and a return type : f"],
  },
  {
    title: "interface test { f([comm_status] s, [comm_status] t); }",
    source: {
      "main.idl": inInterface("void f([out] error_status_t *s, [out] error_status_t *t);"),
      "main.acf": "interface test { f([comm_status] s, [comm_status] t); }",
    },
    options: { acfPath: "main.acf" },
    expected: ["main.acf(1,38) 2069 cannot specify more than one parameter with each of comm_status/fault_status : f"],
  },
  {
    title: "interface test { f([comm_status] s); }",
    source: {
      "main.idl": inInterface("void f([in, out] error_status_t *s);"),
      "main.acf": "interface test { f([comm_status] s); }",
    },
    options: { acfPath: "main.acf" },
    expected: [
      "main.acf(1,21) 2070 comm_status/fault_status parameter must be an [out] only pointer parameter : s in f",
    ],
  },
  {
    title: "interface test { f([comm_status] s); }",
    source: {
      "main.idl": inInterface("void f([out] short *s);"),
      "main.acf": "interface test { f([comm_status] s); }",
    },
    options: { acfPath: "main.acf" },
    expected: [
      "main.acf(1,21) 2097 parameter with [comm_status] or [fault_status] attribute must be a pointer to type error_status_t : s in f",
    ],
  },
  {
    title: "interface test { [fault_status] f(); }",
    source: {
      "main.idl": inInterface("void f([out] error_status_t *s);"),
      "main.acf": "interface test { [fault_status] f(); }",
    },
    options: { acfPath: "main.acf" },
    expected: [
      "main.acf(1,19) 2072 inapplicable attribute : [fault_status] on f, which does not return error_status_t",
    ],
  },
  {
    title: "interface test { [comm_status] f(); }",
    source: {
      "main.idl": inInterface("[maybe] error_status_t f();"),
      "main.acf": "interface test { [comm_status] f(); }",
    },
    options: { acfPath: "main.acf" },
    expected: ["main.acf(1,19) 2358 error_status_t should have both [comm_status] and [fault_status] : f"],
  },
  {
    title: "[code, nocode] interface test { [enable_allocate] f(); }",
    source: {
      "main.idl": inInterface("void f();"),
      "main.acf": "[code, nocode] interface test { [enable_allocate] f(); }",
    },
    options: { acfPath: "main.acf" },
    expected: [
      "main.acf(1,8) 2287 [code] and [nocode] may not be used together : test",
      "main.acf(1,34) 9123 [enable_allocate] is obsolete : f",
    ],
  },
  {
    title: "interface test { [code] g(); }",
    source: { "main.idl": inInterface("void f(); [local] void g();"), "main.acf": "interface test { [code] g(); }" },
    options: { acfPath: "main.acf" },
    expected: ["main.acf(1,19) 2098 a [local] procedure cannot be specified in ACF file : g"],
  },
  {
    title: 'interface test { [optimize("i1")] f(); }',
    source: { "main.idl": inInterface("void f();"), "main.acf": 'interface test { [optimize("i1")] f(); }' },
    options: { acfPath: "main.acf" },
    expected: ["main.acf(1,19) 2331 the optimization option is being phased out, use -ic"],
  },
  {
    title: 'interface test { [optimize("i2")] f(); }',
    source: { "main.idl": inInterface("void f();"), "main.acf": 'interface test { [optimize("i2")] f(); }' },
    options: { acfPath: "main.acf" },
    expected: ["main.acf(1,19) 2332 the optimization option is being phased out, use -icf"],
  },
];

describe("status-has-place", () => {
  it.each(cases)("judges $title", ({ source, options, expected }) => {
    expect(formatted(compile(source, options))).toEqual(expected);
  });
});
