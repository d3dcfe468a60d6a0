/** Lists the shares of a server and its time of day: `shares.js SERVER [PORT]`, or `shares.js STRING-BINDING`. */
import { RpcBinding, RpcError, RpcStatus, managedMemory, nameOfStatus } from "@midl-ts/runtime";
import type { SHARE_INFO_1, TIME_OF_DAY_INFO } from "./generated/ms-srvs.ts";
import { SrvsvcClient } from "./generated/ms-srvs_c.ts";

/** The low octet of shi1_type (MS-SRVS 2.2.2.4). */
const SHARE_TYPES = ["Disk", "Printer", "Device", "IPC"];
/** NetrShareEnum: as much as there is (MS-SRVS 3.1.4.8). */
const MAX_PREFERRED_LENGTH = 0xffffffff;
const TIMEOUT = 10_000;

const [server, port] = process.argv.slice(2);
if (server === undefined) {
  console.error("usage: shares.js SERVER [PORT] | STRING-BINDING");
  process.exitCode = 2;
} else {
  try {
    await show(server.includes(":") ? server : `ncacn_ip_tcp:${server}${port === undefined ? "" : `[${port}]`}`);
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    console.error(`${error.name}: ${error.message}`);
    process.exitCode = 1;
  }
}

async function show(stringBinding: string): Promise<void> {
  // Without a port, the first call asks the server's endpoint mapper for one.
  await using binding = RpcBinding.fromString(stringBinding);
  const client = new SrvsvcClient(binding, managedMemory());
  const ServerName = `\\\\${binding.networkAddress}`;

  const shares = await client.NetrShareEnum(
    {
      ServerName,
      InfoStruct: { Level: 1, ShareInfo: { discriminant: 1, Level1: { EntriesRead: 0, Buffer: null } } },
      PreferedMaximumLength: MAX_PREFERRED_LENGTH,
    },
    { timeout: TIMEOUT },
  );
  throwUnlessSuccess(shares.returnValue, "NetrShareEnum");
  const { ShareInfo } = shares.InfoStruct;
  for (const share of (ShareInfo.discriminant === 1 ? ShareInfo.Level1?.Buffer : null) ?? [])
    console.log(describeShare(share));

  const time = await client.NetrRemoteTOD({ ServerName }, { timeout: TIMEOUT });
  throwUnlessSuccess(time.returnValue, "NetrRemoteTOD");
  if (time.BufferPtr !== null) console.log(describeTime(time.BufferPtr));
}

function throwUnlessSuccess(status: number, operation: string): void {
  if (status !== RpcStatus.RPC_S_OK) throw new RpcError(status, `${operation} answers ${nameOfStatus(status)}`);
}

function describeShare({ shi1_netname, shi1_type, shi1_remark }: SHARE_INFO_1): string {
  const type = SHARE_TYPES[shi1_type & 0xff] ?? `type ${shi1_type & 0xff}`;
  return `${(shi1_netname ?? "").padEnd(16)} ${type.padEnd(8)} ${shi1_remark ?? ""}`.trimEnd();
}

/** The server's UTC, as an ISO date. */
function describeTime(time: TIME_OF_DAY_INFO): string {
  const { tod_year, tod_month, tod_day, tod_hours, tod_mins, tod_secs } = time;
  return `time of day      ${new Date(Date.UTC(tod_year, tod_month - 1, tod_day, tod_hours, tod_mins, tod_secs)).toISOString()}`;
}
