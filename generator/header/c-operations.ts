/** Prototypes of what a manager in C implements and calls. */
import type { Interface, Operation, Parameter, Type, TypeDeclaration } from "../../grammar/index.ts";
import { declarationOf, parameterDeclaration } from "./c-declarations.ts";
import { globalName, type TypeNames } from "./c-names.ts";

/** The prototype of an operation, as its manager routine has it, and of the routines that its ACF asks of the application. */
export function operationPrototypes(owner: Interface, operation: Operation, names: TypeNames): readonly string[] {
  const { attributes, returnType } = operation;
  const name = globalName(operation.name);
  const parameters = cParameters(owner, operation).map((each) => `\n    ${parameterText(each, names)}`);
  const list = parameters.length === 0 ? "void" : parameters.join(",");
  const lines = `${declarationOf(returnType, `${name}(${list})`, names)};`.split("\n");
  if (attributes.has("notify")) lines.push(`void ${operation.name}_notify(void);`);
  if (attributes.has("notify_flag")) lines.push(`void ${operation.name}_notify_flag(boolean called);`);
  return lines;
}

/** The parameters in C: those of the IDL, the handle that the ACF asks for before them, its status parameters behind. */
export function cParameters(
  owner: Interface,
  { parameters, statusParameters = [], attributes }: Operation,
): readonly CParameter[] {
  const isExplicit = attributes.has("explicit_handle") || owner.binding.kind === "explicit";
  const added = isExplicit && !parameters.some(isHandle);
  return [
    ...(added ? [{ name: "IDL_handle", type: { kind: "binding-handle" } as const, attributes: inAttribute }] : []),
    ...parameters,
    ...statusParameters.map(({ name }) => ({ name, type: statusPointer, attributes: outAttribute })),
  ];
}

/** A parameter as C has it; of its attributes the names are shown. */
type CParameter = Pick<Parameter, "name" | "type"> & { readonly attributes: ReadonlyMap<string, unknown> };

const inAttribute: CParameter["attributes"] = new Map([["in", ""]]);
const outAttribute: CParameter["attributes"] = new Map([["out", ""]]);

function parameterText(parameter: CParameter, names: TypeNames): string {
  const attributes = [...parameter.attributes.keys()].map((name) => `[${name}]`).join("");
  return `${attributes === "" ? "" : `/* ${attributes} */ `}${parameterDeclaration(parameter, names)}`;
}

const statusPointer: Type = {
  kind: "pointer",
  pointer: "ref",
  pointee: { kind: "base", base: "error_status_t" },
  attributes: new Map(),
};

/** Whether a parameter directs the call, so that the ACF adds none (MIDL "explicit_handle"). */
function isHandle({ type, in: isIn }: Parameter): boolean {
  for (let current = type; ;) {
    if (current.kind === "binding-handle") return true;
    if (current.kind === "context-handle") return isIn;
    if (current.kind === "alias") {
      if (current.attributes.has("handle")) return true;
      current = current.target;
    } else if (current.kind === "pointer") current = current.pointee;
    else return (current.kind === "struct" || current.kind === "union") && current.attributes.has("handle");
  }
}

/** The routines that the application supplies for a type: rundown of context handles, binding of generic handles (MIDL "context_handle", "handle"). */
export function typeRoutines({ name, type }: TypeDeclaration, names: TypeNames): readonly string[] {
  const typeName = declarationOf(type, "", names);
  if (type.kind === "alias" && type.target.kind === "context-handle")
    return [`void ${name}_rundown(${typeName} context);`];
  if (type.kind === "pipe" || type.kind === "enum" || !type.attributes.has("handle")) return [];
  return [`handle_t ${name}_bind(${typeName} object);`, `void ${name}_unbind(${typeName} object, handle_t binding);`];
}

/** `extern handle_t NAME;` for [implicit_handle]. */
export function implicitHandle({ binding }: Interface, names: TypeNames): readonly string[] {
  return binding.kind === "implicit" ? [`extern ${declarationOf(binding.type, globalName(binding.name), names)};`] : [];
}
