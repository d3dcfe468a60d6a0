/** What Samba's raw protocol tests call besides the management interface: as little of it as they look at. */
import { decodeTower, encodeTower } from "../../runtime/endpoint-mapper/tower.ts";
import { managedMemory } from "../../runtime/index.ts";
import type { InterfaceDescription, ServerOperation, ServerStub } from "../../runtime/index.ts";
import type { NdrReader } from "../../runtime/ndr/reader.ts";
import type { NdrWriter } from "../../runtime/ndr/writer.ts";

/** Netlogon (MS-NRPC) with nothing but NetrServerReqChallenge, opnum 4, that answers any challenge alike. */
export function netlogonStandIn(): ServerStub {
  const requestChallenge: ServerOperation = {
    name: "NetrServerReqChallenge",
    execute: (_call, _r, w) => {
      w.reserveCleared(12, 4); // a challenge of 8 octets, and the status
    },
  };
  return stub({ name: "netlogon", uuid: "12345678-1234-abcd-ef00-01234567cffb", major: 1 }, [
    ...HOLES,
    undefined,
    requestChallenge,
  ]);
}

/** An endpoint mapper (C706 appendix O) that answers every ept_map with one port. */
export function endpointMapperStandIn(port: number): ServerStub {
  const map: ServerOperation = {
    name: "ept_map",
    execute: (_call, r, w) => {
      const tower = unmarshalTower(r);
      r.take(20, 4); // entry_handle
      const maximumTowers = r.uint32(r.take(4, 4));
      marshalAnswer(w, towerWithPort(tower, port), maximumTowers);
    },
  };
  return stub({ name: "ept", uuid: "e1af8308-5d1f-11c9-91a4-08002b14a0fa", major: 3 }, [...HOLES, map]);
}

/** The first three operations of either interface. */
const HOLES = [undefined, undefined, undefined];

function stub(
  identity: Pick<InterfaceDescription, "name" | "uuid" | "major">,
  operations: ServerStub["operations"],
): ServerStub {
  const description: InterfaceDescription = { ...identity, minor: 0, transferSyntaxes: ["ndr"], endpoints: [] };
  return { interface: description, memory: managedMemory(), operations };
}

/** The tower that is asked about: behind a nullable object UUID. */
function unmarshalTower(r: NdrReader): Uint8Array {
  if (r.uint32(r.take(4, 4)) !== 0) r.take(16, 4);
  const at = r.take(12, 4);
  const length = r.uint32(at + 8);
  const octets = r.take(length, 1);
  return r.octets.subarray(octets, octets + length);
}

function towerWithPort(octets: Uint8Array, port: number): Uint8Array {
  const tower = decodeTower(octets);
  if (tower === undefined) throw new Error("no tower of ncacn_ip_tcp");
  return encodeTower({ ...tower, port });
}

function marshalAnswer(w: NdrWriter, tower: Uint8Array, maximumTowers: number): void {
  w.reserveCleared(20, 4); // entry_handle
  // num_towers; maximum count, offset and actual count of the array, the pointer in it; conformance and tower_length
  for (const value of [1, maximumTowers, 0, 1, 0x20000, tower.length, tower.length])
    w.uint32(w.reserve(4, 4), value, "ept_map");
  const at = w.reserve(tower.length, 1);
  w.buffer.set(tower, at);
  w.uint32(w.reserve(4, 4), 0, "status");
}
