/** Attributes of .acf files. In an .idl file they need /app_config, but for those whose pages put them into the .idl. */
import type { AttributeTable } from "./entry.ts";

/** Attributes of .acf files (MIDL "ACF Attributes"; C706 chapter 4, the Attribute Configuration Source). */
export const configurationAttributes = {
  // Binding
  auto_handle: { idl: [], acf: ["interface"], effect: "implemented", note: "binds by itself" },
  implicit_handle: { idl: [], acf: ["interface"], effect: "implemented", note: "one handle for the client" },
  explicit_handle: { idl: [], acf: ["interface", "operation"], effect: "implemented", note: "a handle with each call" },
  binding_callout: { idl: [], acf: ["interface"], effect: "ignored", note: "DCE: a routine that prepares the binding" },
  async: {
    idl: [],
    acf: ["operation", "interface", "parameter"],
    effect: "implemented",
    osf: 2166,
    note: "all calls are asynchronous here",
  },
  strict_context_handle: {
    idl: ["interface"],
    acf: ["interface"],
    effect: "implemented",
    osf: 2166,
    note: "context handles of this interface only",
  },
  type_strict_context_handle: {
    idl: ["interface", "typedef"],
    acf: ["interface", "typedef"],
    effect: "implemented",
    osf: 2166,
    note: "context handles of the declared type only",
  },
  context_handle_serialize: {
    idl: ["typedef", "parameter", "operation"],
    acf: ["typedef", "parameter", "operation"],
    effect: "implemented",
    osf: 2166,
    note: "one call at a time on the handle: the default on a server",
  },
  context_handle_noserialize: {
    idl: ["typedef", "parameter", "operation"],
    acf: ["typedef", "parameter", "operation"],
    effect: "implemented",
    osf: 2166,
    note: "any number of calls at a time on the handle",
  },
  // Memory
  allocate: { idl: [], acf: ["typedef"], effect: "implemented", osf: 2073, note: "how nodes are allocated and freed" },
  byte_count: {
    idl: [],
    acf: ["parameter"],
    effect: "implemented",
    osf: 2060,
    note: "one buffer for an [out] parameter",
  },
  enable_allocate: {
    idl: [],
    acf: ["interface", "operation"],
    effect: "implemented",
    note: "the RpcSs environment around the call; obsolete",
  },
  force_allocate: {
    idl: ["parameter", "typedef"],
    acf: ["parameter", "typedef"],
    effect: "implemented",
    osf: 2166,
    note: "never a view of the received data",
  },
  partial_ignore: {
    idl: ["parameter"],
    acf: ["parameter"],
    effect: "implemented",
    osf: 2166,
    note: "only whether the pointer is null is sent",
  },
  heap: { idl: [], acf: ["typedef", "parameter"], effect: "ignored", note: "where C stubs keep data" },
  // Errors
  comm_status: {
    idl: [],
    acf: ["operation", "parameter"],
    effect: "implemented",
    note: "failures to communicate as a value",
  },
  fault_status: { idl: [], acf: ["operation", "parameter"], effect: "implemented", note: "faults as a value" },
  notify: {
    idl: [],
    acf: ["operation", "interface"],
    effect: "implemented",
    osf: 2166,
    note: "NAME_notify() at the end",
  },
  notify_flag: {
    idl: [],
    acf: ["operation", "interface"],
    effect: "implemented",
    osf: 2166,
    note: "NAME_notify_flag(called) at the end",
  },
  extern_exceptions: { idl: [], acf: ["interface"], effect: "ignored", note: "DCE: exceptions defined elsewhere" },
  // Types
  represent_as: { idl: [], acf: ["typedef"], effect: "implemented", note: "another type for the application" },
  user_marshal: {
    idl: [],
    acf: ["typedef"],
    effect: "implemented",
    osf: 2166,
    note: "marshaled by routines of the user",
  },
  encode: {
    idl: [],
    acf: ["interface", "operation", "typedef"],
    effect: "implemented",
    osf: 2301,
    note: "a type or an operation that writes its values into a buffer of the application; such an operation is never a call, and stands in no interface with one (MIDL2277)",
  },
  decode: {
    idl: [],
    acf: ["interface", "operation", "typedef"],
    effect: "implemented",
    osf: 2301,
    note: "a type or an operation that reads its values from a buffer of the application; such an operation is never a call",
  },
  cs_char: { idl: [], acf: ["typedef"], effect: "refused", midl: 2028, note: "international characters of DCE" },
  cs_stag: { idl: [], acf: ["parameter"], effect: "refused", midl: 2028, note: "international characters of DCE" },
  cs_drtag: { idl: [], acf: ["parameter"], effect: "refused", midl: 2028, note: "international characters of DCE" },
  cs_rtag: { idl: [], acf: ["parameter"], effect: "refused", midl: 2028, note: "international characters of DCE" },
  cs_tag_rtn: {
    idl: [],
    acf: ["interface", "operation"],
    effect: "refused",
    midl: 2028,
    note: "international characters of DCE",
  },
  // Stubs
  code: { idl: [], acf: ["interface", "operation"], effect: "implemented", note: "a client stub is generated" },
  nocode: { idl: [], acf: ["interface", "operation"], effect: "implemented", note: "no client stub is generated" },
  optimize: {
    idl: [],
    acf: ["interface", "operation"],
    effect: "accepted",
    note: "kinds of C stubs; TypeScript stubs are of one kind",
  },
  in_line: {
    idl: [],
    acf: ["typedef", "parameter"],
    effect: "ignored",
    note: "kinds of C stubs; TypeScript stubs are of one kind",
  },
  out_of_line: {
    idl: [],
    acf: ["typedef", "parameter"],
    effect: "ignored",
    note: "kinds of C stubs; TypeScript stubs are of one kind",
  },
} as const satisfies AttributeTable;
