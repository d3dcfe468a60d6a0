import { RpcError } from "../rpc-error.ts";
import { readSyntaxAt, writeSyntaxAt, type SyntaxIdentifier } from "../rpc/syntax-identifier.ts";

/** What a protocol tower says of where an interface is served over ncacn_ip_tcp (C706 appendix L). */
export interface TcpTower {
  readonly abstractSyntax: SyntaxIdentifier;
  readonly transferSyntax: SyntaxIdentifier;
  /** 0 in a question. */
  readonly port: number;
  /** Four octets; all zero in a question, and not to be trusted in an answer (MS-RPCE 3.1.3.5.3). */
  readonly address: Uint8Array;
}

/** One floor: who it is about, and what is said (C706 appendix L). */
interface Floor {
  readonly left: Uint8Array;
  readonly right: Uint8Array;
}

/** Protocol identifiers: the first octet of a floor's left side (C706 appendix I). */
const ProtocolIdentifier = { uuid: 0x0d, connectionOriented: 0x0b, tcp: 0x07, ip: 0x09 } as const;

const MAXIMUM_FLOORS = 6;

/** The octets of a tower of five floors: interface, transfer syntax, protocol, port, address. */
export function encodeTower({ abstractSyntax, transferSyntax, port, address }: TcpTower): Uint8Array {
  const portOctets = Uint8Array.of(port >> 8, port & 0xff);
  const floors: readonly Floor[] = [
    syntaxFloor(abstractSyntax),
    syntaxFloor(transferSyntax),
    { left: Uint8Array.of(ProtocolIdentifier.connectionOriented), right: new Uint8Array(2) },
    { left: Uint8Array.of(ProtocolIdentifier.tcp), right: portOctets },
    { left: Uint8Array.of(ProtocolIdentifier.ip), right: address },
  ];
  const parts = floors.flatMap(({ left, right }) => [uint16(left.length), left, uint16(right.length), right]);
  return Buffer.concat([uint16(floors.length), ...parts]);
}

/**
 * What a tower says; undefined when it is not one of ncacn_ip_tcp.
 *
 * @throws RpcError RPC_X_BAD_STUB_DATA when it is malformed
 */
export function decodeTower(octets: Uint8Array): TcpTower | undefined {
  const [first, second, protocol, transport, network] = decodeFloors(octets);
  const isTcp =
    protocol?.left[0] === ProtocolIdentifier.connectionOriented &&
    transport?.left[0] === ProtocolIdentifier.tcp &&
    transport.right.length === 2 &&
    network?.left[0] === ProtocolIdentifier.ip;
  const abstractSyntax = floorSyntax(first);
  const transferSyntax = floorSyntax(second);
  if (!isTcp || abstractSyntax === undefined || transferSyntax === undefined) return undefined;
  const port = viewOf(transport.right).getUint16(0, false);
  return { abstractSyntax, transferSyntax, port, address: network.right };
}

function decodeFloors(octets: Uint8Array): Floor[] {
  const view = viewOf(octets);
  let at = 0;
  const take = (count: number): number => {
    const start = at;
    at += count;
    if (at > octets.length) throw new RpcError("RPC_X_BAD_STUB_DATA", "a protocol tower ends before its floors do");
    return start;
  };
  const side = (): Uint8Array => {
    const length = view.getUint16(take(2), true);
    const start = take(length);
    return octets.subarray(start, start + length);
  };
  const count = view.getUint16(take(2), true);
  if (count > MAXIMUM_FLOORS) throw new RpcError("RPC_X_BAD_STUB_DATA", `a protocol tower has ${count} floors`);
  return Array.from({ length: count }, () => ({ left: side(), right: side() }));
}

/** Identifier, UUID and major version on the left, minor version on the right. */
function syntaxFloor(syntax: SyntaxIdentifier): Floor {
  const octets = new Uint8Array(21);
  octets[0] = ProtocolIdentifier.uuid;
  writeSyntaxAt(viewOf(octets), 1, syntax);
  return { left: octets.subarray(0, 19), right: octets.subarray(19) };
}

function floorSyntax(floor: Floor | undefined): SyntaxIdentifier | undefined {
  if (floor?.left.length !== 19 || floor.right.length < 2 || floor.left[0] !== ProtocolIdentifier.uuid)
    return undefined;
  const octets = new Uint8Array(20);
  octets.set(floor.left.subarray(1));
  octets.set(floor.right.subarray(0, 2), 18);
  return readSyntaxAt(viewOf(octets), 0, true);
}

function uint16(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff, value >> 8);
}

function viewOf(octets: Uint8Array): DataView {
  return new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
}
