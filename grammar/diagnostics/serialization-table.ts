/** Diagnostics of pipes, serialization and types with routines of the user. */
import type { DiagnosticEntry } from "./table.ts";

/** Diagnostics of pipes, serialization and types with routines of the user. */
export const serializationDiagnostics = {
  "pipe-element": {
    severity: "error",
    midl: 2317,
    message: "illegal type used in pipe : {name}",
    explanation: "Elements of a pipe have one size and no pointers.",
  },
  "pipe-member": {
    severity: "error",
    midl: 2321,
    message: "pipes cannot be array elements, or members of structures or unions : {name}",
    explanation: "A pipe is a parameter.",
  },
  "pipe-array-element": {
    severity: "error",
    midl: 2390,
    message: "invalid array element : {name} is an array of pipes",
    explanation: "A pipe is a parameter.",
  },
  "pipe-usage": {
    severity: "error",
    midl: 2322,
    message: "invalid pipe usage : {name}",
    explanation: "A pipe is no return value and has no routines of the user.",
  },
  "pipe-encode": {
    severity: "error",
    midl: 2342,
    message: "pipes can't be used with data serialization, i.e. [encode] and/or [decode] : {operation}",
    explanation: "A buffer holds all of the data at once.",
  },
  "encode-mixed": {
    severity: "error",
    midl: 2277,
    message: "normal procedures are not allowed in an interface with [encode] or [decode] : {operation}",
    explanation: "Put remote operations into an interface of their own.",
  },
  "encode-conformant": {
    severity: "error",
    midl: 2278,
    message: "top-level conformance or variance not allowed with [encode] or [decode] : {type}",
    explanation: "Nothing says how large it is; put it into a structure.",
  },
  "encode-in-object": {
    severity: "error",
    midl: 2300,
    message: "[encode] or [decode] are invalid in an [object] interface : {interface}",
    explanation: "COM interfaces are not serialized.",
  },
  "transmit-as-untransmissible": {
    severity: "error",
    midl: 2085,
    message: "[transmit_as] must specify a transmissible type : {type}",
    explanation: "The type cannot be sent.",
  },
  "transmit-as-pointer": {
    severity: "error",
    midl: 2086,
    message:
      "transmitted type for [transmit_as] and [represent_as] must not be a pointer or derive from a pointer : {type}",
    explanation: "The routines of the user cannot say what lies behind it.",
  },
  "transmit-as-conformant": {
    severity: "error",
    midl: 2087,
    message:
      "presented type for [transmit_as] and [represent_as] must not derive from a conformant/varying array, its pointer equivalent, or a conformant/varying structure : {type}",
    explanation: "Its size is not known when it is converted.",
  },
  "transmit-as-void": {
    severity: "error",
    midl: 2188,
    message:
      'transmitted type may not derive from "void" for [transmit_as], [represent_as], [wire_marshal], [user_marshal] : {type}',
    explanation: "Something must travel.",
  },
  "transmit-as-status": {
    severity: "error",
    midl: 2228,
    message: "transmitted or presented type must not derive from error_status_t : {type}",
    explanation: "A status travels as it is.",
  },
  "wire-marshal-full-pointer": {
    severity: "error",
    midl: 2416,
    message: "transmitted type may not contain a full pointer for either [wire_marshal] or [user_marshal] : {type}",
    explanation: "Make its pointers [unique] or [ref].",
  },
  "wire-marshal-size": {
    severity: "error",
    midl: 2417,
    message:
      "transmitted type must either be a pointer or have a constant size for [wire_marshal] and [user_marshal] : {type}",
    explanation: "Put the array behind a pointer.",
  },
  "wire-marshal-not-flat": {
    severity: "error",
    midl: 9126,
    message:
      "a transmitted type for [wire_marshal] or [user_marshal] that is not a pointer but contains one cannot be part of another type : {name} of type {type}",
    explanation: "Use a pointer to it as the transmitted type.",
  },
  "field-converted-to-conformant": {
    severity: "error",
    midl: 9127,
    message: "field must not be converted to a conformant array or structure : {field} in {type}",
    explanation: "Its maximum count would come before the structure; make the field a pointer.",
  },
} as const satisfies Readonly<Record<string, DiagnosticEntry>>;
