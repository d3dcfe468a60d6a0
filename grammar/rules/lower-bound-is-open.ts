import type { Reporter } from "../diagnostics/reporter.ts";
import { behindNames, type Member } from "./member.ts";

/** [min_is] gives a lower bound that is written as `*` (C706 chapter 4); Microsoft RPC has neither (MIDL "min_is"). MIDL2102. */
export function lowerBoundIsOpen({ attributes, type }: Member, reporter: Reporter): void {
  let current = type;
  for (const minimum of attributes.get("min_is")?.arguments ?? []) {
    const outer = current === undefined ? undefined : behindNames(current);
    const isArray = outer?.kind === "array";
    if (minimum !== undefined && !(isArray && outer.lower === minimum))
      reporter.report("array-bounds", minimum.span, { reason: "[min_is] gives a lower bound that is written as *" });
    current = isArray ? outer.element : outer?.kind === "pointer" ? outer.pointee : undefined;
  }
}
