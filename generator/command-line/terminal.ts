/** What a run says, and how: colours and progress on a terminal, plain text elsewhere, JSON for programs. */
import type { CompileDiagnostic } from "../compile.ts";
import { formatPlaceless } from "../diagnostics.ts";

/** Where a run of the command takes place. */
export interface Terminal {
  readonly writeOutput: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** Whether errors go to a terminal. */
  readonly isTerminal: boolean;
  /** Environment variables. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** How messages are given. */
export interface MessageOptions {
  /** They are kept for the file of /o. */
  readonly toFile: boolean;
  readonly format: "text" | "json";
}

const RED = "\u001b[31m";
const YELLOW = "\u001b[33m";
const BOLD = "\u001b[1m";
const GREEN = "\u001b[32m";
const RESET = "\u001b[0m";
const CLEAR_LINE = "\r\u001b[K";

/** Prints messages and progress. */
export class Messages {
  readonly #terminal: Terminal;
  readonly #coloured: boolean;
  readonly #json: boolean;
  /** Lines for the file of /o; undefined when messages go to the terminal. */
  readonly #kept: string[] | undefined;
  #progress = false;

  constructor(terminal: Terminal, { toFile, format }: MessageOptions) {
    this.#terminal = terminal;
    this.#coloured = terminal.isTerminal && (terminal.variables["NO_COLOR"] ?? "") === "";
    this.#json = format === "json";
    this.#kept = toFile ? [] : undefined;
  }

  /** The messages so far, for /o. */
  get kept(): string {
    return (this.#kept ?? []).join("");
  }

  /** Prints what is no diagnostic: nothing where programs read. */
  note(message: string): void {
    if (!this.#json) this.#print(message);
  }

  /** Prints diagnostics. JSON goes to standard output, one object a line. */
  async diagnostics(list: readonly CompileDiagnostic[]): Promise<void> {
    if (list.length === 0) return;
    if (!this.#json && list.every((each) => each.span === undefined && "about" in each)) {
      for (const each of list) if ("about" in each) this.#print(formatPlaceless(each));
      return;
    }
    // The parser comes with it, which takes longer to load than the command line to read.
    const { diagnosticRecord, formatCompileDiagnostic } = await import("../format-diagnostic.ts");
    for (const each of list) {
      if (this.#json) this.#write(`${JSON.stringify(diagnosticRecord(each))}\n`, this.#terminal.writeOutput);
      else this.#print(formatCompileDiagnostic(each));
    }
  }

  /** Shows what is being done, on a terminal. */
  progress(text: string): void {
    if (!this.#terminal.isTerminal) return;
    this.#terminal.writeError(`${CLEAR_LINE}${text}`);
    this.#progress = true;
  }

  /** Takes the line of progress away. */
  endProgress(): void {
    if (this.#progress) this.#terminal.writeError(CLEAR_LINE);
    this.#progress = false;
  }

  #print(message: string): void {
    const coloured = this.#coloured && this.#kept === undefined;
    this.#write(`${coloured ? colour(message) : message}\n`, this.#terminal.writeError);
  }

  #write(text: string, write: (text: string) => void): void {
    this.endProgress();
    if (this.#kept !== undefined) this.#kept.push(text);
    else write(text);
  }
}

/** Colours the severity in the first line of a message, and the caret in its last. */
function colour(message: string): string {
  return message
    .replace(/ : (?:command line )?error(?: MIDL\d+)?/, (match) => `${BOLD}${RED}${match}${RESET}`)
    .replace(/ : (?:command line )?warning(?: MIDL\d+)?/, (match) => `${BOLD}${YELLOW}${match}${RESET}`)
    .replace(/\n([ \t]*\^~*)$/, (_, caret: string) => `\n${GREEN}${caret}${RESET}`);
}
