import { describe, expect, it } from "vitest";
import { ClientStub } from "../../../runtime/client/client-stub.ts";
import { RpcBinding } from "../../../runtime/client/rpc-binding.ts";
import { SAMPLE } from "../sample-interface.ts";

class AnyStub extends ClientStub {}

describe("a client stub", () => {
  const binding = RpcBinding.fromString("ncacn_ip_tcp:127.0.0.1[1]");

  it.each([undefined, null, {}, { midl_user_allocate: () => null }])(
    "M1: without the pair cannot be made (%o)",
    (memory) => {
      expect(() => {
        Reflect.construct(AnyStub, [SAMPLE, binding, memory]);
      }).toThrow(/midl_user_allocate and midl_user_free.*\/osf/s);
    },
  );
});

describe("a binding", () => {
  it("is formatted as it was given", () => {
    const text = "01234567-89ab-cdef-0123-456789abcdef@ncacn_ip_tcp:host[135,a=1]";
    expect(String(RpcBinding.fromString(text))).toBe(text);
  });

  it("needs a transport for its protocol sequence", () => {
    expect(() => RpcBinding.fromString("ncadg_ip_udp:host")).toThrow(
      expect.objectContaining({ name: "RPC_S_PROTSEQ_NOT_SUPPORTED" }),
    );
  });
});
