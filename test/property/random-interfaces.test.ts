/**
 * Random interfaces and random values: what the client marshals the server sees, and what the server marshals the client sees, in both
 * transfer syntaxes; marshaling what was unmarshaled gives the same octets. PROPERTY_CASES and PROPERTY_SEED make it longer, or the same.
 */
import fc from "fast-check";
import { expect, it } from "vitest";
import { compileIdl } from "../support/compile-idl.ts";
import { RandomValues } from "../support/random-values.ts";
import { clientHalves, reader, serve, writer } from "../support/stub-harness.ts";
import { difference } from "../support/value-difference.ts";
import { property } from "../support/property.ts";
import { CONSTRUCTS, count, idlOf, parameters } from "./idl-arbitrary.ts";

const CASES = Number(process.env["PROPERTY_CASES"] ?? 300);
const SEED = process.env["PROPERTY_SEED"] === undefined ? Date.now() % 1_000_000 : Number(process.env["PROPERTY_SEED"]);

/** Values for each operation, in each transfer syntax. */
const VALUES = 3;

it(`random interfaces carry random values (seed ${SEED})`, async () => {
  const occurrences = new Map<string, number>();
  let cases = 0;
  const isDone = (): boolean => cases >= CASES;
  await fc.assert(
    fc.asyncProperty(parameters, fc.integer(), async (all, seed) => {
      if (isDone()) return;
      count(all, occurrences);
      const idl = idlOf(all);
      const { model, exports, omitted } = await compileIdl("random", idl);
      expect(omitted).toEqual([]);
      const operations = model.main.interfaces[0]?.operations ?? [];
      const values = new RandomValues({ seed, elements: 60 });
      for (const operation of operations) {
        const [parameter] = operation.parameters;
        if (parameter === undefined) throw new Error("no parameter");
        for (let round = 0; round < VALUES; round++)
          for (const ndr64 of [false, true]) {
            cases++;
            const sent = values.members([parameter], new Map());
            const value = sent.get(parameter);
            const comparison = { scope: sent, sameHandle: () => false };
            const w = writer(ndr64);
            const halves = clientHalves(exports, operation.name, { value });
            halves.marshal(w);
            const request = w.octets().slice();
            const answer = writer(ndr64);
            let seen: string | undefined = "nothing";
            await serve(
              exports,
              operation.opnum ?? 0,
              reader(request, { ndr64, littleEndian: true }),
              answer,
              (received) => {
                seen = difference(parameter.type, value, property(received, "value"), "request", comparison);
                return { value: property(received, "value"), returnValue: 0 };
              },
            );
            expect(seen, idl).toBeUndefined();
            const fresh = clientHalves(exports, operation.name, { value: undefined });
            const response = fresh.unmarshal(reader(answer.octets(), { ndr64, littleEndian: true }));
            expect(
              difference(parameter.type, value, property(response, "value"), "response", comparison),
              idl,
            ).toBeUndefined();
            const again = writer(ndr64);
            clientHalves(exports, operation.name, { value: property(response, "value") }).marshal(again);
            expect(Buffer.from(again.octets()).toString("hex"), idl).toBe(Buffer.from(request).toString("hex"));
          }
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
