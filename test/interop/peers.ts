/** The independent implementations that the tests here talk to, and what a test does when one is missing. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { TestContext } from "vitest";

/** Debian's own Python: another one on the path knows neither Samba nor Impacket. */
export const PYTHON = "/usr/bin/python3";

/** The interface definitions that the corpus holds: a folder beside the project. */
export const CORPUS = fileURLToPath(new URL("../../../shared/corpus/openspecs", import.meta.url));

interface Peer {
  readonly isHere: () => boolean;
  readonly remedy: string;
}

const PEERS = {
  smbtorture: program("smbtorture", "samba-testsuite"),
  rpcclient: program("rpcclient", "smbclient"),
  smbclient: program("smbclient", "smbclient"),
  net: program("net", "samba-common-bin"),
  tshark: program("tshark", "tshark"),
  clang: program("clang", "clang"),
  lld: program("wasm-ld", "lld"),
  samba: {
    isHere: () => existsSync("/usr/libexec/samba/samba-dcerpcd") && isProgram("smbd"),
    remedy: "apt-get install samba",
  },
  "python3-samba": pythonModule("samba.tests.dcerpc.raw_protocol", "python3-samba"),
  impacket: pythonModule("impacket.dcerpc.v5", "python3-impacket"),
  corpus: { isHere: () => existsSync(CORPUS), remedy: `put the published interface definitions into ${CORPUS}` },
  namespace: {
    isHere: () => process.env["MIDL_TS_NAMESPACE"] === "private",
    remedy: "apt-get install iproute2, and npm run test:interop as root or where user namespaces are allowed",
  },
  root: { isHere: () => process.env["MIDL_TS_USER"] === "root", remedy: "npm run test:interop as root" },
} satisfies Record<string, Peer>;

/** Name of what a test needs: a peer, ports of its own below 1024, root, or the corpus. */
export type PeerName = keyof typeof PEERS;

/** Skips a test whose peers are missing and says what to install; under continuous integration it fails. */
export function needs(context: TestContext, ...names: readonly PeerName[]): void {
  const missing = names.filter((name) => !PEERS[name].isHere());
  if (missing.length === 0) return;
  const message = missing.map((name) => `needs ${name}: ${PEERS[name].remedy}`).join("; ");
  if ((process.env["CI"] ?? "") !== "") throw new Error(message);
  context.skip(message);
}

function program(name: string, packageName: string): Peer {
  return { isHere: () => isProgram(name), remedy: `apt-get install ${packageName}` };
}

function pythonModule(name: string, packageName: string): Peer {
  const isHere = (): boolean => spawnSync(PYTHON, ["-c", `import ${name}`], { stdio: "ignore" }).status === 0;
  return { isHere, remedy: `apt-get install ${packageName}` };
}

function isProgram(name: string): boolean {
  const folders = (process.env["PATH"] ?? "").split(":");
  return folders.some((folder) => existsSync(`${folder}/${name}`));
}
