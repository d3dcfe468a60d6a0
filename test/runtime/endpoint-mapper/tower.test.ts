import { describe, expect, it } from "vitest";
import { decodeTower, encodeTower } from "../../../runtime/endpoint-mapper/tower.ts";
import { NDR_SYNTAX } from "../../../runtime/rpc/syntax-identifier.ts";

/** Packed by Samba 4.17 (epmapper). */
const TOWER =
  "050013000d785634123412cdabef000123456789ac01000200000013000d045d888aeb1cc9119fe808002b10486002000200000001000b02000000010007020000870100090400c000020a";

const FIELDS = {
  abstractSyntax: { uuid: "12345678-1234-abcd-ef00-0123456789ac", major: 1, minor: 0 },
  transferSyntax: NDR_SYNTAX,
  port: 135,
  address: Buffer.from([192, 0, 2, 10]),
};

describe("protocol towers", () => {
  it("are encoded as Samba packs them", () => {
    expect(Buffer.from(encodeTower(FIELDS)).toString("hex")).toBe(TOWER);
  });

  it("are decoded", () => {
    expect(decodeTower(Buffer.from(TOWER, "hex"))).toEqual(FIELDS);
  });

  it("of other protocols are nothing", () => {
    expect(decodeTower(Buffer.from(TOWER.replace("01000702000087", "01000802000087"), "hex"))).toBeUndefined();
    expect(decodeTower(Buffer.from("0000", "hex"))).toBeUndefined();
  });

  it("that are cut or too high are refused", () => {
    for (let length = 0; length < TOWER.length / 2; length++)
      expect(() => decodeTower(Buffer.from(TOWER, "hex").subarray(0, length)), `${length} octets`).toThrow();
    expect(() => decodeTower(Buffer.from("0700", "hex"))).toThrow("7 floors");
  });
});
