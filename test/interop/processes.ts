/** Programs that the tests run: peers to their end, servers for the length of a test. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** What a program printed, and how it ended. */
export interface Ended {
  /** Null when a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Milliseconds after which it is killed; 60,000 by default. */
  readonly timeout?: number;
}

/** Runs a program to its end. */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const { environment = {}, timeout = 60_000 } = options;
  const child = spawn(command, args, {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    timeout,
    killSignal: "SIGKILL",
  });
  const stdout: string[] = [];
  const stderr: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => stdout.push(text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => stderr.push(text));
  await once(child, "close");
  return { status: child.exitCode, stdout: stdout.join(""), stderr: stderr.join("") };
}

/**
 * Runs a program that must succeed, and answers what it printed.
 *
 * @throws Error with everything it printed when it fails
 */
export async function output(command: string, args: readonly string[], options?: RunOptions): Promise<string> {
  const ended = await run(command, args, options);
  if (ended.status !== 0)
    throw new Error(`${command} ${args.join(" ")} ended with ${ended.status}\n${ended.stdout}${ended.stderr}`);
  return ended.stdout;
}

/** A program that serves until it is disposed of. */
export interface Running extends AsyncDisposable {
  /** The first line that it printed and `isReady` accepted. */
  readonly line: string;
}

/** How a server is ended: by a signal, or by the end of its standard input. */
export type EndedBy = "SIGTERM" | "SIGINT" | "stdin";

/**
 * Starts a server and waits for the line by which it says that it is ready, on either output.
 *
 * @throws Error with everything it printed when it ends before that
 */
export async function start(
  command: string,
  args: readonly string[],
  isReady: (line: string) => boolean,
  endedBy: EndedBy = "SIGTERM",
): Promise<Running> {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"] });
  const closed = once(child, "close");
  let printed = "";
  const line = await new Promise<string>((resolve, reject) => {
    const take = (text: string): void => {
      printed += text;
      const found = printed.split("\n").slice(0, -1).find(isReady);
      if (found !== undefined) resolve(found);
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", take);
    child.once("error", reject);
    child.once("close", () => {
      reject(new Error(`${command} ${args.join(" ")} ended with ${child.exitCode}\n${printed}`));
    });
  });
  return {
    line,
    async [Symbol.asyncDispose]() {
      if (endedBy === "stdin") child.stdin.end();
      else child.kill(endedBy);
      await closed;
    },
  };
}

/** Path of a file of the project. */
export function projectFile(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

/** Path of a file beside the tests here. */
export function testFile(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

/** The echo example, served on a port of its own; its line is the string binding. */
export function startEcho(): Promise<Running> {
  return start(process.execPath, [projectFile("dist/examples/echo/server.js")], (line) => line.startsWith("ncacn_"));
}
