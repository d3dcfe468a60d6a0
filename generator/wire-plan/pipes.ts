import type { PipeType, Range } from "../../grammar/index.ts";
import { alignUp, bySyntax } from "./layout.ts";
import { NotGenerated } from "./plan.ts";
import type { BySyntax, ValuePlan } from "./plan.ts";
import type { Planner } from "./planner.ts";

/**
 * A pipe: chunks, each a count and so many elements, ended by an empty one (C706 14.3.9); in NDR64 the negated count behind each chunk (MS-RPCE
 * 2.2.5.3.4.5). [in] pipes lie behind all other parameters of a request, [out] pipes before all other results of a response, each in the order
 * of the IDL (MIDL "Combining Pipe and Nonpipe Parameters"). Alignment runs on through the octet stream.
 */
export interface PipePlan {
  readonly type: PipeType;
  readonly element: ValuePlan;
  readonly size: BySyntax<number>;
  readonly stride: BySyntax<number>;
  readonly alignment: BySyntax<number>;
  /** Limits of the number of elements in a chunk (MS-RPCE 2.2.4.14.1). */
  readonly range: Range | undefined;
}

/**
 * Plans a pipe.
 *
 * @throws NotGenerated for a pipe that no operation has, of elements that the front end refuses where one has it (MIDL "pipe")
 */
export function planPipe(planner: Planner, type: PipeType, range: Range | undefined): PipePlan {
  const element = planner.value(type.element);
  const { size, alignment } = planner.layoutOf(element);
  if (
    size === undefined ||
    element.kind === "context-handle" ||
    planner.hasReferents(element) ||
    planner.isConverted(element)
  )
    throw new NotGenerated(`pipe ${type.name} of elements that cannot travel in a pipe`);
  const stride = bySyntax((syntax) => alignUp(size[syntax], alignment[syntax]));
  return { type, element, size, stride, alignment, range };
}
