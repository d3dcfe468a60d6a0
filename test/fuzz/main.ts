/**
 * `npm run fuzz [-- --count N --seed N --kind KIND --show N]`: mutated stub data into every unmarshaling routine of the vectors and examples,
 * mutated conversations into a server, mutated answers into clients, mutated towers and string bindings. See README.md.
 */
import { parseArgs } from "node:util";
import { ClientFuzzer, type Answers } from "./client-fuzzer.ts";
import { Fuzzer, type ConcurrentMutant, type SynchronousMutant } from "./fuzzer.ts";
import { Random } from "./mutate.ts";
import { ServerFuzzer } from "./server-fuzzer.ts";
import { runString, stringMutant } from "./string-fuzzer.ts";
import { stubCases } from "./stub-cases.ts";
import { isTaken, StubFuzzer } from "./stub-fuzzer.ts";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "200000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    kind: { type: "string" },
    show: { type: "string" },
  },
});
const count = Number(values.count);
const seed = Number(values.seed);
const cases = await stubCases(new URL("../../../", import.meta.url));
const client = new ClientFuzzer(cases);
const fuzzer = new Fuzzer(values.show === undefined ? undefined : Number(values.show));
const started = performance.now();

for (const each of cases) if (!isTaken(each)) fuzzer.fail(`${each.name} is refused as it is`);
await run("stub data", 0.5, (what, many, random) => fuzzer.synchronous(what, many, stubFuzzerFor(random)));
await run("string bindings", 0.05, (what, many, random) => fuzzer.synchronous(what, many, () => string(random)));
await run("conversations with a server", 0.2, async (what, many, random) => {
  await using server = await ServerFuzzer.start(cases);
  await fuzzer.concurrent(what, many, () => {
    const conversation = server.mutant(random);
    return {
      describe: () => `${conversation.name}\n  ${Buffer.from(conversation.octets).toString("hex")}`,
      length: conversation.octets.length,
      run: (held) => server.run(conversation, held),
    };
  });
  for (const error of server.reported.slice(0, 10)) fuzzer.fail(`the server reported ${String(error)}`);
});
await run("answers to a client", 0.2, (what, many, random) =>
  fuzzer.concurrent(what, many, () => answered(client.mutant(random))),
);
await run("answers of an endpoint mapper", 0.05, (what, many, random) =>
  fuzzer.concurrent(what, many, () => answered(client.mapperMutant(random))),
);

const seconds = (performance.now() - started) / 1000;
for (const line of fuzzer.report()) console.log(line);
console.log(
  `${fuzzer.total} mutants of ${cases.length} cases in ${seconds.toFixed(1)} s, seed ${seed}, ${fuzzer.failures.length} failures`,
);
for (const failure of fuzzer.failures) console.log(failure);
process.exitCode = fuzzer.failures.length === 0 ? 0 : 1;

/** Runs the mutants of a kind, which has a generator of its own: it gives the same ones whether or not the other kinds run. */
async function run(
  kind: string,
  share: number,
  mutants: (what: string, count: number, random: Random) => Promise<void>,
): Promise<void> {
  if (values.kind === undefined || values.kind === kind)
    await mutants(kind, Math.round(count * share), new Random(seed));
}

function stubFuzzerFor(random: Random): () => SynchronousMutant {
  const stubs = new StubFuzzer(cases, random);
  return () => stubs.next();
}

function string(random: Random): SynchronousMutant {
  const text = stringMutant(random);
  return { describe: () => text, length: text.length, run: () => ({ outcome: runString(text), value: undefined }) };
}

function answered(answers: Answers): ConcurrentMutant {
  const shown = (): string => answers.replies.map(({ octets }) => Buffer.from(octets).toString("hex")).join("\n  ");
  return {
    describe: () => `${answers.name}\n  ${shown()}`,
    length: answers.length,
    run: (held) => client.run(answers, held),
  };
}
