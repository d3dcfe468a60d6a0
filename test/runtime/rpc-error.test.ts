import { describe, expect, it, vi } from "vitest";
import { locateRpcError, RpcError } from "../../runtime/rpc-error.ts";

describe("RpcError", () => {
  it("has the name and the number of its status", () => {
    const error = new RpcError("RPC_S_SERVER_UNAVAILABLE", "cannot connect", {
      operation: "A.B",
      peer: "p",
      offset: 4,
      path: "x",
      cause: 1,
    });
    expect(error).toMatchObject({
      status: 1722,
      name: "RPC_S_SERVER_UNAVAILABLE",
      operation: "A.B",
      peer: "p",
      offset: 4,
      path: "x",
      cause: 1,
    });
    expect(String(error)).toBe("RPC_S_SERVER_UNAVAILABLE: cannot connect");
  });

  it("takes a number", () => {
    expect(new RpcError(1783).name).toBe("RPC_X_BAD_STUB_DATA");
    expect(new RpcError(0xdeadbeef)).toMatchObject({ name: "RPC_STATUS_0xdeadbeef", status: 0xdeadbeef });
  });

  it("keeps the alias that it was made with", () => {
    expect(new RpcError("RPC_X_NO_MEMORY")).toMatchObject({ name: "RPC_X_NO_MEMORY", status: 14 });
  });

  it("is recognized across copies of the package", async () => {
    vi.resetModules();
    const copy = await import("../../runtime/rpc-error.ts");
    expect(copy.RpcError).not.toBe(RpcError);
    expect(new copy.RpcError("RPC_S_CALL_FAILED")).toBeInstanceOf(RpcError);
    expect(new RpcError("RPC_S_CALL_FAILED")).toBeInstanceOf(copy.RpcError);
    expect(new Error("RPC_S_CALL_FAILED")).not.toBeInstanceOf(RpcError);
    expect(null).not.toBeInstanceOf(RpcError);
  });

  it("is not an instance of what is derived from it", () => {
    class Special extends RpcError {}
    expect(new Special("RPC_S_OK")).toBeInstanceOf(RpcError);
    expect(new Special("RPC_S_OK")).toBeInstanceOf(Special);
    expect(new RpcError("RPC_S_OK")).not.toBeInstanceOf(Special);
  });
});

describe("locateRpcError", () => {
  it("fills in what the error does not say", () => {
    const error = new RpcError("RPC_X_BAD_STUB_DATA", "bad", { offset: 8 });
    const located = locateRpcError(error, "A.B", "p");
    expect(located).toMatchObject({ message: "bad", offset: 8, operation: "A.B", peer: "p", cause: error });
    expect(locateRpcError(located, "C.D", "q")).toBe(located);
  });
});
