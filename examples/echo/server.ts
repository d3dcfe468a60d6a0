/** The echo server: `server.js [STRING-BINDING]` serves rpcecho, prints where, and ends on SIGINT or SIGTERM. */
import { setTimeout } from "node:timers/promises";
import { RpcError, RpcServer, allocateNode, managedMemory } from "@midl-ts/runtime";
import { SERIES } from "./generated/rpcecho.ts";
import type { INFO } from "./generated/rpcecho.ts";
import { rpcechoServerStub } from "./generated/rpcecho_s.ts";
import type { RpcechoManager } from "./generated/rpcecho_s.ts";

const manager: RpcechoManager = {
  AddOne: ({ number }) => ({ sum: (number + 1) >>> 0 }),

  EchoData({ sent, received }) {
    received.set(sent);
    return {};
  },

  SinkData: () => undefined,

  SourceData({ data }) {
    for (let index = 0; index < data.length; index++) data[index] = index; // stored modulo 256
    return {};
  },

  TestCall: ({ sent }) => ({ received: sent }),

  TestCall2: ({ level }) => ({ info: infoOfLevel(level), returnValue: 0 }),

  async TestSleep({ seconds }, { signal }) {
    await setTimeout(seconds * 1000, undefined, { signal });
    return seconds;
  },

  TestEnum: ({ narrow }) => ({ narrow }),

  TestSurrounding({ series }, { memory }) {
    const count = 2 * series.count;
    return { series: allocateNode(memory, SERIES, { count, values: new Uint16Array(count) }) };
  },

  TestDoublePointer: ({ number }) => number?.value ?? 0,
};

/** The values by which Samba's clients know each level. */
function infoOfLevel(level: number): INFO {
  switch (level) {
    case 1:
      return { discriminant: 1, octet: { value: 10 } };
    case 2:
      return { discriminant: 2, shortInteger: { value: 20 } };
    case 3:
      return { discriminant: 3, longInteger: { value: 30 } };
    case 4:
      return { discriminant: 4, hyperInteger: { value: 40n } };
    case 5:
      return { discriminant: 5, octetAndHyper: { first: 50, second: 60n } };
    case 6:
      return { discriminant: 6, nestedOctet: { first: 70, second: { value: 80 } } };
    case 7:
      return { discriminant: 7, nestedHyper: { first: 80, second: { value: 90n } } };
    default:
      throw new RpcError("RPC_S_INVALID_TAG", `there is no level ${level}`);
  }
}

const server = new RpcServer();
server.register(rpcechoServerStub(manager, managedMemory()));
console.log(await server.listen(process.argv[2] ?? "ncacn_ip_tcp:127.0.0.1"));

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void server.close({ drain: true }));
