/** The shares example against Samba's file server: what it prints is what Samba's own clients print. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { needs } from "./peers.ts";
import { output, projectFile, run, start, testFile } from "./processes.ts";
import type { Running } from "./processes.ts";

const SHARES = projectFile("dist/examples/shares/shares.js");

describe("shares", () => {
  let state: string;
  let samba: Running | undefined;

  beforeEach(async (context) => {
    needs(context, "samba", "root", "namespace");
    if (samba !== undefined) return;
    state = await mkdtemp(join(tmpdir(), "midl-ts-samba-"));
    samba = await start(testFile("samba/start.sh"), [state], (line) => line === "ready", "stdin");
  });
  afterAll(async () => {
    if (samba === undefined) return;
    await samba[Symbol.asyncDispose]();
    await rm(state, { recursive: true });
  });

  it("prints the names and comments that rpcclient prints", async (context) => {
    needs(context, "rpcclient");
    const ours = shareLines(await output(process.execPath, [SHARES, "127.0.0.1"]));
    const theirs = await output("rpcclient", [...anonymous(), "127.0.0.1", "-c", "netshareenumall 1"]);
    const shares = [...theirs.matchAll(/^netname: (.*)\n\tremark:\t(.*)$/gm)].map(([, name, remark]) => ({
      name,
      remark,
    }));
    expect(shares.map(({ name }) => name)).toContain("public");
    expect(ours.map(({ name, remark }) => ({ name, remark }))).toEqual(shares);
  });

  it("prints the types that smbclient prints", async (context) => {
    needs(context, "smbclient");
    const ours = shareLines(await output(process.execPath, [SHARES, "127.0.0.1"]));
    const theirs = await output("smbclient", [...anonymous(), "--grepable", "--list", "127.0.0.1"]);
    const shares = [...theirs.matchAll(/^(Disk|IPC|Printer)\|(.*)\|(.*)$/gm)].map(([, type, name, remark]) => ({
      name,
      type,
      remark,
    }));
    expect(ours).toEqual(shares);
  });

  it("prints the time of day that net time prints", async (context) => {
    needs(context, "net");
    const netTime = async (): Promise<number> => {
      const options = ["time", "--server", "127.0.0.1", "--configfile", join(state, "smb.conf")];
      const printed = await output("net", options, { environment: { TZ: "UTC" } });
      return Date.parse(`${printed.trim()} UTC`);
    };
    const before = await netTime();
    const ours = Date.parse(timeOf(await output(process.execPath, [SHARES, "127.0.0.1"])));
    const after = await netTime();
    // net rounds the server's time to the nearest second, NetrRemoteTOD gives the second that has begun.
    expect(before - 1000).toBeLessThanOrEqual(ours);
    expect(ours).toBeLessThanOrEqual(after);
  });

  it("prints the same when the port is given as when the endpoint mapper is asked", async () => {
    const found = await output(process.execPath, [SHARES, "127.0.0.1"]);
    const ports = Array.from({ length: 49 }, (_, index) => String(49152 + index));
    const given: string[] = [];
    for (const port of ports) {
      const { status, stdout } = await run(process.execPath, [SHARES, "127.0.0.1", port]);
      if (status === 0) given.push(stdout);
    }
    expect(given.length).toBeGreaterThan(0);
    for (const each of given) expect(shareLines(each)).toEqual(shareLines(found));
  });

  function anonymous(): string[] {
    return ["--configfile", join(state, "smb.conf"), "--user", "%"];
  }
});

interface Share {
  readonly name: string | undefined;
  readonly type: string | undefined;
  readonly remark: string | undefined;
}

function shareLines(printed: string): Share[] {
  return [...printed.matchAll(/^(\S+) +(Disk|IPC|Printer) *(.*)$/gm)].map(([, name, type, remark]) => ({
    name,
    type,
    remark,
  }));
}

function timeOf(printed: string): string {
  return /^time of day +(\S+)$/m.exec(printed)?.[1] ?? "";
}
