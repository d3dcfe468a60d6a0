/** M39 under load. RPC_SS_CALLS and RPC_SS_CONNECTIONS ask for more than the unit suite has time for. */
import { expect, it } from "vitest";
import { manyCalls } from "./rpc-ss-load.ts";

const calls = Number(process.env["RPC_SS_CALLS"] ?? 1000);
const connections = Number(process.env["RPC_SS_CONNECTIONS"] ?? 20);

it(`M39: ${calls} concurrent calls over ${connections} connections end with nothing live and never mix environments`, async () => {
  expect(await manyCalls({ calls, connections })).toEqual({
    calls,
    // Four of five calls have one: those of the two operations with [enable_allocate], twice with the client's, and the manager's own.
    environments: calls,
    enabled: 0,
    live: 0,
    pairLive: 0,
    mixed: 0,
    wrong: 0,
  });
});
