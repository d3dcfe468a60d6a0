/** Diagnostics of allocation and of status values (ACF). */
import type { DiagnosticEntry } from "./table.ts";

/** Diagnostics of allocation and of status values (ACF). */
export const memoryDiagnostics = {
  "allocate-mode": {
    severity: "error",
    midl: 2074,
    message: "invalid [allocate] mode : {mode}",
    explanation: "The modes are single_node or all_nodes, and free or dont_free.",
  },
  "allocate-not-pointer": {
    severity: "error",
    midl: 2158,
    message: "[allocate] attribute must be applied only on non-void pointer types : {type}",
    explanation: "Only what a pointer refers to is allocated.",
  },
  "allocate-conflict": {
    severity: "error",
    midl: 2211,
    message: "conflicting options specified for [allocate] : {first} and {second}",
    explanation: "One of single_node and all_nodes, one of free and dont_free.",
  },
  "allocate-conversion": {
    severity: "error",
    midl: 2223,
    message:
      "[allocate] is illegal on either the transmitted or presented type for [transmit_as], [represent_as], [wire_marshal], or [user_marshal] : {type}",
    explanation: "The routines of the user allocate such types.",
  },
  "allocate-handle": {
    severity: "error",
    midl: 2227,
    message: "[allocate] illegal on a type deriving from a primitive/generic/context handle : {type}",
    explanation: "Handles are not allocated by the stubs.",
  },
  "allocate-orphans": {
    severity: "warning",
    midl: 2248,
    message:
      "[allocate(all_nodes)] on an [in,out] parameter may orphan the original memory : {parameter} in {operation}",
    explanation: "The reply goes into new memory; free the old memory yourself.",
  },
  "byte-count-not-out-pointer": {
    severity: "error",
    midl: 2061,
    message: "[byte_count] can be applied only to out parameters of pointer type : {parameter} in {operation}",
    explanation: "It names a buffer that the reply is put into.",
  },
  "byte-count-conformant": {
    severity: "error",
    midl: 2062,
    message:
      "[byte_count] cannot be specified on a pointer to a conformant array or structure : {parameter} in {operation}",
    explanation: "Such data has a size of its own.",
  },
  "byte-count-direction": {
    severity: "error",
    midl: 2063,
    message:
      "parameter specifying the byte count is not [in] only or byte count parameter is not [out] only : {parameter} in {operation}",
    explanation: "The size of the buffer goes to the server, the buffer comes back.",
  },
  "byte-count-not-integral": {
    severity: "error",
    midl: 2064,
    message: "parameter specifying the byte count is not an integral type : {parameter} in {operation}",
    explanation: "It counts octets.",
  },
  "byte-count-sized": {
    severity: "error",
    midl: 2065,
    message: "[byte_count] cannot be specified on a parameter with size attributes : {parameter} in {operation}",
    explanation: "One of them gives the size.",
  },
  "enable-allocate-obsolete": {
    severity: "warning",
    midl: 9123,
    message: "[enable_allocate] is obsolete : {name}",
    explanation:
      "The RpcSs environment is there for applications that were written for it; others supply the pair of routines.",
  },
  "comm-status-twice": {
    severity: "error",
    midl: 2050,
    message: "cannot use [comm_status] on both a parameter and a return type : {operation}",
    explanation: "The status is given once.",
  },
  "fault-status-twice": {
    severity: "error",
    midl: 2245,
    message: "cannot use [fault_status] on both a parameter and a return type : {operation}",
    explanation: "The status is given once.",
  },
  "status-parameters": {
    severity: "error",
    midl: 2069,
    message: "cannot specify more than one parameter with each of comm_status/fault_status : {operation}",
    explanation: "The status is given once.",
  },
  "status-not-out-pointer": {
    severity: "error",
    midl: 2070,
    message: "comm_status/fault_status parameter must be an [out] only pointer parameter : {parameter} in {operation}",
    explanation: "The stub stores the status there.",
  },
  "status-type": {
    severity: "error",
    midl: 2097,
    message:
      "parameter with [comm_status] or [fault_status] attribute must be a pointer to type error_status_t : {parameter} in {operation}",
    explanation: "A status is an error_status_t.",
  },
  "status-return": {
    severity: "error",
    midl: 2072,
    message: "inapplicable attribute : [{attribute}] on {operation}, which does not return error_status_t",
    explanation: "The status takes the place of the return value.",
  },
  "status-pair": {
    severity: "warning",
    midl: 2358,
    message: "error_status_t should have both [comm_status] and [fault_status] : {operation}",
    explanation: "Without one of them the caller sees that kind of failure as an exception.",
  },
  "code-and-nocode": {
    severity: "error",
    midl: 2287,
    message: "[code] and [nocode] may not be used together : {name}",
    explanation: "They contradict each other.",
  },
  "local-in-acf": {
    severity: "error",
    midl: 2098,
    message: "a [local] procedure cannot be specified in ACF file : {operation}",
    explanation: "A local operation has no stub that an ACF could change.",
  },
  "optimize-i1": {
    severity: "warning",
    midl: 2331,
    message: "the optimization option is being phased out, use -ic",
    explanation: "The option concerns C stubs; it has no effect here.",
  },
  "optimize-i2": {
    severity: "warning",
    midl: 2332,
    message: "the optimization option is being phased out, use -icf",
    explanation: "The option concerns C stubs; it has no effect here.",
  },
} as const satisfies Readonly<Record<string, DiagnosticEntry>>;
