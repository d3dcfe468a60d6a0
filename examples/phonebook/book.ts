/** The phone book itself: names and how to reach them. Knows nothing of RPC. */
export interface Person {
  readonly name: string;
  readonly contact: Contact;
}

export type Contact =
  | { readonly kind: "none" }
  | { readonly kind: "phone"; readonly number: bigint }
  | { readonly kind: "email"; readonly address: string };

/** A book and the session that has it open. */
export class Book {
  readonly owner: string;
  readonly #people = new Map<string, Contact>([
    ["Ada Lovelace", { kind: "phone", number: 442079460123n }],
    ["Adele Goldberg", { kind: "email", address: "adele@example.org" }],
    ["Alan Kay", { kind: "none" }],
    ["Grace Hopper", { kind: "phone", number: 12025550142n }],
  ]);

  constructor(owner: string) {
    this.owner = owner;
  }

  find(prefix: string): Person[] {
    return [...this.#people]
      .filter(([name]) => name.startsWith(prefix))
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, contact]) => ({ name, contact }));
  }

  has(name: string): boolean {
    return this.#people.has(name);
  }

  set(name: string, contact: Contact): void {
    this.#people.set(name, contact);
  }

  countOf(letter: string): number {
    return this.find(letter).length;
  }
}
