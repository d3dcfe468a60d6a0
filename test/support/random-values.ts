/**
 * Random values of IDL types, as generated stubs take them. Sizes, lengths, switches and ranges are consistent: what controls an array
 * or a union is chosen first, until its expressions fit together.
 */
import { memberName } from "../../generator/emit/names.ts";
import { typedArrayOf } from "../../generator/emit/typescript-types.ts";
import type { ArrayType, Range, StructType, Type, UnionType } from "../../grammar/index.ts";
import { expressionValue, resolved, type Member, type Scope } from "./expression-value.ts";
import { randomNumbers, randomScalar, randomText } from "./random-scalars.ts";
import { SeededRandom } from "./seeded-random.ts";
import { armOf, arrayExtent, costOf, hintsOf, unusedCase, type Hints } from "./value-constraints.ts";
import { property } from "./property.ts";

/** Where a value stands. */
export interface ValuePlace {
  /** The fields or parameters beside it. */
  readonly scope: Scope;
  readonly hints?: Hints;
  /** Numbers to choose from: the value controls a size, a length or a switch. */
  readonly candidates?: readonly number[] | undefined;
  readonly switchIs?: Member["switchIs"];
  readonly range?: Range | undefined;
  /** Pointers on the way to it. */
  readonly depth?: number;
}

/** Settings of a source of random values. */
export interface RandomValueOptions {
  readonly seed: number;
  /** The object for a context handle of a type. */
  readonly contextHandle?: (type: string) => object | null;
  /** Values beyond this many pointers end as soon as they can; 5 by default. */
  readonly depth?: number;
  /** Values of this many elements end as soon as they can; 400 by default. */
  readonly elements?: number;
}

/** Pointers that a type can force at most. */
const DEEPEST = 200;

/** Choices of sizes and switches that are tried before values are said to be impossible. */
const ATTEMPTS = 2_000;

/** A source of random values. */
export class RandomValues {
  readonly random: SeededRandom;
  readonly #contextHandle: (type: string) => object | null;
  readonly #depth: number;
  #elements: number;

  constructor({ seed, contextHandle = () => null, depth = 5, elements = 400 }: RandomValueOptions) {
    this.random = new SeededRandom(seed);
    this.#contextHandle = contextHandle;
    this.#depth = depth;
    this.#elements = elements;
  }

  /**
   * Values of the fields of a struct or the parameters of an operation, all or some of them.
   *
   * @param beside values of further members, which are given
   * @param previous values to replace: sizes, lengths and switches stay as they are, so that existing storage fits
   * @throws Error when no choice of sizes and switches fits
   */
  members(members: readonly Member[], beside: Scope, previous?: Scope, outer: Hints = new Map(), depth = 0): Scope {
    const hints = hintsOf(members, outer);
    const controls = members.filter((member) => hints.has(member));
    const isTired = this.#isTired(depth);
    let best: { readonly scope: Scope; readonly cost: number } | undefined;
    let valid = 0;
    for (let attempt = 0; attempt < ATTEMPTS && valid < (isTired ? 12 : 1); attempt++) {
      const scope = new Map(beside);
      for (const member of controls) {
        const place = { ...placeOf(member, scope, depth), hints, candidates: hints.get(member) };
        scope.set(member, this.value(member.type, place, previous?.get(member)));
      }
      const cost = attempted(() => costOf(members, scope, attempt > ATTEMPTS / 2));
      if (cost === undefined) continue;
      valid++;
      if (best === undefined || cost < best.cost) best = { scope, cost };
    }
    if (best === undefined) {
      throw new Error(`no sizes and switches fit for ${members.map(({ name }) => name).join(", ")}`);
    }
    const scope = new Map(best.scope);
    for (const member of members) {
      if (member.kind === "field" && member.ignore) scope.set(member, null);
      else if (!hints.has(member)) {
        scope.set(member, this.value(member.type, placeOf(member, scope, depth), previous?.get(member)));
      }
    }
    return scope;
  }

  /** A value of a type; `previous` is what it replaces, whose sizes it keeps. */
  value(type: Type, place: ValuePlace, previous?: unknown): unknown {
    const { depth = 0, candidates } = place;
    if (depth > DEEPEST) throw new Error("the type does not end");
    switch (type.kind) {
      case "alias":
        return this.value(type.target, place, previous);
      case "base":
      case "enum":
        return candidates !== undefined && previous !== undefined && previous !== null
          ? previous
          : randomScalar(this.random, type, candidates ?? [], place.range);
      case "pointer":
        return this.#pointer(type, place, previous);
      case "array":
        return type.string ? this.#string(type, place) : this.#array(type, place, previous);
      case "struct":
        return this.#struct(type, place, previous);
      case "union":
        return this.#union(type, place, previous);
      case "context-handle":
        return this.#contextHandle(type.name);
      default:
        throw new Error(`no random ${type.kind}`);
    }
  }

