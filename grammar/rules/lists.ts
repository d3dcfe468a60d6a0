/** Which rule judges what. */
import type { Reporter } from "../diagnostics/reporter.ts";
import type { Interface, Model, Operation, StructType, TypeDeclaration, UnionType } from "../model.ts";
import { allNodesMayOrphan, allocateIsSensible } from "./allocate-is-sensible.ts";
import { arrayAttributesAgree } from "./array-attributes-agree.ts";
import { arrayHasNoUnions } from "./array-has-no-unions.ts";
import { arrayIsCLike, lengthComparesWithSize } from "./array-is-c-like.ts";
import { arrayElementHasSize, returnedElementHasSize } from "./array-element-has-size.ts";
import { ignoredFieldIsPointer } from "./ignored-field-is-pointer.ts";
import { operationAttributesAgree } from "./operation-attributes-agree.ts";
import { pointerDefaultIsSaid } from "./pointer-default-is-said.ts";
import { statusIsTopLevel } from "./status-is-top-level.ts";
import { unionArmIsComplete, unionHasDefault } from "./union-arm-is-complete.ts";
import { automationParametersAreInOrder } from "./automation-parameters-are-in-order.ts";
import { interfaceIsBehindPointer } from "./interface-is-behind-pointer.ts";
import {
  automationInterfaceHasRoot,
  interfaceIsUsable,
  namesAreShort,
  objectInterfaceIsCom,
  uuidIsUnique,
} from "./object-interface-is-com.ts";
import { callAsHasTarget, objectOperationIsCom } from "./object-operation-is-com.ts";
import { propertyIsSensible } from "./property-is-sensible.ts";
import { arrayDerivesSize } from "./array-derives-size.ts";
import { attributeExpressionIsArithmetic } from "./attribute-expression-is-arithmetic.ts";
import { attributeExpressionIsInteger } from "./attribute-expression-is-integer.ts";
import { attributeExpressionIsNotNullable } from "./attribute-expression-is-not-nullable.ts";
import { fieldHasNoBitFields, operationHasNoBitFields } from "./bit-field-does-not-travel.ts";
import { byteCountIsSensible } from "./byte-count-is-sensible.ts";
import { conformantFieldIsLast, fieldIsNotConvertedToConformant } from "./conformant-field-is-last.ts";
import { contextHandleIsPointer } from "./context-handle-is-pointer.ts";
import { conversionIsPossible, wireTypeStandsAlone } from "./conversion-is-possible.ts";
import { fieldIsSendable } from "./field-is-sendable.ts";
import { handleAttributesAgree, serializationOfContextHandles } from "./handle-attributes-agree.ts";
import { arrayHasNoHandles, handleIsParameter } from "./handle-is-parameter.ts";
import { interfaceBindingIsOne } from "./interface-binding-is-one.ts";
import { includeHasEffect } from "./include-has-effect.ts";
import { interfaceHasRemoteOperations } from "./interface-has-remote-operations.ts";
import { interfaceHasUuid } from "./interface-has-uuid.ts";
import { lowerBoundIsOpen } from "./lower-bound-is-open.ts";
import type { Member } from "./member.ts";
import { openStructIsBehindPointer } from "./open-struct-is-behind-pointer.ts";
import { outParameterHasSize } from "./out-parameter-has-size.ts";
import { outParameterIsPointer } from "./out-parameter-is-pointer.ts";
import { outParameterIsRef } from "./out-parameter-is-ref.ts";
import { parameterIsSendable } from "./parameter-is-sendable.ts";
import { memberIsNoPipe, pipeHasNoConversion, pipeIsParameter } from "./pipe-is-parameter.ts";
import { rangeIsOrdered } from "./range-is-ordered.ts";
import { returnTypeIsSendable } from "./return-type-is-sendable.ts";
import { serializationIsPossible, serializedTypeHasSize } from "./serialization-is-possible.ts";
import { sizeIsKnownBeforeCall } from "./size-is-known-before-call.ts";
import { configurationAgrees, statusHasPlace, statusIsWhole } from "./status-has-place.ts";
import { stringConsistsOfCharacters } from "./string-consists-of-characters.ts";
import { typeIsComplete } from "./type-is-complete.ts";
import { unionArmIsNotRef } from "./union-arm-is-not-ref.ts";
import { unionArmsHaveCases } from "./union-arms-have-cases.ts";
import { unionCasesFitSwitchType } from "./union-cases-fit-switch-type.ts";
import { unionHasSwitch } from "./union-has-switch.ts";

/** A rule for one kind of thing. */
export type Rule<Judged> = (judged: Judged, reporter: Reporter) => void;

/** Rules for every interface. */
export const interfaceRules: readonly Rule<Interface>[] = [
  interfaceHasUuid,
  interfaceHasRemoteOperations,
  interfaceBindingIsOne,
  serializationIsPossible,
  configurationAgrees,
  pointerDefaultIsSaid,
  objectInterfaceIsCom,
  automationInterfaceHasRoot,
  interfaceIsUsable,
  objectOperationIsCom,
  callAsHasTarget,
  interfaceIsBehindPointer,
  propertyIsSensible,
  automationParametersAreInOrder,
];

/** Rules for a whole compilation. */
export const modelRules: readonly Rule<Model>[] = [uuidIsUnique, namesAreShort, includeHasEffect];

/** Rules for every typedef, struct, union and enum of the main file. */
export const declarationRules: readonly Rule<TypeDeclaration>[] = [
  allocateIsSensible,
  handleAttributesAgree,
  serializationOfContextHandles,
  serializedTypeHasSize,
  conversionIsPossible,
  pipeHasNoConversion,
];

/** Rules for operations that travel. */
export const operationRules: readonly Rule<Operation>[] = [
  outParameterIsPointer,
  outParameterIsRef,
  outParameterHasSize,
  openStructIsBehindPointer,
  sizeIsKnownBeforeCall,
  contextHandleIsPointer,
  parameterIsSendable,
  returnTypeIsSendable,
  returnedElementHasSize,
  operationHasNoBitFields,
  handleIsParameter,
  pipeIsParameter,
  allNodesMayOrphan,
  byteCountIsSensible,
  statusHasPlace,
  statusIsWhole,
  operationAttributesAgree,
];

/** Rules for structs and unions that travel. */
export const typeRules: readonly Rule<StructType | UnionType>[] = [
  fieldIsSendable,
  conformantFieldIsLast,
  fieldIsNotConvertedToConformant,
  unionArmsHaveCases,
  unionCasesFitSwitchType,
  unionArmIsNotRef,
  fieldHasNoBitFields,
  unionArmIsComplete,
  unionHasDefault,
];

/** Rules for parameters, fields and arms that travel. */
export const memberRules: readonly Rule<Member>[] = [
  typeIsComplete,
  arrayAttributesAgree,
  lowerBoundIsOpen,
  arrayDerivesSize,
  attributeExpressionIsInteger,
  attributeExpressionIsArithmetic,
  attributeExpressionIsNotNullable,
  unionHasSwitch,
  stringConsistsOfCharacters,
  rangeIsOrdered,
  arrayHasNoHandles,
  memberIsNoPipe,
  statusIsTopLevel,
  arrayIsCLike,
  arrayHasNoUnions,
  arrayElementHasSize,
  lengthComparesWithSize,
  ignoredFieldIsPointer,
  wireTypeStandsAlone,
];
