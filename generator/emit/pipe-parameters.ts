import type { Parameter } from "../../grammar/index.ts";
import { planPipe } from "../wire-plan/pipes.ts";
import type { PipePlan } from "../wire-plan/pipes.ts";
import type { Planner } from "../wire-plan/planner.ts";
import { memberName } from "./names.ts";
import { pipeOf, pipeTypeName } from "./pipe-types.ts";
import type { EmitContext } from "./routine-context.ts";
import { documentation } from "./structures.ts";
import type { PropertyText } from "./structures.ts";

/** A parameter that is a pipe, or a [ref] pointer to one, which is the same on the wire. */
export interface PipeParameter {
  readonly parameter: Parameter;
  /** Property of the request. */
  readonly name: string;
  readonly plan: PipePlan;
  readonly in: boolean;
  readonly out: boolean;
}

/**
 * Plans a parameter that is a pipe; undefined for others.
 *
 * @throws NotGenerated for elements that cannot travel in a pipe
 */
export function pipeParameter(planner: Planner, parameter: Parameter): PipeParameter | undefined {
  const type = pipeOf(parameter.type);
  if (type === undefined) return undefined;
  return {
    parameter,
    name: memberName(parameter.name),
    plan: planPipe(planner, type, parameter.range),
    in: parameter.in,
    out: parameter.out,
  };
}

/** The property of the request that holds a pipe. */
export function pipeProperty(emit: EmitContext, pipe: PipeParameter, side: "client" | "server"): PropertyText {
  const chunk = emit.types.chunkText(pipe.plan.type);
  return { name: pipe.name, type: `${typeName(emit, pipe, side)}<${chunk}>`, docs: documentation(text(pipe, side)) };
}

function typeName(emit: EmitContext, pipe: PipeParameter, side: "client" | "server"): string {
  if (pipe.in && pipe.out) return emit.module.type(side === "client" ? "ClientPipe" : "ServerPipe");
  if (pipe.out) return emit.module.type("PipeSink");
  return side === "client" ? emit.module.type("PipeSource") : "AsyncIterable";
}

function text(pipe: PipeParameter, side: "client" | "server"): string {
  const pulled = side === "client" ? "chunks to send, asked for as they can be sent" : "chunks as they come";
  const pushed = side === "client" ? "takes the chunks that come" : "sends a chunk";
  if (pipe.in && pipe.out)
    return `[in, out] pipe. \`pull\`: ${pulled}; \`push\`: ${pushed}, all after the last one pulled.`;
  return pipe.in ? `[in] pipe: ${pulled}.` : `[out] pipe: ${pushed}.`;
}

/** `pipes: [...]` in what a client stub says of an operation: nothing when it has none. */
export function callPipes(emit: EmitContext, operation: string, pipes: readonly PipeParameter[]): string {
  if (pipes.length === 0) return "";
  const both = pipes.flatMap((pipe) => {
    const isBoth = pipe.in && pipe.out;
    const make = (name: string, member: string): string =>
      `${emit.module.value(name)}(${pipeArguments(emit, operation, pipe, `request.${pipe.name}${isBoth ? member : ""}`)})`;
    return [...(pipe.in ? [make("pullPipe", ".pull")] : []), ...(pipe.out ? [make("pushPipe", ".push")] : [])];
  });
  return `, pipes: [${both.join(", ")}]`;
}

/** What a manager gets for a pipe: its property of the request. */
export function managerPipe(emit: EmitContext, operation: string, pipe: PipeParameter): string {
  const given = pipeArguments(emit, operation, pipe);
  const [pull, push] = [`pipes.pull(${given})`, `pipes.push(${given})`];
  if (pipe.in && pipe.out) return `${pipe.name}: { pull: ${pull}, push: ${push} }`;
  return `${pipe.name}: ${pipe.in ? pull : push}`;
}

function pipeArguments(emit: EmitContext, operation: string, pipe: PipeParameter, value?: string): string {
  const { type, range } = pipe.plan;
  const path = JSON.stringify(`${operation}.${pipe.parameter.name}`);
  return [
    pipeTypeName(emit, type),
    ...(value === undefined ? [] : [value]),
    path,
    ...(range === undefined ? [] : [`{ low: ${range.low}, high: ${range.high} }`]),
  ].join(", ");
}
