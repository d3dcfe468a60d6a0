/**
 * Stub data recorded from Windows and made by Samba: decoding gives the values, encoding gives the octets. VECTORS names other folders of
 * such files (`npm run vectors -- FOLDER...`).
 */
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, it } from "vitest";
import { linearMemory, managedMemory } from "../runtime/index.ts";
import type { MidlUserMemory } from "../runtime/index.ts";
import { bufferHeap } from "./memory/test-heap.ts";
import { compileIdl } from "./support/compile-idl.ts";
import type { Compiled } from "./support/compile-idl.ts";
import { checkVector, encodingsOf, vectorFiles } from "./support/vector-check.ts";
import type { VectorFile } from "./support/vector-check.ts";

const folders = process.env["VECTORS"]?.split(delimiter) ?? [fileURLToPath(new URL("vectors/", import.meta.url))];

/** Errors that an option turns into warnings: Samba's management interface has an [out] parameter that MIDL refuses (2040). */
const TOLERATED = [2040];

/** Where decoded values may lie: the octets are the same (M32). */
const MEMORIES: readonly (readonly [string, () => MidlUserMemory])[] = [
  ["managed", managedMemory],
  ["linear", () => linearMemory(bufferHeap(0x10_0000))],
];

for (const file of folders.flatMap(vectorFiles)) {
  describe(`${file.name}.json`, () => {
    let compiled: Promise<Compiled> | undefined;
    for (const each of file.cases)
      describe(each.name, () => {
        for (const encoding of encodingsOf(each))
          it.each(MEMORIES)(`${encoding}, %s memory`, async (_name, make) => {
            await checkVector(await (compiled ??= compileWhole(file)), each, encoding, make());
          });
      });
  });
}

/** Compiles the IDL of a file; nothing of it may be left out. */
async function compileWhole({ name, idl, acf }: VectorFile): Promise<Compiled> {
  const compiled = await compileIdl(name, idl, { acf, tolerate: TOLERATED });
  if (compiled.omitted.length > 0) throw new Error(`left out: ${compiled.omitted.join(", ")}`);
  return compiled;
}
