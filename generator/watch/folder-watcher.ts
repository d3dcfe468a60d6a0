/** Watches folders and tells which of their files changed. */
import { watch, type FSWatcher } from "node:fs";
import { join } from "node:path";

/** Milliseconds without an event after which a burst is over. */
const QUIET = 40;

/** Watches folders, not files: a file that an editor replaces is another file under the same name. */
export class FolderWatcher {
  readonly #changed: (paths: readonly string[]) => void;
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #pending = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  /** `changed` gets the paths of a burst of events, each once; the path of a folder stands for all of its files. */
  constructor(changed: (paths: readonly string[]) => void) {
    this.#changed = changed;
  }

  /** Watches these folders and no others. Those that do not exist are left out. */
  follow(folders: ReadonlySet<string>): void {
    for (const [folder, watcher] of this.#watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    for (const folder of folders) if (!this.#watchers.has(folder)) this.#add(folder);
  }

  /** Ends all watching. */
  close(): void {
    clearTimeout(this.#timer);
    this.follow(new Set());
  }

  #add(folder: string): void {
    try {
      const watcher = watch(folder, (_, name) => {
        this.#note(name === null ? folder : join(folder, name));
      });
      watcher.on("error", () => {
        watcher.close();
        this.#watchers.delete(folder);
        this.#note(folder);
      });
      this.#watchers.set(folder, watcher);
    } catch (error) {
      if (!(error instanceof Error && "code" in error)) throw error;
    }
  }

  #note(path: string): void {
    this.#pending.add(path);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const paths = [...this.#pending];
      this.#pending.clear();
      this.#changed(paths);
    }, QUIET);
  }
}
