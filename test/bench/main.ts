/** `npm run bench [-- --json FILE]`: prints what midl-ts costs beside its peers, all in one run. */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { calls } from "./calls.ts";
import { protobuf } from "./protobuf.ts";
import { records, shareEnum } from "./share-enum.ts";

const shares = await shareEnum();
const messages = protobuf(records(1));
const rates = await calls();
const machine = `${cpus()[0]?.model ?? "unknown"}, ${cpus().length} cores, Node.js ${process.version}`;

console.log(`${machine}\n`);
console.log("NetrShareEnum response, 1,000 shares, microseconds (ratio: times as fast as Samba's C code)");
for (const each of shares) {
  const name = `level ${each.level}, ${each.ndr64 ? "NDR64" : "NDR  "}, ${each.octets} octets`.padEnd(34);
  console.log(
    `  ${name} decode ${side(each.decode, each.sambaDecode)}   encode ${side(each.encode, each.sambaEncode)}`,
  );
}
const ours = shares.find((each) => each.level === 1 && !each.ndr64);
if (ours !== undefined) {
  console.log("\nThe records of level 1 in other formats, microseconds (ratio: how many times as fast NDR is)");
  for (const each of messages) {
    const name = `${each.name}, ${each.octets} octets`.padEnd(34);
    console.log(`  ${name} decode ${side(ours.decode, each.decode)}   encode ${side(ours.encode, each.encode)}`);
  }
}
console.log("\nCalls a second over loopback TCP, both ends in one process (ratio: to a raw socket echo)");
console.log(`  one after the other ${compare(rates.sequential, rates.rawSequential)}`);
console.log(`  64 at once          ${compare(rates.concurrent, rates.rawConcurrent)}`);

const json = process.argv.indexOf("--json");
const path = process.argv[json + 1];
if (json >= 0 && path !== undefined)
  writeFileSync(path, `${JSON.stringify({ machine, shares, protobuf: messages, calls: rates }, null, 2)}\n`);

function side(ours: number, theirs: number | undefined): string {
  return theirs === undefined
    ? `${ours.toFixed(0)} (Samba not installed)`
    : `${ours.toFixed(0)} beside ${theirs.toFixed(0)}: ${(theirs / ours).toFixed(2)}`;
}

function compare(ours: number, raw: number): string {
  return `${ours.toFixed(0)} beside ${raw.toFixed(0)}: ${(ours / raw).toFixed(2)}`;
}
