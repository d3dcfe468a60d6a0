/** Every reduction, by its name. */
import { arrays } from "./arrays.ts";
import { automation } from "./automation.ts";
import { configuration } from "./configuration.ts";
import { interfaces } from "./interfaces.ts";
import { operations } from "./operations.ts";
import type { Reductions } from "./reduction.ts";
import { types } from "./types.ts";

/** Every reduction, by its name. */
export const reductions: Reductions = {
  ...arrays,
  ...types,
  ...operations,
  ...interfaces,
  ...automation,
  ...configuration,
};
