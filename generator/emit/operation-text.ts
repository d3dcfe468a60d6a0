import { memoryLines } from "../ownership/sentences.ts";
import type { OperationPlan } from "./operation-plan.ts";
import type { Side } from "./typescript-types.ts";

/** The documentation of an operation: what the IDL says, its number and signature, and who allocates and frees what. */
export function operationText({ operation, opnum, memory }: OperationPlan, side: Side): string {
  const parts = [operation.documentation ?? "", `opnum ${opnum}: \`${operation.signature.replaceAll("`", "'")}\``];
  const lines = memoryLines(memory, side);
  if (lines.length > 0) parts.push(["Memory:", ...lines].join("\n"));
  return parts.filter((part) => part !== "").join("\n\n");
}
