/** Samba's torture client against the echo example: every shape of parameter, 200 KB of fragments, and calls that overlap on one connection. */
import { afterAll, beforeAll, describe, it } from "vitest";
import { needs } from "./peers.ts";
import { run, startEcho } from "./processes.ts";
import type { Running } from "./processes.ts";

const SUBTESTS = [
  ...["addone", "sinkdata", "echodata", "sourcedata", "testcall", "testcall2", "enum", "surrounding", "doublepointer"],
  "sleep",
];

/** Options of the string binding, and what each makes the client do. */
const VARIANTS = [
  { options: "plain", proves: "NDR, little-endian" },
  { options: "bigendian", proves: "NDR from a big-endian client" },
  { options: "ndr64", proves: "NDR64, offered alone" },
  { options: "validate", proves: "replies that the client can marshal again to the same octets" },
  { options: "bigendian,validate", proves: "the same for a big-endian client" },
  { options: "padcheck", proves: "pad octets that are zero" },
  { options: "object=01234567-89ab-cdef-0123-456789abcdef", proves: "requests with an object UUID" },
];

describe("smbtorture rpc.echo", () => {
  let echo: Running;

  beforeAll(async () => {
    echo = await startEcho();
  });
  afterAll(() => echo[Symbol.asyncDispose]());

  it.concurrent.for(VARIANTS)("passes every subtest, $options: $proves", async ({ options }, context) => {
    const { expect } = context;
    needs(context, "smbtorture");
    const binding = options === "plain" ? echo.line : echo.line.replace("]", `,${options}]`);
    const { status, stdout, stderr } = await run("smbtorture", [binding, "rpc.echo", "-U%"]);
    const succeeded = [...stdout.matchAll(/^success: echo\.(\w+)$/gm)].map(([, name]) => name);
    expect(succeeded, stdout + stderr).toEqual(SUBTESTS);
    expect(status, stdout + stderr).toBe(0);
  });
});
