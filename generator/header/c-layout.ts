/** Sizes as C sees the declarations of a header: like the layout of the front end, but that a conformant array counts one element. */
import {
  layoutOf,
  structLayout,
  unionLayout,
  type Environment,
  type Field,
  type StructType,
  type Type,
  type UnionType,
} from "../../grammar/index.ts";
import { namelessType } from "./needed-declarations.ts";

/** What `sizeof` gives for a type in a generated header, in octets. */
export function declaredSize(type: Type, environment: Environment): number {
  switch (type.kind) {
    case "alias":
      return declaredSize(type.target, environment);
    case "array": {
      const count = type.size.kind === "fixed" ? type.size.count : 1;
      return declaredSize(type.element, environment) * count;
    }
    case "struct": {
      const { size, alignment, offsets } = structLayout(type, environment);
      const last = type.fields.at(-1);
      if (last === undefined) return size;
      const end = (offsets.at(-1) ?? 0) + (last.bitWidth === undefined ? declaredSize(last.type, environment) : 0);
      return Math.max(size, Math.ceil(end / alignment) * alignment);
    }
    case "union":
      return unionSize(type, environment);
    default:
      return layoutOf(type, environment).size;
  }
}

function unionSize(type: UnionType, environment: Environment): number {
  const { size, alignment, offsets } = unionLayout(type, environment);
  const largest = Math.max(
    0,
    ...type.arms.map((arm) => (arm.type === undefined ? 0 : declaredSize(arm.type, environment))),
  );
  return Math.max(size, Math.ceil(((offsets[1] ?? 0) + largest) / alignment) * alignment);
}

/** A member that C can name in `offsetof`. */
export interface MemberOffset {
  readonly name: string;
  /** In octets. */
  readonly offset: number;
}

/** The members of a struct by their names in IDL, those of nameless members among them; bit-fields have no offset in C. */
export function memberOffsets(type: StructType, environment: Environment, start = 0): readonly MemberOffset[] {
  const { offsets } = structLayout(type, environment);
  return type.fields.flatMap((field, index) => offsetsOf(field, start + (offsets[index] ?? 0), environment));
}

function offsetsOf(field: Field, offset: number, environment: Environment): readonly MemberOffset[] {
  if (field.bitWidth !== undefined) return [];
  const inner = namelessType(field);
  if (inner === undefined) return field.anonymous ? [] : [{ name: field.name, offset }];
  if (inner.kind === "struct") return memberOffsets(inner, environment, offset);
  return inner.arms.flatMap(({ name }) => (name === undefined ? [] : [{ name, offset }]));
}
