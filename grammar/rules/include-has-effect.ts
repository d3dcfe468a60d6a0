import type { Reporter } from "../diagnostics/reporter.ts";
import type { Declaration, Model } from "../model.ts";

/** An include statement of the ACF is for a type that [represent_as] or [user_marshal] names and the .idl does not declare. MIDL9124. */
export function includeHasEffect(model: Model, reporter: Reporter): void {
  if (model.files.some(({ declarations }) => declarations.some(namesTypeOfApplication))) return;
  for (const { name, span } of model.includes) reporter.report("include-ignored", span, { name });
}

function namesTypeOfApplication(declaration: Declaration): boolean {
  if (declaration.kind !== "type" || declaration.type.kind !== "alias") return false;
  const { attributes } = declaration.type;
  const use = attributes.get("user_marshal") ?? attributes.get("represent_as");
  return use !== undefined && use.type === undefined;
}
