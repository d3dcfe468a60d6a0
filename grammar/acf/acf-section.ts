/** What an ACF says about one interface. */
import type { AcfOperationNode, AttributeNode, NameNode } from "../ast.ts";
import type { AcfInterfaceLookup } from "../binder/context.ts";
import type { Reporter } from "../diagnostics/reporter.ts";
import type { Interface, StatusParameter } from "../model.ts";

/** Attributes, and the first place where what they belong to is named. */
export interface Entry {
  readonly name: NameNode;
  readonly attributes: readonly AttributeNode[];
}

/** Adds attributes to what has some already. */
export function addEntry(entries: Map<string, Entry>, name: NameNode, attributes: readonly AttributeNode[]): void {
  const known = entries.get(name.text);
  entries.set(name.text, { name: known?.name ?? name, attributes: [...(known?.attributes ?? []), ...attributes] });
}

/** The blocks of an ACF that have one name, or what stands outside of them. */
export class AcfSection implements AcfInterfaceLookup {
  /** Where the blocks are named. */
  readonly names: NameNode[] = [];
  readonly attributes: AttributeNode[] = [];
  readonly #operations = new Map<string, Entry>();
  readonly #parameters = new Map<string, Map<string, Entry>>();

  /** Several sections as one. */
  static merged(sections: readonly AcfSection[]): AcfSection {
    const whole = new AcfSection();
    for (const section of sections) {
      whole.attributes.push(...section.attributes);
      for (const { name, attributes } of section.#operations.values()) addEntry(whole.#operations, name, attributes);
      for (const [operation, parameters] of section.#parameters) {
        for (const { name, attributes } of parameters.values())
          addEntry(whole.#parametersOf(operation), name, attributes);
      }
    }
    return whole;
  }

  /** Adds the header of a block. */
  open(name: NameNode, attributes: readonly AttributeNode[]): void {
    this.names.push(name);
    this.attributes.push(...attributes);
  }

  /** Adds an operation. */
  addOperation({ name, attributes, parameters }: AcfOperationNode): void {
    addEntry(this.#operations, name, attributes);
    for (const parameter of parameters) addEntry(this.#parametersOf(name.text), parameter.name, parameter.attributes);
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

  /** Reports operations and parameters that none of the interfaces has. */
  check(interfaces: readonly Interface[], reporter: Reporter): void {
    const operations = interfaces.flatMap((each) => each.operations);
    for (const [name, entry] of this.#operations) {
      const found = operations.filter((operation) => operation.name === name);
      if (found.length === 0) {
        reporter.report("acf-operation-undefined", entry.name.span, { name });
        continue;
      }
      const known = new Set(found.flatMap(({ parameters }) => parameters.map((parameter) => parameter.name)));
      for (const [parameter, { name: node, attributes }] of this.#parameters.get(name) ?? []) {
        const status = attributes.some((attribute) => /^(?:comm|fault)_status$/.test(attribute.name));
        if (status || known.has(parameter)) continue;
        reporter.report("acf-parameter-undefined", node.span, { parameter, operation: name });
      }
    }
  }

  #parametersOf(operation: string): Map<string, Entry> {
    const parameters = this.#parameters.get(operation) ?? new Map<string, Entry>();
    this.#parameters.set(operation, parameters);
    return parameters;
  }
}
