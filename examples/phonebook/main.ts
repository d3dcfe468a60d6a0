/** Runs the phone book's server and client, each in a process of its own, over TCP. */
import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const server = fork(script("./server.js"));
const [binding]: unknown[] = await once(server, "message");
console.log(`main    serving ${String(binding)}`);
const client = fork(script("./client.js"), [String(binding)]);
const clientStatus = await statusOf(client);
server.disconnect();
const serverStatus = await statusOf(server);
process.exitCode = clientStatus === 0 && serverStatus === 0 ? 0 : 1;

async function statusOf(child: ChildProcess): Promise<unknown> {
  const [status]: unknown[] = await once(child, "exit");
  return status;
}
