/** Type-checks all generated modules in one run, and makes JavaScript of them. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const FLAGS = [
  "strict",
  "exactOptionalPropertyTypes",
  "noUncheckedIndexedAccess",
  "verbatimModuleSyntax",
  "erasableSyntaxOnly",
  "isolatedModules",
  "noImplicitReturns",
  "noUnusedLocals",
  "noUnusedParameters",
  "noFallthroughCasesInSwitch",
  "noImplicitOverride",
  "noPropertyAccessFromIndexSignature",
];

/** What the compiler says about the modules of a folder: nothing, when all is well. Their JavaScript goes beside them. */
export function typeCheck(folder: string, project: string): string {
  const compilerOptions = {
    target: "ES2023",
    module: "NodeNext",
    types: ["node"],
    skipLibCheck: true,
    rootDir: ".",
    outDir: ".",
    ...Object.fromEntries(FLAGS.map((flag) => [flag, true])),
  };
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["**/*.ts"], exclude: [] }));
  const compiler = join(project, "node_modules/typescript-7/bin/tsc");
  const { stdout, stderr } = spawnSync(process.execPath, [compiler, "-p", folder], { encoding: "utf8" });
  return `${stdout}${stderr}`;
}
