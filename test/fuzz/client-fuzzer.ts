/** Mutated answers to a client: bindings, calls, faults, and what an endpoint mapper says. */
import { managedMemory, RpcBinding, RpcError } from "@midl-ts/runtime";
import type {
  InterfaceDescription,
  Transport,
  TransportConnection,
  TransportEvents,
  TransportListener,
} from "@midl-ts/runtime";
import { ClientStub } from "@midl-ts/runtime/stub";
import type { NdrReader } from "@midl-ts/runtime/stub";
import { mutate, type Random } from "./mutate.ts";
import { bindAckPdu, bindNakPdu, faultPdu, fragments, PacketType, pdu, responsePdu, SYNTAXES, WHOLE } from "./pdus.ts";
import type { StubCase } from "./stub-cases.ts";

/** Answers of a server: one to each thing that the client sends, made for its call. */
export interface Answers {
  readonly name: string;
  readonly seed: StubCase;
  /** Whether the client asks an endpoint mapper first. */
  readonly isMapped: boolean;
  readonly replies: readonly Reply[];
  /** Octets of all of them. */
  readonly length: number;
}

/** A reply: mutated octets, into which the number of the call is put unless the mutation took that part. */
interface Reply {
  readonly octets: Uint8Array;
  readonly keepsCallId: boolean;
}

/** Calls of a seed: answered with mutants. */
export class ClientFuzzer {
  readonly #cases: readonly StubCase[];
  readonly #towers: readonly Uint8Array[];

  constructor(cases: readonly StubCase[]) {
    this.#cases = cases.filter(({ direction }) => direction === "response");
    this.#towers = this.#cases.filter(isMap).map(({ seed }) => seed);
  }

  /** Mutated answers to a call of one of the seeds. */
  mutant(random: Random): Answers {
    const seed = this.#cases[random.below(this.#cases.length)];
    if (seed === undefined) throw new Error("no seeds");
    return answers(`client, ${seed.name}`, seed, false, bindAnswers(seed, random), random);
  }

  /** Mutated answers of an endpoint mapper. */
  mapperMutant(random: Random): Answers {
    const tower = this.#towers[random.below(this.#towers.length)];
    const seed = this.#cases.find((each) => !each.ndr64 && !isMap(each));
    if (seed === undefined || tower === undefined) throw new Error("no answer of an endpoint mapper among the seeds");
    const replies = [bindAckPdu(PacketType.bindAck, 1, 0, 2, SYNTAXES.ndr), responsePdu(2, WHOLE, tower)];
    return answers("endpoint mapper", seed, true, replies, random);
  }

  /** Makes the call. What it returns is handed to `held`, so that it is live while that runs. */
  async run({ seed, isMapped, replies }: Answers, held?: (value: unknown) => void): Promise<"accepted" | "refused"> {
    const transports = [new ScriptedTransport(replies, whole(seed))];
    const binding = RpcBinding.fromString(isMapped ? "ncacn_ip_tcp:host" : "ncacn_ip_tcp:host[1]", { transports });
    try {
      const value = await new FuzzedClient(seed.stub.interface, binding).call(seed);
      held?.(value);
      return "accepted";
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      held?.(error);
      return "refused";
    } finally {
      await binding.close();
    }
  }
}

/** ept_map, whose answers hold towers. */
function isMap({ name, opnum, ndr64 }: StubCase): boolean {
  return name.startsWith("samba-epmapper") && opnum === 3 && !ndr64;
}

function answers(name: string, seed: StubCase, isMapped: boolean, pdus: readonly Buffer[], random: Random): Answers {
  const chosen = random.below(pdus.length);
  const replies = pdus.map((octets, index) => {
    const mutant = index === chosen || random.below(4) === 0 ? mutate(octets, random) : octets;
    return { octets: mutant, keepsCallId: random.below(8) > 0 };
  });
  return { name, seed, isMapped, replies, length: replies.reduce((sum, { octets }) => sum + octets.length, 0) };
}

