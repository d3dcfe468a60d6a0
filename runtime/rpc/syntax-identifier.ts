import type { TransferSyntaxName } from "./interface-description.ts";
import { NIL_UUID, readUuidAt, UUID_SIZE, writeUuidAt } from "./uuid.ts";

/** Names an abstract syntax (an interface) or a transfer syntax: p_syntax_id_t (C706 12.6.3.1). */
export interface SyntaxIdentifier {
  readonly uuid: string;
  readonly major: number;
  readonly minor: number;
}

/** Octets of a p_syntax_id_t. */
export const SYNTAX_IDENTIFIER_SIZE = UUID_SIZE + 4;

/** The NDR transfer syntax, version 2.0 (C706 appendix I, MS-RPCE 2.2.4.12). */
export const NDR_SYNTAX: SyntaxIdentifier = { uuid: "8a885d04-1ceb-11c9-9fe8-08002b104860", major: 2, minor: 0 };

/** The NDR64 transfer syntax, version 1.0 (MS-RPCE 2.2.5.1). */
export const NDR64_SYNTAX: SyntaxIdentifier = { uuid: "71710533-beba-4937-8319-b5dbef9ccc36", major: 1, minor: 0 };

/** What stands for no syntax in the result of a rejected presentation context (C706 12.6.3.1). */
export const NIL_SYNTAX: SyntaxIdentifier = { uuid: NIL_UUID, major: 0, minor: 0 };

/** Bits of the BindTimeFeatureNegotiationBitmask (MS-RPCE 2.2.2.14). */
export const BindTimeFeature = { securityContextMultiplexing: 0x01, keepConnectionOnOrphan: 0x02 } as const;

const BIND_TIME_FEATURE_PREFIX = "6cb71c2c-9812-4540-";

/** The syntax of a transfer syntax name. */
export function transferSyntax(name: TransferSyntaxName): SyntaxIdentifier {
  return name === "ndr64" ? NDR64_SYNTAX : NDR_SYNTAX;
}

/** The name of a transfer syntax that this runtime knows, or undefined. */
export function transferSyntaxName(syntax: SyntaxIdentifier): TransferSyntaxName | undefined {
  if (sameSyntax(syntax, NDR_SYNTAX)) return "ndr";
  return sameSyntax(syntax, NDR64_SYNTAX) ? "ndr64" : undefined;
}

/** Whether two identifiers name the same syntax, version included. */
export function sameSyntax(one: SyntaxIdentifier, other: SyntaxIdentifier): boolean {
  return one.uuid === other.uuid && one.major === other.major && one.minor === other.minor;
}

/** The transfer syntax with which a client asks for bind-time features (MS-RPCE 3.3.1.5.3). */
export function bindTimeFeatureSyntax(features: number): SyntaxIdentifier {
  const octet = features.toString(16).padStart(2, "0");
  return { uuid: `${BIND_TIME_FEATURE_PREFIX}${octet}00-000000000000`, major: 1, minor: 0 };
}

/** The features that a transfer syntax asks for, or undefined when it is not about bind-time features (MS-RPCE 3.3.1.5.3). */
export function bindTimeFeatures(syntax: SyntaxIdentifier): number | undefined {
  if (!syntax.uuid.startsWith(BIND_TIME_FEATURE_PREFIX) || syntax.major !== 1) return undefined;
  const start = BIND_TIME_FEATURE_PREFIX.length;
  return Number.parseInt(syntax.uuid.slice(start, start + 2), 16);
}

/** The p_syntax_id_t at an offset: its version is one integer, the major in the low half (C706 12.6.3.1). */
export function readSyntaxAt(view: DataView, at: number, littleEndian: boolean): SyntaxIdentifier {
  const version = view.getUint32(at + UUID_SIZE, littleEndian);
  return { uuid: readUuidAt(view, at, littleEndian), major: version & 0xffff, minor: version >>> 16 };
}

/** Writes a p_syntax_id_t at an offset. */
export function writeSyntaxAt(view: DataView, at: number, syntax: SyntaxIdentifier): void {
  writeUuidAt(view, at, syntax.uuid);
  view.setUint16(at + UUID_SIZE, syntax.major, true);
  view.setUint16(at + UUID_SIZE + 2, syntax.minor, true);
}
