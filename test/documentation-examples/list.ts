/** The list of the fenced blocks: what each is, and what comes of it. */
import type { Entry, ExampleEntry } from "./entry.ts";
import { midlAToL } from "./pages/midl-a-to-l.ts";
import { midlMToZ } from "./pages/midl-m-to-z.ts";
import { midlSwitches } from "./pages/midl-switches.ts";
import { rpcPages } from "./pages/rpc.ts";

/** Every entry, in the order of the pages. */
export const entries: readonly Entry[] = [...midlSwitches, ...midlAToL, ...midlMToZ, ...rpcPages];

/** Whether an entry is about an example of .idl or .acf. */
export function isExample(entry: Entry): entry is ExampleEntry {
  return entry.kind === "compiles" || entry.kind === "mended" || entry.kind === "refused";
}

/** A place that an entry names. */
export interface Place {
  /** `Folder/page#n` */
  readonly block: string;
  /** First and last line, which count from 1; the whole block when undefined. */
  readonly lines: readonly [first: number, last: number] | undefined;
}

/** The parts of the id of an entry. */
export function placeOf({ id }: Entry): Place {
  const [, block = id, first, last] = /^(.*#\d+)(?::(\d+)(?:-(\d+))?)?$/.exec(id) ?? [];
  return { block, lines: first === undefined ? undefined : [Number(first), Number(last ?? first)] };
}
