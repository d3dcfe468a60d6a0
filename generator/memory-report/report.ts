/** What a memory report is about: the operations of an .idl file, with the memory of each. */
import type { Interface, Model, Operation } from "../../grammar/index.ts";
import type { MemorySettings, OperationMemory } from "../ownership/facts.ts";
import { operationMemory } from "../ownership/ownership.ts";
import { htmlPage } from "./html-page.ts";
import { markdownPage } from "./markdown-page.ts";

/** The report of one .idl file. */
export interface MemoryReport {
  /** File name with its extension. */
  readonly file: string;
  readonly interfaces: readonly InterfaceReport[];
}

/** The part of an interface. */
export interface InterfaceReport {
  readonly interface: Interface;
  readonly operations: readonly OperationReport[];
}

/** The part of an operation. */
export interface OperationReport extends OperationMemory {
  readonly opnum: number;
  /** Why the stubs leave the operation out; undefined when they have it. */
  readonly omitted: string | undefined;
}

/** What is known beside the model. */
export interface ReportOptions extends MemorySettings {
  /** Operations that the stubs leave out. */
  readonly omitted: readonly { readonly operation: Operation; readonly reason: string }[];
}

/** NAME.memory.md and NAME.memory.html, for the .idl file that was named. */
export function memoryReportFiles(
  model: Model,
  options: ReportOptions,
): readonly { readonly name: string; readonly text: string }[] {
  const report = memoryReport(model, options);
  const { baseName } = model.main;
  return [
    { name: `${baseName}.memory.md`, text: markdownPage(report) },
    { name: `${baseName}.memory.html`, text: htmlPage(report) },
  ];
}

/** The report of the .idl file that was named: the operations that stubs are generated for, and those that they leave out. */
export function memoryReport({ main }: Model, options: ReportOptions): MemoryReport {
  const reasons = new Map(options.omitted.map(({ operation, reason }) => [operation, reason]));
  const interfaces = main.interfaces.filter((each) => !each.object && !each.local);
  return {
    file: `${main.baseName}.idl`,
    interfaces: interfaces.map((owner) => ({
      interface: owner,
      operations: owner.operations.flatMap((operation): OperationReport[] => {
        const { opnum, callback, attributes } = operation;
        if (opnum === undefined || callback || attributes.has("local")) return [];
        return [{ ...operationMemory(owner, operation, options), opnum, omitted: reasons.get(operation) }];
      }),
    })),
  };
}
