import { describe, expect, it } from "vitest";
import { argumentsOf, commandLines } from "./command-lines.ts";

describe("command lines", () => {
  it.each<[string, readonly string[]]>([
    ["midl /Zs", ["/Zs"]],
    ["midl /a\nmidl /b", ["/a", "/b"]],
    ["midl /x { a | b |\n     c }", ["/x a", "/x b", "/x c"]],
    ["midl /x (a | b)", ["/x a", "/x b"]],
    ["midl /{A | B}", ["/A", "/B"]],
    ["midl /Dname[=value]", ["/Dname", "/Dname=value"]],
    ["; what it does\nmidl /I c:\\a x.idl  ", ["/I c:\\a x.idl"]],
  ])("of %j", (block, expected) => {
    expect(commandLines(block.split("\n"))).toEqual(expected);
  });

  it("keep together what stands in quotation marks", () => {
    expect(argumentsOf('/cpp_opt "/E /C" a.idl')).toEqual(["/cpp_opt", "/E /C", "a.idl"]);
  });
});
