/** One call of an operation with random values. */
import { managedMemory } from "@midl-ts/runtime";
import { memberName, methodName } from "../../generator/emit/names.ts";
import { pipeOf } from "../../generator/emit/pipe-types.ts";
import type { Operation, Parameter } from "../../grammar/index.ts";
import { resolved, type Scope } from "../support/expression-value.ts";
import { property } from "../support/property.ts";
import { RandomValues } from "../support/random-values.ts";
import { difference, membersDifference } from "../support/value-difference.ts";
import type { Subject } from "./calls.ts";
import { HandleState } from "./handles.ts";
import { RandomPipes } from "./random-pipes.ts";

/** Milliseconds after which a call has failed. */
const TIMEOUT = 20_000;

/** Octets of a buffer for [byte_count]: a number of 16 bits. */
const BUFFER = 30_000;

/** A call of an operation: what is sent, what the manager sees and returns, and what comes back. */
export class RandomCall {
  readonly #operation: Operation;
  readonly #subject: Subject;
  readonly #values: RandomValues;
  readonly #parameters: readonly Parameter[];
  readonly #pipes: RandomPipes;
  /** Those with [byte_count], for which the client brings the storage. */
  readonly #buffers: readonly Parameter[];
  #failure: string | undefined;
  #response: Scope = new Map();
  #returnValue: unknown;

  constructor(operation: Operation, subject: Subject, seed: number) {
    this.#operation = operation;
    this.#subject = subject;
    this.#values = new RandomValues({ seed });
    this.#pipes = new RandomPipes(operation.parameters, this.#values);
    this.#parameters = operation.parameters.filter(
      ({ type }) => !isOf("binding-handle", type) && pipeOf(type) === undefined,
    );
    this.#buffers = operation.parameters.filter(({ attributes }) => attributes.has("byte_count"));
  }

  /** Makes the call; gives what went wrong. */
  async run(): Promise<string | undefined> {
    this.#subject.thrown.error = undefined;
    try {
      const sent = await this.#request();
      const { routine, client, handles } = this.#subject;
      const incoming = this.#parameters.filter((parameter) => parameter.in);
      routine.answer = (request) => {
        const sameHandle = handles.isSame;
        this.#failure = membersDifference(incoming, sent, request, "request", { sameHandle });
        const answer = this.#answer(sent, request);
        return this.#pipes.none ? answer : this.#pipes.serve(request).then(() => answer);
      };
      const request = {
        ...Object.fromEntries(incoming.map((each) => [memberName(each.name), sent.get(each)])),
        ...Object.fromEntries(this.#buffers.map(({ name }) => [memberName(name), new Uint8Array(BUFFER)])),
        ...this.#pipes.request(),
      };
      const method: unknown = property(client, methodName(this.#operation.name));
      if (typeof method !== "function") return "the client stub has no such method";
      const result: unknown = await Reflect.apply(method, client, [request, { timeout: TIMEOUT }]);
      return this.#failure ?? this.#compare(result) ?? this.#pipes.difference();
    } catch (error) {
      return (
        this.#failure ??
        `${described(error)}${this.#subject.thrown.error === undefined ? "" : `; server: ${described(this.#subject.thrown.error)}`}`
      );
    }
  }

  /** Values of all parameters, so that sizes which come in fit what goes out too. */
  async #request(): Promise<Scope> {
    const { binding, handles } = this.#subject;
    const beside = new Map<Parameter, unknown>();
    for (const parameter of this.#parameters) {
      const type = contextHandle(parameter);
      if (type === undefined || !parameter.in) continue;
      const isNull = parameter.out && this.#values.random.chance(0.25);
      beside.set(parameter, isNull ? null : await handles.open(binding, managedMemory(), type));
    }
    for (const { attributes } of this.#buffers) {
      const [size] = attributes.get("byte_count")?.arguments ?? [];
      if (size?.kind === "reference" && size.target.kind === "parameter") beside.set(size.target, BUFFER);
    }
    return this.#values.members(
      this.#parameters.filter((each) => !beside.has(each)),
      beside,
    );
  }

  /** What the manager routine returns: sizes and switches of the request that stay, everything else anew. */
  #answer(sent: Scope, request: unknown): unknown {
    const outgoing = this.#parameters.filter((parameter) => parameter.out);
    const beside = new Map<Parameter, unknown>();
    for (const parameter of this.#parameters) {
      const type = contextHandle(parameter);
      if (type !== undefined && parameter.out) {
        const state: unknown = parameter.in ? property(request, memberName(parameter.name)) : null;
        beside.set(parameter, this.#values.random.chance(0.2) ? null : (state ?? new HandleState(type)));
      } else if (!parameter.out) beside.set(parameter, sent.get(parameter));
    }
    const made = outgoing.filter((each) => !beside.has(each));
    this.#response = this.#values.members(made, beside, sent);
    const { returnType } = this.#operation;
    const returns = !isOf("void", returnType);
    if (returns) this.#returnValue = this.#returned(returnType);
    if (outgoing.length === 0) return this.#returnValue;
    const response = Object.fromEntries(outgoing.map((each) => [memberName(each.name), this.#response.get(each)]));
    return returns ? { ...response, returnValue: this.#returnValue } : response;
  }

  #returned(type: Operation["returnType"]): unknown {
    const known = resolved(type);
    if (known.kind !== "context-handle") return this.#values.value(type, { scope: this.#response });
    return this.#values.random.chance(0.2) ? null : new HandleState(known.name);
  }

  #compare(result: unknown): string | undefined {
    const outgoing = this.#parameters.filter((parameter) => parameter.out);
    const sameHandle = this.#subject.handles.isSame;
    const found = membersDifference(outgoing, this.#response, result, "response", { sameHandle });
    const { returnType } = this.#operation;
    if (found !== undefined || isOf("void", returnType)) return found;
    const returned = outgoing.length === 0 ? result : property(result, "returnValue");
    return difference(returnType, this.#returnValue, returned, "returnValue", { scope: this.#response, sameHandle });
  }
}

/** The name of the handle type when a parameter is a context handle. */
function contextHandle({ type }: Parameter): string | undefined {
  const known = resolved(type);
  const inner = known.kind === "pointer" ? resolved(known.pointee) : known;
  return inner.kind === "context-handle" ? inner.name : undefined;
}

function isOf(kind: "binding-handle" | "void", type: Parameter["type"]): boolean {
  const known = resolved(type);
  return known.kind === kind || (kind === "binding-handle" && known.kind === "pointer" && isOf(kind, known.pointee));
}

function described(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
