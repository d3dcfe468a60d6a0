import { describe, expect, it } from "vitest";
import { compile, formatted, modelOf } from "../compile.ts";

/** The source of an interface whose endpoint attribute has these texts, as they are written in the definition. */
function withEndpoints(...texts: string[]): string {
  return `[local, endpoint(${texts.map((text) => `"${text}"`).join(", ")})] interface i { }`;
}

describe("endpoint", () => {
  it.each([
    // The forms of the MIDL pages "endpoint", "ncacn_np", "ncacn_ip_tcp", "ncacn_vns_spp" and "ncadg_mq".
    [
      [String.raw`ncacn_np:[\\pipe\\x]`, "ncalrpc:[x]"],
      ["ncacn_np \\pipe\\x", "ncalrpc x"],
    ],
    [[String.raw`ncacn_np:\\\\host[\\pipe\\x]`], ["ncacn_np \\pipe\\x"]],
    [
      ["ncacn_ip_tcp:128.10.2.30[1404]", "ncadg_ip_udp:host[1405]"],
      ["ncacn_ip_tcp 1404", "ncadg_ip_udp 1405"],
    ],
    [["ncacn_vns_spp:printer@group@company[260]"], ["ncacn_vns_spp 260"]],
    [["ncadg_mq:host"], []],
  ])("reads %j", (texts, expected) => {
    const [found] = modelOf(withEndpoints(...texts)).main.interfaces;
    expect(found?.endpoints.map((each) => `${each.protocolSequence} ${each.endpoint}`)).toEqual(expected);
  });

  it.each(["x", "ncacn_np:", "ncacn_np:[x", "ncacn_np:x]", "ncacn np:[x]", ":[x]"])("refuses %j", (text) => {
    expect(formatted(compile(withEndpoints(text)))).toEqual([`main.idl(1,18) 2071 endpoint syntax error : ${text}`]);
  });
});
