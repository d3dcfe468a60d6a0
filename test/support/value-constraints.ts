/** Which values of sizes, lengths and switches fit together: what a random value has to keep to. */
import type { ArrayType, Expression, Range, UnionType } from "../../grammar/index.ts";
import { expressionValue, membersRead, resolved, type Member, type Scope } from "./expression-value.ts";

/** Numbers worth trying, by the field or parameter that a size, length or switch expression reads. */
export type Hints = ReadonlyMap<Member, readonly number[]>;

/** The part of an array that is sent. */
export interface ArrayExtent {
  /** Elements of the whole array. */
  readonly size: number;
  readonly first: number;
  readonly length: number;
}

/** Elements that a random array has at most, unless its size leaves no choice. */
const USUAL_SIZE = 16;

/** Elements that a random array has at most. */
const LARGEST_SIZE = 70_000;

/** The extent of an array; `undefined` when nothing says it. */
export function arrayExtent(type: ArrayType, scope: Scope): ArrayExtent | undefined {
  const { size: declared, varying } = type;
  const sizeIs = declared.kind === "fixed" ? undefined : declared.sizeIs;
  if (declared.kind === "conformant" && sizeIs === undefined) return undefined;
  const size = declared.kind === "fixed" ? declared.count : sizeIs === undefined ? 0 : expressionValue(sizeIs, scope);
  const first = varying?.firstIs === undefined ? 0 : expressionValue(varying.firstIs, scope);
  const length = varying?.lengthIs === undefined ? size - first : expressionValue(varying.lengthIs, scope);
  return { size, first, length };
}

/** The arm that a discriminant selects. */
export function armOf(type: UnionType, discriminant: number): UnionType["arms"][number] | undefined {
  const isCase = (arm: UnionType["arms"][number]): boolean => arm.cases.some(({ value }) => value === discriminant);
  return type.arms.find(isCase) ?? type.arms.find((arm) => arm.isDefault);
}

/** The numbers worth trying for what the expressions of these members read. */
export function hintsOf(members: readonly Member[], outer: Hints): Hints {
  const hints = new Map<Member, readonly number[]>();
  const add = (expression: Expression | undefined, numbers: readonly number[]): void => {
    for (const read of membersRead(expression)) hints.set(read, [...(hints.get(read) ?? []), ...numbers]);
  };
  for (const member of members) {
    const outside = outer.get(member);
    if (outside !== undefined) hints.set(member, [...(hints.get(member) ?? []), ...outside]);
    for (const { array, union, range } of parts(member)) {
      const around = range === undefined ? [] : [Number(range.low), Number(range.low) + 1, Number(range.high)];
      if (array?.size.kind === "conformant") add(array.size.sizeIs, [0, 1, 2, 3, 4, 6, 8, ...around]);
      add(array?.varying?.firstIs, [0, 0, 1, 2]);
      add(array?.varying?.lengthIs, [0, 1, 2, 3, 4, 6]);
      if (union === undefined) continue;
      const cases = union.arms.flatMap((arm) => arm.cases.map(({ value }) => value));
      const other = union.arms.some((arm) => arm.isDefault) ? [unusedCase(cases)] : [];
      add(member.switchIs, [...cases, ...other]);
    }
  }
  return hints;
}

/** A small number that is none of the cases. */
export function unusedCase(cases: readonly number[]): number {
  for (let number = 0; ; number++) if (!cases.includes(number)) return number;
}

/**
 * How much there is to send when the members have these values: undefined when sizes, lengths and switches contradict each other or
 * what is declared.
 */
export function costOf(members: readonly Member[], scope: Scope, isLate: boolean): number | undefined {
  let cost = 0;
  for (const member of members) {
    for (const { array, union, range } of parts(member)) {
      if (array !== undefined) {
        const extent = arrayExtent(array, scope);
        if (extent === undefined) continue;
        if (!isPossible(extent, array, range, isLate)) return undefined;
        cost += extent.length;
      }
      if (union !== undefined && member.switchIs !== undefined) {
        const arm = armOf(union, expressionValue(member.switchIs, scope));
        if (arm === undefined) return undefined;
        cost += arm.type === undefined ? 0 : resolved(arm.type).kind === "base" ? 1 : 6;
      }
    }
  }
  return cost;
}

function isPossible(
  { size, first, length }: ArrayExtent,
  array: ArrayType,
  range: Range | undefined,
  isLate: boolean,
): boolean {
  if (range !== undefined && (size < Number(range.low) || size > Number(range.high))) return false;
  if (array.size.kind === "conformant" && size > (isLate ? LARGEST_SIZE : USUAL_SIZE)) return false;
  if (array.string && size < 1) return false;
  return first >= 0 && length >= 0 && size >= 0 && first + length <= size;
}

/** Arrays and unions of a member that its own scope determines: those inside structs have a scope of their own. */
function parts(
  member: Member,
): readonly { readonly array?: ArrayType; readonly union?: UnionType; readonly range?: Range | undefined }[] {
  const found: { array?: ArrayType; union?: UnionType; range?: Range | undefined }[] = [];
  let type = resolved(member.type);
  let { range } = member;
  for (;;) {
    if (type.kind === "pointer") type = resolved(type.pointee);
    else if (type.kind === "array") {
      found.push({ array: type, range: type.range ?? range });
      range = undefined;
      type = resolved(type.element);
    } else if (type.kind === "union" && type.encapsulated === undefined) return [...found, { union: type }];
    else return found;
  }
}
