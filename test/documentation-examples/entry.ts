/** What the list says about a fenced block of a page, or about some lines of it. */
import type { FrameName } from "./frames.ts";

/** Some lines of a block, and what they are. */
export type Entry = ExampleEntry | CommandEntry | OtherEntry;

interface Place {
  /** `Folder/page#n`, the nth fenced block of a page; with `:first-last`, or `:line`, some lines of it, which count from 1. */
  readonly id: string;
}

/** An example of .idl or .acf. */
export interface ExampleEntry extends Place {
  readonly kind: "compiles" | "mended" | "refused";
  /** Name of the reduction that shows the same construct. */
  readonly reduction: string;
  /** What makes a source of the lines. */
  readonly frame: FrameName;
  /** What the lines use and do not declare, in our words. */
  readonly given: string;
  /** Files that the page imports and does not show: they are empty. */
  readonly imports: readonly string[];
  /** Misprints of the page, and what it leaves out for brevity. */
  readonly mends: readonly Mend[];
  /** The number that the lines are refused with, where the page calls them an error. */
  readonly midl: number | undefined;
}

/** A change to the text of a page, made wherever the text occurs. */
export interface Mend {
  readonly misprint: string;
  /** A text, or a global expression where it is longer than a word or two. */
  readonly find: string | RegExp;
  readonly put: string;
}

/** Command lines. */
export interface CommandEntry extends Place {
  readonly kind: "command";
  /** What follows `midl`; each is one command line. */
  readonly lines: readonly string[];
  /** Values for placeholders of the page that are no values themselves. */
  readonly values: Readonly<Record<string, string>>;
  /** Text of the usage error, with the reason, where we do not take the command lines; `{name}` is the switch. */
  readonly notTaken: string | undefined;
}

/** What is not compiled. */
export interface OtherEntry extends Place {
  /** A summary of the syntax has placeholders in place of names. */
  readonly kind: "summary" | "other";
  /** What it is: a language, or a kind of text. */
  readonly what: string;
}

/** Misprints: what is wrong, what is found, what is put in its place. */
export type Misprints = readonly (readonly [misprint: string, find: string | RegExp, put: string])[];

/** An example that compiles as it is printed. */
export function compiles(
  id: string,
  reduction: string,
  frame: FrameName = "file",
  given = "",
  imports: readonly string[] = [],
): ExampleEntry {
  return { kind: "compiles", id, reduction, frame, given, imports, mends: [], midl: undefined };
}

/** An example that compiles once misprints are mended. */
export function mended(
  id: string,
  reduction: string,
  misprints: Misprints,
  frame: FrameName = "file",
  given = "",
  imports: readonly string[] = [],
): ExampleEntry {
  return { ...compiles(id, reduction, frame, given, imports), kind: "mended", mends: mendsOf(misprints) };
}

/** An example that the page calls an error. */
export function refused(
  id: string,
  reduction: string,
  midl: number,
  frame: FrameName = "file",
  given = "",
  misprints: Misprints = [],
): ExampleEntry {
  return { ...compiles(id, reduction, frame, given), kind: "refused", midl, mends: mendsOf(misprints) };
}

/** Command lines: alternatives that the page writes in braces are lines of their own. */
export function command(id: string, ...lines: readonly string[]): CommandEntry {
  return { kind: "command", id, lines, values: {}, notTaken: undefined };
}

/** The same, with values for placeholders. */
export function where(entry: CommandEntry, values: Readonly<Record<string, string>>): CommandEntry {
  return { ...entry, values };
}

/** The same, with the text of the usage error that each gives. */
export function notTaken(entry: CommandEntry, text: string): CommandEntry {
  return { ...entry, notTaken: text };
}

/** A summary of the syntax, which has placeholders in place of names. */
export function summary(id: string): OtherEntry {
  return { kind: "summary", id, what: "summary" };
}

/** Text in another language. */
export function other(what: string, id: string): OtherEntry {
  return { kind: "other", id, what };
}

function mendsOf(misprints: Misprints): readonly Mend[] {
  return misprints.map(([misprint, find, put]) => ({ misprint, find, put }));
}
