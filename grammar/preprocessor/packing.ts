/** `#pragma pack` (MIDL "pragma attribute"). */
import type { Reporter } from "../diagnostics/reporter.ts";
import type { IdlToken } from "../lexer/idl-token.ts";

/** The stack of structure packings in one compilation. */
export class PackingStack {
  readonly #initial: number;
  readonly #stack: { readonly packing: number; readonly label: string | undefined }[] = [];
  #packing: number;

  constructor(initial: number) {
    this.#initial = initial;
    this.#packing = initial;
  }

  /** The packing in force: 1, 2, 4, 8 or 16. */
  get current(): number {
    return this.#packing;
  }

  /** Obeys `pack(...)`, given what stands between the parentheses: `push`, `pop`, a label, a number, or nothing. */
  obey(parameters: readonly IdlToken[], reporter: Reporter, pragma: IdlToken): void {
    const words = parameters.filter((token) => token.image !== ",").map((token) => token.image);
    const number = words.find((word) => /^\d/.test(word));
    const label = words.find((word) => /^[A-Za-z_]/.test(word) && word !== "push" && word !== "pop");
    if (words.includes("push")) this.#stack.push({ packing: this.#packing, label });
    else if (words.includes("pop")) this.#pop(label, reporter, pragma);
    else if (words.length === 0) this.#packing = this.#initial;
    if (number === undefined) return;
    if (["1", "2", "4", "8", "16"].includes(number)) this.#packing = Number(number);
    else reporter.report("packing-not-valid", parameters[0]?.span ?? pragma.span, { value: number });
  }

  #pop(label: string | undefined, reporter: Reporter, pragma: IdlToken): void {
    const index =
      label === undefined ? this.#stack.length - 1 : this.#stack.findLastIndex((entry) => entry.label === label);
    const entry = this.#stack[index];
    if (entry === undefined) {
      reporter.report("pack-pop-without-push", pragma.span);
      return;
    }
    this.#stack.length = index;
    this.#packing = entry.packing;
  }
}
