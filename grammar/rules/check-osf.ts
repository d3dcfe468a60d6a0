/** Runs the rules that hold under /osf alone. */
import type { Reporter } from "../diagnostics/reporter.ts";
import type { Model, Operation, StructType, UnionType } from "../model.ts";
import type { Rule } from "./lists.ts";
import { membersOf, type Member } from "./member.ts";
import { osfAttributeExpressionIsSimple } from "./osf-attribute-expression-is-simple.ts";
import { osfContextHandleIsVoidPointer } from "./osf-context-handle-is-void-pointer.ts";
import { osfHandleIsFirst } from "./osf-handle-is-first.ts";
import { osfInnerPointersHaveAttributes, osfPointersHaveAttributes } from "./osf-pointers-have-attributes.ts";
import { osfSizeIsSentFirst } from "./osf-size-is-sent-first.ts";
import { osfSizesAreOfOneKind } from "./osf-sizes-are-of-one-kind.ts";
import { osfUnionHasCases } from "./osf-union-has-cases.ts";
import { osfVoidPointer } from "./osf-void-pointer.ts";

const operationRules: readonly Rule<Operation>[] = [osfHandleIsFirst, osfSizeIsSentFirst];
const typeRules: readonly Rule<StructType | UnionType>[] = [osfVoidPointer, osfUnionHasCases];
const memberRules: readonly Rule<Member>[] = [osfAttributeExpressionIsSimple, osfSizesAreOfOneKind];

/** Applies the rules of /osf to the main file. Nothing of a [local] interface is sent, so its operations are free. */
export function checkOsf(model: Model, reporter: Reporter): void {
  osfContextHandleIsVoidPointer(model, reporter);
  const { interfaces, declarations } = model.main;
  for (const operation of interfaces.flatMap((each) => (each.local ? [] : each.operations))) {
    for (const rule of operationRules) rule(operation, reporter);
    osfInnerPointersHaveAttributes(operation, reporter, model.main);
    for (const parameter of operation.parameters) for (const rule of memberRules) rule(parameter, reporter);
  }
  for (const { type } of declarations) {
    if (type.kind !== "struct" && type.kind !== "union") continue;
    osfPointersHaveAttributes(type, reporter);
    for (const rule of typeRules) rule(type, reporter);
    for (const member of membersOf(type)) for (const rule of memberRules) rule(member, reporter);
  }
}
