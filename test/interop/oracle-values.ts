/** Random values as Samba's structures can hold them: libndr converts text, parses security descriptors and derives lengths from both. */
import { memberName } from "../../generator/emit/names.ts";
import type { StructType, Type, UnionType } from "../../grammar/index.ts";
import { resolved, type Scope } from "../support/expression-value.ts";
import { property } from "../support/property.ts";
import { armOf } from "../support/value-constraints.ts";

/** How an interface of Samba counts the text of an RPC_UNICODE_STRING: with its terminator (winreg) or without. */
export type TextCount = "plain" | "terminated";

/** Copies of the values of parameters with what Samba can hold in place of what it cannot. */
export function parametersHeldBySamba(values: Scope, count: TextCount): Scope {
  return new Map(
    [...values].map(([parameter, value]) => {
      const isNull = UNKNOWN_PARAMETERS.has(parameter.name);
      return [parameter, isNull ? null : heldBySamba(parameter.type, value, count)];
    }),
  );
}

/** Unique pointers that stay null. UserSID of ElfrReportEventW: Samba has dom_sid for an RPC_SID, which goes without its maximum count. */
const UNKNOWN_PARAMETERS: ReadonlySet<string> = new Set(["UserSID"]);

/** A copy of a value with what Samba can hold in place of what it cannot. */
function heldBySamba(type: Type, value: unknown, count: TextCount): unknown {
  if (value === null || value === undefined) return value;
  const known = resolved(type);
  switch (known.kind) {
    case "pointer": {
      const inner = resolved(known.pointee);
      const isBox = known.pointer !== "ref" && inner.kind === "pointer" && inner.pointer !== "ref";
      return isBox ? { value: heldBySamba(inner, property(value, "value"), count) } : heldBySamba(inner, value, count);
    }
    case "array":
      if (typeof value === "string") return plainText(value);
      if (value instanceof Uint16Array) return value.map(plainUnit);
      if (value instanceof Uint8Array) return value.slice();
      return Array.isArray(value) ? value.map((each: unknown) => heldBySamba(known.element, each, count)) : value;
    case "struct":
      return structOf(known, value, count);
    case "union":
      return unionOf(known, value, count);
    default:
      return value;
  }
}

/** Values of fields by name. */
type Fields = Readonly<Record<string, unknown>>;

function structOf(type: StructType, value: unknown, count: TextCount): Fields {
  const copied = type.fields.map(({ name, type: of }): [string, unknown] => [
    memberName(name),
    heldBySamba(of, property(value, memberName(name)), count),
  ]);
  const fields = countedText(Object.fromEntries(copied), count);
  const adapted = { ...fields, ...ADAPTED.get(type.name)?.(fields) };
  for (const name of LARGE.get(type.name) ?? []) adapted[name] = largeText(adapted[name]);
  return adapted;
}

function unionOf(type: UnionType, value: unknown, count: TextCount): object {
  const tag = property(value, "discriminant");
  const arm = armOf(type, Number(tag === "default" ? property(value, "discriminantValue") : tag));
  const tags =
    tag === "default"
      ? { discriminant: tag, discriminantValue: property(value, "discriminantValue") }
      : { discriminant: tag };
  if (arm?.name === undefined || arm.type === undefined) return tags;
  const name = memberName(arm.name);
  return { ...tags, [name]: heldBySamba(arm.type, property(value, name), count) };
}

/** A string with two counts (MS-DTYP 2.3.10): Samba keeps the text alone. */
function countedText(fields: Fields, count: TextCount): Fields {
  const { Length, MaximumLength, Buffer: buffer } = fields;
  if (Length === undefined || MaximumLength === undefined) return fields;
  if (buffer === null) return { ...fields, Length: 0, MaximumLength: 0 };
  if (buffer instanceof Uint8Array) {
    return { ...fields, Length: buffer.length, MaximumLength: buffer.length, Buffer: buffer.map(asciiUnit) };
  }
  if (!(buffer instanceof Uint16Array)) return fields;
  const text = count === "plain" ? buffer : terminated(buffer);
  return { ...fields, Length: text.length * 2, MaximumLength: text.length * 2, Buffer: text };
}

/** With a terminator as its last unit; the empty text counts as none, so it becomes another. */
function terminated(text: Uint16Array): Uint16Array {
  return text.length > 1 ? Uint16Array.of(...text.subarray(0, -1), 0) : Uint16Array.of(0x78, 0);
}

/** lsa_StringLarge: the buffer has room for a terminator that is not sent. */
function largeText(text: unknown): unknown {
  const buffer = property(text, "Buffer");
  if (typeof text !== "object" || !(buffer instanceof Uint16Array || buffer instanceof Uint8Array)) return text;
  return { ...text, MaximumLength: buffer.byteLength + buffer.BYTES_PER_ELEMENT };
}

/** Fields that are lsa_StringLarge in Samba, by struct. */
const LARGE = new Map([
  ["LSAPR_TRUST_INFORMATION", ["Name"]],
  ["SAMPR_DOMAIN_DISPLAY_OEM_USER", ["OemAccountName"]],
  ["SAMPR_DOMAIN_DISPLAY_OEM_GROUP", ["OemAccountName"]],
  ["SAM_VALIDATE_PASSWORD_CHANGE_INPUT_ARG", ["ClearPassword", "UserAccountName"]],
  ["SAM_VALIDATE_PASSWORD_RESET_INPUT_ARG", ["ClearPassword", "UserAccountName"]],
]);

/** An empty self-relative security descriptor (MS-DTYP 2.4.6). */
const SECURITY_DESCRIPTOR = Buffer.from("0100008000000000000000000000000000000000", "hex");

/** Fields that Samba holds in another way, by struct. */
const ADAPTED = new Map<string, (fields: Fields) => Fields>([
  ["SAMPR_LOGON_HOURS", ({ UnitsPerWeek }) => ({ UnitsPerWeek: Number(UnitsPerWeek) & ~7 })],
  ["SAMPR_SR_SECURITY_DESCRIPTOR", () => described("Length", "SecurityDescriptor")],
  ["LSAPR_OBJECT_ATTRIBUTES", () => ({ ObjectName: null, SecurityDescriptor: null })],
  ["SHARE_INFO_1501_I", () => described("shi1501_reserved", "shi1501_security_descriptor")],
  ["SHARE_INFO_502_I", () => described("shi502_reserved", "shi502_security_descriptor")],
  ["ADT_SECURITY_DESCRIPTOR", () => described("Length", "Buffer")],
]);

function described(size: string, buffer: string): Fields {
  return { [size]: SECURITY_DESCRIPTOR.length, [buffer]: Uint8Array.from(SECURITY_DESCRIPTOR) };
}

function plainText(text: string): string {
  const units = Array.from({ length: text.length }, (_, index) => plainUnit(text.charCodeAt(index)));
  return String.fromCharCode(...units);
}

/** Printable ASCII for controls, for surrogates, and for what some code page lacks. */
function plainUnit(unit: number): number {
  return unit < 0x100 || (unit >= 0xd800 && unit < 0xe000) || unit >= 0xfff0 ? asciiUnit(unit) : unit;
}

function asciiUnit(unit: number): number {
  return unit >= 0x20 && unit <= 0x7e ? unit : 0x21 + (unit % 0x5d);
}
