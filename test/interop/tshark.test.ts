/** A third party's view of what both sides send: every PDU dissects, and nothing in one is an error. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RpcBinding, managedMemory } from "@midl-ts/runtime";
import { afterEach, beforeEach, expect, it } from "vitest";
import { RpcechoClient } from "../../examples/echo/generated/rpcecho_c.ts";
import { needs } from "./peers.ts";
import { output, projectFile, start, startEcho } from "./processes.ts";

/** Severity "Error" of tshark's expert information. */
const EXPERT_ERROR = 0x800000;
const SETTLED = 1000;
/** Megabytes between the kernel and tshark, so that it loses nothing. */
const BUFFER = 64;

let folder: string;
let capture: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "midl-ts-capture-"));
  capture = join(folder, "capture.pcapng");
});
afterEach(() => rm(folder, { recursive: true }));

it("dissects the phone book without a malformed packet or an error", async (context) => {
  needs(context, "tshark", "namespace");
  const printed = await captured(() => output(process.execPath, [projectFile("dist/examples/phonebook/main.js")]));
  const port = portOf(printed);
  expect(await expertErrors(port)).toBe("");
  // bind, bind_ack; a request and a response for each of six calls
  const types = await packetTypes(port);
  expect(types.slice(0, 2)).toEqual([11, 12]);
  expect(types.filter((type) => type === 0)).toHaveLength(6);
  expect(types.filter((type) => type === 2)).toHaveLength(6);
  expect(types).not.toContain(3);
});

it("dissects a megabyte in fragments, there and back, without a malformed packet or an error", async (context) => {
  needs(context, "tshark", "namespace");
  const sent = Uint8Array.from({ length: 1_000_000 }, (_, index) => index % 251);
  const port = await captured(async () => {
    await using echo = await startEcho();
    await using binding = RpcBinding.fromString(echo.line);
    const { received } = await new RpcechoClient(binding, managedMemory()).EchoData({ length: sent.length, sent });
    expect(Buffer.compare(received, sent)).toBe(0);
    return portOf(echo.line);
  });
  expect(await expertErrors(port)).toBe("");
  const types = await packetTypes(port);
  expect(types.filter((type) => type === 0).length).toBeGreaterThan(100);
  expect(types.filter((type) => type === 2).length).toBe(types.filter((type) => type === 0).length);
});

/** What happens while tshark captures the loopback interface. */
async function captured<T>(action: () => Promise<T>): Promise<T> {
  const isReady = (line: string): boolean => line.startsWith("Capturing on");
  const options = ["-i", "lo", "-f", "tcp", "-B", String(BUFFER), "-w", capture];
  const tshark = await start("tshark", options, isReady, "SIGINT");
  try {
    await settled();
    return await action();
  } finally {
    await settled();
    await tshark[Symbol.asyncDispose]();
  }
}

/** Capturing begins a little after tshark says so, and packets reach the file a little after they were sent. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, SETTLED));
}

/** Frames that tshark finds malformed, or with an error in any layer. */
function expertErrors(port: string): Promise<string> {
  return dissected(port, `_ws.malformed || _ws.expert.severity >= ${EXPERT_ERROR}`, ["-V"]);
}

/** dcerpc.pkt_type of every PDU (C706 12.6.1), in order. */
async function packetTypes(port: string): Promise<number[]> {
  const printed = await dissected(port, "dcerpc", ["-T", "fields", "-e", "dcerpc.pkt_type", "-E", "separator=,"]);
  return printed
    .split(/[\n,]/)
    .filter((text) => text !== "")
    .map(Number);
}

function dissected(port: string, filter: string, format: readonly string[]): Promise<string> {
  return output("tshark", ["-r", capture, "-d", `tcp.port==${port},dcerpc`, "-Y", filter, ...format]);
}

function portOf(printed: string): string {
  return /ncacn_ip_tcp:[^[]*\[(\d+)\]/.exec(printed)?.[1] ?? "";
}
