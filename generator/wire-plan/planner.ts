import { isCalculable, isOpenStruct } from "../../grammar/index.ts";
import type {
  ArrayType,
  Attributes,
  Expression,
  PointerType,
  Range,
  StructType,
  Type,
  UnionType,
} from "../../grammar/index.ts";
import { conversionOf, isJavaScriptType } from "./conversions.ts";
import type { Conversion } from "./conversions.ts";
import { POINTER_LAYOUT, alignUp, both, bySyntax, layout, scalarLayout, strideOf } from "./layout.ts";
import { NotGenerated } from "./plan.ts";
import type {
  BySyntax,
  ConformantTail,
  ConvertedPlan,
  IgnoredPointerPlan,
  MultidimensionalArrayPlan,
  PointerPlan,
  PointerStorage,
  ScalarPlan,
  StructItem,
  StructPlan,
  TransferSyntax,
  UnionPlan,
  ValuePlan,
  WireLayout,
} from "./plan.ts";
import { requireStorage } from "./presented-types.ts";
import { recursionGroups } from "./recursion.ts";
import type { Constructed } from "./recursion.ts";
import { characterSizeOf, enumMethod, scalarMethodOf } from "./scalars.ts";
import { rejectSystemHandle, storageOf } from "./storage-attributes.ts";

/** What the place of a type adds to it. */
export interface PlaceFacts {
  readonly switchIs?: Expression | undefined;
  readonly range?: Range | undefined;
  readonly attributes?: Attributes | undefined;
  /** What the names of the type say of the storage behind it. */
  readonly storage?: PointerStorage | undefined;
  /** A pointer that leads here has said already where everything behind it lives. */
  readonly isStored?: boolean | undefined;
}

/** What decides about plans beside the model. */
export interface PlannerSettings {
  /** No null pointer is refused for its size (MIDL "/backward_compat"). */
  readonly disableConsistencyCheck?: boolean | undefined;
  /** What the ACF includes: where types of the application come from. */
  readonly includes?: readonly string[];
}

/** Makes the plans of one compilation; a struct or union is planned once. */
export class Planner {
  readonly #structs = new Map<StructType, StructPlan>();
  readonly #unions = new Map<UnionType, UnionPlan>();
  readonly #recursion: ReadonlyMap<Constructed, number>;
  readonly #busy = new Set<Constructed>();
  readonly #syntaxes: readonly TransferSyntax[];
  readonly #refusesSizedNull: boolean;
  readonly #includes: readonly string[];

  /**
   * @param types every struct and union of the compilation
   * @param syntaxes what the stubs offer: with one alone, every number is that one's, so that generated code has constants
   */
  constructor(
    types: Iterable<Constructed>,
    syntaxes: readonly TransferSyntax[] = ["ndr", "ndr64"],
    { disableConsistencyCheck = false, includes = [] }: PlannerSettings = {},
  ) {
    this.#recursion = recursionGroups(types);
    this.#syntaxes = syntaxes;
    this.#refusesSizedNull = !disableConsistencyCheck;
    this.#includes = includes;
  }

  /** Layout of a referent identifier, a maximum count, an offset, an actual count. */
  get pointerLayout(): WireLayout {
    return this.#offered(POINTER_LAYOUT);
  }

  /** The syntaxes that the stubs offer. */
  get syntaxes(): readonly TransferSyntax[] {
    return this.#syntaxes;
  }

  /** A value for each syntax; where only one is offered, that one's for both. */
  #bySyntax<T>(make: (syntax: TransferSyntax) => T): BySyntax<T> {
    const [first = "ndr"] = this.#syntaxes;
    return bySyntax((slot) => make(this.#syntaxes.includes(slot) ? slot : first));
  }

  #offered(wire: WireLayout): WireLayout {
    const [only, another] = this.#syntaxes;
    if (only === undefined || another !== undefined) return wire;
    const { start, alignment, size } = wire;
    return {
      start: both(start[only]),
      alignment: both(alignment[only]),
      size: size === undefined ? undefined : both(size[only]),
    };
  }

