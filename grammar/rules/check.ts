/** Runs the semantic rules over a model, each rule on what it judges. */
import type { Reporter } from "../diagnostics/reporter.ts";
import type { Model, Operation, StructType, Type, UnionType } from "../model.ts";
import { declarationRules, interfaceRules, memberRules, modelRules, operationRules, typeRules } from "./lists.ts";
import { membersOf, ultimateTransmitted } from "./member.ts";
import { structDoesNotContainItself } from "./struct-does-not-contain-itself.ts";

/** Applies every rule. Types are judged when a remote operation reaches them: what never travels may be what it likes. */
export function checkModel(model: Model, reporter: Reporter): void {
  structDoesNotContainItself(model, reporter);
  for (const rule of modelRules) rule(model, reporter);
  for (const declaration of model.main.declarations) {
    if (declaration.kind === "type") for (const rule of declarationRules) rule(declaration, reporter);
  }
  for (const file of model.files) {
    for (const each of file.interfaces) {
      for (const rule of interfaceRules) rule(each, reporter);
      if (each.local || each.object) continue;
      for (const operation of each.operations) if (operation.opnum !== undefined) checkOperation(operation, reporter);
    }
  }
  const types = typesThatTravel(model);
  for (const type of types) {
    for (const rule of typeRules) rule(type, reporter);
    for (const member of membersOf(type)) for (const rule of memberRules) rule(member, reporter);
  }
}

function checkOperation(operation: Operation, reporter: Reporter): void {
  for (const rule of operationRules) rule(operation, reporter);
  for (const parameter of operation.parameters) for (const rule of memberRules) rule(parameter, reporter);
}

/** The structs and unions that remote operations reach, each once. */
function typesThatTravel(model: Model): ReadonlySet<StructType | UnionType> {
  const found = new Set<StructType | UnionType>();
  const add = (type: Type | undefined): void => {
    const target = type === undefined ? undefined : ultimateTransmitted(type);
    if (target?.kind === "struct" || target?.kind === "union") found.add(target);
    if (target?.kind === "pipe") add(target.element);
  };
  const interfaces = model.files.flatMap((file) => file.interfaces).filter((each) => !each.local && !each.object);
  for (const operation of interfaces.flatMap((each) => each.operations)) {
    if (operation.opnum === undefined) continue;
    add(operation.returnType);
    for (const parameter of operation.parameters) add(parameter.type);
  }
  for (const type of found) for (const member of membersOf(type)) add(member.type);
  return found;
}
