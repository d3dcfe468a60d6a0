/** The calls of the phone book example, as values: one for each operation, in the order of the operation numbers. */

/** A call and its answer. */
export interface ExampleCall {
  readonly operation: string;
  readonly request: object;
  readonly response: object;
}

const last = {
  name: "Barbara Liskov",
  kind: 2,
  contact: { discriminant: 2, address: "barbara@example.org" },
  next: null,
};
const entries = { name: "Alonzo Church", kind: 1, contact: { discriminant: 1, number: 16095550177n }, next: last };
const book = {};

export const PHONEBOOK_CALLS: readonly ExampleCall[] = [
  { operation: "OpenBook", request: { owner: "Charles" }, response: { book, returnValue: 0 } },
  {
    operation: "LookupByPrefix",
    request: { book, prefix: "Ad", limit: 10 },
    response: { matches: entries, returnValue: 0 },
  },
  { operation: "AddEntries", request: { book, entries }, response: { added: 2, returnValue: 0 } },
  {
    operation: "CountByLetter",
    request: { book, first: 65, letters: 7 },
    response: { counts: Uint32Array.of(1, 2, 3, 4, 5, 6, 7), returnValue: 0 },
  },
  { operation: "UpdateEntries", request: { book, entries }, response: { entries, returnValue: 0 } },
  { operation: "CloseBook", request: { book }, response: { book: null, returnValue: 0 } },
];
