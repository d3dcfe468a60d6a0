/** Attributes of .idl files that concern remote procedure calls and their data. */
import type { AttributeTable, Place } from "./entry.ts";

const members: readonly Place[] = ["parameter", "field", "arm"];
const typed: readonly Place[] = ["parameter", "field", "arm", "typedef", "operation"];
const types: readonly Place[] = ["typedef", "type"];
const everywhere: readonly Place[] = ["interface", "operation", "parameter", "field", "arm", "typedef", "type"];

/** Attributes of .idl files that concern remote procedure calls and their data (MIDL "IDL Attributes"). */
export const remoteAttributes = {
  // Interface header
  uuid: {
    idl: ["interface", "library", "coclass", "dispinterface", "module", "typedef", "type", "enumerator"],
    acf: [],
    effect: "implemented",
    note: "identifies the interface",
  },
  version: {
    idl: ["interface", "library", "coclass", "dispinterface", "module", "typedef", "type"],
    acf: [],
    effect: "implemented",
    note: "major and minor version of the interface",
  },
  endpoint: { idl: ["interface"], acf: [], effect: "implemented", note: "well-known endpoints of the interface" },
  exceptions: { idl: ["interface"], acf: [], effect: "ignored", note: "user-defined exceptions of DCE" },
  local: { idl: ["interface", "operation"], acf: [], effect: "implemented", note: "declarations only, no stubs" },
  object: {
    idl: ["interface"],
    acf: [],
    effect: "implemented",
    osf: 2166,
    note: "a COM interface: types are generated, calls are not",
  },
  async_uuid: {
    idl: ["interface"],
    acf: [],
    effect: "accepted",
    osf: 2166,
    note: "asynchronous form of a COM interface",
  },
  pointer_default: {
    idl: ["interface", "dispinterface", "library"],
    acf: [],
    effect: "implemented",
    note: "kind of pointers without an attribute",
  },
  ms_union: {
    idl: ["interface", "operation", "typedef", "type", "field", "parameter"],
    acf: [],
    effect: "implemented",
    osf: 2166,
    note: "alignment of unions as MIDL 1.0 and 2.0 had it",
  },
  // Direction
  in: { idl: ["parameter"], acf: [], effect: "implemented", note: "from the client to the server" },
  out: { idl: ["parameter"], acf: [], effect: "implemented", note: "from the server to the client" },
  // Arrays
  size_is: { idl: typed, acf: [], effect: "implemented", note: "number of elements" },
  max_is: { idl: typed, acf: [], effect: "implemented", note: "highest index" },
  min_is: {
    idl: typed,
    acf: [],
    effect: "implemented",
    note: "lowest index, of an array written [*..n]; DCE's, and needs /osf (MIDL2102)",
  },
  length_is: { idl: typed, acf: [], effect: "implemented", note: "number of elements sent" },
  first_is: { idl: typed, acf: [], effect: "implemented", note: "first element sent" },
  last_is: { idl: typed, acf: [], effect: "implemented", note: "last element sent" },
  string: {
    idl: [...typed, "type", "constant"],
    acf: [],
    effect: "implemented",
    note: "ends with a terminator; structures of bytes too",
  },
  bstring: { idl: typed, acf: [], effect: "implemented", note: "obsolete: the same as string" },
  range: { idl: typed, acf: [], effect: "implemented", osf: 2166, note: "values allowed at run time" },
  // Pointers
  ref: { idl: typed, acf: [], effect: "implemented", note: "a pointer that is never null" },
  unique: { idl: typed, acf: [], effect: "implemented", note: "a pointer that may be null, without aliases" },
  ptr: { idl: typed, acf: [], effect: "implemented", note: "a full pointer: may be null and may have aliases" },
  ignore: { idl: ["field", "arm"], acf: [], effect: "implemented", note: "a pointer that is not sent" },
  iid_is: {
    idl: members,
    acf: [],
    effect: "implemented",
    osf: 2166,
    note: "makes void * an interface pointer, which travels as octets (OBJREF)",
  },
  // Unions and enums
  switch_is: { idl: members, acf: [], effect: "implemented", note: "selects the arm of a union" },
  switch_type: {
    idl: ["typedef", "type", "field", "parameter", "arm"],
    acf: [],
    effect: "implemented",
    note: "type of what selects the arm",
  },
  case: { idl: ["arm"], acf: [], effect: "implemented", note: "values that select the arm" },
  default: {
    idl: ["arm", "coclass-member", "interface", "dispinterface"],
    acf: [],
    effect: "implemented",
    note: "the arm for all other values",
  },
  v1_enum: {
    idl: ["typedef", "type", "field", "parameter"],
    acf: [],
    effect: "implemented",
    osf: 2166,
    note: "32 bits on the wire",
  },
  // Handles
  handle: { idl: types, acf: [], effect: "implemented", note: "a generic binding handle" },
  context_handle: {
    idl: ["typedef", "parameter", "operation", "field"],
    acf: [],
    effect: "implemented",
    note: "state that the server keeps for a client",
  },
  // Types
  transmit_as: {
    idl: ["typedef"],
    acf: [],
    effect: "implemented",
    note: "another type on the wire, by routines of the user",
  },
  wire_marshal: {
    idl: ["typedef"],
    acf: [],
    effect: "implemented",
    osf: 2166,
    note: "marshaled by routines of the user",
  },
  system_handle: {
    idl: members,
    acf: [],
    effect: "accepted",
    osf: 2166,
    note: "a handle of the operating system: an operation that has one is left out of the stubs (MIDL9200)",
  },
  // Operations
  idempotent: { idl: ["operation"], acf: [], effect: "implemented", note: "may be executed more than once" },
  broadcast: { idl: ["operation"], acf: [], effect: "implemented", note: "sent to all servers; datagrams only" },
  maybe: { idl: ["operation"], acf: [], effect: "implemented", note: "no response is expected" },
  message: {
    idl: ["operation"],
    acf: [],
    effect: "accepted",
    osf: 2166,
    note: "a message by queue: there is no such transport, and the call is like any other",
  },
  reflect_deletions: { idl: ["operation"], acf: [], effect: "ignored", note: "DCE: pointers deleted by the server" },
  callback: { idl: ["operation"], acf: [], effect: "implemented", osf: 2255, note: "the server calls the client" },
  call_as: {
    idl: ["operation"],
    acf: ["operation"],
    effect: "implemented",
    osf: 2166,
    note: "the remote form of a local operation",
  },
  // Elsewhere
  shape: { idl: members, acf: [], effect: "ignored", note: "DCE; not in Microsoft RPC" },
  annotation: {
    idl: everywhere,
    acf: [],
    effect: "accepted",
    osf: 2166,
    note: "SAL annotation of the C header; not written there",
  },
  annotate: { idl: everywhere, acf: [], effect: "accepted", osf: 2166, note: "the same as annotation" },
  disable_consistency_check: {
    idl: [...typed, "interface"],
    acf: ["parameter", "typedef"],
    effect: "implemented",
    osf: 2166,
    note: "a null pointer may have a size",
  },
} as const satisfies AttributeTable;