  /** The plan of a value of a type. */
  value(type: Type, facts: PlaceFacts = {}): ValuePlan {
    switch (type.kind) {
      case "base":
        return { kind: "scalar", method: scalarMethodOf(type.base), enumType: undefined, range: facts.range };
      case "enum":
        return { kind: "scalar", method: enumMethod(type), enumType: type, range: facts.range };
      case "alias": {
        const conversion = conversionOf(type);
        if (conversion !== undefined) return this.#converted(conversion);
        return this.value(type.target, { ...facts, storage: storageOf(type.attributes) ?? facts.storage });
      }
      case "struct":
        if (type.incomplete) throw new NotGenerated(`struct ${type.name} has no definition`);
        return { kind: "struct", struct: type };
      case "union":
        if (type.encapsulated === undefined && facts.switchIs === undefined)
          throw new NotGenerated(`union ${type.name} has no switch_is where it is used`);
        requireCalculable(facts.switchIs);
        return { kind: "union", union: type, switchIs: type.encapsulated === undefined ? facts.switchIs : undefined };
      case "pointer":
        return this.#pointer(type, facts);
      case "array":
        return this.#array(type, facts);
      case "context-handle":
        return { kind: "context-handle", name: type.name, mayBeNull: true };
      case "interface":
        return { kind: "object-reference" };
      case "pipe":
        throw new NotGenerated(`pipe ${type.name}`);
      case "binding-handle":
      case "function":
      case "void":
        throw new NotGenerated(`a ${type.kind} cannot be sent`);
      default:
        return assertNever(type);
    }
  }

  /** What travels in place of a value that routines of the application convert. */
  #converted(conversion: Conversion): ConvertedPlan {
    const { kind, type, attribute, transmitted } = conversion;
    const plan = this.value(transmitted);
    const isUser = kind === "user" && plan.kind === "pointer";
    const wire = isUser ? plan.referent : plan;
    const pointer = isUser ? plan.pointer : undefined;
    const refuse = (why: string): NotGenerated => new NotGenerated(`[${attribute}] on ${type.name}: ${why}`);
    if (["context-handle", "object-reference", "pointer"].includes(wire.kind))
      throw refuse(`a ${wire.kind.replaceAll("-", " ")} is no transmitted type`);
    if (conversion.presented === undefined && !isJavaScriptType(conversion) && this.#includes.length === 0)
      throw refuse(`the .idl does not declare ${conversion.local}; have the ACF include the module that exports it`);
    requireStorage(conversion);
    return { kind: "converted", conversion, wire, pointer };
  }

