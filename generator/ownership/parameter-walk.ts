/** The pointers of one parameter, in the order of the .idl. */
import type {
  ArrayType,
  Attributes,
  Field,
  Parameter,
  SourceSpan,
  StructType,
  Type,
  UnionType,
} from "../../grammar/index.ts";
import { references } from "../emit/expressions.ts";
import { isNode } from "../emit/node-types.ts";
import { isBoxed } from "../wire-plan/conversions.ts";
import { withoutAlias } from "../emit/typescript-types.ts";
import { conversionOf } from "./conversions.ts";
import type { Choice, ConversionMemory, Direction, PointerMemory, Referent } from "./facts.ts";
import { dereferenced, elementOf, idlExpression, idlType, memberOf } from "./idl-text.ts";
import { choicesOf, defaultModels, withAttributes } from "./models.ts";
import { clientShare, orphansOf, reusesExisting, serverShare } from "./situation.ts";
import type { Situation } from "./situation.ts";

/** A parameter or a return value. */
export interface Source {
  readonly name: string;
  readonly direction: Direction;
  readonly type: Type;
  readonly attributes: Attributes;
  readonly span: SourceSpan;
}

/** What is around the parameter. */
interface Surroundings {
  /** Number of the first node that is found. */
  readonly firstNode?: number;
  /** The RpcSs environment around the call on the server. */
  readonly environment?: Choice | undefined;
}

const held = {
  client: { allocates: "holder", frees: "holder", reusesExisting: false },
  server: { allocates: "holder", frees: "holder", mayBeView: false },
} as const;

/** Follows every pointer of a parameter; a type that was followed already is not followed again. Nothing recurses. */
export class ParameterWalk {
  readonly pointers: PointerMemory[] = [];
  readonly conversions: ConversionMemory[] = [];
  readonly #firstNode: number;
  readonly #environment: Choice | undefined;
  readonly #pending: Situation[];
  /** Nodes whose content was followed, by type and by what holds for them. */
  readonly #known = new Map<string, number>();
  /** The node that holds the pointer to each node. */
  readonly #holders = new Map<number, number | undefined>();

  constructor(source: Source, { firstNode = 1, environment }: Surroundings = {}) {
    this.#firstNode = firstNode;
    this.#environment = environment;
    this.#pending = [start(source)];
    for (let next = this.#pending.pop(); next !== undefined; next = this.#pending.pop()) this.#visit(next);
  }

  get nodeCount(): number {
    return this.#holders.size;
  }

  #visit(place: Situation): void {
    const { type } = place;
    switch (type.kind) {
      case "alias":
        if (this.#convert(type.name, type.attributes, place)) return;
        this.#pending.push({ ...place, type: type.target, models: withAttributes(place.models, type.attributes) });
        return;
      case "pointer":
        this.#pointer(place, type.pointer, type.pointee);
        return;
      case "array":
        if (type.string) return;
        if (place.isTopLevel) this.#pointer(place, "array", type);
        else this.#elements(place, type);
        return;
      case "struct":
      case "union":
        if (!this.#convert(type.name, type.attributes, place)) this.#members(place, type, ".");
        return;
      default:
    }
  }

  #pointer(place: Situation, pointer: PointerMemory["pointer"], pointee: Type): void {
    const inner = withoutAlias(pointee);
    if (inner.kind === "void" || inner.kind === "function" || inner.kind === "pipe" || inner.kind === "binding-handle")
      return;
    if (pointer === "ref" && inner.kind === "pointer") {
      this.#add(place, pointer, { kind: "pointer", type: idlType(pointee) });
      this.#pending.push(followed(place, pointee));
      return;
    }
    if (inner.kind === "context-handle") return;
    if (!isNode(pointee) && !(pointer !== "array" && isBoxed({ pointer, pointee }))) {
      this.#add(place, pointer, { kind: "value", type: idlType(pointee) });
      if (inner.kind === "alias")
        this.#convert(inner.name, inner.attributes, { ...place, path: dereferenced(place.path) });
      return;
    }
    const referent = this.#referent(place, pointer, pointee);
    this.#add(place, pointer, referent);
    if (referent.kind === "node") this.#content(place, pointee, referent.id);
  }

  #referent(
    place: Situation,
    pointer: PointerMemory["pointer"],
    pointee: Type,
  ): Extract<Referent, { kind: "node" | "again" }> {
    const type = idlType(pointee);
    const { mayExist, isInBlock, models, holder } = place;
    const choices = choicesOf(models, undefined).map(({ text, span }) => `${text}@${span?.start ?? 0}`);
    const { allocates } = serverShare(place, pointer, false);
    const key = [type, mayExist, isInBlock, allocates, ...choices].join("\0");
    const known = this.#known.get(key);
    if (known !== undefined) return { kind: "again", id: known, type, isAround: this.#isAround(known, holder) };
    const id = this.#firstNode + this.nodeCount;
    this.#known.set(key, id);
    this.#holders.set(id, holder);
    return { kind: "node", id, type, pointee };
  }

  /** Whether a node is `holder` or holds it, at whatever distance. */
  #isAround(node: number, holder: number | undefined): boolean {
    for (let current = holder; current !== undefined; current = this.#holders.get(current))
      if (current === node) return true;
    return false;
  }

  #add(place: Situation, pointer: PointerMemory["pointer"], referent: Referent): void {
    const { path, label, isTopLevel, holder, models, span } = place;
    const isNodeOfItsOwn = referent.kind === "node" || referent.kind === "again";
    const environment = this.#environment;
    this.pointers.push({
      path,
      label,
      pointer,
      isTopLevel,
      holder,
      span,
      referent,
      client: isNodeOfItsOwn ? clientShare(place) : held.client,
      server: isNodeOfItsOwn ? serverShare(place, pointer, environment !== undefined) : held.server,
      models: isNodeOfItsOwn ? choicesOf(models, environment) : [],
      orphans: isNodeOfItsOwn ? orphansOf(place, pointer) : [],
    });
  }

