/** Pieces of a generation; with the generation before, what is kept at most. */
const CAPACITY = 2_000;

/** Formatted pieces of modules, kept from one compilation to the next: most of a module stays as it is when its source is edited. */
export class FormattedPieces {
  #before = new Map<string, string>();
  #now = new Map<string, string>();

  /** A piece as it was formatted, if it is still known. */
  get(piece: string): string | undefined {
    const text = this.#now.get(piece) ?? this.#before.get(piece);
    if (text !== undefined && !this.#now.has(piece)) this.keep(piece, text);
    return text;
  }

  /** Keeps a piece as it was formatted. What has not been asked for the longest is forgotten. */
  keep(piece: string, text: string): void {
    if (this.#now.size >= CAPACITY) {
      this.#before = this.#now;
      this.#now = new Map();
    }
    this.#now.set(piece, text);
  }
}
