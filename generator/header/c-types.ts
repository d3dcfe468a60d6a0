/** Definitions of types in C, each with assertions that the compiler sees the layout that the stubs were made for. */
import {
  unionLayout,
  type AliasType,
  type EnumType,
  type Environment,
  type PipeType,
  type StructType,
  type UnionType,
} from "../../grammar/index.ts";
import { enumeratorValue } from "./c-constants.ts";
import { declarationOf } from "./c-declarations.ts";
import { declaredSize, memberOffsets, type MemberOffset } from "./c-layout.ts";
import { armLines, fieldLines } from "./c-members.ts";
import { memberName, type TaggedType, type TypeNames } from "./c-names.ts";
import type { ModelNames } from "./model-names.ts";

/** What the definition of a type depends on. */
export interface DefinitionContext {
  readonly environment: Environment;
  /** What can be referred to already. */
  readonly names: TypeNames;
  /** What the definitions are called. */
  readonly model: ModelNames;
}

/** `typedef int32_t T;` */
export function aliasDefinition(type: AliasType, { names }: DefinitionContext): readonly string[] {
  return [`typedef ${declarationOf(type.target, names.typedef(type), names)};`];
}

/** An enum: 32 bits in memory, whatever its size on the wire (MIDL "v1_enum"). */
export function enumDefinition(type: EnumType, context: DefinitionContext): readonly string[] {
  const members = type.members.map(
    ({ name, value }) => `    ${context.model.ofEnumerator(name, type)} = ${enumeratorValue(value)},`,
  );
  return [...definition(type, members, "", context), sizeAssertion(nameIn(type, context), 4)];
}

/** A struct under its packing (MIDL "/Zp", "pragma pack"). */
export function structDefinition(type: StructType, context: DefinitionContext): readonly string[] {
  const attribute = type.fields.some(({ bitWidth }) => bitWidth !== undefined) ? "MIDL_BIT_FIELDS " : "";
  const lines = definition(type, fieldLines(type, context.names, "    "), attribute, context);
  const offsets = memberOffsets(type, context.environment);
  return [...packed(lines, type.packing), ...assertions(type, offsets, context)];
}

/** A union; an encapsulated one is a struct of its discriminant and the union (MIDL "Encapsulated Unions"). */
export function unionDefinition(type: UnionType, context: DefinitionContext): readonly string[] {
  const { encapsulated, switchType } = type;
  const isStruct = encapsulated !== undefined && switchType !== undefined;
  const arms = armLines(type, context.names, isStruct ? "        " : "    ");
  const members = isStruct
    ? [
        `    ${declarationOf(switchType, memberName(encapsulated.switchName), context.names)};`,
        "    union",
        "    {",
        ...arms,
        `    } ${memberName(encapsulated.unionName)};`,
      ]
    : arms;
  const [, offset = 0] = unionLayout(type, context.environment).offsets;
  const offsets = isStruct
    ? [
        { name: encapsulated.switchName, offset: 0 },
        { name: encapsulated.unionName, offset },
      ]
    : [];
  return [...packed(definition(type, members, "", context), type.packing), ...assertions(type, offsets, context)];
}

/** The control structure of a pipe (RPC "Defining Pipes in IDL Files"). */
export function pipeDefinition(type: PipeType, { environment, names }: DefinitionContext): readonly string[] {
  const name = names.typedef(type);
  return [
    `typedef struct pipe_${type.name}`,
    "{",
    `    void (*pull)(char *state, ${declarationOf(type.element, "*buf", names)}, uint32_t esize, uint32_t *ecount);`,
    `    void (*push)(char *state, ${declarationOf(type.element, "*buf", names)}, uint32_t ecount);`,
    `    void (*alloc)(char *state, uint32_t bsize, ${declarationOf(type.element, "**buf", names)}, uint32_t *bcount);`,
    "    char *state;",
    `} ${name};`,
    sizeAssertion(name, declaredSize(type, environment)),
  ];
}

function definition(
  type: TaggedType,
  members: readonly string[],
  attribute: string,
  context: DefinitionContext,
): readonly string[] {
  const typedef = context.model.ofTagged(type);
  const [keyword = "", tag = ""] = context.model.tag(type).split(" ");
  const head = `${typedef === undefined ? "" : "typedef "}${keyword} ${attribute}${tag}`;
  return [head, "{", ...members, typedef === undefined ? "};" : `} ${typedef};`];
}

/** The natural alignment of no type is more than 8, which is what the whole header is packed at. */
function packed(lines: readonly string[], packing: number): readonly string[] {
  return packing >= 8 ? lines : [`#pragma pack(push, ${packing})`, ...lines, "#pragma pack(pop)"];
}

function assertions(
  type: StructType | UnionType,
  offsets: readonly MemberOffset[],
  context: DefinitionContext,
): readonly string[] {
  const name = nameIn(type, context);
  const { environment } = context;
  return [
    sizeAssertion(name, declaredSize(type, environment)),
    ...offsets.map((each) => `MIDL_OFFSET_IS(${name}, ${memberName(each.name)}, ${each.offset});`),
  ];
}

function sizeAssertion(name: string, size: number): string {
  return `MIDL_SIZE_IS(${name}, ${size});`;
}

function nameIn(type: TaggedType, context: DefinitionContext): string {
  return context.model.ofTagged(type) ?? context.model.tag(type);
}
