import { describe, expect, it } from "vitest";
import { compile, formatted, inInterface } from "../compile.ts";

const unsupported = "2102 this array-bounds construct is not supported";
const open = `${unsupported} : [min_is] gives a lower bound that is written as *`;

describe("lower bounds of arrays", () => {
  it.each([
    ["void f([in] long a[0..4], [in, size_is(n)] long b[0..*], [in] long n);", []],
    ["void f([in] long a[0...4]);", []],
    ["void f([in] long a[1..5]);", [`main.idl(2,19) ${unsupported} : the lower bound is not 0`]],
    ["void f([in] long a[5..3]);", [`main.idl(2,19) ${unsupported} : the lower bound is not 0`]],
    ["void f([in] long n, [in, min_is(n)] long a[*..5]);", [`main.idl(2,43) ${unsupported} : the lower bound is *`]],
    ["void f([in] long n, [in, min_is(n)] long a[5]);", [`main.idl(2,33) ${open}`]],
    ["void f([in] long n, [in, min_is(n), size_is(n)] long *a);", [`main.idl(2,33) ${open}`]],
  ])("need /osf: %s", (body, expected) => {
    expect(formatted(compile(inInterface(body)))).toEqual(expected);
  });

  it.each([
    ["void f([in] long a[1..5]);", []],
    ["void f([in] long n, [in, min_is(n)] long a[*..5]);", []],
    ["void f([in] long n, [in, min_is(n), max_is(n)] long a[*..*]);", []],
    ["void f([in] long n, [in, size_is(n)] long a[3..*]);", []],
    ["typedef struct { long n; [min_is(n)] long a[*..5]; } S; void f([in] S *s);", []],
    ["void f([in] long n, [in, min_is(n)] long a[5]);", [`main.idl(2,33) ${open}`]],
    ["void f([in] long n, [in, min_is(n), size_is(n)] long a[2..*]);", [`main.idl(2,33) ${open}`]],
    ["void f([in] long a[*..5]);", ["main.idl(2,18) 2105 pointee/array does not derive any size : a"]],
    ["void f([in] long a[5..3]);", ["main.idl(2,23) 2103 array bound specification is illegal : -1 elements"]],
    ["void f([in] long a[..3]); void g();", ['main.idl(2,20) 2025 syntax error : found .., expected "]"']],
    ["void f([in] long n, [in] long m, [in, first_is(n), last_is(m)] long a[10]);", []],
    [
      "void f([in] long n, [in, max_is(n + 1)] long a[]);",
      [
        "main.idl(2,33) 2178 attribute expression must be a variable name or a pointer dereference expression in this mode. You must specify the /ms_ext switch : a",
      ],
    ],
  ])("are what DCE says under /osf: %s", (body, expected) => {
    expect(formatted(compile(inInterface(body), { mode: "osf" }))).toEqual(expected);
  });
});
