import type { StatementStructures } from "ts-morph";
import { nameInRoutines } from "./names.ts";

/** Where a generated module imports something from. */
export type ModuleSpecifier = string;

/** The stub side of the runtime. */
export const STUB_RUNTIME: ModuleSpecifier = "@midl-ts/runtime/stub";

/** One generated module in the making: statements in order, imports collected by use. */
export class ModuleBuilder {
  readonly statements: (StatementStructures | string)[] = [];
  readonly #imports = new Map<ModuleSpecifier, Map<string, boolean>>();
  readonly #isTaken: (name: string) => boolean;
  readonly #isOwn: (name: string) => boolean;

  /**
   * @param isTaken whether generated code has something else of that name
   * @param isOwn whether this module has
   */
  constructor(isTaken: (name: string) => boolean = () => false, isOwn: (name: string) => boolean = () => false) {
    this.#isTaken = isTaken;
    this.#isOwn = isOwn;
  }

  add(...statements: readonly (StatementStructures | string)[]): void {
    this.statements.push(...statements);
  }

  /** Imports a value; returns its name, which has a `$` behind it when what the IDL declares needs the name. */
  value(name: string, from: ModuleSpecifier = STUB_RUNTIME): string {
    let local = nameInRoutines(name);
    if (from === STUB_RUNTIME) while (this.#isTaken(local)) local = `${local}$`;
    else if (this.#isOwn(local)) local = `${local}$`;
    this.#names(from).set(local === name ? name : `${name} as ${local}`, true);
    return local;
  }

  /** Imports a type; returns its name. */
  type(name: string, from: ModuleSpecifier = STUB_RUNTIME): string {
    const names = this.#names(from);
    if (names.get(name) !== true) names.set(name, false);
    return name;
  }

  /** Modules in order of name, packages first; each with its values and its types in order. */
  imports(): readonly {
    readonly from: ModuleSpecifier;
    readonly values: readonly string[];
    readonly types: readonly string[];
  }[] {
    const order = [...this.#imports.keys()].sort((left, right) => rank(left) - rank(right) || (left < right ? -1 : 1));
    return order.map((from) => {
      const names = [...this.#names(from)].sort(([left], [right]) => (left < right ? -1 : 1));
      return {
        from,
        values: names.filter(([, isValue]) => isValue).map(([name]) => name),
        types: names.filter(([, isValue]) => !isValue).map(([name]) => name),
      };
    });
  }

  #names(from: ModuleSpecifier): Map<string, boolean> {
    let names = this.#imports.get(from);
    if (names === undefined) this.#imports.set(from, (names = new Map<string, boolean>()));
    return names;
  }
}

function rank(specifier: ModuleSpecifier): number {
  return specifier.startsWith(".") ? 1 : 0;
}
