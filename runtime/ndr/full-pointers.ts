/**
 * Full pointers (C706 14.3.10, MIDL "ptr"): several may refer to one node, which travels once, behind the first of them. The numbers
 * hold for a whole call: what comes back under the number that went out is the same node.
 */
import type { NdrReader } from "./reader.ts";

/** What a referent is: a node type, or a name for referents that are held by value. Two pointers alias only within one kind. */
export type ReferentKind = object | string;

interface Referent {
  readonly kind: ReferentKind;
  readonly value: unknown;
}

/** The referents of a call, by number and by identity. */
export class FullPointerTable {
  /** What arrived in the stub data that is being read. */
  readonly received = new Map<number, Referent>();
  /** Numbers of the nodes that were sent or received in this call. */
  readonly numbers = new Map<object, number>();
  /** What went out under a number: existing storage for what comes back. */
  readonly sent = new Map<number, object>();

  /** Runs something after which nothing counts as received that was not before. */
  trial<T>(run: () => T): T {
    const before = new Map(this.received);
    try {
      return run();
    } finally {
      this.received.clear();
      for (const [number, referent] of before) this.received.set(number, referent);
    }
  }
}

/**
 * Unmarshals what a full pointer refers to, or returns what came with the same number before.
 *
 * @param number referent identifier, not 0
 * @param unmarshal reads the referent at the cursor, into the node that was sent under this number if there is one
 * @throws RpcError RPC_X_BAD_STUB_DATA when the number stands for a referent of another kind
 */
export function unmarshalFullPointer<T>(
  r: NdrReader,
  number: number,
  kind: ReferentKind,
  path: string,
  unmarshal: (existing: T | null) => T,
): T {
  const table = r.fullPointers;
  const known = table.received.get(number);
  if (known !== undefined) {
    if (isOfKind<T>(known, kind, unmarshal)) return known.value;
    throw r.bad(`referent ${number} is of another type where it came first`, path);
  }
  const existing = r.fillsBlock ? undefined : table.sent.get(number);
  const value = unmarshal(existing !== undefined && isNodeOf<T>(existing, kind, unmarshal) ? existing : null);
  table.received.set(number, { kind, value });
  if (typeof value === "object" && value !== null) table.numbers.set(value, number);
  return value;
}

/** The same for a full pointer at the cursor, such as a parameter. */
export function takeFullPointer<T>(
  r: NdrReader,
  kind: ReferentKind,
  path: string,
  unmarshal: (existing: T | null) => T,
): T | null {
  const number = r.pointer(r.ndr64 ? r.take(8, 8) : r.take(4, 4));
  return number === 0 ? null : unmarshalFullPointer(r, number, kind, path, unmarshal);
}

/** A referent was stored under its kind by the same routine that asks for it. */
function isOfKind<T>(
  referent: Referent,
  kind: ReferentKind,
  _unmarshal: (existing: T | null) => T,
): referent is { kind: ReferentKind; value: T } {
  return referent.kind === kind;
}

/** Only nodes are sent with a number that can come back, and a node is not sent as two types. */
function isNodeOf<T>(node: object, kind: ReferentKind, _unmarshal: (existing: T | null) => T): node is T & object {
  return typeof kind === "object" && typeof node === "object";
}
