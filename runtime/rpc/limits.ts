/** What one side accepts from the other. Sizes are octets, times are milliseconds. */
export interface RpcLimits {
  /** Stub data of one request (server) or one response (client), over all its fragments. */
  readonly stubDataOctets: number;
  /** Stub data of one call with pipes, in one direction, beside `stubDataOctets` for what is no pipe; little of it is ever in memory. */
  readonly pipeOctets: number;
  /** Stub data of all requests of a server, or responses of a binding, that have not arrived whole. */
  readonly unfinishedStubDataOctets: number;
  /** Storage of the [out] arrays of one call, which a server allocates because an [in] size says so: beside 16 octets for each that came. */
  readonly outStorageOctets: number;
  /** Calls that one connection has at work or waiting; past it a server does not read on from that connection. */
  readonly callsPerConnection: number;
  /** Connections of one server, or of one binding. */
  readonly connections: number;
  /** Presentation contexts of one connection (MS-RPCE 3.3.3.5.5). */
  readonly contextsPerConnection: number;
  /** Live context handles of one association group. */
  readonly contextHandlesPerGroup: number;
  /** From accepting a connection to its bind; from sending a bind to its answer. */
  readonly bindTimeout: number;
  /** Connections without a call for so long are closed: by a client unless context handles live on them, by a server likewise. */
  readonly idleTimeout: number;
  /** A peer that has sent a part of a PDU, or of a request, must go on within this time. */
  readonly stallTimeout: number;
}

/** Limits that suit a server on an open network. */
export const DEFAULT_SERVER_LIMITS: RpcLimits = {
  stubDataOctets: 68 * 1024 * 1024,
  pipeOctets: Infinity,
  unfinishedStubDataOctets: 512 * 1024 * 1024,
  outStorageOctets: 1024 * 1024,
  callsPerConnection: 256,
  connections: 4096,
  contextsPerConnection: 4000,
  contextHandlesPerGroup: 10_000,
  bindTimeout: 10_000,
  idleTimeout: 30 * 60_000,
  stallTimeout: 60_000,
};

/** Limits of a client; an idle connection is closed after the time that MS-RPCE 3.3.2.6.2 names. */
export const DEFAULT_CLIENT_LIMITS: RpcLimits = {
  ...DEFAULT_SERVER_LIMITS,
  callsPerConnection: 0x7fff_ffff,
  connections: 64,
  bindTimeout: 30_000,
  idleTimeout: 10_000,
};

/** What is sent and accepted in one PDU (C706 12.6.3.1: at least 1432 octets must be accepted); Windows negotiates the same. */
export const MAXIMUM_FRAGMENT = 5840;

/** The smallest size that is negotiated, as Windows does; C706 12.6.3.1 asks for 1432 at least. */
const MINIMUM_FRAGMENT = 2048;

/** The fragment size for both directions from what the peer offered: a multiple of 8 between the bounds. */
export function negotiateFragment(offeredTransmit: number, offeredReceive: number): number {
  const smaller = Math.min(offeredTransmit, offeredReceive, MAXIMUM_FRAGMENT);
  return Math.max(smaller & ~7, MINIMUM_FRAGMENT);
}
