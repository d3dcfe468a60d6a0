/** Diagnostics of binding handles and context handles. */
import type { DiagnosticEntry } from "./table.ts";

/** Diagnostics of binding handles and context handles. */
export const handleDiagnostics = {
  "handle-attributes": {
    severity: "error",
    midl: 2263,
    message: "only one of [implicit_handle], [auto_handle], or [explicit_handle] allowed : {interface}",
    explanation: "They say three ways to bind.",
  },
  "implicit-not-handle": {
    severity: "error",
    midl: 2264,
    message: "[implicit_handle] references a type which is not a handle : {type}",
    explanation: "The type is handle_t or has [handle].",
  },
  "implicit-undefined": {
    severity: "warning",
    midl: 2225,
    message: "[implicit_handle] type undefined; assuming generic handle : {type}",
    explanation: "The type is defined in no file that was read.",
  },
  "implicit-context-handle": {
    severity: "error",
    midl: 2210,
    message: "context handle type used for an implicit handle : {type}",
    explanation: "A context handle comes from a call; it cannot make the first one.",
  },
  "context-transmit-as": {
    severity: "error",
    midl: 2045,
    message: "context handle must not derive from a type that has the [transmit_as] attribute : {type}",
    explanation: "Context handles travel as they are.",
  },
  "transmit-as-context": {
    severity: "error",
    midl: 2084,
    message: "[transmit_as] must not be applied to a type that derives from a context handle : {type}",
    explanation: "Context handles travel as they are.",
  },
  "transmit-as-handle": {
    severity: "error",
    midl: 2184,
    message: "type deriving from handle_t must not have [transmit_as] applied to it : {type}",
    explanation: "A binding handle does not travel.",
  },
  "context-and-handle": {
    severity: "error",
    midl: 2185,
    message: "[context_handle] must not be applied to a type that has [handle] applied to it : {type}",
    explanation: "A type is one kind of handle.",
  },
  "handle-of-void": {
    severity: "error",
    midl: 2186,
    message: "[handle] must not be specified on a type deriving from void or void * : {type}",
    explanation: "A generic handle travels as data.",
  },
  "handle-of-handle": {
    severity: "error",
    midl: 2193,
    message: "[handle] must not be specified on a type deriving from handle_t : {type}",
    explanation: "A type is one kind of handle.",
  },
  "handle-and-transmit-as": {
    severity: "error",
    midl: 2201,
    message: "[handle] must not be applied to a type that has [transmit_as] applied to it : {type}",
    explanation: "The two cannot be combined.",
  },
  "transmit-as-generic": {
    severity: "error",
    midl: 2200,
    message: "[transmit_as] must not be applied to a type deriving from a generic handle : {type}",
    explanation: "The two cannot be combined.",
  },
  "handle-of-context": {
    severity: "error",
    midl: 2239,
    message: "[handle] must not be applied to a type deriving from a context handle : {type}",
    explanation: "A type is one kind of handle.",
  },
  "context-of-handle": {
    severity: "error",
    midl: 2218,
    message: "[context_handle] must not derive from handle_t : {name}",
    explanation: "A type is one kind of handle.",
  },
  "context-again": {
    severity: "warning",
    midl: 2217,
    message: "parameter already defined as a context handle : {name}",
    explanation: "Its type has the attribute.",
    level: 4,
  },
  "serialize-conflict": {
    severity: "error",
    midl: 2377,
    message: "conflicting attributes specified : [context_handle_serialize] and [context_handle_noserialize] on {name}",
    explanation: "They contradict each other.",
  },
  "serialize-not-context": {
    severity: "error",
    midl: 2378,
    message: "[serialize], [noserialize] can be applied to context_handles : {name}",
    explanation: "The type has no [context_handle] in the .idl.",
  },
  "handle-nullable": {
    severity: "error",
    midl: 2181,
    message: "pointer to a handle cannot be [unique] or [ptr] : {parameter} in {operation}",
    explanation: "Make the pointer [ref]: a binding handle is never null, and a context handle says itself that it is.",
  },
  "handle-in-callback": {
    severity: "error",
    midl: 2215,
    message: "handle parameter or return type is not supported on a [callback] procedure : {operation}",
    explanation: "A callback uses the binding of the call that it interrupts.",
  },
  "return-handle": {
    severity: "error",
    midl: 2238,
    message: "return type must not derive from handle_t : {operation}",
    explanation: "A binding handle does not travel.",
  },
  "return-context-pointer": {
    severity: "error",
    midl: 2268,
    message: "pointers to context handles may not be used as return values : {operation}",
    explanation: "Return the context handle itself.",
  },
  "array-of-handles": {
    severity: "error",
    midl: 2136,
    message: "array element must not derive from handle_t or a context handle : {name}",
    explanation: "Handles are parameters; context handles may stand in an array of one dimension.",
  },
  "auto-handle-async": {
    severity: "error",
    midl: 2357,
    message: "async procedures cannot use auto handle : {operation}",
    explanation: "Give it a binding handle, or the interface [implicit_handle].",
  },
  "auto-handle-encode": {
    severity: "error",
    midl: 2276,
    message: "[auto_handle] may not be used with [encode] or [decode] : {interface}",
    explanation: "Serialization has a handle, but no server.",
  },
} as const satisfies Readonly<Record<string, DiagnosticEntry>>;
