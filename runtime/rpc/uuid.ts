/** The nil UUID (C706 appendix A). */
export const NIL_UUID = "00000000-0000-0000-0000-000000000000";

/** Octets of a UUID on the wire: fields of 4, 2 and 2 octets, then eight single octets (C706 appendix A). */
export const UUID_SIZE = 16;

const UUID_TEXT = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const HEX: readonly string[] = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, "0"));

/** Whether a text is a UUID: 36 characters, hexadecimal digits of either case. */
export function isUuid(text: string): boolean {
  return UUID_TEXT.test(text);
}

/** The UUID at an offset, lower-case, 36 characters (C706 appendix A). The first three fields are integers of the sender's byte order. */
export function readUuidAt(view: DataView, at: number, littleEndian: boolean): string {
  const low = view.getUint32(at, littleEndian).toString(16).padStart(8, "0");
  const middle = view
    .getUint16(at + 4, littleEndian)
    .toString(16)
    .padStart(4, "0");
  const high = view
    .getUint16(at + 6, littleEndian)
    .toString(16)
    .padStart(4, "0");
  let node = "";
  for (let octet = 8; octet < UUID_SIZE; octet++) {
    if (octet === 10) node += "-";
    node += HEX[view.getUint8(at + octet)] ?? "";
  }
  return `${low}-${middle}-${high}-${node}`;
}

/** Writes a UUID of 36 characters at an offset, in little-endian order. */
export function writeUuidAt(view: DataView, at: number, uuid: string): void {
  view.setUint32(at, Number.parseInt(uuid.slice(0, 8), 16), true);
  view.setUint16(at + 4, Number.parseInt(uuid.slice(9, 13), 16), true);
  view.setUint16(at + 6, Number.parseInt(uuid.slice(14, 18), 16), true);
  const rest = uuid.slice(19, 23) + uuid.slice(24);
  for (let octet = 0; octet < 8; octet++)
    view.setUint8(at + 8 + octet, Number.parseInt(rest.slice(octet * 2, octet * 2 + 2), 16));
}
