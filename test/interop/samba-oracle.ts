/** Samba's libndr as an oracle: `ndr-oracle.py`, fed with questions. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { PYTHON } from "./peers.ts";
import { testFile } from "./processes.ts";

/** Octets to judge, in hex. */
export interface Question {
  /** Module below samba.dcerpc, or an interface of libndr that has none. */
  readonly module: string;
  readonly opnum: number;
  readonly request: string;
  /** What the question is about when it is there; the request gives its sizes. */
  readonly response?: string;
  readonly ndr64: boolean;
}

/** What Samba says: why it refuses the octets, or the same values as it packs them itself. */
export type Answer = { readonly error: string } | { readonly same: string; readonly bigEndian: string };

/**
 * Asks all questions, in one process. Answers come in order; there are fewer than questions when the interpreter crashed at the one that
 * comes next.
 */
export async function askSamba(questions: readonly Question[]): Promise<readonly Answer[]> {
  const child = spawn(PYTHON, [testFile("ndr-oracle.py")], { stdio: ["pipe", "pipe", "inherit"] });
  // A crash shows in the number of answers.
  child.stdin.on("error", () => undefined);
  child.stdin.end(questions.map((question) => `${JSON.stringify(question)}\n`).join(""));
  const answers: Answer[] = [];
  for await (const line of createInterface(child.stdout)) answers.push(answerOf(JSON.parse(line)));
  return answers;
}

function answerOf(value: unknown): Answer {
  if (typeof value === "object" && value !== null) {
    if ("error" in value) return { error: String(value.error) };
    if ("same" in value && "bigEndian" in value)
      return { same: String(value.same), bigEndian: String(value.bigEndian) };
  }
  throw new Error(`no answer: ${JSON.stringify(value)}`);
}
