/** The phone book's client: `client.js STRING-BINDING`. Prints each call with its result and what the pair counted. */
import { RpcBinding, allocateNode, freeReferents, managedMemory, trackMemory } from "@midl-ts/runtime";
import { PHONE_ENTRY } from "./generated/phonebook.ts";
import { PhonebookClient } from "./generated/phonebook_c.ts";

const memory = trackMemory(managedMemory());
let [allocations, frees] = [0, 0];

await using binding = RpcBinding.fromString(process.argv[2] ?? "ncacn_ip_tcp:127.0.0.1[4747]");
const client = new PhonebookClient(binding, memory);

const { book } = await client.OpenBook({ owner: "Charles" });
if (book === null) throw new Error("the server gave no handle");
report("OpenBook", `handle ${book.type}`);

const { matches } = await client.LookupByPrefix({ book, prefix: "Ad", limit: 10 });
report("LookupByPrefix", `Ad*: ${namesOf(matches)}`);
freeReferents(PHONE_ENTRY, matches, memory);
report("  freed", "the list that came back");

const last = allocateNode(memory, PHONE_ENTRY, {
  name: "Barbara Liskov",
  kind: 2,
  contact: { discriminant: 2, address: "barbara@example.org" },
});
const first = allocateNode(memory, PHONE_ENTRY, {
  name: "Alonzo Church",
  kind: 1,
  contact: { discriminant: 1, number: 16095550177n },
  next: last,
});
const { added } = await client.AddEntries({ book, entries: first });
report("AddEntries", `${added} added`);

const letters = 7;
const { counts } = await client.CountByLetter({ book, first: "A".charCodeAt(0), letters });
report("CountByLetter", `A to G: ${counts.join(" ")}`);
memory.midl_user_free(counts);

first.name = "Alonzo the Unknown";
const { entries } = await client.UpdateEntries({ book, entries: first });
report("UpdateEntries", `known: ${namesOf(entries)}`);
// `first` holds what came back; `last` was existing storage that the reply no longer mentions: an orphan, the application's to free.
freeReferents(PHONE_ENTRY, entries, memory);
if (entries?.next !== last) memory.midl_user_free(last);
report("  freed", "the list and the orphan");

const closed = await client.CloseBook({ book });
report("CloseBook", closed.book === null ? "closed" : "still open");

console.log(
  `client  ends with ${memory.liveCount} nodes live, at most ${memory.peakOctets} octets, ${memory.doubleFrees} freed twice`,
);
process.exitCode = memory.liveCount === 0 && memory.doubleFrees === 0 ? 0 : 1;

/** Prints a result, and what the pair gave out and took back since the last one. */
function report(call: string, result: string): void {
  const counted = `${memory.allocations - allocations} allocated, ${memory.frees - frees} freed`;
  [allocations, frees] = [memory.allocations, memory.frees];
  console.log(`client  ${call.padEnd(15)} ${result.padEnd(44)} ${counted}`);
}

function namesOf(list: PHONE_ENTRY | null): string {
  const names: string[] = [];
  for (let entry = list; entry !== null; entry = entry.next) {
    const { contact } = entry;
    const reached =
      contact.discriminant === 1
        ? ` +${contact.number}`
        : contact.discriminant === 2
          ? ` <${contact.address ?? ""}>`
          : "";
    names.push(`${entry.name ?? "?"}${reached}`);
  }
  return names.join(", ");
}
