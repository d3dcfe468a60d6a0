/** Random numbers, enum values and strings of IDL types. */
import type { BaseTypeName, EnumType, Range, Type } from "../../grammar/index.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** A random value of a base type or an enum: one of the candidates when there are any that it can hold. */
export function randomScalar(
  random: SeededRandom,
  type: Extract<Type, { kind: "base" | "enum" }>,
  candidates: readonly number[],
  range: Range | undefined,
): boolean | number | bigint {
  if (type.kind === "enum") return randomMember(random, type, candidates, range);
  if (type.base === "boolean") return random.chance(0.5);
  if (type.base === "double") return random.pick([0, -1.5, Number.MAX_VALUE, random.uint32() / 3]);
  if (type.base === "float") return Math.fround(random.pick([0, -1.5, 1e30, random.uint32() / 3]));
  const [lowest, highest] = INTEGERS[type.base];
  const low = range === undefined ? lowest : BigInt(range.low);
  const high = range === undefined ? highest : BigInt(range.high);
  const possible = candidates.map(BigInt).filter((number) => number >= low && number <= high);
  const value = possible.length > 0 ? random.pick(possible) : randomBetween(random, low, high);
  return WIDE.has(type.base) ? value : Number(value);
}

/** A random string without a terminator: latin1 characters, or UTF-16 code units whatever they are. */
export function randomText(random: SeededRandom, length: number, isWide: boolean): string {
  const units = Array.from({ length }, () =>
    random.chance(0.7) ? random.between(0x20, 0x7e) : random.between(1, isWide ? 0xffff : 0xff),
  );
  return String.fromCharCode(...units);
}

/** A typed array of random numbers, by the name of its constructor. */
export function randomNumbers(random: SeededRandom, constructor: string, count: number): object {
  const octets = new ArrayBuffer(count * 8);
  const words = new Uint32Array(octets);
  for (let index = 0; index < words.length; index++) words[index] = random.uint32();
  const isFloating = constructor.startsWith("Float");
  const finite = Array.from({ length: count }, () => Math.fround(random.uint32() / 7));
  switch (constructor) {
    case "Uint8Array":
      return new Uint8Array(octets, 0, count).slice();
    case "Int8Array":
      return new Int8Array(octets, 0, count).slice();
    case "Uint16Array":
      return new Uint16Array(octets, 0, count).slice();
    case "Int16Array":
      return new Int16Array(octets, 0, count).slice();
    case "Uint32Array":
      return new Uint32Array(octets, 0, count).slice();
    case "Int32Array":
      return new Int32Array(octets, 0, count).slice();
    case "BigUint64Array":
      return new BigUint64Array(octets, 0, count).slice();
    case "BigInt64Array":
      return new BigInt64Array(octets, 0, count).slice();
    case "Float32Array":
      return Float32Array.from(finite);
    default:
      if (!isFloating) throw new Error(`no typed array ${constructor}`);
      return Float64Array.from(finite);
  }
}

/** A declared member that the wire can carry: enums without [v1_enum] have 15 bits (C706 14.2.6). */
function randomMember(
  random: SeededRandom,
  type: EnumType,
  candidates: readonly number[],
  range: Range | undefined,
): number {
  const isInRange = (value: number): boolean => range === undefined || (value >= range.low && value <= range.high);
  const fits = (value: number): boolean => isInRange(value) && (type.v1 || (value >= 0 && value <= 0x7fff));
  const asked = candidates.filter(fits);
  if (asked.length > 0) return random.pick(asked);
  const declared = type.members.map(({ value }) => value).filter(fits);
  return declared.length > 0 ? random.pick(declared) : 0;
}

function randomBetween(random: SeededRandom, low: bigint, high: bigint): bigint {
  if (random.chance(0.3)) return random.pick([low, high, low + (high - low) / 2n]);
  return low + (random.uint64() % (high - low + 1n));
}

const signed = (bits: number): readonly [bigint, bigint] => [-(1n << BigInt(bits - 1)), (1n << BigInt(bits - 1)) - 1n];
const unsigned = (bits: number): readonly [bigint, bigint] => [0n, (1n << BigInt(bits)) - 1n];

/** Values that both transfer syntaxes carry: integers of pointer size have 32 bits in NDR. */
const INTEGERS: Readonly<Record<Exclude<BaseTypeName, "boolean" | "float" | "double">, readonly [bigint, bigint]>> = {
  byte: unsigned(8),
  char: unsigned(8),
  wchar_t: unsigned(16),
  int8: signed(8),
  uint8: unsigned(8),
  int16: signed(16),
  uint16: unsigned(16),
  int32: signed(32),
  uint32: unsigned(32),
  int64: signed(64),
  uint64: unsigned(64),
  int3264: signed(32),
  uint3264: unsigned(32),
  error_status_t: unsigned(32),
};

const WIDE: ReadonlySet<BaseTypeName> = new Set<BaseTypeName>(["int64", "uint64", "int3264", "uint3264"]);
