/**
 * `npm run fuzz [-- --count N --seed N]`: mutated stub data into every unmarshaling routine of the vectors and examples, mutated
 * conversations into a server, mutated answers into clients, mutated towers and string bindings. See README.md.
 */
import { parseArgs } from "node:util";
import { ClientFuzzer } from "./client-fuzzer.ts";
import { Fuzzer } from "./fuzzer.ts";
import { Random } from "./mutate.ts";
import { ServerFuzzer } from "./server-fuzzer.ts";
import { runString, stringMutant } from "./string-fuzzer.ts";
import { stubCases } from "./stub-cases.ts";
import { StubFuzzer } from "./stub-fuzzer.ts";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "200000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
  },
});
const count = Number(values.count);
const seed = Number(values.seed);
const cases = await stubCases(new URL("../../../", import.meta.url));
const random = new Random(seed);
const fuzzer = new Fuzzer();
const started = performance.now();

await fuzzer.synchronous("stub data", new StubFuzzer(cases, random), Math.round(count * 0.5));
await fuzzer.synchronous("string bindings", { next: () => string() }, Math.round(count * 0.05));
{
  await using server = await ServerFuzzer.start(cases);
  await fuzzer.concurrent("conversations with a server", Math.round(count * 0.2), () => {
    const conversation = server.mutant(random);
    return {
      describe: () => `${conversation.name}\n  ${Buffer.from(conversation.octets).toString("hex")}`,
      length: conversation.octets.length,
      run: (held) => server.run(conversation, held),
    };
  });
  for (const error of server.reported.slice(0, 10)) fuzzer.fail(`the server reported ${String(error)}`);
}
const client = new ClientFuzzer(cases);
for (const [what, share, mutant] of [
  ["answers to a client", 0.2, () => client.mutant(random)],
  ["answers of an endpoint mapper", 0.05, () => client.mapperMutant(random)],
] as const)
  await fuzzer.concurrent(what, Math.round(count * share), () => {
    const answers = mutant();
    const shown = (): string => answers.replies.map(({ octets }) => Buffer.from(octets).toString("hex")).join("\n  ");
    return {
      describe: () => `${answers.name}\n  ${shown()}`,
      length: answers.length,
      run: (held) => client.run(answers, held),
    };
  });

const seconds = (performance.now() - started) / 1000;
for (const line of fuzzer.report()) console.log(line);
console.log(
  `${fuzzer.total} mutants of ${cases.length} cases in ${seconds.toFixed(1)} s, seed ${seed}, ${fuzzer.failures.length} failures`,
);
for (const failure of fuzzer.failures) console.log(failure);
process.exitCode = fuzzer.failures.length === 0 ? 0 : 1;

function string(): ReturnType<StubFuzzer["next"]> {
  const text = stringMutant(random);
  return { describe: () => text, length: text.length, run: () => ({ outcome: runString(text), value: undefined }) };
}
