import type { Interface, Model, Parameter } from "../grammar/index.ts";
import { generatorDiagnostic } from "./diagnostics.ts";
import type { GeneratorDiagnostic } from "./diagnostics.ts";
import type { TransferSyntax } from "./wire-plan/plan.ts";

/**
 * What an interface offers: NDR alone where a buffer is to hold what comes back, whose size NDR64 does not tell (MIDL "byte_count").
 *
 * @param chosen what /protocol says
 */
export function offeredSyntaxes(owner: Interface, chosen: readonly TransferSyntax[]): readonly TransferSyntax[] {
  return byteCounts(owner).length > 0 ? chosen.filter((each) => each === "ndr") : chosen;
}

/** [byte_count] where NDR is not offered. */
export function withoutNdr({ main }: Model, chosen: readonly TransferSyntax[]): readonly GeneratorDiagnostic[] {
  if (chosen.includes("ndr")) return [];
  return main.interfaces
    .flatMap(byteCounts)
    .map(({ name, span }) => generatorDiagnostic("byte-count-needs-ndr", { parameter: name }, span));
}

function byteCounts(owner: Interface): readonly Parameter[] {
  return owner.operations.flatMap(({ parameters }) =>
    parameters.filter(({ attributes }) => attributes.has("byte_count")),
  );
}
