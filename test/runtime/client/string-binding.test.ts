import { describe, expect, it } from "vitest";
import { formatStringBinding, parseStringBinding } from "../../../runtime/client/string-binding.ts";

describe("string bindings", () => {
  it.each([
    ["ncacn_ip_tcp:", { protocolSequence: "ncacn_ip_tcp", networkAddress: "", endpoint: "" }],
    [
      "ncacn_ip_tcp:server.example[4747]",
      { protocolSequence: "ncacn_ip_tcp", networkAddress: "server.example", endpoint: "4747" },
    ],
    ["ncacn_ip_tcp:[1025]", { protocolSequence: "ncacn_ip_tcp", networkAddress: "", endpoint: "1025" }],
    [
      "ncalrpc:[my_printer,Security=identification dynamic true]",
      { endpoint: "my_printer", options: { Security: "identification dynamic true" } },
    ],
    [
      "12345678-1234-ABCD-ef00-0123456789ac@ncacn_ip_tcp:10.0.0.1[endpoint=135,a=1,b]",
      {
        objectUuid: "12345678-1234-abcd-ef00-0123456789ac",
        networkAddress: "10.0.0.1",
        endpoint: "135",
        options: { a: "1", b: "" },
      },
    ],
    [
      "ncacn_np:\\\\server[\\pipe\\lsass]",
      { protocolSequence: "ncacn_np", networkAddress: "\\\\server", endpoint: "\\pipe\\lsass" },
    ],
    ["ncacn_ip_tcp:fe80::1%eth0[135]", { networkAddress: "fe80::1%eth0", endpoint: "135" }],
    ["ncacn_ip_tcp:[fe80::1][135]", { networkAddress: "fe80::1", endpoint: "135" }],
    ["ncacn_ip_tcp:[::1]", { networkAddress: "::1", endpoint: "" }],
    ["ncacn_at_dsp:server@zone[a\\,b\\]c]", { networkAddress: "server@zone", endpoint: "a,b]c" }],
    ["ncacn_ip_tcp:host[,endpoint=7]", { networkAddress: "host", endpoint: "7" }],
  ])("%s", (text, fields) => {
    expect(parseStringBinding(text)).toMatchObject(fields);
  });

  it.each([
    "ncacn_ip_tcp:",
    "ncacn_ip_tcp:host[135]",
    "12345678-1234-abcd-ef00-0123456789ac@ncacn_ip_tcp:host[135,a=1,b]",
    "ncacn_np:\\\\server[\\pipe\\lsass]",
    "ncacn_ip_tcp:fe80::1[135]",
    "ncacn_np:\\\\:\\\\server[\\\\,\\pipe]",
    "ncalrpc:[a\\:b,c\\:d=e\\:f]",
    "x:a\\@b\\[c\\][e\\,f\\=g,o\\=p=q\\,r]",
  ])("%s is formatted as it was", (text) => {
    expect(formatStringBinding(parseStringBinding(text))).toBe(text);
  });

  it.each([
    ["ncacn_ip_tcp", "RPC_S_INVALID_STRING_BINDING"],
    ["", "RPC_S_INVALID_STRING_BINDING"],
    [":host", "RPC_S_INVALID_RPC_PROTSEQ"],
    ["nca cn:host", "RPC_S_INVALID_RPC_PROTSEQ"],
    ["123@ncacn_ip_tcp:host", "RPC_S_INVALID_STRING_UUID"],
    ["ncacn_ip_tcp:host[135", "RPC_S_INVALID_STRING_BINDING"],
    ["ncacn_ip_tcp:host]135", "RPC_S_INVALID_STRING_BINDING"],
    ["ncacn_ip_tcp:host[135]x", "RPC_S_INVALID_STRING_BINDING"],
    ["ncacn_ip_tcp:[::1]x[135]", "RPC_S_INVALID_STRING_BINDING"],
    ["ncacn_ip_tcp:host[135,=x]", "RPC_S_INVALID_STRING_BINDING"],
  ])("%s is refused", (text, name) => {
    expect(() => parseStringBinding(text)).toThrow(expect.objectContaining({ name }));
  });
});
