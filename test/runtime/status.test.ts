import { describe, expect, it } from "vitest";
import { faultOfStatus, FaultStatus, nameOfStatus, RpcStatus, statusOfFault } from "../../runtime/status.ts";

describe("statuses", () => {
  it("have the numbers of MS-ERREF 2.2", () => {
    expect(RpcStatus.RPC_X_BAD_STUB_DATA).toBe(1783);
    expect(RpcStatus.RPC_S_SERVER_UNAVAILABLE).toBe(0x6ba);
    expect(RpcStatus.EPT_S_NOT_REGISTERED).toBe(0x6d9);
    expect(RpcStatus.RPC_X_PIPE_EMPTY).toBe(0x77e);
  });

  it("have one name each", () => {
    expect(nameOfStatus(14)).toBe("RPC_S_OUT_OF_MEMORY");
    expect(nameOfStatus(1726)).toBe("RPC_S_CALL_FAILED");
    expect(nameOfStatus(0x1c010003)).toBe("nca_unk_if");
    expect(nameOfStatus(0xdeadbeef)).toBe("RPC_STATUS_0xdeadbeef");
  });
});

describe("a fault that a client receives (MS-RPCE 3.1.1.5.5)", () => {
  it.each([
    [FaultStatus.nca_op_rng_error, "RPC_S_PROCNUM_OUT_OF_RANGE"],
    [FaultStatus.nca_unk_if, "RPC_S_UNKNOWN_IF"],
    [FaultStatus.nca_proto_error, "RPC_S_PROTOCOL_ERROR"],
    [FaultStatus.nca_s_fault_remote_no_memory, "RPC_S_SERVER_OUT_OF_MEMORY"],
    [FaultStatus.nca_s_fault_context_mismatch, "RPC_X_SS_CONTEXT_MISMATCH"],
    [FaultStatus.nca_s_fault_ill_inst, "RPC_S_ADDRESS_ERROR"],
    [FaultStatus.nca_s_fault_object_not_found, "nca_s_fault_object_not_found"],
    [RpcStatus.RPC_X_BAD_STUB_DATA, "RPC_X_BAD_STUB_DATA"],
    [0x80070057, "RPC_STATUS_0x80070057"],
  ])("0x%s is %s", (fault, name) => {
    expect(nameOfStatus(statusOfFault(fault))).toBe(name);
  });

  it("is a protocol error when servers must not send it (MS-RPCE 3.3.2.5.1)", () => {
    expect(statusOfFault(0)).toBe(RpcStatus.RPC_S_PROTOCOL_ERROR);
    expect(statusOfFault(0xc0000005)).toBe(RpcStatus.RPC_S_PROTOCOL_ERROR);
  });
});

describe("a fault that a server sends", () => {
  it("has a code of C706 where there is one, and is the status otherwise", () => {
    expect(faultOfStatus(RpcStatus.RPC_S_OUT_OF_MEMORY)).toBe(0x1c00001b);
    expect(faultOfStatus(RpcStatus.RPC_X_SS_CONTEXT_MISMATCH)).toBe(0x1c00001a);
    expect(faultOfStatus(RpcStatus.RPC_X_BAD_STUB_DATA)).toBe(1783);
  });

  it("is never one that MS-RPCE 3.3.3.5.1 forbids", () => {
    expect(faultOfStatus(0)).toBe(FaultStatus.nca_s_fault_unspec);
    expect(faultOfStatus(0xc0000005)).toBe(FaultStatus.nca_s_fault_unspec);
  });
});
