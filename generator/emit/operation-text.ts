import type { OperationPlan, ParameterPlan } from "./operation-plan.ts";
import type { Side } from "./typescript-types.ts";

/** The documentation of an operation: what the IDL says, its number and signature, and who owns what (memory.md M6 to M13 in words). */
export function operationText(plan: OperationPlan, side: Side): string {
  const { operation } = plan;
  const parts = [operation.documentation ?? "", `opnum ${plan.opnum}: \`${operation.signature.replaceAll("`", "'")}\``];
  const owners = plan.parameters.flatMap((parameter) => ownership(parameter, side));
  if (plan.returns?.plan.kind === "pointer" && side === "client")
    owners.push("- return value: new nodes from the pair, which the caller frees");
  if (owners.length > 0) parts.push(["Memory:", ...owners].join("\n"));
  return parts.filter((part) => part !== "").join("\n\n");
}

function ownership(parameter: ParameterPlan, side: Side): string[] {
  const { kind } = parameter.plan;
  const reachesNodes = parameter.holdsNode || kind === "struct" || kind === "union";
  if (!reachesNodes) return [];
  const text = side === "client" ? clientText(parameter) : serverText(parameter);
  return [`- \`${parameter.name}\`: ${text}`];
}

function clientText(parameter: ParameterPlan): string {
  if (parameter.in && parameter.out)
    return "the caller allocates what is sent, the stub takes what is new from the pair; the caller frees all of it";
  if (parameter.in) return "the caller allocates and frees; the stub does neither";
  return parameter.isNullable || parameter.plan.kind === "pointer"
    ? "the stub takes nodes from the pair, the caller frees them"
    : "the stub takes the node from the pair unless the caller brings one; the caller frees it";
}

function serverText(parameter: ParameterPlan): string {
  if (parameter.in && parameter.out)
    return "the stub allocates what was sent, the manager what is new; the stub frees all of it after the reply";
  if (parameter.in) return "the stub allocates, and frees after the call";
  return "the stub allocates the top node where it is a [ref] one, the manager everything else, from the pair; the stub frees all of it after the reply";
}
