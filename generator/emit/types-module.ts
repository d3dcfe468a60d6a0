import type { EnumType, IdlFile, StructType, Type, TypeDeclaration, UnionType } from "../../grammar/index.ts";
import { NotGenerated } from "../wire-plan/plan.ts";
import type { ValuePlan } from "../wire-plan/plan.ts";
import { typesOfOperations } from "./constructed-types.ts";
import { conversionDeclaration } from "./conversions.ts";
import {
  aliasDeclaration,
  constantDeclaration,
  enumDeclaration,
  structDeclaration,
  unionDeclaration,
} from "./declarations.ts";
import { structExtents, unionExtents } from "./extents.ts";
import { structNodeType, unionNodeType } from "./node-types.ts";
import { namedTypes } from "./named-types.ts";
import { conversionsIn } from "./operation-plan.ts";
import type { EmitContext } from "./routine-context.ts";
import { typeSerialization } from "./serialization.ts";
import { structRoutines } from "./struct-routines.ts";
import { unionRoutines } from "./union-routines.ts";

/** What NAME.ts declares: constants, types, node types and marshaling routines, in the order of the IDL. */
export function typesModule(emit: EmitContext, file: IdlFile): void {
  const done = new Set<Type>();
  for (const declaration of file.declarations) {
    if (declaration.kind === "constant") {
      constantDeclaration(emit, declaration);
      continue;
    }
    for (const type of namedTypes(declaration.type)) {
      if (type.file !== file || done.has(type)) continue;
      done.add(type);
      namedType(emit, type, type === declaration.type ? declaration.documentation : undefined);
    }
    aliasDeclaration(emit, declaration);
    conversionDeclaration(emit, declaration);
  }
  const [owner] = file.interfaces;
  if (owner !== undefined)
    for (const declaration of file.declarations)
      if (declaration.kind === "type" && !isConvertedElsewhere(declaration, file))
        typeSerialization(emit, declaration, owner);
  for (const type of typesOfOperations(file)) {
    if (type.file !== file || done.has(type)) continue;
    done.add(type);
    namedType(emit, type, undefined);
  }
}

/** A struct, union or enum that shares its name with the typedef that converts it. */
function isConvertedElsewhere({ name, type }: TypeDeclaration, file: IdlFile): boolean {
  return (
    type.kind !== "alias" &&
    file.declarations.some((each) => each.name === name && each.kind === "type" && each.type.kind === "alias")
  );
}

function namedType(
  emit: EmitContext,
  type: EnumType | StructType | UnionType,
  documentation: string | undefined,
): void {
  switch (type.kind) {
    case "enum":
      enumDeclaration(emit, type, documentation);
      return;
    case "struct":
      if (type.incomplete) return;
      structDeclaration(emit, type, documentation);
      whenPlannable(
        emit,
        () => emit.planner.struct(type),
        { kind: "struct", struct: type },
        (plan) => {
          structNodeType(emit, type);
          structExtents(emit, plan);
          structRoutines(emit, plan);
        },
        () => {
          if (emit.presented.has(type)) structNodeType(emit, type);
        },
      );
      return;
    case "union":
      if (type.incomplete) return;
      unionDeclaration(emit, type, documentation);
      whenPlannable(
        emit,
        () => emit.planner.union(type),
        { kind: "union", union: type, switchIs: undefined },
        (plan) => {
          unionNodeType(emit, type);
          unionExtents(emit, plan);
          unionRoutines(emit, plan);
        },
        () => {
          if (emit.presented.has(type)) unionNodeType(emit, type);
        },
      );
      return;
    default:
      assertNever(type);
  }
}

/**
 * A type that cannot be sent, or that leads to one, is declared without routines, and with a node type when the application has it in place
 * of another; operations that need it say why they are left out.
 */
function whenPlannable<P>(
  emit: EmitContext,
  plan: () => P,
  value: ValuePlan,
  print: (plan: P) => void,
  otherwise: () => void,
): void {
  let planned: P;
  try {
    planned = plan();
    conversionsIn(emit.planner, value); // plans all that it leads to
  } catch (error) {
    if (!(error instanceof NotGenerated)) throw error;
    otherwise();
    return;
  }
  print(planned);
}

function assertNever(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`);
}