function bindAnswers(seed: StubCase, random: Random): readonly Buffer[] {
  const contexts = seed.stub.interface.transferSyntaxes.length + 1;
  const accepted = seed.ndr64 ? seed.stub.interface.transferSyntaxes.indexOf("ndr64") : 0;
  const syntax = seed.ndr64 ? SYNTAXES.ndr64 : SYNTAXES.ndr;
  const acknowledged = bindAckPdu(PacketType.bindAck, 1, accepted, contexts, syntax);
  switch (random.below(8)) {
    case 0:
      return [bindNakPdu(1, random.below(10))];
    case 1:
      return [acknowledged, faultPdu(2, 0x1c000000 + random.below(64))];
    case 2:
      return [acknowledged, Buffer.concat([pdu(PacketType.shutdown, WHOLE, 0), responsePdu(2, WHOLE, seed.seed)])];
    case 3:
      return [bindAckPdu(PacketType.alterContextResponse, 1, accepted, contexts, syntax)];
    case 4: {
      const parts = fragments(seed.seed, 2 + random.below(3), (flags, part) => responsePdu(2, flags, part, accepted));
      return [acknowledged, Buffer.concat(parts)];
    }
    default:
      return [acknowledged, responsePdu(2, WHOLE, seed.seed, accepted)];
  }
}

/** The answers to a call as a server would give them. */
function whole(seed: StubCase): readonly Reply[] {
  const contexts = seed.stub.interface.transferSyntaxes.length + 1;
  const pdus = [bindAckPdu(PacketType.bindAck, 1, 0, contexts, SYNTAXES.ndr), responsePdu(2, WHOLE, seed.seed)];
  return pdus.map((octets) => ({ octets, keepsCallId: true }));
}

class FuzzedClient extends ClientStub {
  constructor(description: InterfaceDescription, binding: RpcBinding) {
    super(description, binding, managedMemory());
  }

  call(seed: StubCase): Promise<unknown> {
    return this.invoke<unknown>(
      { opnum: seed.opnum, name: "fuzzed" },
      {},
      () => undefined,
      (r: NdrReader) => seed.unmarshal(r),
    );
  }
}

/** A transport whose far side gives one reply to each thing that it is sent, and closes when nothing more is. */
class ScriptedTransport implements Transport {
  readonly protocolSequence = "ncacn_ip_tcp";
  readonly #replies: readonly Reply[];
  readonly #otherwise: readonly Reply[];
  #connections = 0;

  /**
   * @param replies those on the first connection
   * @param otherwise those on every other connection: where an endpoint mapper led
   */
  constructor(replies: readonly Reply[], otherwise: readonly Reply[]) {
    this.#replies = replies;
    this.#otherwise = otherwise;
  }

  connect(): Promise<TransportConnection> {
    return Promise.resolve(new ScriptedConnection(this.#connections++ === 0 ? this.#replies : this.#otherwise));
  }

  listen(): Promise<TransportListener> {
    return Promise.reject(new Error("a scripted transport does not listen"));
  }
}

class ScriptedConnection implements TransportConnection {
  readonly peerAddress = "";
  readonly peer = "script";
  readonly #replies: readonly Reply[];
  #events: TransportEvents | undefined;
  #next = 0;
  #isClosed = false;

  constructor(replies: readonly Reply[]) {
    this.#replies = replies;
  }

  start(events: TransportEvents): void {
    this.#events = events;
  }

  send(octets: Uint8Array): boolean {
    const callId = octets.slice(12, 16);
    const reply = this.#replies[this.#next++];
    const asked = this.#next;
    setImmediate(() => {
      if (this.#isClosed) return;
      if (reply === undefined) {
        this.destroy();
        return;
      }
      const answer = Uint8Array.from(reply.octets);
      if (reply.keepsCallId) putCallIds(answer, callId);
      this.#events?.received(answer);
      // A client that has no more to ask, or waits for what is missing, loses the connection.
      setImmediate(() => {
        setImmediate(() => {
          if (this.#next === asked) this.destroy();
        });
      });
    });
    return true;
  }

  pause(): void {
    // Everything is delivered at once.
  }

  resume(): void {
    // Nothing was paused.
  }

  keepAlive(): void {
    // Nothing of the operating system is held.
  }

  close(): void {
    this.destroy();
  }

  destroy(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#events?.closed(undefined);
  }
}

/** Puts the number of the call into each PDU, as far as their lengths lead. */
function putCallIds(octets: Uint8Array, callId: Uint8Array): void {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  for (let at = 0; at + 16 <= octets.length;) {
    octets.set(callId, at + 12);
    const length = view.getUint16(at + 8, true);
    if (length < 16) return;
    at += length;
  }
}
