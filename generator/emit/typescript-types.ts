import type { IdlFile, PipeType, Type } from "../../grammar/index.ts";
import { conversionOf, isJavaScriptType, mayBeNull } from "../wire-plan/conversions.ts";
import type { Conversion } from "../wire-plan/conversions.ts";
import { isOpaque } from "../wire-plan/presented-types.ts";
import type { ModuleBuilder } from "./module-builder.ts";
import { nameInRoutines, safeName } from "./names.ts";

/** Where a module of the compilation is imported from, undefined for the module itself. */
export type ModuleOf = (file: IdlFile) => string | undefined;

/** The side of a call that a module is for. */
export type Side = "client" | "server";

/** Prints IDL types as TypeScript types and imports the names that it uses. */
export class TypePrinter {
  readonly #module: ModuleBuilder;
  readonly #moduleOf: ModuleOf;
  readonly #side: Side;
  readonly #localModule: string | undefined;

  /** @param localModule where types of the application come from: what the ACF includes */
  constructor(module: ModuleBuilder, moduleOf: ModuleOf, side: Side = "client", localModule?: string) {
    this.#side = side;
    this.#module = module;
    this.#moduleOf = moduleOf;
    this.#localModule = localModule;
  }

  /** The type as a value of it is written: `SHARE_INFO_1 | null`, `Uint8Array`, `string`. */
  text(type: Type): string {
    switch (type.kind) {
      case "base":
        return baseText(type.base);
      case "enum":
      case "struct":
      case "union":
        return this.named(type.name, type.file);
      case "alias": {
        const conversion = conversionOf(type);
        if (conversion !== undefined) return this.presented(conversion);
        return hasOwnName(type.target) ? this.named(type.name, type.file) : this.text(type.target);
      }
      case "pointer":
        return this.#pointer(type.pointee, type.pointer !== "ref");
      case "array":
        return type.string ? "string" : this.#array(type.element);
      case "context-handle":
        return `${this.handle(type.name)} | null`;
      case "interface":
        return "Uint8Array";
      case "pipe":
        return `AsyncIterable<${this.#array(type.element)}>`;
      case "void":
        return "void";
      case "binding-handle":
        return "object | null";
      case "function":
        return "never";
      default:
        return assertNever(type);
    }
  }

  /** An open context handle: opaque on the client, the type parameter for the manager's state on the server. */
  handle(name: string): string {
    return this.#side === "server" ? safeName(name) : `${this.#module.type("ContextHandle")}<${JSON.stringify(name)}>`;
  }

  /** What the application has where routines of its own convert. */
  presented({ attribute, type, presented, local }: Conversion): string {
    if (presented === undefined) return this.#local(local);
    const isTypedef = attribute === "transmit_as" || attribute === "wire_marshal";
    return isTypedef && hasOwnName(presented) ? this.named(type.name, type.file) : this.text(presented);
  }

  /** A type of the application's own: one of JavaScript's, or from the module that the ACF includes. */
  #local(name: string): string {
    return this.#localModule === undefined || isJavaScriptType({ local: name })
      ? name
      : this.#module.type(name, this.#localModule);
  }

  /** A chunk of a pipe: `Uint8Array`, `RECORD[]`. */
  chunkText({ element }: PipeType): string {
    return this.#array(element);
  }

  /** A name that an IDL file declares, imported when that is another module. */
  named(name: string, file: IdlFile): string {
    const safe = safeName(name);
    const from = this.#moduleOf(file);
    return from === undefined ? safe : this.#module.type(safe, from);
  }

  /** A value that an IDL file's module exports, imported when that is another module. */
  value(name: string, file: IdlFile): string {
    const from = this.#moduleOf(file);
    return from === undefined ? nameInRoutines(name) : this.#module.value(name, from);
  }

  #pointer(pointee: Type, nullable: boolean): string {
    if (isOpaque(pointee)) return nullable ? "object | null" : "object";
    if (!nullable) return this.text(pointee);
    const inner = withoutAlias(pointee);
    if (mayBeNull(inner)) return `${this.#module.type("Pointer")}<${this.text(pointee)}> | null`;
    return `${this.text(pointee)} | null`;
  }

  #array(element: Type): string {
    const typedArray = typedArrayOf(element);
    if (typedArray !== undefined) return typedArray;
    const text = this.text(element);
    return text.includes("|") ? `(${text})[]` : `${text}[]`;
  }
}

/** The typed array that stands for an array of numbers, undefined when there is none. */
export function typedArrayOf(element: Type): string | undefined {
  const type = withoutAlias(element);
  return type.kind === "base" ? TYPED_ARRAYS[type.base] : undefined;
}

const TYPED_ARRAYS: Readonly<Record<string, string | undefined>> = {
  byte: "Uint8Array",
  char: "Uint8Array",
  uint8: "Uint8Array",
  int8: "Int8Array",
  wchar_t: "Uint16Array",
  uint16: "Uint16Array",
  int16: "Int16Array",
  uint32: "Uint32Array",
  error_status_t: "Uint32Array",
  int32: "Int32Array",
  uint64: "BigUint64Array",
  int64: "BigInt64Array",
  float: "Float32Array",
  double: "Float64Array",
};

/** The type that a typedef stands for in the end. A typedef that routines of the application convert stands for itself. */
export function withoutAlias(type: Type): Type {
  let current = type;
  while (current.kind === "alias" && conversionOf(current) === undefined) current = current.target;
  return current;
}

/** Typedefs of pointers and arrays are written out where they are used, since what they mean depends on the place. */
export function hasOwnName(target: Type): boolean {
  const type = withoutAlias(target);
  return type.kind === "base" || type.kind === "enum" || type.kind === "struct" || type.kind === "union";
}

function baseText(base: string): string {
  if (base === "boolean") return "boolean";
  return ["int64", "uint64", "int3264", "uint3264"].includes(base) ? "bigint" : "number";
}

function assertNever(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`);
}
