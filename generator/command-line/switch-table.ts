/** Every switch: MIDL's (MIDL reference, "MIDL Command-Line Reference") and, with two hyphens, our own. */
import { inputSwitches } from "./input-switches.ts";
import { outputSwitches } from "./output-switches.ts";
import type { Switch } from "./switch.ts";
import { targetSwitches } from "./target-switches.ts";

/** The table, in the order of /help within each group. */
export const switchTable: readonly Switch[] = [...inputSwitches, ...outputSwitches, ...targetSwitches];
