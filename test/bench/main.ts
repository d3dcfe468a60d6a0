/** `npm run bench [-- --json FILE] [--page FILE]`: prints what midl-ts costs beside its peers, all in one run. */
import { writeFileSync } from "node:fs";
import { cpus, release, type } from "node:os";
import { parseArgs } from "node:util";
import { allocation } from "./allocation.ts";
import { calls } from "./calls.ts";
import { memories } from "./memories.ts";
import { profile } from "./profile.ts";
import { protobuf } from "./protobuf.ts";
import { profileMarkdown, profileText, sectionMarkdown, sectionText } from "./report.ts";
import type { Row, Section } from "./report.ts";
import { records, shareEnum } from "./share-enum.ts";
import { structures } from "./structures.ts";

const { values } = parseArgs({ options: { json: { type: "string" }, page: { type: "string" } } });

const shares = await shareEnum();
const messages = protobuf(records(1));
const large = await structures();
const allocated = await allocation();
const places = await memories();
const rates = await calls();
const versions = [
  `Node.js ${process.version}`,
  ...(shares[0]?.samba === undefined ? [] : [`Samba ${shares[0].samba.version}`]),
  ...messages.map(({ name, version }) => `${name} ${version}`),
].join(", ");
const machine = `${cpus()[0]?.model ?? "unknown"}, ${cpus().length} cores, ${type()} ${release()}, ${versions}`;
const slowest = shares.find((each) => each.level === 2 && !each.ndr64);
const profiled = slowest === undefined ? [] : await profile(slowest.encodeOnce);
const profiledTitle = "Where encoding level 2 in NDR spends its time";

const ours = shares.find((each) => each.level === 1 && !each.ndr64);
const sections: readonly Section[] = [
  {
    title: "NetrShareEnum response, 1,000 shares",
    unit: "microseconds",
    peer: "Samba's C code",
    rows: shares.flatMap((each): Row[] => {
      const name = `level ${each.level}, ${each.ndr64 ? "NDR64" : "NDR"}`;
      return [
        { name: `decode ${name}`, ours: each.decode, theirs: each.samba?.decode },
        { name: `encode ${name}`, ours: each.encode, theirs: each.samba?.encode },
      ];
    }),
  },
  ...messages.map((each): Section => ({
    title: `The records of level 1 in ${each.name} (${each.octets} octets instead of ${ours?.octets ?? 0})`,
    unit: "microseconds",
    peer: each.name,
    rows: [
      { name: "decode", ours: ours?.decode ?? Number.NaN, theirs: each.decode },
      { name: "encode", ours: ours?.encode ?? Number.NaN, theirs: each.encode },
    ],
  })),
  {
    title: "Large values",
    unit: "microseconds",
    peer: "a plain copy, or the objects made by hand",
    rows: large.flatMap((each): Row[] => [
      {
        name: `decode ${each.name}, holds ${(each.heap / 1024).toFixed(0)} KiB${peakText(each.peak?.decode)}`,
        ours: each.decode,
        theirs: each.byHand,
      },
      {
        name: `encode ${each.name}, ${each.octets} octets${peakText(each.peak?.encode)}`,
        ours: each.encode,
        theirs: each.byHand,
      },
    ]),
  },
  {
    title: "Decoding with the pair (managed memory), and with object literals in its place",
    unit: "microseconds",
    peer: "the same stub with object literals",
    rows: allocated.map(({ name, ours: pair, theirs, ratio: median, ratioSpread }) => ({
      name: `decode ${name}`,
      ours: pair,
      theirs,
      paired: { ratio: median, spread: ratioSpread },
    })),
  },
  ...(["pooled", "linear"] as const).map((memory): Section => ({
    title: `A server stub's call with ${memory} memory, from unmarshaling to the last free`,
    unit: "microseconds; octets of heap",
    peer: "managed memory",
    rows: places
      .filter((each) => each.memory === memory)
      .flatMap((each): Row[] => {
        const managed = places.find((other) => other.memory === "managed" && other.request === each.request);
        return [
          { name: each.request, ours: each.time, theirs: managed?.time },
          { name: `${each.request}, octets of heap`, ours: each.allocated, theirs: managed?.allocated },
          { name: `${each.request}, collecting`, ours: each.collecting, theirs: managed?.collecting },
        ];
      }),
  })),
  {
    title: "Calls over loopback TCP, both ends in one process",
    unit: "calls a second",
    peer: "a raw socket echo",
    rows: [
      { name: "one after the other", ours: rates.sequential, theirs: rates.rawSequential, isRate: true },
      { name: "64 at once", ours: rates.concurrent, theirs: rates.rawConcurrent, isRate: true },
    ],
  },
];

console.log(`${machine}\n`);
console.log(sections.map(sectionText).join("\n\n"));
console.log(`\n${profileText(profiledTitle, profiled)}`);
if (values.json !== undefined)
  writeFileSync(
    values.json,
    `${JSON.stringify({ machine, shares, protobuf: messages, structures: large, allocation: allocated, memories: places, calls: rates }, null, 2)}\n`,
  );
if (values.page !== undefined) {
  const head = [
    "# What it costs",
    "",
    `Written by \`npm run bench -- --page FILE\` on ${machine}. Each number is the median of repeated runs in one process, with`,
    "half the distance between the quartiles behind it; both sides of a row ran in the same minute. Stubs are exactly what midl-ts writes: every check on, default limits, managed memory.",
    "",
  ];
  writeFileSync(
    values.page,
    `${[...head, ...sections.map(sectionMarkdown), profileMarkdown(profiledTitle, profiled)].join("\n").trimEnd()}\n`,
  );
}

function peakText(octets: number | undefined): string {
  return octets === undefined ? "" : `, at most ${(octets / 1024).toFixed(0)} KiB`;
}
