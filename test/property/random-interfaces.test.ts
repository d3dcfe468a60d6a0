/**
 * Random interfaces and random values: what the client marshals the server sees, and what the server marshals the client sees, in both
 * transfer syntaxes; marshaling what was unmarshaled gives the same octets. PROPERTY_CASES and PROPERTY_SEED make it longer, or the same.
 */
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Operation } from "../../grammar/index.ts";
import { compileIdl } from "../support/compile-idl.ts";
import { RandomValues } from "../support/random-values.ts";
import { clientHalves, reader, serve, writer } from "../support/stub-harness.ts";
import { difference } from "../support/value-difference.ts";
import { property } from "../support/property.ts";
import { HandleValue } from "../support/vector-values.ts";
import { graphDifference, randomGraph, sharing } from "./graphs.ts";
import { CONSTRUCTS, count, idlOf, parameters } from "./idl-arbitrary.ts";

const CASES = Number(process.env["PROPERTY_CASES"] ?? 300);
const SEED = process.env["PROPERTY_SEED"] === undefined ? Date.now() % 1_000_000 : Number(process.env["PROPERTY_SEED"]);

/** Values for each operation, in each transfer syntax. */
const VALUES = 3;

it(`random interfaces carry random values (seed ${SEED})`, async () => {
  const occurrences = new Map<string, number>();
  let cases = 0;
  const isDone = (): boolean => cases >= CASES;
  const add = (name: string, times: number): void => {
    occurrences.set(name, (occurrences.get(name) ?? 0) + times);
  };
  await fc.assert(
    fc.asyncProperty(parameters, fc.integer(), async (all, seed) => {
      if (isDone()) return;
      count(all, occurrences);
      const idl = idlOf(all);
      const compiled = await compileIdl("random", idl);
      expect(compiled.omitted).toEqual([]);
      const operations = compiled.model.main.interfaces[0]?.operations ?? [];
      const values = new RandomValues({ seed, elements: 60 });
      for (const operation of operations)
        for (let round = 0; round < VALUES; round++)
          for (const ndr64 of [false, true]) {
            cases++;
            await carry({ exports: compiled.exports, operation, ndr64, idl }, caseOf(operation, values, add));
          }
    }),
    { seed: SEED, numRuns: Math.ceil(CASES / 6), endOnFailure: CASES > 1000 },
  );
  if (CASES >= 5000) {
    console.log(`${cases} cases, seed ${SEED}`);
    for (const construct of CONSTRUCTS) console.log(`${construct.padEnd(26)} ${occurrences.get(construct) ?? 0}`);
    for (const construct of CONSTRUCTS) expect(occurrences.get(construct), construct).toBeGreaterThan(0);
  }
}, 1_800_000);

/** A value of the parameter `value`, what goes with it, and where another value differs from it. */
interface Case {
  readonly value: unknown;
  readonly more: Readonly<Record<string, unknown>>;
  readonly differs: (received: unknown) => string | undefined;
}

function caseOf(operation: Operation, values: RandomValues, add: (name: string, times: number) => void): Case {
  if (operation.name === "Graph") return graphCase(values, add);
  if (operation.name === "Handles") return handlesCase(values, add);
  const [parameter] = operation.parameters;
  if (parameter === undefined) throw new Error("no parameter");
  const scope = values.members([parameter], new Map());
  const value = scope.get(parameter);
  const comparison = { scope, sameHandle: () => false };
  return { value, more: {}, differs: (received) => difference(parameter.type, value, received, "value", comparison) };
}

function graphCase({ random }: RandomValues, add: (name: string, times: number) => void): Case {
  const value = randomGraph(random);
  const { aliases, cycles } = sharing(value);
  add("[ptr] alias", aliases);
  add("[ptr] cycle", cycles);
  return { value, more: {}, differs: (received) => graphDifference(value, received) };
}

function handlesCase({ random }: RandomValues, add: (name: string, times: number) => void): Case {
  const uuid = (): string => `${random.uint32().toString(16).padStart(8, "0")}-0000-0000-0000-000000000001`;
  const value = Array.from({ length: random.below(5) }, () => (random.chance(0.3) ? null : new HandleValue(0, uuid())));
  add("context handle array", 1);
  return {
    value,
    more: { count: value.length },
    differs: (received) => (isDeepStrictEqual(received, value) ? undefined : "other handles"),
  };
}

/** Where a case is carried. */
interface Carrier {
  readonly exports: ReadonlyMap<string, unknown>;
  readonly operation: Operation;
  readonly ndr64: boolean;
  readonly idl: string;
}

/** To the server, back to the client, and marshaled again to the same octets. */
async function carry({ exports, operation, ndr64, idl }: Carrier, { value, more, differs }: Case): Promise<void> {
  const encoding = { ndr64, littleEndian: true };
  const marshaled = (of: unknown): Uint8Array => {
    const w = writer(ndr64);
    clientHalves(exports, operation.name, { ...more, value: of }).marshal(w);
    return w.octets().slice();
  };
  const request = marshaled(value);
  const answer = writer(ndr64);
  let seen: string | undefined = "nothing";
  await serve(exports, operation.opnum ?? 0, reader(request, encoding), answer, (received) => {
    seen = differs(property(received, "value"));
    return { value: property(received, "value"), returnValue: 0 };
  });
  expect(seen, `request of ${operation.name}\n${idl}`).toBeUndefined();
  const fresh = clientHalves(exports, operation.name, { ...more, value: undefined });
  const response = property(fresh.unmarshal(reader(answer.octets(), encoding)), "value");
  expect(differs(response), `response of ${operation.name}\n${idl}`).toBeUndefined();
  expect(Buffer.from(marshaled(response)).toString("hex"), idl).toBe(Buffer.from(request).toString("hex"));
}
