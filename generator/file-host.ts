/** The file system as compilations see it. */
import { readFileSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import type { FileHost } from "../grammar/index.ts";

/** The files of this machine; relative paths count from `folder`. What cannot be read does not exist. */
export function diskHost(folder: string): FileHost {
  return {
    readFile: (path) => attempt(() => readFileSync(resolve(folder, path))),
    readDirectory: (path) => attempt(() => readdirSync(resolve(folder, path))) ?? [],
  };
}

/** The same files, each read once, so that a compilation of several files sees them all in one state. */
export function rememberingHost(host: FileHost): FileHost {
  const files = new Map<string, Uint8Array | undefined>();
  const folders = new Map<string, readonly string[]>();
  return {
    readFile(path) {
      if (!files.has(path)) files.set(path, host.readFile(path));
      return files.get(path);
    },
    readDirectory(path) {
      const names = folders.get(path) ?? host.readDirectory?.(path) ?? [];
      folders.set(path, names);
      return names;
    },
  };
}

/** What was read: each path as it was asked for, with what was found; undefined where nothing was. */
export type Readings = ReadonlyMap<string, Uint8Array | undefined>;

/** The same files, with a record of what is read. */
export function recordingHost(host: FileHost): FileHost & { readonly readings: Readings } {
  const readings = new Map<string, Uint8Array | undefined>();
  return {
    readings,
    readFile(path) {
      const octets = host.readFile(path);
      readings.set(path, octets);
      return octets;
    },
    readDirectory: (path) => host.readDirectory?.(path) ?? [],
  };
}

/** Whether reading again finds the same. */
export function stillHolds(readings: Readings, host: FileHost): boolean {
  for (const [path, before] of readings) if (!isSame(host.readFile(path), before)) return false;
  return true;
}

function isSame(left: Uint8Array | undefined, right: Uint8Array | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return Buffer.compare(left, right) === 0;
}

function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}
