/** Short constructors for the ts-morph structures that the emitters build. */
import { StructureKind, VariableDeclarationKind } from "ts-morph";
import type {
  FunctionDeclarationStructure,
  InterfaceDeclarationStructure,
  JSDocStructure,
  OptionalKind,
  ParameterDeclarationStructure,
  PropertySignatureStructure,
  TypeAliasDeclarationStructure,
  VariableStatementStructure,
} from "ts-morph";

export type ParameterText = OptionalKind<ParameterDeclarationStructure>;
export type PropertyText = OptionalKind<PropertySignatureStructure>;

export interface FunctionText {
  readonly name: string;
  readonly parameters: ParameterText[];
  readonly returnType: string;
  readonly statements: string[];
  readonly exported?: boolean;
  readonly documentation?: string | undefined;
}

export function functionStructure(text: FunctionText): FunctionDeclarationStructure {
  return {
    kind: StructureKind.Function,
    name: text.name,
    isExported: text.exported ?? false,
    parameters: text.parameters,
    returnType: text.returnType,
    statements: text.statements,
    docs: documentation(text.documentation),
  };
}

export function interfaceStructure(
  name: string,
  properties: PropertyText[],
  text?: string,
  typeParameters: string[] = [],
): InterfaceDeclarationStructure {
  return {
    kind: StructureKind.Interface,
    name,
    isExported: true,
    properties,
    typeParameters,
    docs: documentation(text),
  };
}

export function typeAlias(name: string, type: string, text?: string): TypeAliasDeclarationStructure {
  return { kind: StructureKind.TypeAlias, name, isExported: true, type, docs: documentation(text) };
}

export function constant(
  name: string,
  initializer: string,
  type?: string,
  text?: string,
  exported = true,
): VariableStatementStructure {
  return {
    kind: StructureKind.VariableStatement,
    declarationKind: VariableDeclarationKind.Const,
    isExported: exported,
    declarations: [{ name, initializer, ...(type === undefined ? {} : { type }) }],
    docs: documentation(text),
  };
}

/** A documentation comment; what would end it early is broken up. */
export function documentation(text: string | undefined): OptionalKind<JSDocStructure>[] {
  if (text === undefined || text.trim() === "") return [];
  const safe = text.replaceAll("*/", "*\u200b/").trim();
  return [{ description: safe.includes("\n") ? `\n${safe}` : safe }];
}
