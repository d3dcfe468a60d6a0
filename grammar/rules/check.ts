/** Runs the semantic rules over a model, each rule on what it judges. */
import type { Reporter } from "../diagnostics/reporter.ts";
import type { Interface, Model, Operation, StructType, Type, UnionType } from "../model.ts";
import { arrayAttributesAgree } from "./array-attributes-agree.ts";
import { arrayDerivesSize } from "./array-derives-size.ts";
import { attributeExpressionIsInteger } from "./attribute-expression-is-integer.ts";
import { attributeExpressionIsNotNullable } from "./attribute-expression-is-not-nullable.ts";
import { fieldHasNoBitFields, operationHasNoBitFields } from "./bit-field-does-not-travel.ts";
import { conformantFieldIsLast } from "./conformant-field-is-last.ts";
import { contextHandleIsPointer } from "./context-handle-is-pointer.ts";
import { fieldIsSendable } from "./field-is-sendable.ts";
import { interfaceHasRemoteOperations } from "./interface-has-remote-operations.ts";
import { interfaceHasUuid } from "./interface-has-uuid.ts";
import { membersOf, ultimateType, type Member } from "./member.ts";
import { openStructIsBehindPointer } from "./open-struct-is-behind-pointer.ts";
import { osfAttributeExpressionIsSimple } from "./osf-attribute-expression-is-simple.ts";
import { osfContextHandleIsVoidPointer } from "./osf-context-handle-is-void-pointer.ts";
import { osfHandleIsFirst } from "./osf-handle-is-first.ts";
import { osfPointersHaveAttributes } from "./osf-pointers-have-attributes.ts";
import { osfSizeIsSentFirst } from "./osf-size-is-sent-first.ts";
import { osfSizesAreOfOneKind } from "./osf-sizes-are-of-one-kind.ts";
import { osfVoidPointer } from "./osf-void-pointer.ts";
import { outParameterHasSize } from "./out-parameter-has-size.ts";
import { outParameterIsPointer } from "./out-parameter-is-pointer.ts";
import { outParameterIsRef } from "./out-parameter-is-ref.ts";
import { parameterIsSendable } from "./parameter-is-sendable.ts";
import { rangeIsOrdered } from "./range-is-ordered.ts";
import { returnTypeIsSendable } from "./return-type-is-sendable.ts";
import { sizeIsKnownBeforeCall } from "./size-is-known-before-call.ts";
import { stringConsistsOfCharacters } from "./string-consists-of-characters.ts";
import { structDoesNotContainItself } from "./struct-does-not-contain-itself.ts";
import { typeIsComplete } from "./type-is-complete.ts";
import { unionArmIsNotRef } from "./union-arm-is-not-ref.ts";
import { unionArmsHaveCases } from "./union-arms-have-cases.ts";
import { unionCasesFitSwitchType } from "./union-cases-fit-switch-type.ts";
import { unionHasSwitch } from "./union-has-switch.ts";

type InterfaceRule = (each: Interface, reporter: Reporter) => void;
type OperationRule = (operation: Operation, reporter: Reporter) => void;
type TypeRule = (type: StructType | UnionType, reporter: Reporter) => void;
type MemberRule = (member: Member, reporter: Reporter) => void;

const interfaceRules: readonly InterfaceRule[] = [interfaceHasUuid, interfaceHasRemoteOperations];

/** Rules for operations that travel. */
const operationRules: readonly OperationRule[] = [
  outParameterIsPointer,
  outParameterIsRef,
  outParameterHasSize,
  openStructIsBehindPointer,
  sizeIsKnownBeforeCall,
  contextHandleIsPointer,
  parameterIsSendable,
  returnTypeIsSendable,
  operationHasNoBitFields,
];

/** Rules for structs and unions that travel. */
const typeRules: readonly TypeRule[] = [
  fieldIsSendable,
  conformantFieldIsLast,
  unionArmsHaveCases,
  unionCasesFitSwitchType,
  unionArmIsNotRef,
  fieldHasNoBitFields,
];

/** Rules for parameters, fields and arms that travel. */
const memberRules: readonly MemberRule[] = [
  typeIsComplete,
  arrayAttributesAgree,
  arrayDerivesSize,
  attributeExpressionIsInteger,
  attributeExpressionIsNotNullable,
  unionHasSwitch,
  stringConsistsOfCharacters,
  rangeIsOrdered,
];

/** Rules that hold under /osf alone. */
const osfRules = {
  operation: [osfHandleIsFirst, osfSizeIsSentFirst] satisfies OperationRule[],
  type: [osfVoidPointer] satisfies TypeRule[],
  member: [osfAttributeExpressionIsSimple, osfSizesAreOfOneKind] satisfies MemberRule[],
};

/** Applies the rules of /osf. */
export function checkOsf(model: Model, reporter: Reporter): void {
  osfContextHandleIsVoidPointer(model, reporter);
  const { interfaces, declarations } = model.main;
  for (const operation of interfaces.flatMap((each) => each.operations)) {
    for (const rule of osfRules.operation) rule(operation, reporter);
    for (const parameter of operation.parameters) for (const rule of osfRules.member) rule(parameter, reporter);
  }
  for (const { type } of declarations) {
    if (type.kind !== "struct" && type.kind !== "union") continue;
    osfPointersHaveAttributes(type, reporter, interfaces);
    for (const rule of osfRules.type) rule(type, reporter);
    for (const member of membersOf(type)) for (const rule of osfRules.member) rule(member, reporter);
  }
}

/** Applies every rule. Types are judged when a remote operation reaches them: what never travels may be what it likes. */
export function checkModel(model: Model, reporter: Reporter): void {
  structDoesNotContainItself(model, reporter);
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
    const target = type === undefined ? undefined : ultimateType(type);
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