  /**
   * A value inside another one.
   *
   * @throws NotGenerated for a conversion whose size is not known where it stands
   */
  #embedded(plan: ValuePlan): ValuePlan {
    if (plan.kind !== "converted" || plan.pointer !== undefined) return plan;
    const { wire, conversion } = plan;
    const where = `[${conversion.attribute}] on ${conversion.type.name} inside another type`;
    if (this.isConformant(wire)) throw new NotGenerated(`${where}: the transmitted type is conformant`);
    if (conversion.kind === "user" && this.hasReferents(wire))
      throw new NotGenerated(`${where}: the wire type is neither flat nor a pointer`);
    return plan;
  }

  /** Whether a maximum count comes before the value. */
  isConformant(plan: ValuePlan): boolean {
    if (plan.kind === "struct") return this.struct(plan.struct).tail !== undefined;
    if (plan.kind === "converted") return plan.pointer === undefined && this.isConformant(plan.wire);
    return (
      plan.kind === "conformant-array" ||
      plan.kind === "conformant-string" ||
      (plan.kind === "multidimensional-array" && plan.isConformant)
    );
  }

  #pointer(type: PointerType, facts: PlaceFacts): PointerPlan {
    const { pointee, pointer } = type;
    const isExempt = [type.attributes, facts.attributes].some(
      (each) => each?.has("disable_consistency_check") === true,
    );
    const refusesSizedNull = this.#refusesSizedNull && !isExempt;
    const ofPlace = facts.attributes === undefined || facts.isStored === true ? undefined : storageOf(facts.attributes);
    const storage = facts.storage ?? storageOf(type.attributes) ?? ofPlace;
    const isStored = facts.isStored === true || storage !== undefined;
    const referent = this.value(pointee, { ...facts, storage: undefined, isStored });
    return { kind: "pointer", pointer, referent, storage, refusesSizedNull };
  }

  #array(type: ArrayType, facts: PlaceFacts): ValuePlan {
    requireCalculable(
      type.size.kind === "fixed" ? undefined : type.size.sizeIs,
      type.varying?.firstIs,
      type.varying?.lengthIs,
    );
    if (type.string) {
      const characterSize = characterSizeOf(type.element);
      if (characterSize === undefined) throw new NotGenerated("a [string] of elements that are no characters");
      return type.size.kind === "fixed"
        ? { kind: "varying-string", characterSize, capacity: type.size.count }
        : { kind: "conformant-string", characterSize, sizeIs: type.size.sizeIs, range: type.range ?? facts.range };
    }
    const dimensions = dimensionsOf(type);
    if (
      dimensions.length > 1 &&
      dimensions.some((each) => each.size.kind === "conformant" || each.varying !== undefined)
    )
      return this.#multidimensional(dimensions, facts);
    const element = this.#element(type, facts);
    if (type.size.kind === "conformant")
      return {
        kind: "conformant-array",
        element,
        sizeIs: type.size.sizeIs,
        varying: type.varying,
        range: type.range ?? facts.range,
        mayReuseBuffer:
          facts.storage === undefined &&
          facts.isStored !== true &&
          ![type.attributes, facts.attributes].some((each) => each !== undefined && storageOf(each) !== undefined),
      };
    return type.varying === undefined
      ? { kind: "fixed-array", count: type.size.count, element }
      : { kind: "varying-array", count: type.size.count, element, ...type.varying };
  }

  #multidimensional(dimensions: readonly ArrayType[], facts: PlaceFacts): MultidimensionalArrayPlan {
    const row = dimensions.at(-1);
    if (row === undefined) throw new Error("an array has a dimension");
    const element = this.#element(row, facts);
    const isVarying = dimensions.some(({ varying }) => varying !== undefined);
    return {
      kind: "multidimensional-array",
      dimensions: dimensions.map(({ size, varying }) => ({
        count: size.kind === "fixed" ? size.count : undefined,
        sizeIs: size.kind === "fixed" ? undefined : size.sizeIs,
        varying,
      })),
      element,
      isConformant: dimensions.some(({ size }) => size.kind === "conformant"),
      isVarying,
      range: dimensions[0]?.range ?? facts.range,
    };
  }

  #element(type: ArrayType, facts: PlaceFacts): ValuePlan {
    requireSize(type.element);
    const element = this.#embedded(this.value(type.element, { switchIs: facts.switchIs }));
    if (element.kind === "conformant-string" || element.kind === "conformant-array")
      throw new NotGenerated("an array of strings without a fixed length");
    return element;
  }

  /** The plan of a struct. */
  struct(type: StructType): StructPlan {
    const known = this.#structs.get(type);
    if (known !== undefined) return known;
    return this.#guarded(type, () => {
      requireSize(...type.fields.slice(0, -1).map((field) => field.type));
      const items = type.fields.map((field): StructItem => {
        rejectSystemHandle(`${type.name}.${field.name}`, field.attributes);
        if (field.bitWidth !== undefined) throw new NotGenerated(`struct ${type.name} has bit-fields`);
        return { field, plan: field.ignore ? ignored(field.type) : this.#embedded(this.value(field.type, field)) };
      });
      const tail = this.#tail(items);
      const plan: StructPlan = {
        type,
        items,
        layout: this.#structLayout(items),
        tail,
        hasReferents: items.some((item) => this.hasReferents(item.plan)),
        recursion: this.#recursion.get(type),
      };
      this.#structs.set(type, plan);
      return plan;
    });
  }

  /** The plan of a union. */
  union(type: UnionType): UnionPlan {
    const known = this.#unions.get(type);
    if (known !== undefined) return known;
    return this.#guarded(type, () => {
      if (type.switchType === undefined) throw new NotGenerated(`union ${type.name} has no switch_type`);
      const discriminant = this.value(type.switchType);
      if (discriminant.kind !== "scalar")
        throw new NotGenerated(`the discriminant of union ${type.name} is no integer`);
      requireSize(...type.arms.map((arm) => arm.type));
      const arms = type.arms.map((arm) => ({
        arm,
        plan: arm.type === undefined ? undefined : this.#embedded(this.value(arm.type, arm)),
      }));
      const largest = bySyntax((syntax) =>
        Math.max(1, ...arms.map((arm) => (arm.plan === undefined ? 1 : this.layoutOf(arm.plan).alignment[syntax]))),
      );
      const armAlignment = this.#bySyntax((syntax) =>
        syntax === "ndr64" || type.msUnion ? largest[syntax] : undefined,
      );
      const plan: UnionPlan = {
        type,
        discriminant,
        arms,
        armAlignment,
        layout: this.#unionLayout(
          discriminant,
          arms.map((arm) => arm.plan),
          largest,
          armAlignment,
        ),
        hasReferents: arms.some((arm) => arm.plan !== undefined && this.hasReferents(arm.plan)),
        recursion: this.#recursion.get(type),
      };
      this.#unions.set(type, plan);
      return plan;
    });
  }

  #guarded<T>(type: Constructed, make: () => T): T {
    if (this.#busy.has(type)) throw new NotGenerated(`${type.kind} ${type.name} contains itself`);
    this.#busy.add(type);
    try {
      return make();
    } finally {
      this.#busy.delete(type);
    }
  }

  /** Size and alignment of a value in its parent; of a conformant array or string without its maximum count. */
  layoutOf(plan: ValuePlan): WireLayout {
    switch (plan.kind) {
      case "scalar":
        return this.#offered(scalarLayout(plan.method));
      case "pointer":
        return this.pointerLayout;
      case "struct":
        return this.struct(plan.struct).layout;
      case "union":
        return this.union(plan.union).layout;
      case "fixed-array": {
        const element = this.layoutOf(plan.element);
        const stride = strideOf(element);
        const { size } = element;
        const octets =
          stride === undefined || size === undefined
            ? undefined
            : bySyntax((syntax) => (plan.count - 1) * stride[syntax] + size[syntax]);
        return { ...element, size: octets };
      }
      case "varying-array":
        return this.#varyingLayout(plan.element);
      case "varying-string":
        return layout(this.pointerLayout.alignment, undefined);
      case "conformant-array":
        return plan.varying === undefined
          ? { ...this.layoutOf(plan.element), size: undefined }
          : this.#varyingLayout(plan.element);
      case "conformant-string":
        return layout(this.pointerLayout.alignment, undefined);
      case "multidimensional-array":
        return plan.isVarying ? this.#varyingLayout(plan.element) : { ...this.layoutOf(plan.element), size: undefined };
      case "context-handle":
        return layout(both(4), both(20));
      case "converted":
        return plan.pointer === undefined ? this.layoutOf(plan.wire) : this.pointerLayout;
      case "ignored-pointer":
        return this.pointerLayout;
      case "object-reference":
        return layout(this.pointerLayout.alignment, undefined);
      default:
        return assertNever(plan);
    }
  }

  /** Offsets and actual counts lie where the next integer may; the elements behind them are aligned by themselves, as Samba and Impacket do. */
  #varyingLayout(element: ValuePlan): WireLayout {
    const counts = this.pointerLayout.alignment;
    return { start: counts, alignment: maximum(counts, this.layoutOf(element).alignment), size: undefined };
  }

  /** Whether something of the value lies behind the fixed part of its parent. */
  hasReferents(plan: ValuePlan): boolean {
    switch (plan.kind) {
      case "pointer":
        return true;
      case "struct":
        return this.#busy.has(plan.struct) || this.struct(plan.struct).hasReferents;
      case "union":
        return this.#busy.has(plan.union) || this.union(plan.union).hasReferents;
      case "fixed-array":
      case "varying-array":
      case "conformant-array":
      case "multidimensional-array":
        return this.hasReferents(plan.element);
      case "converted":
        return plan.pointer !== undefined || this.hasReferents(plan.wire);
      default:
        return false;
    }
  }

  /** Whether routines of the application convert the value, or a part of it that is not behind a pointer. */
  isConverted(plan: ValuePlan): boolean {
    switch (plan.kind) {
      case "converted":
        return true;
      case "struct":
        return this.struct(plan.struct).items.some((item) => this.isConverted(item.plan));
      case "fixed-array":
        return this.isConverted(plan.element);
      default:
        return false;
    }
  }

  /** Whether the fixed part has gap octets in either transfer syntax. */
  hasGaps(plan: ValuePlan): boolean {
    switch (plan.kind) {
      case "struct": {
        const { items, layout: own } = this.struct(plan.struct);
        if (own.size === undefined || items.some((item) => this.hasGaps(item.plan))) return true;
        const octets = bySyntax((syntax) =>
          items.reduce((sum, item) => sum + (this.layoutOf(item.plan).size?.[syntax] ?? 0), 0),
        );
        return octets.ndr !== own.size.ndr || octets.ndr64 !== own.size.ndr64;
      }
      case "union":
        return true;
      case "fixed-array": {
        const element = this.layoutOf(plan.element);
        const stride = strideOf(element);
        return this.hasGaps(plan.element) || stride?.ndr !== element.size?.ndr || stride?.ndr64 !== element.size?.ndr64;
      }
      case "converted":
        return plan.pointer === undefined && this.hasGaps(plan.wire);
      default:
        return false;
    }
  }

  /** The recursion group that following this plan may enter. */
  recursionOf(plan: ValuePlan): number | undefined {
    switch (plan.kind) {
      case "pointer":
        return this.recursionOf(plan.referent);
      case "struct":
        return this.#recursion.get(plan.struct);
      case "union":
        return this.#recursion.get(plan.union);
      case "fixed-array":
      case "varying-array":
      case "conformant-array":
      case "multidimensional-array":
        return this.recursionOf(plan.element);
      default:
        return undefined;
    }
  }

  #structLayout(items: readonly StructItem[]): WireLayout {
    const layouts = items.map((item) => this.layoutOf(item.plan));
    const alignment = bySyntax((syntax) => Math.max(1, ...layouts.map((member) => member.alignment[syntax])));
    const size = this.#bySyntax((syntax) => {
      let end: number | undefined = 0;
      for (const member of layouts) end = endAfter(end, member, syntax);
      // MS-RPCE 2.2.5.3.4.1: NDR64 pads a struct to its alignment; NDR does not.
      return end === undefined || syntax === "ndr" ? end : alignUp(end, alignment.ndr64);
    });
    return layout(
      alignment,
      size.ndr === undefined || size.ndr64 === undefined ? undefined : { ndr: size.ndr, ndr64: size.ndr64 },
    );
  }

  #tail(items: readonly StructItem[]): ConformantTail | undefined {
    const last = items.at(-1);
    if (last === undefined) return undefined;
    const offset = (): BySyntax<number> | undefined => {
      const before = this.#structLayout(items.slice(0, -1)).size;
      const { start } = this.layoutOf(last.plan);
      return before === undefined
        ? undefined
        : bySyntax((syntax) => alignUp(unpadded(items.slice(0, -1), syntax, this), start[syntax]));
    };
    if (
      last.plan.kind === "conformant-array" ||
      last.plan.kind === "conformant-string" ||
      (last.plan.kind === "multidimensional-array" && last.plan.isConformant)
    )
      return { path: [last.field], plan: last.plan, offset: offset() };
    if (last.plan.kind !== "struct") return undefined;
    const inner = this.struct(last.plan.struct).tail;
    if (inner === undefined) return undefined;
    const outer = offset();
    const place = outer === undefined || inner.offset === undefined ? undefined : sum(outer, inner.offset);
    return { path: [last.field, ...inner.path], plan: inner.plan, offset: place };
  }

  #unionLayout(
    discriminant: ScalarPlan,
    arms: readonly (ValuePlan | undefined)[],
    largest: BySyntax<number>,
    armAlignment: BySyntax<number | undefined>,
  ): WireLayout {
    const tag = this.layoutOf(discriminant);
    const alignment = maximum(tag.alignment, largest);
    const start = this.#bySyntax((syntax) => (syntax === "ndr" ? tag.alignment.ndr : alignment.ndr64));
    const sizes = bySyntax((syntax): number | undefined => {
      if (alignment[syntax] > start[syntax]) return undefined;
      const ends = arms.map((arm) => {
        const own = arm === undefined ? layout(both(1), both(0)) : this.layoutOf(arm);
        const at = alignUp(tag.size?.[syntax] ?? 0, armAlignment[syntax] ?? own.start[syntax]);
        return own.size === undefined ? undefined : at + own.size[syntax];
      });
      const [first] = ends;
      return ends.every((end) => end === first) ? first : undefined;
    });
    const size =
      sizes.ndr === undefined || sizes.ndr64 === undefined ? undefined : { ndr: sizes.ndr, ndr64: sizes.ndr64 };
    return { start, alignment, size };
  }
}

