import type { ScalarStorage } from "../storage-layout.ts";

/** A scalar in little-endian memory. */
export interface Scalar {
  /** Octets. */
  readonly size: number;
  read(view: DataView, at: number): number | bigint | boolean;
  /** Writes a value; false when it is none of the type. */
  write(view: DataView, at: number, value: unknown): boolean;
}

function number(
  size: number,
  read: (view: DataView, at: number) => number,
  fits: (value: number) => boolean,
  write: (view: DataView, at: number, value: number) => void,
): Scalar {
  return {
    size,
    read,
    write(view, at, value) {
      if (typeof value !== "number" || !fits(value)) return false;
      write(view, at, value);
      return true;
    },
  };
}

function bigint(
  size: number,
  read: (view: DataView, at: number) => bigint,
  fits: (value: bigint) => boolean,
  write: (view: DataView, at: number, value: bigint) => void,
): Scalar {
  return {
    size,
    read,
    write(view, at, value) {
      if (typeof value !== "bigint" || !fits(value)) return false;
      write(view, at, value);
      return true;
    },
  };
}

/** The scalars by name. What an enum, an error_status_t or a wchar_t is, the layout says. */
export const SCALARS: Readonly<Record<ScalarStorage, Scalar>> = {
  boolean: {
    size: 1,
    read: (view, at) => view.getUint8(at) !== 0,
    write(view, at, value) {
      if (typeof value !== "boolean") return false;
      view.setUint8(at, value ? 1 : 0);
      return true;
    },
  },
  int8: number(
    1,
    (view, at) => view.getInt8(at),
    (value) => (value << 24) >> 24 === value,
    (view, at, value) => {
      view.setInt8(at, value);
    },
  ),
  uint8: number(
    1,
    (view, at) => view.getUint8(at),
    (value) => (value & 0xff) === value,
    (view, at, value) => {
      view.setUint8(at, value);
    },
  ),
  int16: number(
    2,
    (view, at) => view.getInt16(at, true),
    (value) => (value << 16) >> 16 === value,
    (view, at, value) => {
      view.setInt16(at, value, true);
    },
  ),
  uint16: number(
    2,
    (view, at) => view.getUint16(at, true),
    (value) => (value & 0xffff) === value,
    (view, at, value) => {
      view.setUint16(at, value, true);
    },
  ),
  int32: number(
    4,
    (view, at) => view.getInt32(at, true),
    (value) => (value | 0) === value,
    (view, at, value) => {
      view.setInt32(at, value, true);
    },
  ),
  uint32: number(
    4,
    (view, at) => view.getUint32(at, true),
    (value) => value >>> 0 === value,
    (view, at, value) => {
      view.setUint32(at, value, true);
    },
  ),
  float: number(
    4,
    (view, at) => view.getFloat32(at, true),
    () => true,
    (view, at, value) => {
      view.setFloat32(at, value, true);
    },
  ),
  double: number(
    8,
    (view, at) => view.getFloat64(at, true),
    () => true,
    (view, at, value) => {
      view.setFloat64(at, value, true);
    },
  ),
  int64: bigint(
    8,
    (view, at) => view.getBigInt64(at, true),
    (value) => BigInt.asIntN(64, value) === value,
    (view, at, value) => {
      view.setBigInt64(at, value, true);
    },
  ),
  uint64: bigint(
    8,
    (view, at) => view.getBigUint64(at, true),
    (value) => BigInt.asUintN(64, value) === value,
    (view, at, value) => {
      view.setBigUint64(at, value, true);
    },
  ),
  int3264: bigint(
    4,
    (view, at) => BigInt(view.getInt32(at, true)),
    (value) => BigInt.asIntN(32, value) === value,
    (view, at, value) => {
      view.setInt32(at, Number(value), true);
    },
  ),
  uint3264: bigint(
    4,
    (view, at) => BigInt(view.getUint32(at, true)),
    (value) => BigInt.asUintN(32, value) === value,
    (view, at, value) => {
      view.setUint32(at, Number(value), true);
    },
  ),
};
