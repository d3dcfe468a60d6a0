import { managedMemory } from "../memory/managed-memory.ts";
import { writeUuidAt } from "../rpc/uuid.ts";
import type { NdrWriter } from "../ndr/writer.ts";
import type { InterfaceDescription } from "../rpc/interface-description.ts";
import { RpcStatus } from "../status.ts";
import type { InterfaceRegistry } from "./interface-registry.ts";
import type { ServerOperation, ServerStub } from "./server-stub.ts";

/** Counters of a server since it was made (C706 appendix Q, rpc_mgmt_inq_stats). */
export interface ServerStatistics {
  callsReceived: number;
}

const MANAGEMENT: InterfaceDescription = {
  name: "mgmt",
  uuid: "afa8bd80-7d8a-11c9-bef4-08002b102989",
  major: 1,
  minor: 0,
  transferSyntaxes: ["ndr", "ndr64"],
  endpoints: [],
};

/**
 * The remote management interface that every server offers (C706 appendix Q, MS-RPCE 2.2.1.3): which interfaces it has, its statistics, whether it
 * listens. Nobody may stop it from afar.
 */
export function managementStub(
  registry: InterfaceRegistry,
  statistics: ServerStatistics,
  listening: () => boolean,
): ServerStub {
  const operations: ServerOperation[] = [
    {
      name: "rpc_mgmt_inq_if_ids",
      execute(_call, _request, response) {
        marshalInterfaceIds(response, registry);
        marshalUint32(response, RpcStatus.RPC_S_OK);
      },
    },
    {
      name: "rpc_mgmt_inq_stats",
      execute(_call, request, response) {
        const room = request.uint32(request.take(4, 4));
        const counters = [statistics.callsReceived, 0, 0, 0].slice(0, room);
        marshalUint32(response, counters.length);
        response.appendCount(counters.length, "statistics");
        for (const counter of counters) marshalUint32(response, counter);
        marshalUint32(response, RpcStatus.RPC_S_OK);
      },
    },
    {
      name: "rpc_mgmt_is_server_listening",
      execute(_call, _request, response) {
        marshalUint32(response, RpcStatus.RPC_S_OK);
        marshalUint32(response, listening() ? 1 : 0);
      },
    },
    {
      name: "rpc_mgmt_stop_server_listening",
      execute(_call, _request, response) {
        marshalUint32(response, RpcStatus.RPC_S_ACCESS_DENIED);
      },
    },
    {
      name: "rpc_mgmt_inq_princ_name",
      execute(_call, request, response) {
        const at = request.take(8, 4);
        const size = request.range(request.uint32(at + 4), 0, 4096, "princ_name_size");
        marshalEmptyString(response, size);
        marshalUint32(response, RpcStatus.RPC_S_UNKNOWN_AUTHN_SERVICE);
      },
    },
  ];
  return { interface: MANAGEMENT, memory: managedMemory(), operations };
}

/** `[out] rpc_if_id_vector_p_t *`: the vector, then each rpc_if_id_t behind its pointer (C706 appendix N, MS-RPCE 2.2.1.3.1). */
function marshalInterfaceIds(writer: NdrWriter, registry: InterfaceRegistry): void {
  const syntaxes = [...registry.interfaces].map(({ syntax }) => syntax);
  const pointerSize = writer.ndr64 ? 8 : 4;
  writer.pointer(writer.reserve(pointerSize, pointerSize), true);
  writer.appendCount(syntaxes.length, "IfId");
  marshalUint32(writer, syntaxes.length);
  syntaxes.forEach(() => writer.pointer(writer.reserve(pointerSize, pointerSize), true));
  for (const { uuid, major, minor } of syntaxes) {
    const at = writer.reserve(20, 4);
    writeUuidAt(writer.view, at, uuid);
    writer.uint16(at + 16, major, "VersMajor");
    writer.uint16(at + 18, minor, "VersMinor");
  }
}

/** A conformant varying string that holds nothing but its terminator. */
function marshalEmptyString(writer: NdrWriter, size: number): void {
  writer.appendCount(size, "princ_name");
  writer.appendCount(0, "princ_name");
  writer.appendCount(Math.min(size, 1), "princ_name");
  if (size > 0) writer.uint8(writer.reserve(1, 1), 0, "princ_name");
}

function marshalUint32(writer: NdrWriter, value: number): void {
  writer.uint32(writer.reserve(4, 4), value, "management");
}
