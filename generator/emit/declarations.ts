import type {
  AliasType,
  ConstantDeclaration,
  EnumType,
  Field,
  StructType,
  TypeDeclaration,
  UnionType,
} from "../../grammar/index.ts";
import { conversionOf } from "../wire-plan/conversions.ts";
import { isOpaque } from "../wire-plan/presented-types.ts";
import { memberName, safeName } from "./names.ts";
import type { EmitContext } from "./routine-context.ts";
import { constant, interfaceStructure, typeAlias } from "./structures.ts";
import type { PropertyText } from "./structures.ts";
import { documentation } from "./structures.ts";
import { hasOwnName, withoutAlias } from "./typescript-types.ts";

/** `const long MAXIMUM = 10;` */
export function constantDeclaration(emit: EmitContext, declaration: ConstantDeclaration): void {
  const { value } = declaration;
  const text = typeof value === "bigint" ? `${value}n` : JSON.stringify(value);
  emit.module.add(constant(safeName(declaration.name), text, undefined, declaration.documentation));
}

/** A typedef of something that keeps its name: pointers and arrays are written out where they are used. */
export function aliasDeclaration(emit: EmitContext, declaration: TypeDeclaration): void {
  const { type } = declaration;
  if (type.kind !== "alias") return;
  const name = safeName(declaration.name);
  const target = withoutAlias(type.target);
  if (target.kind === "context-handle") {
    emit.module.add(typeAlias(name, emit.types.handle(target.name), declaration.documentation));
    return;
  }
  const isConverted = conversionOf(type) !== undefined;
  if (isConverted ? !hasOwnName(type.target) || namesItself(type) : !hasOwnName(type)) return;
  emit.module.add(typeAlias(name, emit.types.text(type.target), declaration.documentation));
  if (target.kind === "enum" && target.name !== declaration.name)
    emit.module.add(constant(name, emit.types.value(memberName(target.name), target.file)));
}

/** A struct, union or enum whose own name is that of the typedef which converts it is declared already. */
function namesItself({ name, target }: AliasType): boolean {
  const known = withoutAlias(target);
  return (known.kind === "struct" || known.kind === "union" || known.kind === "enum") && known.name === name;
}

/** An enum: the members as a constant object, and an open type that allows undeclared values. */
export function enumDeclaration(emit: EmitContext, type: EnumType, text: string | undefined): void {
  const name = safeName(type.name);
  const members = type.members.map((member) => {
    const text = member.documentation === undefined ? "" : `/** ${member.documentation.replaceAll("*/", "* /")} */ `;
    const key = member.name === "__proto__" ? '["__proto__"]' : member.name; // otherwise it would set the prototype
    return `${text}${key}: ${member.value}`;
  });
  emit.module.add(
    constant(name, `{ ${members.join(", ")} } as const`, undefined, text),
    typeAlias(name, `(typeof ${name})[keyof typeof ${name}] | (number & {})`, text),
  );
}

/** A struct: an interface of the IDL's name. */
export function structDeclaration(emit: EmitContext, type: StructType, text: string | undefined): void {
  emit.module.add(
    interfaceStructure(
      safeName(type.name),
      type.fields.map((field) => property(emit, field)),
      text,
    ),
  );
}

function property(emit: EmitContext, field: Field): PropertyText {
  const known = withoutAlias(field.type);
  const isNull = field.ignore && known.kind === "pointer" && known.pointer !== "ref" && isOpaque(known.pointee);
  const type = isNull ? "null" : emit.types.text(field.type);
  return { name: memberName(field.name), type, docs: documentation(field.documentation) };
}

/** A union: told apart by `discriminant`; the default arm is `"default"` with its number beside it. */
export function unionDeclaration(emit: EmitContext, type: UnionType, text: string | undefined): void {
  const isOfC = type.arms.every((arm) => arm.cases.length === 0 && !arm.isDefault);
  const arms = type.arms.flatMap((arm) => {
    const member: Member[] =
      arm.name === undefined || arm.type === undefined
        ? []
        : [{ name: memberName(arm.name), type: emit.types.text(arm.type) }];
    if (isOfC) return member.length === 0 ? [] : [member];
    const tags = arm.cases.map((each) => String(each.value)).join(" | ");
    const objects = tags === "" ? [] : [[{ name: "discriminant", type: tags }, ...member]];
    if (arm.isDefault)
      objects.push([
        { name: "discriminant", type: '"default"' },
        { name: "discriminantValue", type: "number" },
        ...member,
      ]);
    return objects;
  });
  const name = safeName(type.name);
  const [only = [{ name: "discriminant", type: "number" }]] = arms;
  if (arms.length <= 1) emit.module.add(interfaceStructure(name, only, text));
  else emit.module.add(typeAlias(name, arms.map(objectType).join(" | "), text));
}

/** A property of an object type. */
interface Member {
  readonly name: string;
  readonly type: string;
}

function objectType(properties: readonly Member[]): string {
  return `{ ${properties.map(({ name, type }) => `${name}: ${type}`).join("; ")} }`;
}
