import { endianness } from "node:os";

/** Byte order of this machine: on a big-endian one, arrays and strings are swapped on their way to the wire. */
export const HOST_LITTLE_ENDIAN = endianness() === "LE";
