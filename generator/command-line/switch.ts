/** What a switch is: a row of the table from which parsing, /help and the documentation are made. */
import type { Settings } from "./settings.ts";

/** A switch of the command line. */
export interface Switch {
  /** Without `/` or `-`, as MIDL spells it. */
  readonly name: string;
  readonly aliases?: readonly string[];
  /** Ours, not MIDL's: written with two hyphens. */
  readonly own?: true;
  readonly group: SwitchGroup;
  /** One line for /help. */
  readonly help: string;
  readonly parameter: SwitchParameter;
  readonly effect: SwitchEffect;
}

/** Sections of /help, in its order; those of MIDL's own help. */
export const switchGroups = [
  "mode",
  "input",
  "output file generation",
  "output file names",
  "preprocessor",
  "environment",
  "run-time checks",
  "optimization",
  "miscellaneous",
] as const;

/** A section of /help. */
export type SwitchGroup = (typeof switchGroups)[number];

/** What follows the name of a switch. */
export type SwitchParameter =
  | { readonly kind: "none" }
  /** One of a list; with `repeatable` several, one after the other. */
  | {
      readonly kind: "choice";
      readonly choices: readonly string[];
      readonly attached: boolean;
      readonly repeatable?: true;
    }
  /** Any text. With `attached` it may stand directly after the name, then in the form of this expression. */
  | { readonly kind: "text"; readonly placeholder: string; readonly attached?: RegExp; readonly repeatable: boolean }
  /** A choice and a text, any number of times. */
  | { readonly kind: "pairs"; readonly choices: readonly string[]; readonly placeholder: string };

/** What a switch does. */
export type SwitchEffect =
  | {
      readonly kind: "option";
      /** The settings that change. */
      readonly set: (value: string, settings: Settings) => Partial<Settings>;
    }
  /** Accepted; `reason` is told once a run. */
  | { readonly kind: "ignored"; readonly reason: string }
  /** An error; `obsolete` switches are refused by MIDL too. */
  | { readonly kind: "refused"; readonly reason: string; readonly obsolete: boolean };

type Behaviour = Pick<Switch, "parameter" | "effect">;

const none: SwitchParameter = { kind: "none" };

/** A switch without a parameter. */
export function flag(settings: Partial<Settings>): Behaviour {
  return { parameter: none, effect: { kind: "option", set: () => settings } };
}

/** A switch that takes one of several words, each with the settings that it stands for. */
export function choice(choices: Readonly<Record<string, Partial<Settings>>>, attached = false): Behaviour {
  return {
    parameter: { kind: "choice", choices: Object.keys(choices), attached },
    effect: { kind: "option", set: (value) => choices[value] ?? {} },
  };
}

/** The same, for a switch that may come again. */
export function choices(settings: Readonly<Record<string, Partial<Settings>>>): Behaviour {
  const { effect } = choice(settings);
  return {
    parameter: { kind: "choice", choices: Object.keys(settings), attached: false, repeatable: true },
    effect,
  };
}

/** A switch that takes a text once. */
export function text(placeholder: string, set: (value: string) => Partial<Settings>, attached?: RegExp): Behaviour {
  const parameter = { kind: "text", placeholder, repeatable: false } as const;
  return {
    parameter: attached === undefined ? parameter : { ...parameter, attached },
    effect: { kind: "option", set },
  };
}

/** A switch that takes a text and may come again. */
export function list(
  placeholder: string,
  attached: RegExp,
  set: (value: string, settings: Settings) => Partial<Settings>,
): Behaviour {
  return { parameter: { kind: "text", placeholder, attached, repeatable: true }, effect: { kind: "option", set } };
}

/** A switch that means nothing here. */
export function ignored(reason: string, parameter: SwitchParameter = none): Behaviour {
  return { parameter, effect: { kind: "ignored", reason } };
}

/** A switch that this compiler does not have. */
export function refused(reason: string, parameter: SwitchParameter = none): Behaviour {
  return { parameter, effect: { kind: "refused", reason, obsolete: false } };
}

/** A switch that MIDL does not have any more. */
export function obsolete(reason: string): Behaviour {
  return { parameter: none, effect: { kind: "refused", reason, obsolete: true } };
}

/** A parameter of an ignored or refused switch: some text. */
export function someText(placeholder: string): SwitchParameter {
  return { kind: "text", placeholder, repeatable: true };
}

/** A parameter of an ignored or refused switch: one of several words. */
export function oneOf(...choices: readonly string[]): SwitchParameter {
  return { kind: "choice", choices, attached: false };
}

/** A name of the switch as the user writes it: `/out`, `--check`. */
export function spelling({ name, own }: Switch, alias = name): string {
  return own === true ? `--${alias}` : `/${alias}`;
}