/**
 * Sizes of types that no operation has are not judged by the front end.
 *
 * @throws NotGenerated for an expression that has no integer value
 */
function requireCalculable(...expressions: readonly (Expression | undefined)[]): void {
  if (expressions.some((each) => each !== undefined && !isCalculable(each)))
    throw new NotGenerated("a size, length or discriminant that is no integer");
}

/**
 * Nor are their parts: elements, arms and fields that others follow.
 *
 * @throws NotGenerated for a structure that has a maximum count
 */
function requireSize(...types: readonly (Type | undefined)[]): void {
  if (types.some((type) => type !== undefined && isOpenStruct(type)))
    throw new NotGenerated("a conformant structure where there is no place for its maximum count");
}

/** The dimensions of an array, the outermost first: an array of a type that is an array has those of both (MIDL "Arrays"). */
function dimensionsOf(type: ArrayType): readonly ArrayType[] {
  const dimensions: ArrayType[] = [];
  for (let each: Type = type; ;) {
    if (each.kind === "alias" && conversionOf(each) === undefined) each = each.target;
    else if (each.kind === "array" && !each.string && (dimensions.length === 0 || each.varying?.terminated !== true)) {
      dimensions.push(each);
      each = each.element;
    } else return dimensions;
  }
}

function ignored(type: Type): IgnoredPointerPlan {
  if (type.kind === "alias") return ignored(type.target);
  return { kind: "ignored-pointer", isRef: type.kind === "pointer" && type.pointer === "ref" };
}

/** End of a struct's members without the padding of NDR64. */
function unpadded(items: readonly StructItem[], syntax: TransferSyntax, planner: Planner): number {
  let end: number | undefined = 0;
  for (const item of items) end = endAfter(end, planner.layoutOf(item.plan), syntax);
  return end ?? 0;
}

function endAfter(end: number | undefined, member: WireLayout, syntax: TransferSyntax): number | undefined {
  if (end === undefined || member.size === undefined) return undefined;
  return alignUp(end, member.start[syntax]) + member.size[syntax];
}

function sum(left: BySyntax<number>, right: BySyntax<number>): BySyntax<number> {
  return bySyntax((syntax) => left[syntax] + right[syntax]);
}

function maximum(left: BySyntax<number>, right: BySyntax<number>): BySyntax<number> {
  return bySyntax((syntax) => Math.max(left[syntax], right[syntax]));
}

function assertNever(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`);
}
