/** Typed clients of other implementations against the echo example: each marshals with code of its own. */
import { afterAll, beforeAll, describe, it } from "vitest";
import { PYTHON, needs } from "./peers.ts";
import { output, startEcho, testFile } from "./processes.ts";
import type { Running } from "./processes.ts";

describe("clients in Python", () => {
  let echo: Running;

  beforeAll(async () => {
    echo = await startEcho();
  });
  afterAll(() => echo[Symbol.asyncDispose]());

  it("answers Samba's client: nearly every operation, large fragments, and a fault that leaves the connection usable", async (context) => {
    needs(context, "python3-samba");
    await output(PYTHON, [testFile("python-samba.py"), echo.line]);
  });

  it("answers Impacket: octets, strings, structures, pointers, and a fault", async (context) => {
    needs(context, "impacket");
    await output(PYTHON, [testFile("impacket-echo.py"), portOf(echo.line)]);
  });
});

function portOf(stringBinding: string): string {
  return /\[(\d+)\]/.exec(stringBinding)?.[1] ?? "";
}
