/** Attributes of an application configuration file, by what they belong to (C706 chapter 4; MIDL "Application Configuration File (ACF)"). */
import type { AcfDefinitionNode, AcfFileNode, AttributeNode, NameNode } from "../ast.ts";
import type { AcfLookup } from "../binder/context.ts";
import type { Reporter } from "../diagnostics/reporter.ts";
import type { Model, StatusParameter } from "../model.ts";

/** What an ACF says, with the places where it says it. */
export class AcfAttributes implements AcfLookup {
  readonly #interfaces = new Map<string, Entry>();
  readonly #types = new Map<string, Entry>();
  readonly #operations = new Map<string, Entry>();
  readonly #parameters = new Map<string, Map<string, Entry>>();

  constructor(file: AcfFileNode, reporter: Reporter) {
    this.#collect(file.definitions, reporter);
  }

  interface(name: string): readonly AttributeNode[] {
    return this.#interfaces.get(name)?.attributes ?? [];
  }

  type(name: string): readonly AttributeNode[] {
    return this.#types.get(name)?.attributes ?? [];
  }

  operation(name: string): readonly AttributeNode[] {
    return this.#operations.get(name)?.attributes ?? [];
  }

  parameter(operation: string, name: string): readonly AttributeNode[] {
    return this.#parameters.get(operation)?.get(name)?.attributes ?? [];
  }

  statusParameters(operation: string): readonly StatusParameter[] {
    return [...(this.#parameters.get(operation) ?? [])].flatMap(([name, { name: node, attributes }]) => {
      const communication = attributes.some((attribute) => attribute.name === "comm_status");
      const fault = attributes.some((attribute) => attribute.name === "fault_status");
      return communication || fault ? [{ name, communication, fault, span: node.span }] : [];
    });
  }

  /** Reports what the ACF names and the .idl does not have. */
  check(model: Model, reporter: Reporter): void {
    const { interfaces } = model.main;
    for (const [name, entry] of this.#interfaces) {
      if (!interfaces.some((each) => each.name === name))
        reporter.report("acf-interface-mismatch", entry.name.span, { name });
    }
    const types = new Set(model.files.flatMap((file) => file.declarations.map((declaration) => declaration.name)));
    for (const [name, entry] of this.#types) {
      if (!types.has(name)) reporter.report("acf-type-undefined", entry.name.span, { name });
    }
    const operations = new Map(
      interfaces.flatMap((each) => each.operations.map((operation) => [operation.name, operation])),
    );
    for (const [name, entry] of this.#operations) {
      const operation = operations.get(name);
      if (operation === undefined) {
        reporter.report("acf-operation-undefined", entry.name.span, { name });
        continue;
      }
      for (const [parameter, { name: node, attributes }] of this.#parameters.get(name) ?? []) {
        const status = attributes.some((attribute) => /^(?:comm|fault)_status$/.test(attribute.name));
        if (status || operation.parameters.some((each) => each.name === parameter)) continue;
        reporter.report("acf-parameter-undefined", node.span, { parameter, operation: name });
      }
    }
  }

  #collect(definitions: readonly AcfDefinitionNode[], reporter: Reporter): void {
    for (const definition of definitions) {
      switch (definition.kind) {
        case "acf-interface":
          add(this.#interfaces, definition.name, definition.attributes);
          this.#collect(definition.definitions, reporter);
          break;
        case "acf-typedef":
          for (const name of definition.names) {
            if (definition.attributes.length === 0) {
              reporter.report("acf-typedef-without-attributes", name.span, { name: name.text });
            }
            add(this.#types, name, definition.attributes);
          }
          break;
        case "acf-operation": {
          add(this.#operations, definition.name, definition.attributes);
          const parameters = this.#parameters.get(definition.name.text) ?? new Map<string, Entry>();
          for (const parameter of definition.parameters) add(parameters, parameter.name, parameter.attributes);
          this.#parameters.set(definition.name.text, parameters);
          break;
        }
        case "acf-include":
          break;
        default:
          definition satisfies never;
      }
    }
  }
}

interface Entry {
  readonly name: NameNode;
  readonly attributes: readonly AttributeNode[];
}

function add(entries: Map<string, Entry>, name: NameNode, attributes: readonly AttributeNode[]): void {
  const known = entries.get(name.text);
  entries.set(name.text, { name: known?.name ?? name, attributes: [...(known?.attributes ?? []), ...attributes] });
}
