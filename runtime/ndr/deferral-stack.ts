/** Marshals or unmarshals something later: `at` is where its fixed part lies, `index` an element of `owner` where that is an array. */
export type DeferredRoutine<Coder, Owner> = (coder: Coder, at: number, owner: Owner, index: number) => void;

/**
 * The referents that are still to come. The pointers of recursive types are deferred to this stack instead of being followed by
 * recursion, so that the depth of the data costs heap and never the call stack.
 *
 * Deferral is in the order of the declaration and depth first (C706 14.3.12.3): what one routine defers comes before everything that
 * was deferred earlier.
 */
export class DeferralStack<Coder> {
  readonly #entries: { run(coder: Coder): void }[] = [];

  /** Mark to hand to `drain`. */
  get depth(): number {
    return this.#entries.length;
  }

  push<Owner>(routine: DeferredRoutine<Coder, Owner>, at: number, owner: Owner, index: number): void {
    this.#entries.push(new Deferred(routine, at, owner, index));
  }

  /** Runs everything deferred since `mark`, and what that defers in turn. */
  drain(coder: Coder, mark: number): void {
    const entries = this.#entries;
    reverseFrom(entries, mark);
    while (entries.length > mark) {
      const entry = entries.pop();
      const base = entries.length;
      entry?.run(coder);
      if (entries.length > base + 1) reverseFrom(entries, base);
    }
  }
}

class Deferred<Coder, Owner> {
  readonly #routine: DeferredRoutine<Coder, Owner>;
  readonly #at: number;
  readonly #owner: Owner;
  readonly #index: number;

  constructor(routine: DeferredRoutine<Coder, Owner>, at: number, owner: Owner, index: number) {
    this.#routine = routine;
    this.#at = at;
    this.#owner = owner;
    this.#index = index;
  }

  run(coder: Coder): void {
    this.#routine(coder, this.#at, this.#owner, this.#index);
  }
}

function reverseFrom(items: unknown[], start: number): void {
  for (let low = start, high = items.length - 1; low < high; low++, high--) {
    const first = items[low];
    const last = items[high];
    if (first === undefined || last === undefined) return;
    items[low] = last;
    items[high] = first;
  }
}
