import { describe, expect, it } from "vitest";
import { NIL_UUID } from "../../../runtime/rpc/uuid.ts";
import { GroupContextHandles } from "../../../runtime/server/context-handle-table.ts";
import { sampleStub } from "../sample-interface.ts";

describe("the context handles of a call", () => {
  const rundowns: object[] = [];
  const stub = sampleStub({ rundown: (_type, state) => void rundowns.push(state) });
  const group = (): GroupContextHandles => new GroupContextHandles(10, () => undefined);

  it("keep their uuid when an [in, out] handle stands for another object afterwards", () => {
    const handles = group();
    const [first, second] = [{ name: "first" }, { name: "second" }];
    const wire = handles.forCall(stub).toWire(first, "H");
    const call = handles.forCall(stub);
    expect(call.fromWire(wire, "H")).toBe(first);
    expect(call.toWire(second, "H", first)).toEqual(wire);
    expect(handles.forCall(stub).fromWire(wire, "H")).toBe(second);
    expect(handles.size).toBe(1);
  });

  it("are removed when null is given back, and unknown afterwards", () => {
    const handles = group();
    const state = {};
    const wire = handles.forCall(stub).toWire(state, "H");
    const call = handles.forCall(stub);
    call.fromWire(wire, "H");
    expect(call.toWire(null, "H", state).uuid).toBe(NIL_UUID);
    expect(handles.size).toBe(0);
    expect(() => handles.forCall(stub).fromWire(wire, "H")).toThrow(
      expect.objectContaining({ name: "RPC_X_SS_CONTEXT_MISMATCH" }),
    );
  });

  it("tell two handles of one object apart", () => {
    const handles = group();
    const state = {};
    const [one, two] = [handles.forCall(stub).toWire(state, "H"), handles.forCall(stub).toWire(state, "H")];
    const call = handles.forCall(stub);
    call.fromWire(one, "H");
    call.toWire(null, "H", state);
    expect(handles.forCall(stub).fromWire(two, "H")).toBe(state);
  });

  it("are of one type", () => {
    const handles = group();
    const wire = handles.forCall(stub).toWire({}, "H");
    expect(() => handles.forCall(stub).fromWire(wire, "G")).toThrow("G is not a context handle of this client");
    expect(handles.forCall(stub).fromWire({ attributes: 0, uuid: NIL_UUID }, "G")).toBeNull();
  });

  it("that were opened by a call whose response does not get through are run down", async () => {
    const handles = group();
    const call = handles.forCall(stub);
    const state = { abandoned: true };
    call.toWire(state, "H");
    await call.abandon();
    expect(handles.size).toBe(0);
    expect(rundowns).toEqual([state]);
  });
});
