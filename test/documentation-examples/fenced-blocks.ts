/** The fenced blocks of the pages of a folder. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A fenced block of a page. */
export interface FencedBlock {
  /** `Folder/page#n`. */
  readonly id: string;
  /** Nearest heading above it. */
  readonly heading: string;
  readonly lines: readonly string[];
}

/** The folders of documentation that the list is about. */
export const folders = ["Midl", "Rpc"] as const;

/** Every fenced block of the folders below `root`, in the order of the pages. */
export function fencedBlocks(root: string): readonly FencedBlock[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith(".md"))
      .sort()
      .flatMap((name) => blocksOf(`${folder}/${name.slice(0, -3)}`, readFileSync(join(root, folder, name), "utf8"))),
  );
}

/** The fenced blocks of a page. */
export function blocksOf(page: string, markdown: string): readonly FencedBlock[] {
  const blocks: FencedBlock[] = [];
  let heading = "";
  let open: string[] | undefined;
  for (const line of markdown.split(/\r?\n/)) {
    if (/^\s*```/.test(line)) {
      if (open !== undefined) blocks.push({ id: `${page}#${(blocks.length + 1).toString()}`, heading, lines: open });
      open = open === undefined ? [] : undefined;
    } else if (open !== undefined) open.push(line);
    else heading = /^#+\s+(.*)/.exec(line)?.[1] ?? heading;
  }
  return blocks;
}
