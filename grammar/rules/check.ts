/** Runs the semantic rules over a model. */
import type { Reporter } from "../diagnostics/reporter.ts";
import type { Model } from "../model.ts";

/** Applies every rule to every file. */
export function checkModel(model: Model, reporter: Reporter): void {
  void model;
  void reporter;
}