  #isTired(depth: number): boolean {
    return depth > this.#depth || this.#elements <= 0;
  }

  #pointer(type: Extract<Type, { kind: "pointer" }>, place: ValuePlace, previous: unknown): unknown {
    const depth = (place.depth ?? 0) + 1;
    const isNullable = type.pointer !== "ref";
    const inner = resolved(type.pointee);
    const isBox = isNullable && inner.kind === "pointer" && inner.pointer !== "ref";
    const replaces = previous !== undefined && previous !== null;
    const keeps = place.candidates !== undefined && previous !== undefined;
    if (keeps && previous === null) return null;
    const mayBeNull = isNullable && !keeps && !hasSize(inner, place.scope);
    if (mayBeNull && (this.#isTired(depth) || this.random.chance(replaces ? 0.1 : 0.25))) return null;
    const held: unknown = isBox && replaces ? property(previous, "value") : (previous ?? undefined);
    const value = this.value(type.pointee, { ...place, depth }, held);
    return isBox ? { value } : value;
  }

  #string(type: ArrayType, place: ValuePlace): string {
    const extent = arrayExtent(type, place.scope);
    const range = type.range ?? place.range;
    const [low, high] = extent === undefined && range !== undefined ? [Number(range.low), Number(range.high)] : [1, 25];
    const capacity = Math.min(extent?.size ?? high, Math.max(low, 25));
    const element = resolved(type.element);
    const isWide = element.kind === "base" && (element.base === "wchar_t" || element.base === "uint16");
    return randomText(this.random, this.random.between(Math.max(low, 1), capacity) - 1, isWide);
  }

  #array(type: ArrayType, place: ValuePlace, previous: unknown): unknown {
    const held: readonly unknown[] | undefined = Array.isArray(previous) ? previous : undefined;
    const extent = arrayExtent(type, place.scope);
    const free = held?.length ?? this.random.below(this.#isTired(place.depth ?? 0) ? 1 : 5);
    const count =
      type.size.kind === "fixed" ? type.size.count : extent === undefined ? free : extent.first + extent.length;
    const numbers = typedArrayOf(type.element);
    this.#elements -= numbers === undefined ? count : count / 16;
    if (numbers !== undefined) return randomNumbers(this.random, numbers, count);
    const inner = { ...place, candidates: undefined, range: undefined, depth: (place.depth ?? 0) + 1 };
    return Array.from({ length: count }, (_, index) => this.value(type.element, inner, held?.[index]));
  }

  #struct(type: StructType, place: ValuePlace, previous: unknown): object {
    const held =
      typeof previous === "object" && previous !== null
        ? new Map(type.fields.map((field) => [field, property(previous, memberName(field.name))]))
        : undefined;
    const values = this.members(type.fields, new Map(), held, place.hints, (place.depth ?? 0) + 1);
    return Object.fromEntries(type.fields.map((field) => [memberName(field.name), values.get(field)]));
  }

  #union(type: UnionType, place: ValuePlace, previous: unknown): object {
    const discriminant =
      place.switchIs === undefined
        ? this.#discriminant(type, place, previous)
        : expressionValue(place.switchIs, place.scope);
    const arm = armOf(type, discriminant);
    if (arm === undefined) throw new Error(`union ${type.name} has no arm for ${discriminant.toString()}`);
    const isCase = arm.cases.some(({ value }) => value === discriminant);
    const tag = isCase ? { discriminant } : { discriminant: "default", discriminantValue: discriminant };
    if (arm.name === undefined || arm.type === undefined) return tag;
    const name = memberName(arm.name);
    const { scope, depth = 0 } = place;
    const inner = { scope, switchIs: arm.switchIs, range: arm.range, depth: depth + 1 };
    return { ...tag, [name]: this.value(arm.type, inner, property(previous, name)) };
  }

  /** An encapsulated union has its arm where it will; short ones where the value is to end. */
  #discriminant(type: UnionType, { depth = 0 }: ValuePlace, previous: unknown): number {
    const held = property(previous, "discriminant");
    if (held !== undefined) return Number(held === "default" ? property(previous, "discriminantValue") : held);
    const cases = type.arms.flatMap((arm) => arm.cases.map(({ value }) => value));
    const other = type.arms.some((arm) => arm.isDefault) ? [unusedCase(cases)] : [];
    const all = [...cases, ...other];
    if (!this.#isTired(depth)) return this.random.pick(all);
    const short = all.filter((value) => {
      const arm = armOf(type, value)?.type;
      return arm === undefined || resolved(arm).kind === "base";
    });
    return this.random.pick(short.length > 0 ? short : all);
  }
}

/** A null pointer does not go with a size other than 0 (MS-RPCE 3.1.1.5.3.3.1.2). */
function hasSize(type: Type, scope: Scope): boolean {
  if (type.kind !== "array" || type.size.kind === "fixed") return false;
  return (attempted(() => arrayExtent(type, scope)?.size) ?? 0) !== 0;
}

function placeOf(member: Member, scope: Scope, depth: number): ValuePlace {
  return { scope, switchIs: member.switchIs, range: member.range, depth };
}

/** What expressions come to, undefined where they read what is not there (a null pointer, a value that is chosen later). */
function attempted(evaluate: () => number | undefined): number | undefined {
  try {
    return evaluate();
  } catch {
    return undefined;
  }
}
