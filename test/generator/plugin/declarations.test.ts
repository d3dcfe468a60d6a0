import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rollup } from "rollup";
import { describe, expect, it } from "vitest";
import { midl, type PluginOptions } from "../../../generator/plugin/index.ts";
import { inFolder } from "../command-line/scenario.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

const idl = `import "types.idl";
[uuid(12345678-1234-1234-1234-123456789abc), version(1.0), pointer_default(unique)]
interface phone
{
    const long LIMIT = 7;
    typedef enum { HOME = 1, WORK = 2 } KIND;
    typedef [context_handle] void *BOOK;
    /* One entry. */
    typedef struct ENTRY { NUMBER number; KIND kind; [string] wchar_t *name; struct ENTRY *next; } ENTRY;
    NUMBER Find([in] BOOK book, [in, string] const wchar_t *prefix, [out] ENTRY **entries);
    void Open([out] BOOK *book);
}
`;

const use = `import { PhoneClient, phoneServerStub, ENTRY, KIND, LIMIT } from "./idl/phone.idl";
import type { BOOK, PhoneManager } from "./idl/phone.idl";
import { RpcBinding, managedMemory } from "@midl-ts/runtime";

const memory = managedMemory();
const client = new PhoneClient(RpcBinding.fromString("ncacn_ip_tcp:host[4747]"), memory);
export async function names(book: BOOK): Promise<string[]> {
  const found: string[] = [];
  const { entries, returnValue } = await client.Find({ book, prefix: "A" });
  const total: number = returnValue;
  for (let entry: ENTRY | null = entries; entry !== null; entry = entry.next ?? null)
    if (entry.kind === KIND.HOME && total < LIMIT) found.push(entry.name ?? "");
  return found;
}
const first: ENTRY | null = memory.midl_user_allocate(ENTRY.size, ENTRY);
export type Request = Parameters<PhoneClient["Find"]>[0];
export const manager: PhoneManager = {
  Open: () => ({ book: {} }),
  Find: ({ prefix }) => ({ entries: prefix === "" ? null : first, returnValue: 1 }),
};
export const stub = phoneServerStub(manager, memory);
`;

const sources = {
  "main.js": `export * from "./idl/phone.idl";\n`,
  "main.ts": use,
  "wrong.ts": `import { PhoneClient, type BOOK } from "./idl/phone.idl";\nexport const f = (c: PhoneClient, book: BOOK) => c.Find({ book, prefix: 1 });\n`,
  "package.json": `{ "type": "module" }`,
  "idl/phone.idl": idl,
  "idl/types.idl": "typedef unsigned long NUMBER;\n",
};

async function build(folder: string, options?: PluginOptions): Promise<string[]> {
  const warnings: string[] = [];
  await rollup({
    input: join(folder, "main.js"),
    external: ["@midl-ts/runtime/stub"],
    plugins: [midl.rollup(options)],
    onwarn: ({ message }) => warnings.push(message),
  });
  return warnings;
}

function compilerOutput(compiler: string, folder: string): string {
  const flags =
    "--noEmit --strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess --verbatimModuleSyntax --isolatedModules";
  const project = {
    compilerOptions: {
      ...Object.fromEntries(flags.split(" ").map((flag) => [flag.slice(2), true])),
      target: "ES2023",
      module: "NodeNext",
      types: ["node"],
      typeRoots: [join(root, "node_modules/@types")],
      allowArbitraryExtensions: true,
      allowImportingTsExtensions: true,
      paths: {
        "@midl-ts/runtime": [join(root, "runtime/index.ts")],
        "@midl-ts/runtime/stub": [join(root, "runtime/stub.ts")],
      },
    },
    files: ["main.ts", "wrong.ts"],
  };
  const path = join(folder, "tsconfig.json");
  writeFileSync(path, JSON.stringify(project));
  const command = [join(root, "node_modules", compiler, "bin/tsc"), "-p", path];
  return spawnSync(process.execPath, command, { encoding: "utf8", cwd: folder }).stdout;
}

describe("the declarations that the plugin writes", () => {
  it.each(["typescript", "typescript-7"])(
    "let %s check a project that imports an .idl file",
    async (compiler) => {
      await inFolder(sources, async (folder) => {
        expect(await build(folder)).toEqual([]);
        expect(compilerOutput(compiler, folder)).toBe(
          "wrong.ts(2,65): error TS2322: Type 'number' is not assignable to type 'string'.\n",
        );
      });
    },
    120_000,
  );

  it("keep what the .idl file says in comments, and export what the module exports", async () => {
    await inFolder(sources, async (folder) => {
      await build(folder);
      const text = readFileSync(join(folder, "idl/phone.d.idl.ts"), "utf8");
      expect(text).toContain("/** One entry. */\nexport interface ENTRY {");
      const names = [...text.matchAll(/^export import (\w+) = \$(\w+)\./gm)].map(
        ([, name, owner]) => `${owner ?? ""}.${name ?? ""}`,
      );
      expect(names).toContain("phone_c.PhoneClient");
      expect(names).toContain("phone_s.phoneServerStub");
      expect(names.filter((name) => /types\.|Request$/.test(name))).toEqual([]);
    });
  });

  it("are written again only when they change, and not at all with types: false", async () => {
    await inFolder(sources, async (folder) => {
      const path = join(folder, "idl/phone.d.idl.ts");
      await build(folder, { types: false });
      expect(existsSync(path)).toBe(false);
      await build(folder);
      const { mtimeMs, ino } = statSync(path);
      await build(folder);
      expect(statSync(path)).toMatchObject({ mtimeMs, ino });
      writeFileSync(join(folder, "idl/phone.idl"), idl.replace("LIMIT = 7", "LIMIT = 8"));
      await build(folder);
      expect(readFileSync(path, "utf8")).toContain("LIMIT = 8");
    });
  });
});
