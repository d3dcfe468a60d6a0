import { describe, expect, it } from "vitest";
import { generateIdl } from "../../support/compile-idl.ts";

const IDL = `
[uuid(7f3a1c52-9d04-4b6e-8a57-1f0c2d3e4b5c), version(1.0), pointer_default(unique)]
interface quiet
{
    void Forget([in] long value);
    void Ignore([in] long value);
}`;

describe("serverModule", () => {
  it("keeps void out of type arguments, where lint refuses it", async () => {
    const { texts } = await generateIdl("quiet", IDL);
    expect(texts.get("quiet_s.ts")).toContain("managerOperation<ForgetRequest, unknown>({");
  });

  it("puts an operation's comment on a line of its own", async () => {
    const { texts } = await generateIdl("quiet", IDL);
    expect(texts.get("quiet_s.ts")).toContain("\n      // opnum 1: void Ignore([in] long value)\n");
  });
});
