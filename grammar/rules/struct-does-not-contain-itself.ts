import type { Reporter } from "../diagnostics/reporter.ts";
import type { Arm, Field, Model, StructType, Type, UnionType } from "../model.ts";
import { behindNames, memberName, membersOf, transmittedType } from "./member.ts";

/** No struct or union contains itself by value (MIDL2006), or through [ref] pointers alone (MIDL2164): it would never end. */
export function structDoesNotContainItself(model: Model, reporter: Reporter): void {
  const finished = new Set<StructType | UnionType>();
  for (const file of model.files) {
    for (const { type } of file.declarations) {
      if (type.kind === "struct" || type.kind === "union") visit(type, finished, reporter);
    }
  }
}

interface Frame {
  readonly parts: readonly Part[];
  readonly type: StructType | UnionType;
  index: number;
  /** The way to the next type leads through a [ref] pointer. */
  throughRef: boolean;
}

/** What a member contains by value, or through [ref] pointers. */
interface Part {
  readonly member: Field | Arm;
  readonly type: StructType | UnionType;
  readonly throughRef: boolean;
}

/** Depth first with a stack of its own: types may refer to each other in chains of any length. */
function visit(root: StructType | UnionType, finished: Set<StructType | UnionType>, reporter: Reporter): void {
  if (finished.has(root)) return;
  const stack: Frame[] = [frameOf(root)];
  const open = new Map<StructType | UnionType, number>([[root, 0]]);
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    const next = frame.parts[frame.index++];
    if (next === undefined) {
      finished.add(frame.type);
      open.delete(frame.type);
      stack.pop();
      continue;
    }
    const { member } = next;
    if (finished.has(next.type)) continue;
    frame.throughRef = next.throughRef;
    const start = open.get(next.type);
    if (start === undefined) {
      open.set(next.type, stack.length);
      stack.push(frameOf(next.type));
    } else if (stack.slice(start).some((each) => each.throughRef)) {
      reporter.report("ref-recursion", member.span, { field: memberName(member), type: frame.type.name });
    } else reporter.report("recursive-by-value", member.span, { type: next.type.name });
  }
}

function frameOf(type: StructType | UnionType): Frame {
  return { type, parts: membersOf(type).flatMap(partsOf), index: 0, throughRef: false };
}

/** In the application, and on the wire where another type travels. */
function partsOf(member: Field | Arm): readonly Part[] {
  if (member.type === undefined) return [];
  const own = nested(member.type, behindNames);
  const sent = nested(member.type, transmittedType);
  return [own, own?.type === sent?.type ? undefined : sent].flatMap((part) =>
    part === undefined ? [] : [{ member, ...part }],
  );
}

/** The struct or union that a type contains by value, or through [ref] pointers. */
function nested(
  type: Type,
  known: (type: Type) => Exclude<Type, { readonly kind: "alias" }>,
): { readonly type: StructType | UnionType; readonly throughRef: boolean } | undefined {
  let current = known(type);
  let throughRef = false;
  for (;;) {
    if (current.kind === "struct" || current.kind === "union") return { type: current, throughRef };
    if (current.kind === "array") current = known(current.element);
    else if (current.kind === "pointer" && current.pointer === "ref") {
      throughRef = true;
      current = known(current.pointee);
    } else return undefined;
  }
}
