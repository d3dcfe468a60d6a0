/** Octets of published interfaces against Samba's libndr: it must take what the stubs marshal, and pack the same values the same way. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { compileIdl } from "../support/compile-idl.ts";
import { derivedSeed } from "../support/seeded-random.ts";
import { DIFFERENCES, type Difference } from "./ndr-oracle.differences.ts";
import { OracleCall, type Direction } from "./oracle-call.ts";
import type { TextCount } from "./oracle-values.ts";
import { CORPUS, needs } from "./peers.ts";
import { askSamba, type Answer, type Question } from "./samba-oracle.ts";

/** Calls of each operation, with other values each. */
const ROUNDS = 8;

/** Operations that must agree at least. */
const ENOUGH = 30;

/** A published interface and Samba's module for it. */
interface Subject {
  readonly file: string;
  readonly module: string;
  readonly count: TextCount;
}

const SUBJECTS: readonly Subject[] = [
  { file: "ms-samr", module: "samr", count: "plain" },
  { file: "ms-lsat", module: "lsa", count: "plain" },
  { file: "ms-srvs", module: "srvsvc", count: "plain" },
  { file: "ms-rrp", module: "winreg", count: "terminated" },
  { file: "ms-even", module: "eventlog", count: "plain" },
];

describe("Samba's libndr", () => {
  const agreeing = new Map<string, number>();

  beforeEach((context) => {
    needs(context, "python3-samba", "corpus");
  });
  afterAll(() => {
    if (agreeing.size === 0) return;
    const total = [...agreeing.values()].reduce((sum, each) => sum + each, 0);
    const each = [...agreeing].map(([file, count]) => `${file} ${count}`).join(", ");
    console.log(`${total} operations agree (${each})`);
  });

  for (const subject of SUBJECTS) {
    it(`packs the values of ${subject.file} as the stubs do`, async () => {
      const outcome = await compare(subject);
      agreeing.set(subject.file, outcome.agreeing.length);
      expect(outcome.unexplained.join("\n")).toBe("");
    });
  }

  it(`agrees about at least ${ENOUGH} operations`, () => {
    const total = [...agreeing.values()].reduce((sum, each) => sum + each, 0);
    expect(total).toBeGreaterThanOrEqual(ENOUGH);
  });
});

/** What a comparison came to. */
interface Outcome {
  /** Operations that agree in both transfer syntaxes and both directions. */
  readonly agreeing: readonly string[];
  /** Disagreements that no difference explains, and differences that nothing shows. */
  readonly unexplained: readonly string[];
}

/** A question and the call that it is about. */
interface Asked {
  readonly question: Question;
  readonly call: OracleCall;
  readonly direction: Direction;
}

async function compare(subject: Subject): Promise<Outcome> {
  const asked = await questions(subject);
  const answers = await askSamba(asked.map(({ question }) => question));
  const compared = new Set<string>();
  const disagreeing = new Set<string>();
  const unexplained: string[] = [];
  for (const [index, each] of asked.entries()) {
    const { name } = each.call.operation;
    const place = `${subject.file}.${name}, ${each.direction} in ${each.question.ndr64 ? "NDR64" : "NDR"}`;
    const answer = answers[index];
    if (answer === undefined) {
      unexplained.push(`${place}: Samba's interpreter crashed`);
      break;
    }
    if ("error" in answer && answer.error === "no such operation") continue;
    compared.add(name);
    const found = await disagreement(each, answer);
    if (found === undefined) continue;
    disagreeing.add(name);
    if (!isExplained(`${subject.file}.${name}`, each.call.levels, found)) unexplained.push(`${place}: ${found}`);
  }
  unexplained.push(...stale(subject.file, asked, disagreeing));
  return { agreeing: [...compared].filter((name) => !disagreeing.has(name)), unexplained };
}

/** Differences that were asked about and did not show. */
function stale(file: string, asked: readonly Asked[], disagreeing: ReadonlySet<string>): readonly string[] {
  return DIFFERENCES.filter((difference) => {
    const isAsked = asked.some(({ call }) => concerns(difference, `${file}.${call.operation.name}`, call.levels));
    return isAsked && !disagreeing.has(difference.operation.slice(file.length + 1));
  }).map(({ operation }) => `${operation} agrees: it is no difference`);
}

async function questions({ file, module, count }: Subject): Promise<readonly Asked[]> {
  const text = (name: string): string => readFileSync(join(CORPUS, `${name}.idl`), "utf8");
  const { model, exports } = await compileIdl(file, text(file), { files: { "ms-dtyp.idl": text("ms-dtyp") } });
  const asked: Asked[] = [];
  for (const operation of model.main.interfaces.flatMap((each) => each.operations)) {
    for (let round = 0; round < ROUNDS; round++) {
      const call = new OracleCall(operation, exports, derivedSeed(round, `${file}.${operation.name}`), count);
      for (const ndr64 of [false, true]) {
        const [request, response] = [call.request(ndr64).toString("hex"), call.response(ndr64).toString("hex")];
        // Numbers that nobody uses have placeholders, which carry nothing.
        if (request === "" && response === "") continue;
        const question = { module, opnum: operation.opnum ?? 0, request, ndr64 };
        asked.push({ question, call, direction: "request" });
        asked.push({ question: { ...question, response }, call, direction: "response" });
      }
    }
  }
  return asked;
}

/** What Samba does not agree about; undefined when it agrees. */
async function disagreement({ question, call, direction }: Asked, answer: Answer): Promise<string | undefined> {
  if ("error" in answer) return `Samba refuses it: ${answer.error}`;
  const { ndr64 } = question;
  const ours = question.response ?? question.request;
  const same = await call.masked(direction, Buffer.from(answer.same, "hex"), ndr64).catch(String);
  if (same !== (await call.masked(direction, Buffer.from(ours, "hex"), ndr64))) {
    return `octets differ\n  stub  ${ours}\n  Samba ${answer.same}`;
  }
  const bigEndian = Buffer.from(answer.bigEndian, "hex");
  const encoding = { ndr64: false, littleEndian: false };
  const found =
    direction === "request"
      ? await call.requestDifference(bigEndian, encoding)
      : call.responseDifference(bigEndian, encoding);
  return found === undefined ? undefined : `big-endian: ${found}`;
}

function isExplained(operation: string, levels: readonly number[], disagreement: string): boolean {
  return DIFFERENCES.some(
    (each) => concerns(each, operation, levels) && each.says.some((text) => disagreement.includes(text)),
  );
}

function concerns(difference: Difference, operation: string, levels: readonly number[]): boolean {
  if (difference.operation !== operation) return false;
  return difference.levels === undefined || difference.levels.some((level) => levels.includes(level));
}
