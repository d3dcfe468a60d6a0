/** The same 1,000 records in protobuf-es and protobuf.js: messages of two strings and a number, in a list. */
import { readFileSync } from "node:fs";
import { create, createFileRegistry, fromBinary, toBinary } from "@bufbuild/protobuf";
import type { DescMessage } from "@bufbuild/protobuf";
import {
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as FieldType,
  FileDescriptorSetSchema,
} from "@bufbuild/protobuf/wkt";
import protobufjs from "protobufjs";
import { measure } from "./measure.ts";
import type { Measured } from "./measure.ts";

export interface ProtobufResult {
  readonly name: string;
  readonly version: string;
  readonly octets: number;
  /** All records. */
  readonly decode: Measured;
  readonly encode: Measured;
}

/** A record as every implementation gets it. */
export interface ShareRecord {
  readonly name: string;
  readonly type: number;
  readonly remark: string;
}

/** Measures both implementations on the same records. */
export function protobuf(records: readonly ShareRecord[]): readonly ProtobufResult[] {
  return [protobufEs(records), protobufJs(records)];
}

function protobufEs(records: readonly ShareRecord[]): ProtobufResult {
  const list = descriptor();
  const items = list.field["items"];
  if (items?.message === undefined) throw new Error("no message of items");
  const record: DescMessage = items.message;
  const message = create(list, { items: records.map((each) => create(record, { ...each })) });
  const octets = toBinary(list, message);
  return {
    name: "protobuf-es",
    version: versionOf("@bufbuild/protobuf"),
    octets: octets.length,
    encode: measure(() => toBinary(list, message)),
    decode: measure(() => fromBinary(list, octets)),
  };
}

/** The version of a package as it is installed. */
function versionOf(name: string): string {
  const path = new URL(`../../../node_modules/${name}/package.json`, import.meta.url);
  const found: unknown = JSON.parse(readFileSync(path, "utf8"));
  if (typeof found !== "object" || found === null || !("version" in found)) throw new Error(`${name} has no version`);
  return String(found.version);
}

/** What protoc would make of the definition: protobuf-es works from descriptors, generated code only types them. */
function descriptor(): DescMessage {
  const field = (name: string, number: number, type: FieldType, extra: object = {}): object => ({
    name,
    number,
    type,
    label: Label.OPTIONAL,
    jsonName: name,
    ...extra,
  });
  const file = {
    name: "shares.proto",
    syntax: "proto3",
    package: "bench",
    messageType: [
      {
        name: "Share",
        field: [
          field("name", 1, FieldType.STRING),
          field("type", 2, FieldType.UINT32),
          field("remark", 3, FieldType.STRING),
        ],
      },
      {
        name: "Shares",
        field: [field("items", 1, FieldType.MESSAGE, { label: Label.REPEATED, typeName: ".bench.Share" })],
      },
    ],
  };
  const list = createFileRegistry(create(FileDescriptorSetSchema, { file: [file] })).getMessage("bench.Shares");
  if (list === undefined) throw new Error("no message Shares");
  return list;
}

function protobufJs(records: readonly ShareRecord[]): ProtobufResult {
  const source = `syntax = "proto3"; package bench;
    message Share { string name = 1; uint32 type = 2; string remark = 3; }
    message Shares { repeated Share items = 1; }`;
  const type = protobufjs.parse(source).root.lookupType("bench.Shares");
  const message = type.fromObject({ items: records });
  const octets = type.encode(message).finish();
  return {
    name: "protobuf.js",
    version: versionOf("protobufjs"),
    octets: octets.length,
    encode: measure(() => type.encode(message).finish()),
    decode: measure(() => type.decode(octets)),
  };
}
