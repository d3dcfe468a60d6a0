// Writes LANGUAGE.md, the language reference, from the compiler's tables.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, root, tool } from "./run.mjs";

build("generator");
const { languageReference } = await import("../dist/generator/language-reference/language-reference.js");
writeFileSync(join(root, "LANGUAGE.md"), languageReference());
tool("prettier", ["--write", "--log-level", "warn", "LANGUAGE.md"]);
