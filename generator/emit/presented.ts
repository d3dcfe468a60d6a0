/** Names and storage of what the application has where routines of its own convert. */
import { layoutOf } from "../../grammar/index.ts";
import type { Type } from "../../grammar/index.ts";
import { conversionOf } from "../wire-plan/conversions.ts";
import type { Conversion } from "../wire-plan/conversions.ts";
import { safeName } from "./names.ts";
import type { EmitContext } from "./routine-context.ts";
import { withoutAlias } from "./typescript-types.ts";

/** The conversion that a type is, through other typedefs of it. */
export function conversionBehind(type: Type): Conversion | undefined {
  const known = withoutAlias(type);
  return known.kind === "alias" ? conversionOf(known) : undefined;
}

/**
 * Whether the application's object is storage, which the stub allocates and a routine fills: a struct, a union or an array that the IDL
 * declares. Anything else is a value that a routine makes (a pointer, a number, a type of the application's own).
 */
export function isStorage({ presented }: Conversion): boolean {
  if (presented === undefined) return false;
  const known = withoutAlias(presented);
  return known.kind === "struct" || known.kind === "union" || (known.kind === "array" && !known.string);
}

/** What `TYPE_xmit` is called: what the stubs know of the conversion. */
export function conversionName(emit: EmitContext, { kind, type }: Conversion): string {
  return emit.types.value(`${safeName(type.name)}_${kind}`, type.file);
}

/** A routine for values of the type, imported when the type is another module's. */
export function conversionRoutine(
  emit: EmitContext,
  verb: "marshal" | "unmarshal" | "size",
  { kind, type }: Conversion,
  suffix = "",
): string {
  return emit.types.value(`${verb}${type.name}_${kind}${suffix}`, type.file);
}

/** The interface of the application's routines, imported when it is another module's. */
export function routinesName(emit: EmitContext, { kind, type, prefix }: Conversion): string {
  const suffix = { xmit: "XmitRoutines", local: "LocalRoutines", user: "UserRoutines" }[kind];
  return emit.types.named(`${prefix}_${suffix}`, type.file);
}

const NODES = { xmit: "presented", local: "represented", user: "userObject" } as const;

/** The node type of storage that a routine fills. */
export function presentedNode(emit: EmitContext, { kind, type }: Conversion): string {
  return emit.types.value(`${safeName(type.name)}_${NODES[kind]}`, type.file);
}

/** Octets of the application's object in C layout; of a type that the IDL does not declare, those of the typedef. */
export function presentedSize(emit: EmitContext, { presented, type }: Conversion): number {
  return layoutOf(presented ?? type, emit.environment).size;
}
