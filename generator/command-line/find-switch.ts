/** Recognising a switch in an argument. */
import { spelling, type Switch } from "./switch.ts";

/** A switch, with the value that stands in the same argument. */
export interface FoundSwitch {
  readonly found: Switch;
  /** The name or alias that stands there, as the table spells it. */
  readonly name: string;
  readonly value: string | undefined;
}

/** The switch that an argument names: as MIDL spells it, in other case, or with its value directly behind. */
export function findSwitch(argument: string, table: readonly Switch[]): FoundSwitch | undefined {
  const name = withoutSign(argument);
  const whole = findName(name, table);
  if (whole !== undefined) return whole;
  const [, before = "", value = ""] = /^([^=:]+)[=:](.+)$/.exec(name) ?? [];
  const separated = findName(before, table);
  if (separated !== undefined && separated.found.parameter.kind !== "none") return { ...separated, value };
  return findAttached(name, table);
}

/** Whether an argument is the name of a switch and nothing else. */
export function isSwitchName(argument: string, table: readonly Switch[]): boolean {
  return looksLikeSwitch(argument) && findName(withoutSign(argument), table) !== undefined;
}

/** Whether an argument begins like a switch. */
export function looksLikeSwitch(argument: string): boolean {
  return /^[/-]./.test(argument);
}

/** The switch whose name is nearest to a wrong one, as the user would write it; undefined when none is near. */
export function nearestSwitch(argument: string, table: readonly Switch[]): string | undefined {
  const wrong = withoutSign(argument).toLowerCase();
  let nearest: { readonly spelled: string; readonly distance: number } | undefined;
  for (const each of table) {
    for (const name of namesOf(each)) {
      const distance = editDistance(wrong, name.toLowerCase());
      const near = distance <= Math.max(1, Math.floor(Math.max(wrong.length, name.length) / 3));
      if (near && name.length > 1 && distance < (nearest?.distance ?? Infinity)) {
        nearest = { spelled: spelling(each, name), distance };
      }
    }
  }
  return nearest?.spelled;
}

function withoutSign(argument: string): string {
  return argument.replace(/^(?:--|-|\/)/, "");
}

function findName(wanted: string, table: readonly Switch[]): FoundSwitch | undefined {
  const all = table.flatMap((found) => namesOf(found).map((name) => ({ found, name, value: undefined })));
  const lower = wanted.toLowerCase();
  return all.find(({ name }) => name === wanted) ?? all.find(({ name }) => name.toLowerCase() === lower);
}

function findAttached(name: string, table: readonly Switch[]): FoundSwitch | undefined {
  for (const found of table) {
    for (const prefix of namesOf(found)) {
      const value = name.slice(prefix.length);
      if (name.startsWith(prefix) && mayBeAttached(found, value)) return { found, name: prefix, value };
    }
  }
  return undefined;
}

function mayBeAttached({ parameter }: Switch, value: string): boolean {
  if (parameter.kind === "choice") return parameter.attached && /^\d+$/.test(value);
  return parameter.kind === "text" && parameter.attached?.test(value) === true;
}

function namesOf({ name, aliases = [] }: Switch): readonly string[] {
  return [name, ...aliases];
}

/** Levenshtein's distance: how many letters are inserted, left out or replaced. */
function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [row, letter] of Array.from(left).entries()) {
    const current = [row + 1];
    for (const [column, other] of Array.from(right).entries()) {
      const replaced = (previous[column] ?? 0) + (letter === other ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}
