/** The phone book's server: manager routines over `Book`, served on TCP. Prints what the pair counted for each call. */
import { RpcServer, allocateNode, managedMemory, trackMemory } from "@midl-ts/runtime";
import type { MidlUserMemory } from "@midl-ts/runtime";
import { Book } from "./book.ts";
import type { Contact, Person } from "./book.ts";
import { CONTACT_KIND, PHONE_ENTRY } from "./generated/phonebook.ts";
import type { CONTACT } from "./generated/phonebook.ts";
import { phonebookServerStub } from "./generated/phonebook_s.ts";
import type { PhonebookManager } from "./generated/phonebook_s.ts";

const memory = trackMemory(managedMemory());

const manager: PhonebookManager<Book> = {
  OpenBook: ({ owner }) => ({ book: new Book(owner), returnValue: 0 }),

  LookupByPrefix({ book, prefix, limit }, call) {
    const people = book.find(prefix).slice(0, limit);
    return { matches: toList(people, call.memory), returnValue: 0 }; // the stub frees what is returned
  },

  AddEntries({ book, entries }) {
    let added = 0;
    for (let entry: PHONE_ENTRY | null = entries; entry !== null; entry = entry.next) {
      if (entry.name === null) continue;
      book.set(entry.name, fromUnion(entry.contact));
      added++;
    }
    return { added, returnValue: 0 };
  },

  CountByLetter({ book, first, letters, counts }) {
    for (let index = 0; index < letters; index++) counts[index] = book.countOf(String.fromCharCode(first + index));
    return { returnValue: 0 }; // `counts` is the node that the stub allocated: filled, it need not be returned
  },

  UpdateEntries(request, call) {
    // Whoever frees a node takes it out of the graph: unknown entries are unlinked and given back to the pair.
    let previous: PHONE_ENTRY | null = null;
    for (let entry = request.entries; entry !== null;) {
      const { name, next }: PHONE_ENTRY = entry;
      if (name !== null && request.book.has(name)) {
        request.book.set(name, fromUnion(entry.contact));
        previous = entry;
      } else {
        if (previous === null) request.entries = next;
        else previous.next = next;
        call.memory.midl_user_free(entry);
      }
      entry = next;
    }
    return { returnValue: 0 }; // the stub marshals `request.entries` as it stands now
  },

  CloseBook: () => ({ book: null, returnValue: 0 }),

  PHONEBOOK_HANDLE_rundown: (book) => {
    console.log(`server  the session of ${book.owner} was abandoned`);
  },
};

/** A linked list of nodes from the pair. */
function toList(people: readonly Person[], pair: MidlUserMemory): PHONE_ENTRY | null {
  let head: PHONE_ENTRY | null = null;
  for (const { name, contact } of people.toReversed())
    head = allocateNode(pair, PHONE_ENTRY, { name, ...toUnion(contact), next: head });
  return head;
}

function toUnion(contact: Contact): { kind: number; contact: CONTACT } {
  switch (contact.kind) {
    case "none":
      return { kind: CONTACT_KIND.CONTACT_NONE, contact: { discriminant: CONTACT_KIND.CONTACT_NONE } };
    case "phone":
      return {
        kind: CONTACT_KIND.CONTACT_PHONE,
        contact: { discriminant: CONTACT_KIND.CONTACT_PHONE, number: contact.number },
      };
    case "email":
      return {
        kind: CONTACT_KIND.CONTACT_EMAIL,
        contact: { discriminant: CONTACT_KIND.CONTACT_EMAIL, address: contact.address },
      };
  }
}

function fromUnion(contact: CONTACT): Contact {
  switch (contact.discriminant) {
    case CONTACT_KIND.CONTACT_NONE:
      return { kind: "none" };
    case CONTACT_KIND.CONTACT_PHONE:
      return { kind: "phone", number: contact.number };
    case CONTACT_KIND.CONTACT_EMAIL:
      return contact.address === null ? { kind: "none" } : { kind: "email", address: contact.address };
  }
}

/** The same manager, with the pair's account printed after each call: when the stub has freed. */
function reported<M extends object>(routines: M): M {
  return new Proxy(routines, {
    get(target, name, receiver): unknown {
      const routine: unknown = Reflect.get(target, name, receiver);
      if (typeof routine !== "function" || typeof name !== "string" || name.endsWith("_rundown")) return routine;
      return (...parameters: unknown[]): unknown => {
        const result: unknown = Reflect.apply(routine, target, parameters);
        setImmediate(() => {
          const { allocations, frees, liveCount } = memory;
          console.log(`server  ${name.padEnd(15)} so far ${allocations} allocated, ${frees} freed; ${liveCount} live`);
        });
        return result;
      };
    },
  });
}

const server = new RpcServer();
server.register(phonebookServerStub(reported(manager), memory));
const binding = await server.listen("ncacn_ip_tcp:127.0.0.1");
process.send?.(binding);
if (process.send === undefined) console.log(`serving ${binding}`);

process.once("disconnect", () => void end());
process.once("SIGINT", () => void end());

async function end(): Promise<void> {
  await server.close({ drain: true });
  console.log(
    `server  ends with ${memory.liveCount} nodes live, ${memory.doubleFrees} freed twice, ${memory.foreignFrees} foreign`,
  );
  process.exitCode = memory.liveCount === 0 && memory.doubleFrees === 0 ? 0 : 1;
}
