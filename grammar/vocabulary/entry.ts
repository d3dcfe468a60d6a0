/** What the rows of the vocabulary look like. */

/** Where an attribute may stand. `type` is a struct, union or enum without `typedef`. */
export type Place =
  | "interface"
  | "operation"
  | "parameter"
  | "field"
  | "arm"
  | "typedef"
  | "type"
  | "enumerator"
  | "library"
  | "coclass"
  | "coclass-member"
  | "dispinterface"
  | "module"
  | "constant";

/**
 * What the compiler does: `implemented` obeys; `accepted` takes it without effect; `ignored` says so with a warning, MIDL2176 when
 * `midl` gives no other; `refused` is an error, whose number `midl` gives.
 */
export type Effect = "implemented" | "accepted" | "ignored" | "refused";

/** A row of the vocabulary. */
export interface VocabularyEntry {
  readonly effect: Effect;
  /** The number of the refusal, or of the warning when it is not MIDL2176. */
  readonly midl?: number;
  /** A Microsoft extension that /osf refuses; the number is that of the refusal. */
  readonly osf?: number;
  /** One line for the language reference. */
  readonly note: string;
}

/** An attribute. */
export interface AttributeEntry extends VocabularyEntry {
  /** Places in an .idl file. */
  readonly idl: readonly Place[];
  /** Places in an .acf file. */
  readonly acf: readonly Place[];
  /** Stands in a library block or in object interfaces; irrelevant to remote procedure calls. */
  readonly automation?: true;
}

/** A table of attributes by name. */
export type AttributeTable = Readonly<Record<string, AttributeEntry>>;
