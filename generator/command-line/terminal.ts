/** What a run says, and how: colours and progress on a terminal, plain text elsewhere. */

/** Where a run of the command takes place. */
export interface Terminal {
  readonly writeOutput: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** Whether errors go to a terminal. */
  readonly isTerminal: boolean;
  /** Environment variables. */
  readonly variables: Readonly<Record<string, string | undefined>>;
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
  /** Lines for the file of /o; undefined when messages go to the terminal. */
  readonly #kept: string[] | undefined;
  #progress = false;

  constructor(terminal: Terminal, toFile: boolean) {
    this.#terminal = terminal;
    this.#coloured = terminal.isTerminal && (terminal.variables["NO_COLOR"] ?? "") === "";
    this.#kept = toFile ? [] : undefined;
  }

  /** The messages so far, for /o. */
  get kept(): string {
    return (this.#kept ?? []).join("");
  }

  /** Prints a diagnostic, or another message. */
  print(message: string): void {
    this.endProgress();
    if (this.#kept !== undefined) this.#kept.push(`${message}\n`);
    else this.#terminal.writeError(`${this.#coloured ? colour(message) : message}\n`);
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
}

/** Colours the severity in the first line of a message, and the caret in its last. */
function colour(message: string): string {
  return message
    .replace(/ : (?:command line )?error(?: MIDL\d+)?/, (match) => `${BOLD}${RED}${match}${RESET}`)
    .replace(/ : (?:command line )?warning(?: MIDL\d+)?/, (match) => `${BOLD}${YELLOW}${match}${RESET}`)
    .replace(/\n([ \t]*\^~*)$/, (_, caret: string) => `\n${GREEN}${caret}${RESET}`);
}
