/** Notes that stay with the server between calls, until their owner closes them or its connection is gone. */
import {
  MemoryTransport,
  RpcBinding,
  RpcServer,
  allocateNode,
  freeReferents,
  managedMemory,
  trackMemory,
} from "@midl-ts/runtime";
import type { MidlUserMemory, TrackedMemory } from "@midl-ts/runtime";
import { NOTE } from "./generated/notes.ts";
import type { NOTES_HANDLE } from "./generated/notes.ts";
import { NotesClient } from "./generated/notes_c.ts";
import { notesServerStub } from "./generated/notes_s.ts";
import type { NotesManager } from "./generated/notes_s.ts";

/** What lies behind a NOTES_HANDLE: the very nodes that the stub allocated, lot after lot. */
interface Notes {
  readonly lots: (NOTE | null)[];
}

/** @param abandoned called after the notes of a client that is gone were freed */
function manager(memory: MidlUserMemory, abandoned: () => void): NotesManager<Notes> {
  const free = ({ lots }: Notes): void => {
    for (const notes of lots) freeReferents(NOTE, notes, memory);
  };
  return {
    OpenNotes: () => ({ lots: [] }),

    AddNotes({ handle, notes }) {
      handle.lots.push(notes); // no copy: [allocate(dont_free)] leaves them to us
      return textsOf(handle).length;
    },

    CountCharacters: ({ handle }) => textsOf(handle).join("").length,

    CloseNotes({ handle }) {
      if (handle !== null) free(handle);
      return { handle: null };
    },

    NOTES_HANDLE_rundown(notes) {
      free(notes);
      abandoned();
    },
  };
}

/**
 * Runs the example.
 *
 * @param print takes each line of what it shows
 * @returns whether everything was given back, on both sides
 */
export async function demonstrate(print: (line: string) => void): Promise<boolean> {
  const sides = { client: trackMemory(managedMemory()), server: trackMemory(managedMemory()) };
  const report = (what: string): void => {
    print(`${what.padEnd(48)} client ${sides.client.liveCount} live, server ${counted(sides.server)}`);
  };
  const transports = [new MemoryTransport()];
  await using server = new RpcServer({ transports });
  const abandoned = new Promise<void>((resolve) => {
    server.register(notesServerStub(manager(sides.server, resolve), sides.server));
  });
  const endpoint = await server.listen("midl-ts-memory:[notes]");

  /** Sends notes, and frees the client's own nodes: the server has its own. */
  const add = async (client: NotesClient, handle: NOTES_HANDLE, ...texts: string[]): Promise<void> => {
    const notes = listOf(texts, sides.client);
    const count = await client.AddNotes({ handle, notes });
    freeReferents(NOTE, notes, sides.client);
    report(`AddNotes ${texts.join(", ")}: ${count} kept`);
  };

  {
    await using binding = RpcBinding.fromString(endpoint, { transports });
    const client = new NotesClient(binding, sides.client);
    const handle = await opened(client);
    await add(client, handle, "milk", "bread");
    await add(client, handle, "tea");
    report(`CountCharacters: ${await client.CountCharacters({ handle })}`);
    await client.CloseNotes({ handle });
    report("CloseNotes");
  }
  {
    await using binding = RpcBinding.fromString(endpoint, { transports });
    const client = new NotesClient(binding, sides.client);
    await add(client, await opened(client), "salt", "pepper", "oil");
  }
  await abandoned;
  report("gone without CloseNotes: run down");
  return sides.client.liveCount === 0 && sides.server.liveCount === 0;
}

async function opened(client: NotesClient): Promise<NOTES_HANDLE> {
  const handle = await client.OpenNotes();
  if (handle === null) throw new Error("the server gave no handle");
  return handle;
}

function listOf(texts: readonly string[], memory: MidlUserMemory): NOTE | null {
  let head: NOTE | null = null;
  for (const text of texts.toReversed()) head = allocateNode(memory, NOTE, { text, next: head });
  return head;
}

/** The texts of all notes, the first first. */
function textsOf({ lots }: Notes): string[] {
  const texts: string[] = [];
  for (const notes of lots) for (let note = notes; note !== null; note = note.next) texts.push(note.text ?? "");
  return texts;
}

function counted({ allocations, frees, liveCount }: TrackedMemory): string {
  return `${allocations} allocated, ${frees} freed, ${liveCount} live`;
}
