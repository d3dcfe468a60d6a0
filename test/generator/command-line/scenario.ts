/** Scenario pages: Markdown with source files and console sessions, run in a folder of their own. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run } from "../../../generator/command-line/run.ts";

/** Runs `use` in a temporary folder with these files, and removes it. */
export async function inFolder<Value>(
  files: Readonly<Record<string, string>>,
  use: (folder: string) => Promise<Value>,
): Promise<Value> {
  const folder = await mkdtemp(join(tmpdir(), "midl-ts-"));
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What a command said, and its exit status. */
export interface Session {
  readonly output: string;
  readonly error: string;
  readonly status: number;
}

/** Runs the command in a folder, as in a pipe or on a terminal. */
export async function session(
  commandLine: readonly string[],
  folder: string,
  environment: Partial<Parameters<typeof run>[1]> = {},
): Promise<Session> {
  let output = "";
  let error = "";
  const status = await run(commandLine, {
    writeOutput: (text) => {
      output += text;
    },
    writeError: (text) => {
      error += text;
    },
    isTerminal: false,
    variables: {},
    folder,
    ...environment,
  });
  return { output, error, status };
}

/** The names of all files in a folder, sorted. */
export async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort();
}

const block = /^```(\S+) ?(\S*)\n([\s\S]*?)^```$/gm;

/**
 * The page as it is when its sessions are run: blocks with a file name are written first; in `console` blocks, `$ midl-ts ...` runs the
 * command, `$ ls` lists the files and `$ cat` shows one. What a command prints, and its exit status, stand below it.
 */
export async function runPage(page: string): Promise<string> {
  const files = [...page.matchAll(block)].filter(([, , name]) => name !== "");
  const sources = Object.fromEntries(files.map(([, , name = "", text = ""]) => [name, text]));
  return inFolder(sources, async (folder) => {
    let result = "";
    let end = 0;
    for (const match of page.matchAll(block)) {
      const [whole, kind, , text = ""] = match;
      result += page.slice(end, match.index);
      result += kind === "console" ? `\`\`\`console\n${await runConsole(text, folder)}\`\`\`` : whole;
      end = match.index + whole.length;
    }
    return result + page.slice(end);
  });
}

async function runConsole(text: string, folder: string): Promise<string> {
  let result = "";
  for (const line of text.split("\n").filter((each) => each.startsWith("$ "))) {
    const [command, ...commandLine] = line.slice(2).split(" ");
    result += `${line}\n`;
    if (command === "ls") result += `${(await filesIn(folder)).join("\n")}\n`;
    else if (command === "cat") result += await readFile(join(folder, commandLine[0] ?? ""), "utf8");
    else {
      const { output, error, status } = await session(commandLine, folder);
      result += `${output}${error}[exit status ${status.toString()}]\n`;
    }
  }
  return result;
}
