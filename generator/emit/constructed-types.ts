/** The structs and unions of a compilation. */
import type { EnumType, IdlFile, Model, StructType, Type, UnionType } from "../../grammar/index.ts";
import type { Constructed } from "../wire-plan/recursion.ts";
import { namedTypes } from "./named-types.ts";

/** The constructed types and enums that operations of a file name, inner ones first. */
export function typesOfOperations(file: IdlFile): readonly (EnumType | StructType | UnionType)[] {
  const seen = new Set<Type>();
  return file.interfaces.flatMap((each) =>
    each.operations.flatMap((operation) => [
      ...namedTypes(operation.returnType, seen),
      ...operation.parameters.flatMap((parameter) => namedTypes(parameter.type, seen)),
    ]),
  );
}

/** Every struct and union of a compilation. */
export function constructedTypes(model: Model): readonly Constructed[] {
  const seen = new Set<Type>();
  const found: Constructed[] = [];
  const add = (types: readonly (EnumType | StructType | UnionType)[]): void => {
    for (const type of types) if (type.kind !== "enum") found.push(type);
  };
  for (const file of model.files) {
    for (const declaration of file.declarations)
      if (declaration.kind === "type") add(namedTypes(declaration.type, seen));
    add(typesOfOperations(file));
  }
  return found;
}

/** Whether a routine of some struct or union has a name. */
export function routineNames(types: readonly Constructed[]): (name: string) => boolean {
  const names = new Set(types.map((type) => type.name));
  return (name) => {
    const [, rest] = /^(?:marshal|unmarshal|size|skip)(.+)$/.exec(name) ?? [];
    const stem = rest?.replace(/\$(?=(?:Node|Array)?$)/, "");
    return stem !== undefined && (names.has(stem) || names.has(stem.replace(/(?:Node|(?:Varying)?Array)$/, "")));
  };
}
