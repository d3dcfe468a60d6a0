/** The phone book compiled with /osf: no pair on either side, memory by the RpcSs package under its DCE names. */
import {
  MemoryTransport,
  RpcBinding,
  RpcServer,
  allocateNode,
  rpcSsMemory,
  rpc_sm_client_free,
  rpc_ss_get_thread_handle,
  withRpcSs,
} from "@midl-ts/runtime";
import type { RpcSsThreadHandle } from "@midl-ts/runtime";
import { Book } from "../phonebook/book.ts";
import type { Contact, Person } from "../phonebook/book.ts";
import { CONTACT_KIND, PHONE_ENTRY } from "./generated/phonebook.ts";
import type { CONTACT } from "./generated/phonebook.ts";
import { PhonebookClient } from "./generated/phonebook_c.ts";
import { phonebookServerStub } from "./generated/phonebook_s.ts";
import type { PhonebookManager } from "./generated/phonebook_s.ts";

/** Runs server and client in this process. */
export async function run(print: (line: string) => void): Promise<void> {
  const environments = new Map<string, RpcSsThreadHandle | null>();
  const manager: PhonebookManager<Book> = {
    OpenBook: ({ owner }, call) => {
      environments.set(call.operation, rpc_ss_get_thread_handle());
      return { book: new Book(owner), returnValue: 0 };
    },
    LookupByPrefix({ book, prefix }, call) {
      environments.set(call.operation, rpc_ss_get_thread_handle());
      return { matches: toList(book.find(prefix)), returnValue: 0 };
    },
    AddEntries({ book, entries }, call) {
      environments.set(call.operation, rpc_ss_get_thread_handle());
      let added = 0;
      for (let entry: PHONE_ENTRY | null = entries; entry !== null; entry = entry.next) {
        if (entry.name === null) continue;
        book.set(entry.name, fromUnion(entry.contact));
        added++;
      }
      return { added, returnValue: 0 };
    },
    CloseBook: () => ({ book: null, returnValue: 0 }),
  };

  const transports = [new MemoryTransport()];
  await using server = new RpcServer({ transports });
  server.register(phonebookServerStub(manager)); // no pair: /osf asks for none
  await using binding = RpcBinding.fromString(await server.listen("midl-ts-memory:[phonebook]"), { transports });
  const client = new PhonebookClient(binding);
  const report = (operation: string, result: string): void => {
    print(`${operation.padEnd(15)} ${result.padEnd(34)} server: ${held(environments.get(operation) ?? null)}`);
  };

  const { book } = await client.OpenBook({ owner: "Charles" });
  if (book === null) throw new Error("the server gave no handle");
  report("OpenBook", `handle ${book.type}`);

  const ended = await withRpcSs(async (handle) => {
    const { matches } = await client.LookupByPrefix({ book, prefix: "Ad" });
    report("LookupByPrefix", namesOf(matches));
    const list = toList([{ name: "Alonzo Church", contact: { kind: "phone", number: 16095550177n } }]);
    if (list === null) throw new Error("no list");
    const { added } = await client.AddEntries({ book, entries: list });
    report("AddEntries", `${added} added`);
    print(`client: ${held(handle)}`);
    return handle;
  });
  print(`client: ${held(ended)}`);

  const { matches } = await client.LookupByPrefix({ book, prefix: "Alo" });
  report("LookupByPrefix", namesOf(matches));
  const status = matches === null ? "none" : rpc_sm_client_free(matches); // frees by whatever allocated: here plain objects
  print(`rpc_sm_client_free gives ${status}`);

  const closed = await client.CloseBook({ book });
  print(`CloseBook       ${closed.book === null ? "closed" : "still open"}`);
}

/** A linked list of nodes from the environment of whoever calls: the manager's on the server, withRpcSs on the client. */
function toList(people: readonly Person[]): PHONE_ENTRY | null {
  let head: PHONE_ENTRY | null = null;
  for (const { name, contact } of people.toReversed())
    head = allocateNode(rpcSsMemory, PHONE_ENTRY, { name, ...toUnion(contact), next: head });
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

function namesOf(list: PHONE_ENTRY | null): string {
  const names: string[] = [];
  for (let entry = list; entry !== null; entry = entry.next) names.push(entry.name ?? "?");
  return names.join(", ");
}

function held(handle: RpcSsThreadHandle | null): string {
  if (handle === null) return "no environment";
  return `environment ${handle.enabled ? "enabled" : "ended"}, ${handle.allocations} allocated, ${handle.liveCount} live`;
}
