/** Mutated conversations against a server with every interface of the seeds, through the in-memory transport. */
import { MemoryTransport, RpcError, RpcServer } from "@midl-ts/runtime";
import type { TransportConnection } from "@midl-ts/runtime";
import type { Outcome } from "./fuzzer.ts";
import { mutate, type Random } from "./mutate.ts";
import { bindPdu, fragments, interfaceSyntax, PacketType, pdu, PduFlag, requestPdu, SYNTAXES, WHOLE } from "./pdus.ts";
import type { StubCase } from "./stub-cases.ts";

/** A conversation that a client begins. */
export interface Conversation {
  readonly name: string;
  readonly octets: Uint8Array;
}

const ENDPOINT = "fuzz";

/** The remote management interface, which every server has (C706 appendix Q). */
const MANAGEMENT = "afa8bd80-7d8a-11c9-bef4-08002b102989";

export class ServerFuzzer implements AsyncDisposable {
  readonly #transport = new MemoryTransport();
  readonly #cases: readonly StubCase[];
  readonly #server: RpcServer;
  /** Errors other than RpcError that reached the application. */
  readonly reported: unknown[] = [];

  private constructor(cases: readonly StubCase[]) {
    this.#cases = cases;
    this.#server = new RpcServer({
      transports: [this.#transport],
      onError: (error) => {
        if (!(error instanceof RpcError)) this.reported.push(error);
      },
    });
    const stubs = new Map(cases.map(({ stub }) => [stub.interface.uuid, stub]));
    stubs.delete(MANAGEMENT);
    for (const stub of stubs.values()) this.#server.register(stub);
  }

  static async start(cases: readonly StubCase[]): Promise<ServerFuzzer> {
    const fuzzer = new ServerFuzzer(cases.filter(({ direction }) => direction === "request"));
    await fuzzer.#server.listen(`midl-ts-memory:[${ENDPOINT}]`);
    return fuzzer;
  }

  /** A mutant of a conversation about one of the seeds. */
  mutant(random: Random): Conversation {
    const seed = this.#cases[random.below(this.#cases.length)];
    if (seed === undefined) throw new Error("no seeds");
    return { name: `server, ${seed.name}`, octets: mutate(conversation(seed, random), random) };
  }

  /**
   * Sends a conversation, in two deliveries, and closes.
   *
   * @param held called when all of it was worked on, before the connection closes
   */
  async run({ octets }: Conversation, held?: () => void): Promise<Outcome> {
    const connection = await this.#transport.connect("", ENDPOINT, NEVER);
    const closed = outcomeOf(connection);
    const cut = octets.length >> 1;
    connection.send(octets.subarray(0, cut));
    connection.send(octets.subarray(cut));
    for (let turn = held === undefined ? 3 : 8; turn > 0; turn--) await new Promise((resolve) => setImmediate(resolve));
    held?.();
    connection.close();
    return await closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.close();
  }
}

const NEVER = new AbortController().signal;

/** Begins a connection; at its end, refused when the server answered with a fault or a bind_nak. */
function outcomeOf(connection: TransportConnection): Promise<Outcome> {
  return new Promise((resolve) => {
    let outcome: Outcome = "accepted";
    connection.start({
      received(octets) {
        if (packetTypes(octets).some((type) => type === PacketType.fault || type === PacketType.bindNak))
          outcome = "refused";
      },
      drained() {
        // What it sends is small.
      },
      closed() {
        resolve(outcome);
      },
    });
  });
}

/** The types of the PDUs in a delivery of the server, which holds whole ones. */
function packetTypes(octets: Uint8Array): readonly number[] {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  const types: number[] = [];
  for (let at = 0; at + 16 <= octets.length; at += Math.max(16, view.getUint16(at + 8, true)))
    types.push(view.getUint8(at + 2));
  return types;
}

function conversation(seed: StubCase, random: Random): Uint8Array {
  const abstract = interfaceSyntax(seed.stub.interface);
  const own = { abstract, transfer: [seed.ndr64 ? SYNTAXES.ndr64 : SYNTAXES.ndr] };
  const other = { abstract, transfer: [SYNTAXES.ndr64, SYNTAXES.ndr] };
  const features = { abstract, transfer: [SYNTAXES.features] };
  const parts: Uint8Array[] = [bindPdu(PacketType.bind, 1, [own, ...(random.below(3) === 0 ? [other, features] : [])])];
  if (random.below(4) === 0) parts.push(bindPdu(PacketType.alterContext, 2, [own, other]));
  const call = (callId: number): readonly Buffer[] => {
    if (random.below(3) > 0) {
      const flags = random.below(8) === 0 ? WHOLE | PduFlag.objectUuid : WHOLE;
      return [requestPdu(callId, seed.opnum, flags, seed.seed)];
    }
    return fragments(seed.seed, 2 + random.below(3), (flags, part) => requestPdu(callId, seed.opnum, flags, part));
  };
  parts.push(...call(3));
  if (random.below(3) === 0) parts.push(pdu(PacketType.coCancel, WHOLE, 3));
  if (random.below(3) === 0) parts.push(pdu(PacketType.orphaned, WHOLE, 3));
  if (random.below(3) === 0) parts.push(...call(4));
  return Buffer.concat(parts);
}
