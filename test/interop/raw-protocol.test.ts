/** Samba's conformance tests of the connection-oriented protocol, PDU by PDU: binds, contexts, fragments, faults, association groups. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { RpcServer } from "../../runtime/index.ts";
import { PYTHON, needs } from "./peers.ts";
import { output, testFile } from "./processes.ts";
import { endpointMapperStandIn, netlogonStandIn } from "./raw-protocol-interfaces.ts";

/** The tests expect this limit of Windows. */
const FOUR_MEGABYTES = 0x400000;
/** The tests have it in their text. */
const PORT = 135;

it("passes the listed tests of Samba's raw protocol suite", async (context) => {
  needs(context, "python3-samba", "namespace");
  const expected = readFileSync(testFile("raw-protocol.passing.txt"), "utf8").trim().split("\n");
  await using server = new RpcServer({ limits: { stubDataOctets: FOUR_MEGABYTES } });
  server.register(netlogonStandIn());
  server.register(endpointMapperStandIn(PORT));
  await server.listen(`ncacn_ip_tcp:127.0.0.1[${PORT}]`);
  const report = await output(PYTHON, [testFile("raw-protocol.py")], { timeout: 170_000 });
  const passed = new Set([...report.matchAll(/^ok (\w+)$/gm)].map(([, name]) => name));

  const stopped = expected.filter((name) => !passed.has(name));
  const reasons = report.split("\n").filter((line) => stopped.some((name) => line.split(/[ :]/)[1] === name));
  expect(reasons, "tests that passed once").toEqual([]);
  expect(stopped, "tests that are not there any more").toEqual([]);

  const added = [...passed].filter((name) => name !== undefined && !expected.includes(name));
  if (added.length > 0) console.log(`new in raw-protocol.passing.txt:\n${added.join("\n")}`);
});
