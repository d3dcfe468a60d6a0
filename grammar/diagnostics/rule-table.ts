/** Diagnostics of the semantic rules. */
import type { DiagnosticEntry } from "./table.ts";

/** Diagnostics of the semantic rules. */
export const ruleDiagnostics = {
  "no-uuid": {
    severity: "error",
    midl: 2079,
    message: "no [uuid] specified : {interface}",
    explanation: "A remote interface is told from others by its UUID.",
  },
  "incomplete-type": {
    severity: "error",
    midl: 2011,
    message: "unresolved type declaration : {type} in {place}",
    explanation: "The type is named but nowhere defined.",
  },
  "recursive-by-value": {
    severity: "error",
    midl: 2006,
    message: "recursive definition : {type}",
    explanation: "A struct cannot contain itself; put a pointer between.",
  },
  "out-not-pointer": {
    severity: "error",
    midl: 2042,
    message: "[out] parameter is not a pointer : {parameter} in {operation}",
    explanation: "The server needs somewhere to put the value.",
  },
  "out-open-struct": {
    severity: "error",
    midl: 2040,
    message: "[out] only parameter cannot be a pointer to an open structure : {parameter} in {operation}",
    tolerable: true,
    explanation: "The server cannot know how much to allocate; make it [in, out] or a pointer to a pointer.",
  },
  "out-unsized-string": {
    severity: "error",
    midl: 2041,
    message: "[out] only parameter cannot be an unsized string : {parameter} in {operation}",
    explanation: "The server cannot know how much to allocate; give size_is, or a pointer to the string.",
  },
  "open-struct-by-value": {
    severity: "error",
    midl: 2043,
    message: "open structure cannot be a parameter : {parameter} in {operation}",
    explanation: "Pass a pointer to it.",
  },
  "out-nullable-pointer": {
    severity: "error",
    midl: 2121,
    message:
      "[out] only parameter must not derive from a top-level [unique] or [ptr] pointer/array : {parameter} in {operation}",
    explanation: "There would be nowhere to put the value; make it [ref].",
  },
  "out-handle-not-pointer": {
    severity: "error",
    midl: 2044,
    message:
      "[out] context handle/generic handle must be specified as a pointer to that handle type : {parameter} in {operation}",
    explanation: "The server needs somewhere to put the handle.",
  },
  "size-from-out": {
    severity: "error",
    midl: 2123,
    message:
      "expression used for a size attribute must not derive from an [out]-only parameter : {parameter} in {operation}",
    explanation: "The size must be known before the call.",
  },
  "length-from-out": {
    severity: "error",
    midl: 2124,
    message:
      "expression used for a length attribute for an [in] parameter cannot derive from an [out]-only parameter : {parameter} in {operation}",
    explanation: "The length must be known when the array is sent.",
  },
  "array-of-conformant": {
    severity: "error",
    midl: 2104,
    message: "pointer to a conformant array or an array that contains a conformant array is not supported : {name}",
    explanation: "Give the elements a fixed bound, or make it an array of pointers to them.",
  },
  "no-size": {
    severity: "error",
    midl: 2105,
    message: "pointee/array does not derive any size : {name}",
    explanation: "Give size_is, max_is or [string].",
  },
  "nullable-in-expression": {
    severity: "error",
    midl: 2195,
    message: "attribute expression derives from [unique] or [ptr] pointer dereference : {name}",
    explanation: "The pointer may be null when the expression is evaluated; make it [ref], or test it: p ? *p : 0.",
  },
  "ref-recursion": {
    severity: "error",
    midl: 2164,
    message:
      "field/parameter must not derive from a structure that is recursive through a ref pointer : {field} in {type}",
    explanation: "Such a structure never ends; make the pointer [unique] or [ptr].",
  },
  "ref-union-arm": {
    severity: "error",
    midl: 2249,
    message: "cannot have a [ref] pointer as a union arm : {arm} in {type}",
    explanation: "A [ref] pointer is never null; make it [unique] or [ptr].",
  },
  "return-ref": {
    severity: "error",
    midl: 2177,
    message: "return type must not derive from a [ref] pointer : {operation}",
    explanation: "The client would have to give storage for it; return a [unique] pointer.",
  },
  "return-union": {
    severity: "error",
    midl: 2198,
    message: "return type cannot derive from a nonencapsulated union : {operation}",
    explanation: "There is no discriminant to send with it.",
  },
  "return-open-struct": {
    severity: "error",
    midl: 2199,
    message: "return type cannot derive from a conformant structure : {operation}",
    explanation: "Return a pointer to it.",
  },
  "switch-missing": {
    severity: "error",
    midl: 2078,
    message: "no [switch_is] attribute specified at use of union : {name}",
    explanation: "The discriminant tells which arm is sent.",
  },
  "switch-without-union": {
    severity: "error",
    midl: 2190,
    message: "[switch_is] must be specified only on a type deriving from a nonencapsulated union : {name}",
    explanation: "Nothing here has arms to switch between.",
  },
  "switch-type-not-integral": {
    severity: "error",
    midl: 2192,
    message: "switch type can only be integral, char, Boolean or enum : {type}",
    explanation: "A discriminant is one of 8, 16 or 32 bits.",
  },
  "attribute-not-integral": {
    severity: "error",
    midl: 2059,
    message: "attribute expression must be of integral type, no support for 64-bit expressions : {name}",
    explanation: "Sizes, lengths and switches are integers of at most 32 bits.",
  },
  "expression-not-implemented": {
    severity: "error",
    midl: 2037,
    message: "expression not implemented : {name}",
    explanation:
      "Addresses, casts to pointers and elements of arrays have no place in sizes, lengths and discriminants.",
  },
  "open-field-not-last": {
    severity: "error",
    midl: 2055,
    message: "field deriving from a conformant array must be the last member of the structure : {field} in {type}",
    explanation: "Its size is not known, so nothing can follow it.",
  },
  "void-field": {
    severity: "error",
    midl: 2126,
    message: "struct/union field must not be void : {name}",
    explanation: "Only pointers may point to void, in [local] operations.",
  },
  "void-pointer-field": {
    severity: "error",
    midl: 2241,
    message: "field must not derive from a void or void * : {field} in {type}",
    explanation: "The stub cannot know what void * points to.",
  },
  "void-pointer-parameter": {
    severity: "error",
    midl: 2139,
    message: "type of the parameter cannot derive from void or void * : {parameter} in {operation}",
    explanation: "The stub cannot know what void * points to; a context handle needs [context_handle].",
  },
  "void-pointer-return": {
    severity: "error",
    midl: 2145,
    message: "return type must not derive from a void pointer : {operation}",
    explanation: "The stub cannot know what void * points to.",
  },
  "handle-field": {
    severity: "error",
    midl: 2135,
    message: "struct/union field must not derive from handle_t or a context-handle : {field} in {type}",
    explanation: "Handles are parameters.",
  },
  "handle-out": {
    severity: "error",
    midl: 2194,
    message: "parameter deriving from handle_t must not be an [out] parameter : {parameter} in {operation}",
    explanation: "A binding handle is not sent.",
  },
  "function-parameter": {
    severity: "error",
    midl: 2142,
    message: "parameter must not derive from a pointer to a function : {parameter} in {operation}",
    explanation: "Functions cannot be sent.",
  },
  "string-element": {
    severity: "error",
    midl: 2082,
    message: "[string] attribute must be specified byte, char, or wchar_t array or pointer : {name}",
    explanation: "A string consists of characters, wide characters or octets.",
  },
  "length-and-last": {
    severity: "error",
    midl: 2076,
    message: "[last_is] and [length_is] cannot be specified at the same time : {name}",
    explanation: "Both say where the transmitted part ends.",
  },
  "max-and-size": {
    severity: "error",
    midl: 2077,
    message: "[max_is] and [size_is] cannot be specified at the same time : {name}",
    explanation: "Both say how large the array is.",
  },
  "length-with-string": {
    severity: "error",
    midl: 2075,
    message: "length attributes cannot be applied with string attribute : {name}",
    explanation: "The terminator says where a string ends.",
  },
  "case-out-of-range": {
    severity: "error",
    midl: 2206,
    message: "[case] value out of range of switch type : {value} in {type}",
    explanation: "The discriminant can never have this value.",
  },
  "arm-without-case": {
    severity: "error",
    midl: 2161,
    message: "union has at least one arm without a case label : {arm} in {type}",
    explanation: "Give it [case(...)] or [default].",
  },
  "too-many-defaults": {
    severity: "error",
    midl: 2232,
    message: "too many default cases specified for encapsulated union : {type}",
    explanation: "One arm is the default at most.",
  },
  "union-without-arms": {
    severity: "error",
    midl: 2235,
    message: "union specification with no fields is illegal : {type}",
    explanation: "A union has at least one arm.",
  },
  "pointer-attribute-conflict": {
    severity: "error",
    midl: 2163,
    message: "pointer already has a pointer attribute applied to it : {name}",
    explanation: "One of [ref], [unique] and [ptr].",
  },
  "pointer-attribute-inapplicable": {
    severity: "error",
    midl: 2072,
    message: "inapplicable attribute : [{attribute}] on {name}, which is no pointer",
    explanation: "Pointer attributes apply to pointers.",
  },
  "size-on-non-pointer": {
    severity: "error",
    midl: 2072,
    message: "inapplicable attribute : [{attribute}] on {name}, which is neither array nor pointer",
    explanation: "Size attributes apply to arrays and pointers.",
  },
  "context-handle-not-pointer": {
    severity: "error",
    midl: 2237,
    message: "[context_handle] must be applied on a pointer type : {name}",
    explanation: "A context handle is a pointer to what the server keeps.",
  },
  "range-incorrect": {
    severity: "error",
    midl: 2371,
    message: "incorrect range specified : {name}",
    explanation: "The low end lies above the high end.",
  },
  "no-remote-operations": {
    severity: "warning",
    midl: 2231,
    message:
      "no remote procedures specified in non-[local] interface; no client/server stubs will be generated : {interface}",
    explanation: "The interface declares types only.",
    level: 3,
  },
} as const satisfies Readonly<Record<string, DiagnosticEntry>>;
