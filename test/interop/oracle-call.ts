/** A call with random values, its octets by the generated stubs, and what they make of octets from elsewhere. */
import { memberName } from "../../generator/emit/names.ts";
import type { Operation, Parameter } from "../../grammar/index.ts";
import { managedMemory } from "../../runtime/index.ts";
import { NdrReader } from "../../runtime/ndr/reader.ts";
import { membersRead, resolved, type Scope } from "../support/expression-value.ts";
import { property } from "../support/property.ts";
import { RandomValues } from "../support/random-values.ts";
import { SeededRandom } from "../support/seeded-random.ts";
import { clientHalves, plainHandles, reader, serve, serverStub, writer } from "../support/stub-harness.ts";
import type { Encoding } from "../support/stub-harness.ts";
import { difference, membersDifference } from "../support/value-difference.ts";
import { HandleValue } from "../support/vector-values.ts";
import { parametersHeldBySamba, type TextCount } from "./oracle-values.ts";

/** Loaded stubs of an interface. */
export type Stubs = ReadonlyMap<string, unknown>;

/** Which way octets go. */
export type Direction = "request" | "response";

/** A reader that notes where the referents of pointers stand. */
class ReferentReader extends NdrReader {
  readonly referents: number[] = [];

  override pointer(at: number): number {
    this.referents.push(at);
    return super.pointer(at);
  }
}

/** A call of an operation: values of the request and of the response. */
export class OracleCall {
  readonly operation: Operation;
  readonly #stubs: Stubs;
  readonly #incoming: readonly Parameter[];
  readonly #outgoing: readonly Parameter[];
  readonly #count: TextCount;
  readonly #sent: Scope;
  readonly #answered: Scope;
  readonly #returnValue: unknown;

  constructor(operation: Operation, stubs: Stubs, seed: number, count: TextCount) {
    this.operation = operation;
    this.#stubs = stubs;
    const parameters = operation.parameters.filter(({ type }) => resolved(type).kind !== "binding-handle");
    this.#incoming = parameters.filter((parameter) => parameter.in);
    this.#outgoing = parameters.filter((parameter) => parameter.out);
    const handles = new SeededRandom(seed);
    const values = new RandomValues({ seed, contextHandle: () => handleOf(handles) });
    this.#count = count;
    this.#sent = parametersHeldBySamba(values.members(parameters, new Map()), count);
    const stays = new Map([...this.#sent].filter(([parameter]) => !("out" in parameter && parameter.out)));
    this.#answered = parametersHeldBySamba(values.members(this.#outgoing, stays, this.#sent), count);
    const { returnType } = operation;
    if (this.#returns) this.#returnValue = values.value(returnType, { scope: this.#answered });
  }

  /** What the client stub marshals. */
  request(ndr64: boolean): Buffer {
    const w = writer(ndr64);
    clientHalves(this.#stubs, this.operation.name, this.#request).marshal(w);
    return Buffer.from(w.octets());
  }

  /** What the server stub marshals. */
  response(ndr64: boolean): Buffer {
    const w = writer(ndr64);
    const operation = serverStub(this.#stubs, () => undefined, managedMemory()).operations[this.operation.opnum ?? 0];
    const marshal = property(operation, "marshal");
    if (typeof marshal !== "function") throw new Error(`${this.operation.name} has no marshal routine`);
    Reflect.apply(marshal, undefined, [w, this.#request, this.#response]);
    return Buffer.from(w.octets());
  }

  /** The octets of a request or a response with referent numbers out of the way: any number but 0 will do (C706 14.3.10). */
  async masked(direction: Direction, octets: Uint8Array, ndr64: boolean): Promise<string> {
    const r = new ReferentReader(octets, {
      ndr64,
      littleEndian: true,
      memory: managedMemory(),
      contextHandles: plainHandles,
    });
    if (direction === "request") await this.#served(r);
    else clientHalves(this.#stubs, this.operation.name, this.#request).unmarshal(r);
    const copy = Buffer.from(octets);
    for (const at of r.referents) if (copy.readUInt32LE(at) !== 0) copy.writeUInt32LE(1, at);
    return copy.toString("hex");
  }

  /** Where a request with the same values differs when the server stub has unmarshaled it. */
  async requestDifference(octets: Uint8Array, encoding: Encoding): Promise<string | undefined> {
    try {
      const received = await this.#served(reader(octets, encoding));
      return membersDifference(this.#incoming, this.#sent, received, "request", { sameHandle });
    } catch (error) {
      return String(error);
    }
  }

  /** Where a response with the same values differs when the client stub has unmarshaled it. */
  responseDifference(octets: Uint8Array, encoding: Encoding): string | undefined {
    let received: unknown;
    try {
      received = clientHalves(this.#stubs, this.operation.name, this.#request).unmarshal(reader(octets, encoding));
    } catch (error) {
      return String(error);
    }
    const scope = this.#answered;
    const found = membersDifference(this.#outgoing, scope, received, "response", { sameHandle });
    if (found !== undefined || !this.#returns) return found;
    const returned = this.#outgoing.length === 0 ? received : property(received, "returnValue");
    return difference(this.operation.returnType, this.#returnValue, returned, "returnValue", { scope, sameHandle });
  }

  /** What the server stub gives to the manager. */
  async #served(r: NdrReader): Promise<unknown> {
    let received: unknown;
    const stop = new Error("the manager was called");
    const manager = (request: unknown): never => {
      received = request;
      throw stop;
    };
    await serve(this.#stubs, this.operation.opnum ?? 0, r, writer(), manager).catch((error: unknown) => {
      if (error !== stop) throw error;
    });
    return received;
  }

  /** Discriminants of its unions. */
  get levels(): readonly number[] {
    const read = this.operation.parameters.flatMap(({ switchIs }) => membersRead(switchIs));
    return read.map((member) => Number(this.#sent.get(member)));
  }

  get #returns(): boolean {
    return resolved(this.operation.returnType).kind !== "void";
  }

  /** A copy: stubs fill the storage of what goes both ways. */
  get #request(): object {
    const sent = parametersHeldBySamba(this.#sent, this.#count);
    return Object.fromEntries(this.#incoming.map((each) => [memberName(each.name), sent.get(each)]));
  }

  get #response(): unknown {
    if (this.#outgoing.length === 0) return this.#returnValue;
    const values = this.#outgoing.map((each) => [memberName(each.name), this.#answered.get(each)] as const);
    return { ...Object.fromEntries<unknown>(values), returnValue: this.#returnValue };
  }
}

function handleOf(random: SeededRandom): HandleValue {
  const digits = Array.from({ length: 4 }, () => random.uint32().toString(16).padStart(8, "0")).join("");
  return new HandleValue(0, digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"));
}

function sameHandle(sent: unknown, received: unknown): boolean {
  return sent instanceof HandleValue && received instanceof HandleValue && sent.uuid === received.uuid;
}
