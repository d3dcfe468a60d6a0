/** Octets packed by Samba 4.17 (mgmt), with the interface that the test registers. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NDR64_SYNTAX, NDR_SYNTAX } from "../../../runtime/rpc/syntax-identifier.ts";
import { decodeResponse } from "../../../runtime/rpc/call-pdus.ts";
import { RpcServer } from "../../../runtime/server/rpc-server.ts";
import { MemoryTransport } from "../../../runtime/transport/memory-transport.ts";
import { bind, proposal, RawPeer, request } from "../raw-peer.ts";
import { sampleStub } from "../sample-interface.ts";

const MANAGEMENT = { uuid: "afa8bd80-7d8a-11c9-bef4-08002b102989", major: 1, minor: 0 };
const SAMPLE_UUID_AND_VERSION = "c55ea160e84dd711a637005056a2018201000000";
const MANAGEMENT_UUID_AND_VERSION = "80bda8af8a7dc911bef408002b10298901000000";

let server: RpcServer;
let peer: RawPeer;

async function call(contextId: number, opnum: number, stubData: string): Promise<string> {
  peer.send(request(opnum + 10, Buffer.from(stubData, "hex"), { opnum, contextId }));
  const pdu = await peer.next();
  if (pdu === null) throw new Error("closed");
  return Buffer.from(decodeResponse(pdu).stubData).toString("hex");
}

beforeEach(async () => {
  const transport = new MemoryTransport();
  server = new RpcServer({ transports: [transport] });
  server.register(sampleStub({}));
  await server.listen("midl-ts-memory:[m]");
  peer = await RawPeer.connect(transport, "m");
  peer.send(bind([proposal(0, [NDR_SYNTAX], MANAGEMENT)]));
  await peer.next();
  peer.send(bind([proposal(1, [NDR64_SYNTAX], MANAGEMENT)], { type: 14, callId: 2 }));
  await peer.next();
});
afterEach(() => server.close());

describe("the remote management interface", () => {
  it("lists the interfaces", async () => {
    expect(await call(0, 0, "")).toBe(
      `0000020002000000020000000400020008000200${MANAGEMENT_UUID_AND_VERSION}${SAMPLE_UUID_AND_VERSION}00000000`,
    );
    expect(await call(1, 0, "")).toBe(
      "00000200000000000200000000000000020000000000000004000200000000000800020000000000" +
        `${MANAGEMENT_UUID_AND_VERSION}${SAMPLE_UUID_AND_VERSION}00000000`,
    );
  });

  it("counts calls, as many counters as are asked for", async () => {
    expect(await call(0, 1, "04000000")).toBe("0400000004000000" + "01000000000000000000000000000000" + "00000000");
    expect(await call(0, 1, "01000000")).toBe("0100000001000000" + "02000000" + "00000000");
    expect(await call(1, 1, "01000000")).toBe("01000000000000000100000000000000" + "03000000" + "00000000");
  });

  it("is listening, and is not stopped from afar", async () => {
    expect(await call(0, 2, "")).toBe("0000000001000000");
    expect(await call(0, 3, "")).toBe("05000000");
  });

  it("has no principal name", async () => {
    expect(await call(0, 4, "0a00000020000000")).toBe("200000000000000001000000" + "00000000" + "d3060000");
    expect(await call(0, 4, "0a00000000000000")).toBe("000000000000000000000000" + "d3060000");
  });
});