  /** Goes on with what lies in a node. */
  #content(place: Situation, pointee: Type, node: number): void {
    let inside: Situation = {
      ...place,
      label: "",
      isTopLevel: false,
      holder: node,
      isInitialized: false,
      mayExist: reusesExisting(place),
      isInArm: false,
      shortenedBy: undefined,
      isInBlock: place.isInBlock || place.models.placing.model !== "node-by-node",
    };
    let type = pointee;
    // A [ref] pointer between has no storage of its own: the node is what it refers to.
    while (type.kind === "alias" || (type.kind === "pointer" && type.pointer === "ref")) {
      const itself = { ...inside, path: dereferenced(inside.path) };
      if (type.kind === "alias" && this.#convert(type.name, type.attributes, itself)) return;
      const models = type.kind === "alias" ? withAttributes(inside.models, type.attributes) : inside.models;
      inside = { ...inside, models };
      type = type.kind === "alias" ? type.target : type.pointee;
    }
    if (type.kind === "struct" || type.kind === "union") {
      const itself = { ...inside, path: dereferenced(inside.path) };
      if (!this.#convert(type.name, type.attributes, itself)) this.#members(inside, type, "->");
    } else if (type.kind === "array") this.#elements(inside, type);
    else if (type.kind === "pointer")
      this.#pending.push({ ...inside, type, path: dereferenced(inside.path), label: "*" });
  }

  /** Notes a conversion; whether there is one. */
  #convert(name: string, attributes: Attributes, { path, holder }: Situation): boolean {
    const conversion = conversionOf(name, attributes);
    if (conversion !== undefined) this.conversions.push({ path, holder, ...conversion });
    return conversion !== undefined;
  }

  /** Adds members, the first on top. */
  #members(place: Situation, type: StructType | UnionType, operator: "." | "->"): void {
    const inUnion = type.kind === "union";
    const members = inUnion ? type.arms : type.fields.filter((field) => !field.ignore);
    for (const member of [...members].reverse()) {
      if (member.name === undefined || member.type === undefined) continue;
      const path = memberOf(place.path, operator, member.name);
      const label = place.label === "" ? member.name : memberOf(place.label, ".", member.name);
      if (this.#convert(idlType(member.type), member.attributes, { ...place, path })) continue;
      this.#pending.push({
        ...place,
        type: member.type,
        path,
        label,
        models: withAttributes(place.models, member.attributes),
        span: member.span,
        isTopLevel: false,
        isInitialized: false,
        isInArm: place.isInArm || inUnion,
      });
    }
  }

  #elements(place: Situation, type: ArrayType): void {
    this.#pending.push({
      ...place,
      type: type.element,
      path: elementOf(place.path),
      label: elementOf(place.label),
      isTopLevel: false,
      isInitialized: false,
      shortenedBy: shortenerOf(type, place.direction) ?? place.shortenedBy,
    });
  }
}

function start({ name, direction, type, attributes, span }: Source): Situation {
  return {
    type,
    path: name,
    label: name,
    direction,
    isTopLevel: true,
    holder: undefined,
    isInitialized: direction === "out",
    mayExist: direction === "in, out" || direction === "out",
    isInArm: false,
    shortenedBy: undefined,
    models: withAttributes(defaultModels, attributes),
    isInBlock: false,
    span,
  };
}

/**
 * What a [ref] pointer to a pointer leads to, under the same name: paths are those that `midl_user_orphaned` is told. Before the call nobody can have put something there for [out] alone.
 */
function followed(place: Situation, pointee: Type): Situation {
  return {
    ...place,
    type: pointee,
    isTopLevel: false,
    mayExist: place.mayExist && (!place.isTopLevel || place.direction === "in, out"),
  };
}

/** What can make an array shorter in the reply: a size or length that comes back itself. */
function shortenerOf(type: ArrayType, direction: Direction): string | undefined {
  if (direction === "in" || direction === "return") return undefined;
  const { size, varying } = type;
  const expressions = [size.kind === "conformant" ? size.sizeIs : undefined, varying?.lengthIs, varying?.firstIs];
  const changing = expressions.find((each) => each !== undefined && references(each).some(comesBack));
  return changing === undefined ? undefined : idlExpression(changing);
}

/** A member of what comes back, or a parameter that does. */
function comesBack(target: Field | Parameter): boolean {
  return target.kind === "field" || target.out;
}
