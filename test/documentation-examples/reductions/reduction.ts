/** An example in our own words. */
import type { FrameName } from "../frames.ts";

/** The least that shows what some examples show. */
export interface Reduction {
  readonly frame: FrameName;
  readonly text: string;
  readonly given: string;
  /** The number that it is refused with; undefined when it compiles. */
  readonly midl: number | undefined;
}

/** Reductions by the name that entries of the list have for them. */
export type Reductions = Readonly<Record<string, Reduction>>;

/** What compiles in a frame. */
export function shows(frame: FrameName, text: string, given = ""): Reduction {
  return { frame, text, given, midl: undefined };
}

/** What is refused with a number. */
export function fails(midl: number, frame: FrameName, text: string, given = ""): Reduction {
  return { frame, text, given, midl };
}
