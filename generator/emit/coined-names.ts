/**
 * Names that the generator coins beside those of the IDL: what the .idl declares keeps its name, what is coined gives way with a `$` behind
 * it. `Login([in] LoginRequest *request)` has its parameters in `LoginRequest$`.
 */
import type { IdlFile, Interface, Model, Operation, Type } from "../../grammar/index.ts";
import { constructedTypes, routineNames } from "./constructed-types.ts";
import { camelCase, pascalCase, safeName } from "./names.ts";
import { namedTypes } from "./named-types.ts";

/** Coined names of a compilation. */
export class CoinedNames {
  readonly #declared: ReadonlySet<string>;
  readonly #interfaces = new Map<Interface, string>();
  readonly #operations = new Map<Operation, string>();
  readonly #isRoutine: (name: string) => boolean;

  constructor(model: Model) {
    const { files, main } = model;
    this.#declared = new Set(files.flatMap((file) => [...declaredNames(file)]));
    this.#isRoutine = routineNames(constructedTypes(model));
    const stems = new Set<string>();
    for (const owner of files.flatMap(({ interfaces }) => interfaces))
      this.#interfaces.set(owner, distinct(pascalCase(owner.name), stems));
    this.#nameOperations(main.interfaces);
  }

  /** Of two interfaces with an operation of one name, both have theirs in the names of its types. */
  #nameOperations(interfaces: readonly Interface[]): void {
    const remote = interfaces.filter(({ object, local }) => !object && !local);
    const owners = new Map<string, Set<Interface>>();
    for (const owner of remote) {
      for (const { name } of owner.operations) {
        const stem = pascalCase(name);
        owners.set(stem, (owners.get(stem) ?? new Set()).add(owner));
      }
    }
    const stems = new Set<string>();
    for (const owner of remote) {
      for (const operation of owner.operations) {
        const stem = pascalCase(operation.name);
        const isShared = (owners.get(stem)?.size ?? 0) > 1;
        this.#operations.set(operation, distinct(isShared ? `${this.#interface(owner)}${stem}` : stem, stems));
      }
    }
  }

  /** The type of an operation's parameters: `LoginRequest`. */
  request(operation: Operation): string {
    return this.#coined(`${this.#operation(operation)}Request`);
  }

  /** The type of what comes back: `LoginResponse`. */
  response(operation: Operation): string {
    return this.#coined(`${this.#operation(operation)}Response`);
  }

  /** The class of a client stub: `PhonebookClient`. */
  client(owner: Interface): string {
    return this.#coined(`${this.#interface(owner)}Client`);
  }

  /** The interface of manager routines: `PhonebookManager`. */
  manager(owner: Interface): string {
    return this.#coined(`${this.#interface(owner)}Manager`);
  }

  /** The function that makes a server stub: `phonebookServerStub`. */
  serverStub(owner: Interface): string {
    return this.#coined(`${camelCase(this.#interface(owner))}ServerStub`);
  }

  /** The constant that describes an interface: `phonebookInterface`. */
  description(owner: Interface): string {
    return coinedName(`${camelCase(this.#interface(owner))}Interface`, owner.file);
  }

  /** The type of what a stub asks the application for: `PhonebookConversions`. */
  conversions(owner: Interface): string {
    return coinedName(`${this.#interface(owner)}Conversions`, owner.file);
  }

  /** A constant that a module exports beside its types: `LPWSTRArrayNode`. */
  constant(name: string): string {
    return this.#declared.has(name) ? `${name}$` : name;
  }

  /** Whether a module has a name for what the IDL declares, for a routine or a node type of it. */
  isTaken(name: string): boolean {
    return (
      this.#declared.has(name) || this.#isRoutine(name) || this.#declared.has(name.replace(/(?:Array|Node)\$?$/, ""))
    );
  }

  #interface(owner: Interface): string {
    return this.#interfaces.get(owner) ?? pascalCase(owner.name);
  }

  #operation(operation: Operation): string {
    return this.#operations.get(operation) ?? pascalCase(operation.name);
  }

  #coined(name: string): string {
    return this.#declared.has(name) ? `${name}$` : safeName(name);
  }
}

/** Whether the module of a file exports something under a name of the IDL. */
export function declares(file: IdlFile, name: string): boolean {
  return declaredNames(file).has(name);
}

/** A name in the module of a file: with a `$` behind it when the file declares something of that name. */
export function coinedName(name: string, file: IdlFile): string {
  return declares(file, name) ? `${name}$` : name;
}

/** Whether the module of a file has a name for itself, which then cannot be imported. */
export function isOwnName(file: IdlFile, name: string): boolean {
  const [, type] = /^(?:marshal|unmarshal|size|skip)(.+)$/.exec(name) ?? [];
  return declares(file, name) || (type !== undefined && declares(file, type));
}

const declared = new WeakMap<IdlFile, ReadonlySet<string>>();

/** What the module of a file exports under names of the IDL. */
function declaredNames(file: IdlFile): ReadonlySet<string> {
  let names = declared.get(file);
  if (names === undefined) {
    const seen = new Set<Type>();
    const types = file.declarations.flatMap((each) => (each.kind === "type" ? namedTypes(each.type, seen) : []));
    const own = types.filter((type) => type.file === file);
    names = new Set([...file.declarations, ...own].map(({ name }) => safeName(name)));
    declared.set(file, names);
  }
  return names;
}

function distinct(stem: string, taken: Set<string>): string {
  let name = stem;
  while (taken.has(name)) name = `${name}$`;
  taken.add(name);
  return name;
}
