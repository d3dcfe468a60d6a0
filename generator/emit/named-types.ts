import type { EnumType, StructType, Type, UnionType } from "../../grammar/index.ts";

/** The constructed types and enums that a type is made of, inner ones first. */
export function namedTypes(type: Type, seen = new Set<Type>()): readonly (EnumType | StructType | UnionType)[] {
  if (seen.has(type)) return [];
  seen.add(type);
  switch (type.kind) {
    case "enum":
      return [type];
    case "struct":
      return [...type.fields.flatMap((field) => namedTypes(field.type, seen)), type];
    case "union":
      return [
        ...(type.switchType === undefined ? [] : namedTypes(type.switchType, seen)),
        ...type.arms.flatMap((arm) => (arm.type === undefined ? [] : namedTypes(arm.type, seen))),
        type,
      ];
    case "alias":
      return namedTypes(type.target, seen);
    case "pointer":
      return namedTypes(type.pointee, seen);
    case "array":
    case "pipe":
      return namedTypes(type.element, seen);
    default:
      return [];
  }
}
