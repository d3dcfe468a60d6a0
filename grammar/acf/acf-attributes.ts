/** Attributes of an application configuration file, by what they belong to (C706 chapter 4; MIDL "Application Configuration File (ACF)"). */
import type { AcfDefinitionNode, AcfFileNode, AttributeNode, NameNode } from "../ast.ts";
import type { AcfLookup, AcfSource } from "../binder/context.ts";
import type { Reporter } from "../diagnostics/reporter.ts";
import type { AcfInclude, Model } from "../model.ts";
import { AcfSection, addEntry, type Entry } from "./acf-section.ts";

/** What an ACF says, with the places where it says it. */
export class AcfAttributes implements AcfSource {
  /** What its include statements name, in order. */
  readonly includes: AcfInclude[] = [];
  /** Outside interface blocks. */
  readonly #everywhere = new AcfSection();
  readonly #sections = new Map<string, AcfSection>();
  readonly #types = new Map<string, Entry>();
  readonly #namesMayDiffer: boolean;

  /** `namesMayDiffer`: a block whose name no interface has is about all that have no block of their own (MIDL "/acf"). */
  constructor(file: AcfFileNode, namesMayDiffer: boolean, reporter: Reporter) {
    this.#namesMayDiffer = namesMayDiffer;
    this.#collect(file.definitions, this.#everywhere, reporter);
  }

  forFile(interfaces: ReadonlySet<string>): AcfLookup {
    return {
      type: (name) => this.#types.get(name)?.attributes ?? [],
      interface: (name) => AcfSection.merged(this.#sectionsFor(name, interfaces)),
    };
  }

  /** Reports what the ACF names and the .idl does not have. */
  check({ main }: Model, reporter: Reporter): void {
    const names = new Set(main.interfaces.map(({ name }) => name));
    for (const [name, section] of this.#sections) {
      if (names.has(name) || this.#namesMayDiffer) continue;
      for (const { span } of section.names) reporter.report("acf-interface-mismatch", span, { name });
    }
    const types = new Set(main.declarations.map((declaration) => declaration.name));
    for (const [name, entry] of this.#types) {
      if (!types.has(name)) reporter.report("acf-type-undefined", entry.name.span, { name });
    }
    for (const section of [this.#everywhere, ...this.#sections.values()]) {
      const about = main.interfaces.filter(({ name }) => this.#sectionsFor(name, names).includes(section));
      if (about.length > 0 || section === this.#everywhere) section.check(about, reporter);
    }
  }

  #sectionsFor(name: string, interfaces: ReadonlySet<string>): AcfSection[] {
    const own = this.#sections.get(name);
    const shared = this.#namesMayDiffer ? [...this.#sections].filter(([other]) => !interfaces.has(other)) : [];
    return [this.#everywhere, ...(own === undefined ? shared.map(([, section]) => section) : [own])];
  }

  #collect(definitions: readonly AcfDefinitionNode[], section: AcfSection, reporter: Reporter): void {
    for (const definition of definitions) {
      switch (definition.kind) {
        case "acf-interface": {
          const inner = this.#sections.get(definition.name.text) ?? new AcfSection();
          inner.open(definition.name, definition.attributes);
          this.#sections.set(definition.name.text, inner);
          this.#collect(definition.definitions, inner, reporter);
          break;
        }
        case "acf-typedef":
          for (const name of definition.names) this.#addType(name, definition.attributes, reporter);
          break;
        case "acf-operation":
          section.addOperation(definition);
          break;
        case "acf-include":
          for (const { text: name, span } of definition.files) this.includes.push({ name, span });
          break;
        default:
          definition satisfies never;
      }
    }
  }

  #addType(name: NameNode, attributes: readonly AttributeNode[], reporter: Reporter): void {
    if (attributes.length === 0) reporter.report("acf-typedef-without-attributes", name.span, { name: name.text });
    addEntry(this.#types, name, attributes);
  }
}
