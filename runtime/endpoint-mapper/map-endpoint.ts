import { ClientStub } from "../client/client-stub.ts";
import type { RpcBinding } from "../client/rpc-binding.ts";
import { managedMemory } from "../memory/managed-memory.ts";
import { writeUuidAt } from "../rpc/uuid.ts";
import type { NdrReader } from "../ndr/reader.ts";
import type { NdrWriter } from "../ndr/writer.ts";
import { RpcError } from "../rpc-error.ts";
import type { InterfaceDescription } from "../rpc/interface-description.ts";
import { NDR_SYNTAX } from "../rpc/syntax-identifier.ts";
import { RpcStatus } from "../status.ts";
import { decodeTower, encodeTower, type TcpTower } from "./tower.ts";

/** The endpoint mapper's interface (C706 appendix O). */
const ENDPOINT_MAPPER: InterfaceDescription = {
  name: "ept",
  uuid: "e1af8308-5d1f-11c9-91a4-08002b14a0fa",
  major: 3,
  minor: 0,
  transferSyntaxes: ["ndr"],
  endpoints: [],
};

const MAXIMUM_TOWERS = 4;
/** MS-RPCE 2.2.1.2.2. */
const MAXIMUM_TOWER_LENGTH = 2000;
/** ept_s_not_registered as the endpoint mapper's own status (C706 appendix E). */
const NOT_REGISTERED = 0x16c9a0d6;

/**
 * Asks the endpoint mapper at a binding where an interface is served over TCP: the port.
 *
 * @throws RpcError EPT_S_NOT_REGISTERED when it does not know
 */
export async function mapEndpoint(
  mapper: RpcBinding,
  description: InterfaceDescription,
  objectUuid: string | undefined,
): Promise<string> {
  const { uuid, major, minor } = description;
  const question = encodeTower({
    abstractSyntax: { uuid: uuid.toLowerCase(), major, minor },
    transferSyntax: NDR_SYNTAX,
    port: 0,
    address: new Uint8Array(4),
  });
  const towers = await new EndpointMapperClient(mapper).map(objectUuid, question);
  const found = towers.find(({ port }) => port > 0);
  if (found === undefined)
    throw new RpcError("EPT_S_NOT_REGISTERED", `the endpoint mapper knows no TCP endpoint of ${description.name}`, {
      peer: mapper.toString(),
    });
  return String(found.port);
}

class EndpointMapperClient extends ClientStub {
  constructor(binding: RpcBinding) {
    super(ENDPOINT_MAPPER, binding, managedMemory());
  }

  /** ept_map, opnum 3 (C706 appendix O, MS-RPCE 2.2.1.2.5). */
  map(objectUuid: string | undefined, tower: Uint8Array): Promise<TcpTower[]> {
    const object = objectUuid ?? "00000000-0000-0000-0000-000000000000";
    return this.invoke(
      { opnum: 3, name: "ept_map", idempotent: true },
      { objectUuid: undefined },
      (writer) => {
        marshalMap(writer, object, tower);
      },
      unmarshalMap,
    );
  }
}

function marshalMap(writer: NdrWriter, object: string, tower: Uint8Array): void {
  writer.pointer(writer.reserve(4, 4), true);
  writeUuidAt(writer.view, writer.reserve(16, 4), object);
  writer.pointer(writer.reserve(4, 4), true);
  const length = writer.reserve(8, 4);
  writer.uint32(length, tower.length, "tower_length");
  writer.uint32(length + 4, tower.length, "tower_length");
  const octets = writer.reserve(tower.length, 1);
  writer.buffer.set(tower, octets);
  const rest = writer.reserve(24, 4);
  writer.buffer.fill(0, rest, rest + 20);
  writer.uint32(rest + 20, MAXIMUM_TOWERS, "max_towers");
}

function unmarshalMap(reader: NdrReader): TcpTower[] {
  const at = reader.take(36, 4);
  const count = reader.uint32(at + 32);
  if (reader.uint32(at + 28) !== 0 || count > MAXIMUM_TOWERS)
    throw reader.bad("more towers than were asked for", "ITowers");
  const pointers = reader.takeArray(count, 4, 4, 4);
  const towers: (TcpTower | undefined)[] = [];
  for (let index = 0; index < count; index++) {
    if (reader.uint32(pointers + index * 4) === 0) continue;
    const length = reader.range(reader.uint32(reader.take(8, 4) + 4), 0, MAXIMUM_TOWER_LENGTH, "tower_length");
    const octets = reader.take(length, 1);
    towers.push(decodeTower(reader.octets.subarray(octets, octets + length)));
  }
  const status = reader.uint32(reader.take(4, 4));
  if (status === NOT_REGISTERED)
    throw new RpcError("EPT_S_NOT_REGISTERED", "the endpoint mapper does not know the interface");
  if (status !== RpcStatus.RPC_S_OK) throw new RpcError(status, "the endpoint mapper failed");
  return towers.filter((tower) => tower !== undefined);
}
