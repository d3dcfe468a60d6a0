import { describe, expect, it } from "vitest";
import { expandResponseFiles } from "../../../generator/command-line/response-file.ts";
import { formatPlaceless } from "../../../generator/diagnostics.ts";

describe("response files", () => {
  it.each([
    ["/out dir\r\n/W3\r\n\r\n", ["/out", "dir", "/W3"]],
    [`/out "a folder" x.idl`, ["/out", "a folder", "x.idl"]],
    [`/I"a b";c`, ["/Ia b;c"]],
    [`/D"NAME=\\"text\\"" /DPATH="c:\\\\d"`, [`/DNAME="text"`, "/DPATH=c:\\d"]],
    [`c:\\a\\b.idl /DX=\\"y\\"`, ["c:\\a\\b.idl", `/DX="y"`]],
    [`""`, [""]],
    ["\t", []],
  ])("splits %j into arguments", (content, expected) => {
    expect(expand(["@x.rsp"], { "x.rsp": content })).toEqual({ arguments: expected, problems: [] });
  });

  it("stand where they are named", () => {
    const files = { "a.rsp": "1 2", "b.rsp": "3" };
    expect(expand(["0", "@a.rsp", "x", "@b.rsp"], files).arguments).toEqual(["0", "1", "2", "x", "3"]);
  });

  it.each([
    ["@gone.rsp", "MIDL1020 : cannot open response file : gone.rsp"],
    ["@", "MIDL1020 : cannot open response file :"],
    ["@nested.rsp", "MIDL1023 : nested invocation of response files is illegal : @a.rsp in nested.rsp"],
    ["@binary.rsp", "MIDL1021 : illegal character(s) found in response file : binary.rsp(2)"],
  ])("refuse %s", (argument, expected) => {
    const files = { "nested.rsp": "@a.rsp", "binary.rsp": "/W3\n\0\u0001" };
    expect(expand([argument], files).problems).toEqual([`midl-ts : command line error ${expected}`]);
  });
});

function expand(
  arguments_: readonly string[],
  files: Readonly<Record<string, string>>,
): {
  readonly arguments: readonly string[];
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  const result = expandResponseFiles(
    arguments_,
    (path) => files[path],
    (problem) => problems.push(formatPlaceless(problem)),
  );
  return { arguments: result, problems };
}
