/** The pipes of one call with random chunks. */
import { memberName } from "../../generator/emit/names.ts";
import { pipeOf } from "../../generator/emit/pipe-types.ts";
import type { ArrayType, Parameter } from "../../grammar/index.ts";
import { property } from "../support/property.ts";
import type { RandomValues } from "../support/random-values.ts";
import { difference } from "../support/value-difference.ts";

/** The most chunks that go through a pipe in one direction. */
const MOST_CHUNKS = 5;

/** The chunks of a pipe in one direction. */
interface Traffic {
  readonly sent: readonly unknown[];
  readonly arrived: unknown[];
}

/** One pipe parameter and what goes through it. */
interface RandomPipe {
  readonly parameter: Parameter;
  readonly name: string;
  /** What a chunk is, as an array. */
  readonly chunk: ArrayType;
  readonly pulled: Traffic;
  readonly pushed: Traffic;
}

/** Random chunks for every pipe of an operation: what the client gives, what the manager does, and whether all of it arrived. */
export class RandomPipes {
  readonly #pipes: readonly RandomPipe[];

  constructor(parameters: readonly Parameter[], values: RandomValues) {
    this.#pipes = parameters.flatMap((parameter) => randomPipe(parameter, values) ?? []);
  }

  /** Whether there are none. */
  get none(): boolean {
    return this.#pipes.length === 0;
  }

  /** The properties of a client's request. */
  request(): Record<string, unknown> {
    const properties: Record<string, unknown> = {};
    for (const { name, parameter, pulled, pushed } of this.#pipes) {
      const push = (chunk: unknown): void => {
        pushed.arrived.push(chunk);
      };
      if (parameter.in) properties[name] = parameter.out ? { pull: pulled.sent, push } : pulled.sent;
      else properties[name] = push;
    }
    return properties;
  }

  /** What the manager does: pulls every [in] pipe to its end, then pushes to every [out] pipe. */
  async serve(request: unknown): Promise<void> {
    for (const { name, parameter, pulled } of this.#pipes) {
      if (!parameter.in) continue;
      const pipe = property(request, name);
      const chunks = parameter.out ? property(pipe, "pull") : pipe;
      if (!isAsyncIterable(chunks)) throw new Error(`${name} cannot be pulled`);
      for await (const chunk of chunks) pulled.arrived.push(chunk);
    }
    for (const { name, parameter, pushed } of this.#pipes) {
      if (!parameter.out) continue;
      const pipe = property(request, name);
      const push = parameter.in ? property(pipe, "push") : pipe;
      if (typeof push !== "function") throw new Error(`${name} cannot be pushed to`);
      for (const chunk of pushed.sent) await Reflect.apply(push, undefined, [chunk]);
    }
  }

  /** The first chunk that did not arrive as it was sent. */
  difference(): string | undefined {
    for (const { name, chunk, pulled, pushed } of this.#pipes) {
      const found =
        trafficDifference(chunk, pulled, `${name} (pulled)`) ?? trafficDifference(chunk, pushed, `${name} (pushed)`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

function randomPipe(parameter: Parameter, values: RandomValues): RandomPipe | undefined {
  const type = pipeOf(parameter.type);
  if (type === undefined) return undefined;
  const chunk: ArrayType = {
    kind: "array",
    element: type.element,
    size: { kind: "conformant", sizeIs: undefined },
    varying: undefined,
    string: false,
    range: undefined,
    attributes: new Map(),
  };
  const traffic = (travels: boolean): Traffic => {
    const length = travels ? values.random.below(MOST_CHUNKS + 1) : 0;
    const chunks = Array.from({ length }, () => values.value(chunk, { scope: new Map() }));
    return { sent: chunks.filter((each) => property(each, "length") !== 0), arrived: [] };
  };
  const [pulled, pushed] = [traffic(parameter.in), traffic(parameter.out)];
  return { parameter, name: memberName(parameter.name), chunk, pulled, pushed };
}

function trafficDifference(chunk: ArrayType, { sent, arrived }: Traffic, path: string): string | undefined {
  if (sent.length !== arrived.length)
    return `${path}: ${arrived.length.toString()} of ${sent.length.toString()} chunks`;
  const comparison = { scope: new Map(), sameHandle: () => false };
  for (const [index, each] of sent.entries()) {
    const found = difference(chunk, each, arrived[index], `${path}[${index.toString()}]`, comparison);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}
