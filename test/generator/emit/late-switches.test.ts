import { describe, expect, it } from "vitest";
import { compileIdl } from "../../support/compile-idl.ts";
import { clientHalves, reader, serve, writer } from "../../support/stub-harness.ts";

const IDL = `
[uuid(7f3a1c52-9d04-4b6e-8a57-1f0c2d3e4b78), version(1.0), pointer_default(unique)]
interface late
{
    typedef [switch_type(short)] union { [case(1)] long number; [case(2)] char letter; } MIXED;
    void Show([in, switch_is(kind)] MIXED *value, [in] short kind);
    void Perhaps([in, unique, switch_is(kind)] MIXED *value, [in] short kind);
}`;

const NDR = { ndr64: false, littleEndian: true };

describe("a union whose switch comes after it", () => {
  it("arrives", async () => {
    const { exports } = await compileIdl("late", IDL);
    const w = writer();
    const value = { discriminant: 2, letter: 65 };
    clientHalves(exports, "Show", { value, kind: 2 }).marshal(w);
    let seen: unknown;
    await serve(exports, 0, reader(w.octets(), NDR), writer(), (request) => {
      seen = structuredClone(request);
    });
    expect(seen).toEqual({ value, kind: 2 });
  });

  it("is refused when they disagree", async () => {
    const { exports } = await compileIdl("late", IDL);
    const octets = Buffer.from("0200" + "41" + "00" + "0100", "hex"); // C706 14.3.8: discriminant, arm; then the switch
    await expect(
      (async () => {
        await serve(exports, 0, reader(octets, NDR), writer(), () => undefined);
      })(),
    ).rejects.toThrow("discriminant is 2 where switch_is says 1");
  });

  it("may be absent", async () => {
    const { exports } = await compileIdl("late", IDL);
    const w = writer();
    clientHalves(exports, "Perhaps", { value: null, kind: 1 }).marshal(w);
    let seen: unknown;
    await serve(exports, 1, reader(w.octets(), NDR), writer(), (request) => {
      seen = request;
    });
    expect(seen).toEqual({ value: null, kind: 1 });
  });
});
