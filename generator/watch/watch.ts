/** Compiles, and compiles again what a change touches. */
import { dirname, resolve } from "node:path";
import type { FileHost } from "../../grammar/index.ts";
import { compile, type CompileOptions, type CompileResult } from "../compile.ts";
import { diskHost, stillHolds, type Readings } from "../file-host.ts";
import { FormattedPieces } from "../formatted-pieces.ts";
import { FolderWatcher } from "./folder-watcher.ts";

/** Settings of a watched compilation. */
export interface WatchOptions extends CompileOptions {
  /** Relative paths count from here; the current folder by default. */
  readonly folder?: string;
  /** Takes each compilation, one after the other: the first one of all files, then those of the files that a change touches. */
  readonly onBuild: (build: WatchBuild) => void | Promise<void>;
}

/** One compilation. */
export interface WatchBuild {
  /** The .idl files that were compiled, as given. */
  readonly files: readonly string[];
  readonly result: CompileResult;
  /** Milliseconds that it took. */
  readonly duration: number;
}

/** Compiles files until `signal` is aborted; rejects when onBuild does. */
export async function watch(options: WatchOptions, signal: AbortSignal): Promise<void> {
  const watched = new WatchedFiles(options);
  const { promise: changed, resolve: end, reject } = deferred();
  let work = Promise.resolve();
  const enqueue = (act: () => Promise<void>): void => {
    work = work.then(() => (signal.aborted ? undefined : act())).catch(reject);
  };
  const watcher = new FolderWatcher((paths) => {
    enqueue(async () => {
      await watched.changed(paths);
      watcher.follow(watched.folders);
    });
  });
  try {
    enqueue(async () => {
      await watched.build(options.files);
      watcher.follow(watched.folders);
      // What changed while nothing was watched yet.
      await watched.changed(watched.folders);
    });
    if (signal.aborted) end();
    signal.addEventListener("abort", end, { once: true });
    await changed;
    await work;
  } finally {
    watcher.close();
  }
}

/** The .idl files of a watched compilation, each with what it read. */
class WatchedFiles {
  readonly #options: WatchOptions;
  readonly #folder: string;
  readonly #host: FileHost;
  readonly #readings = new Map<string, Readings>();
  readonly #formatted = new FormattedPieces();

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#folder = options.folder ?? process.cwd();
    this.#host = options.host ?? diskHost(this.#folder);
  }

  /** Folders of all files that were read or looked for. */
  get folders(): ReadonlySet<string> {
    const paths = [...this.#readings.values()].flatMap((readings) => [...readings.keys()]);
    return new Set(paths.map((path) => dirname(resolve(this.#folder, path))));
  }

  /** Compiles what these changes touch. */
  async changed(paths: Iterable<string>): Promise<void> {
    const names = new Set(Array.from(paths, (path) => path.toLowerCase()));
    const touched = this.#options.files.filter((file) => this.#isTouched(file, names));
    if (touched.length > 0) await this.build(touched);
  }

  /** Compiles files. */
  async build(files: readonly string[]): Promise<void> {
    const start = performance.now();
    const result = await compile({ ...this.#options, files, host: this.#host, formatted: this.#formatted });
    for (const [file, readings] of result.readings) this.#readings.set(file, readings);
    await this.#options.onBuild({ files, result, duration: performance.now() - start });
  }

  /** Whether something that a file read is among these names, in any case, and is not what it was. */
  #isTouched(file: string, names: ReadonlySet<string>): boolean {
    const named = [...(this.#readings.get(file) ?? [])].filter(([path]) => {
      const absolute = resolve(this.#folder, path).toLowerCase();
      return names.has(absolute) || names.has(dirname(absolute));
    });
    return !stillHolds(new Map(named), this.#host);
  }
}

function deferred(): {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
} {
  let resolve: () => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<void>((resolved, rejected) => {
    resolve = resolved;
    reject = rejected;
  });
  return { promise, resolve, reject };
}
