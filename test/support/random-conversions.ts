/**
 * Conversion routines for any [transmit_as] type: a random value of the transmitted type stands for each value of the application's, and
 * leads back to it. What arrives has to be what was sent, or nothing is found.
 */
import type { AliasType, Model, Type } from "../../grammar/index.ts";
import { conversionOf } from "../../generator/wire-plan/conversions.ts";
import type { Conversion } from "../../generator/wire-plan/conversions.ts";
import { resolved } from "./expression-value.ts";
import { RandomValues } from "./random-values.ts";
import { difference } from "./value-difference.ts";

/** A value of the application's as it was when it was sent, and what travels in its place. */
interface Pair {
  readonly original: unknown;
  readonly presented: unknown;
  readonly transmitted: unknown;
}

/** Values that are tried until one travels in nobody's place: of some types there are few. */
const ATTEMPTS = 50;

/** Values that may still arrive. */
const KEPT = 500;

/** The routines of every [transmit_as] type of a model, by their names. */
export function randomConversions({ files }: Model, seed: number): Record<string, unknown> {
  const types = files.flatMap(({ declarations }) =>
    declarations.flatMap((each) => (each.kind === "type" && each.type.kind === "alias" ? [each.type] : [])),
  );
  const values = new RandomValues({ seed });
  return Object.fromEntries(types.flatMap((type) => Object.entries(routinesOf(type, values))));
}

function routinesOf(type: AliasType, values: RandomValues): Record<string, unknown> {
  const conversion = conversionOf(type);
  if (conversion?.kind !== "xmit") return {};
  const pairs: Pair[] = [];
  const { prefix, transmitted: sent, type: typedef } = conversion;
  return {
    [`${prefix}_to_xmit`]: (presented: unknown) => {
      const known = pairs.findLast(({ original }) => original === presented);
      if (known !== undefined && isSame(typedef, known.presented, presented)) return known.transmitted;
      let transmitted: unknown;
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        transmitted = values.value(sent, { scope: new Map() });
        if (!pairs.some((pair) => isSame(sent, pair.transmitted, transmitted))) break;
      }
      if (pairs.length === KEPT) pairs.shift();
      pairs.push({ original: presented, presented: structuredClone(presented), transmitted });
      return transmitted;
    },
    [`${prefix}_from_xmit`]: (transmitted: unknown, storage: unknown) => {
      const pair = pairs.findLast((each) => isSame(sent, each.transmitted, transmitted));
      if (pair === undefined) throw new Error("what came was never sent");
      return isFilled(conversion) && typeof storage === "object" && storage !== null
        ? Object.assign(storage, structuredClone(pair.presented))
        : structuredClone(pair.presented);
    },
    [`${prefix}_free_inst`]: () => undefined,
    [`${prefix}_free_xmit`]: () => undefined,
  };
}

function isSame(type: Type, sent: unknown, received: unknown): boolean {
  return difference(type, sent, received, "", { scope: new Map(), sameHandle: () => false }) === undefined;
}

function isFilled({ presented }: Conversion): boolean {
  return presented !== undefined && ["struct", "union", "array"].includes(resolved(presented).kind);
}
