/** What must stand before a declaration in C, where IDL lets names be used before they are declared. */
import type { Field, Parameter, StructType, Type, UnionType } from "../../grammar/index.ts";
import type { TaggedType } from "./c-names.ts";

/** What a type needs before it can be written. */
export interface Needs {
  /** Names of typedefs, and types whose definition must be complete, in the order in which they are met. */
  readonly declared: ReadonlySet<string | TaggedType>;
  /** Structs and unions that a parameter list names: C needs their tags outside of it. */
  readonly tags: ReadonlySet<StructType | UnionType>;
  /** Interfaces that pointers refer to. */
  readonly interfaces: ReadonlySet<string>;
}

/** What the declaration of a variable of a type needs; `byValue` for a member of a struct. */
export function needsOf(type: Type, byValue: boolean): Needs {
  return collect((collector) => {
    collector.visit(type, byValue, false);
  });
}

/** What the definition of a struct or union needs. */
export function needsOfMembers(type: StructType | UnionType): Needs {
  return collect((collector) => {
    for (const member of membersOf(type)) collector.visit(member, true, false);
  });
}

/** What a prototype needs. */
export function needsOfPrototype(returnType: Type, parameters: readonly Pick<Parameter, "type">[]): Needs {
  return collect((collector) => {
    collector.visit(returnType, false, false);
    for (const parameter of parameters) collector.visit(parameter.type, false, true);
  });
}

/** The type of a nameless member, whose members C counts among those of the struct itself. */
export function namelessType({ anonymous, bitWidth, type }: Field): StructType | UnionType | undefined {
  if (!anonymous || bitWidth !== undefined) return undefined;
  const target = type.kind === "alias" ? type.target : type;
  return target.kind === "struct" || target.kind === "union" ? target : undefined;
}

function membersOf(type: StructType | UnionType): readonly Type[] {
  if (type.kind === "struct") {
    return type.fields.flatMap((field) => {
      const nameless = namelessType(field);
      return nameless === undefined ? [field.type] : membersOf(nameless);
    });
  }
  const arms = type.arms.flatMap((arm) => arm.type ?? []);
  return type.switchType === undefined ? arms : [type.switchType, ...arms];
}

function collect(use: (collector: Collector) => void): Needs {
  const collector = new Collector();
  use(collector);
  return collector;
}

class Collector implements Needs {
  readonly declared = new Set<string | TaggedType>();
  readonly tags = new Set<StructType | UnionType>();
  readonly interfaces = new Set<string>();

  visit(type: Type, byValue: boolean, inParameters: boolean): void {
    switch (type.kind) {
      case "base":
      case "void":
      case "binding-handle":
        return;
      case "enum":
        this.declared.add(type);
        return;
      case "struct":
      case "union":
        if (byValue) this.declared.add(type);
        else if (inParameters) this.tags.add(type);
        return;
      case "alias":
        this.declared.add(type.name);
        if (byValue) this.visit(type.target, true, inParameters);
        return;
      case "pipe":
        this.declared.add(type.name);
        return;
      case "pointer":
        if (type.pointee.kind === "array" && type.pointee.size.kind === "conformant")
          this.visit(type.pointee.element, false, inParameters);
        else this.visit(type.pointee, false, inParameters);
        return;
      case "array":
        this.visit(type.element, true, inParameters);
        return;
      case "context-handle":
        if (type.pointee !== undefined) this.visit(type.pointee, false, inParameters);
        return;
      case "interface":
        if (type.name !== "void") this.interfaces.add(type.name);
        return;
      case "function":
        this.visit(type.returnType, false, inParameters);
        for (const parameter of type.parameters) this.visit(parameter.type, false, true);
        return;
      default:
        return type satisfies never;
    }
  }
}
