/** Runs the phone book's server and client, each in a process of its own, over TCP. */
import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const server = fork(script("./server.js"));
const serverStatus = statusOf(server);
const binding = await new Promise<string>((resolve, reject) => {
  server.once("message", (message) => {
    if (typeof message === "string") resolve(message);
  });
  void serverStatus.then((status) => {
    reject(new Error(`the server ended with status ${status}`));
  });
});
console.log(`main    serving ${binding}`);
const clientStatus = await statusOf(fork(script("./client.js"), [binding]));
server.disconnect();
process.exitCode = clientStatus === 0 && (await serverStatus) === 0 ? 0 : 1;

function statusOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once("exit", (status) => {
      resolve(status ?? 1);
    });
  });
}
