/** Diagnostics of /osf: each Microsoft extension that is not available there (MIDL "/osf"). */
import type { DiagnosticEntry } from "./table.ts";

/** Diagnostics of /osf: each Microsoft extension that is not available there (MIDL "/osf"). */
export const osfDiagnostics = {
  "osf-attribute": {
    severity: "error",
    midl: 2166,
    message: "use of this attribute needs /ms_ext : [{attribute}]",
    explanation: "DCE IDL does not have it.",
  },
  "osf-construct": {
    severity: "error",
    midl: 2166,
    message: "use of this attribute needs /ms_ext : {construct}",
    explanation: "DCE IDL does not have it.",
  },
  "osf-allocate": {
    severity: "error",
    midl: 2073,
    message: "[allocate] requires /ms_ext",
    explanation: "DCE IDL does not have it.",
  },
  "osf-byte-count": {
    severity: "error",
    midl: 2060,
    message: "[byte_count] requires /ms_ext",
    explanation: "DCE IDL does not have it.",
  },
  "osf-callback": {
    severity: "error",
    midl: 2255,
    message: "[callback] requires /ms_ext",
    explanation: "DCE IDL does not have it.",
  },
  "osf-serialization": {
    severity: "error",
    midl: 2301,
    message: "[encode] or [decode] on a type requires /ms_ext",
    explanation: "DCE IDL does not serialize types.",
  },
  "osf-abstract-declarator": {
    severity: "error",
    midl: 2000,
    message: "must specify /c_ext for abstract declarators : parameter {position} of {operation}",
    explanation: "In DCE IDL every parameter has a name.",
  },
  "osf-interface-name": {
    severity: "error",
    midl: 2166,
    message: "use of this attribute needs /ms_ext : interface name of more than 17 characters : {name}",
    explanation: "DCE compilers make names of it that must not exceed 31 characters.",
  },
  "osf-cpp-quote": {
    severity: "error",
    midl: 2196,
    message: '"cpp_quote" requires /ms_ext',
    explanation: "DCE IDL does not have it.",
  },
  "osf-midl-echo": {
    severity: "error",
    midl: 2196,
    message: '"cpp_quote" requires /ms_ext : #pragma midl_echo',
    explanation: "DCE IDL does not have it.",
  },
  "osf-pragma": {
    severity: "error",
    midl: 2166,
    message: "use of this attribute needs /ms_ext : #pragma {name}",
    explanation: "DCE IDL does not have it.",
  },
  "osf-wide-character-type": {
    severity: "error",
    midl: 2168,
    message: "use of wchar_t needs /ms_ext or /c_ext",
    explanation: "DCE IDL has no wide characters.",
  },
  "osf-wide-character": {
    severity: "error",
    midl: 2012,
    message: "use of wide-character constants requires /ms_ext or /c_ext",
    explanation: "DCE IDL has no wide characters.",
  },
  "osf-wide-string": {
    severity: "error",
    midl: 2013,
    message: "use of wide character strings requires /ms_ext or /c_ext",
    explanation: "DCE IDL has no wide characters.",
  },
  "osf-sparse-enum": {
    severity: "error",
    midl: 2008,
    message: "sparse enums require /c_ext or /ms_ext : {name}",
    explanation: "Members of a DCE enum have no values of their own.",
  },
  "osf-attribute-expression": {
    severity: "error",
    midl: 2178,
    message:
      "attribute expression must be a variable name or a pointer dereference expression in this mode. You must specify the /ms_ext switch : {name}",
    explanation: "DCE IDL takes a name, or * and a name.",
  },
  "osf-handle-position": {
    severity: "error",
    midl: 2049,
    message:
      "only the first parameter can be a binding handle; you must specify the /ms_ext switch : {parameter} in {operation}",
    explanation: "DCE IDL looks for the binding handle in the first place only.",
  },
  "osf-pointer-default": {
    severity: "error",
    midl: 2172,
    message:
      "no [pointer_default] attribute specified, assuming [ptr] for all unattributed pointers in interface : {name}",
    explanation: "In DCE IDL every pointer has an attribute, its own or that of [pointer_default].",
  },
  "osf-interfaces": {
    severity: "error",
    midl: 2262,
    message: "multiple interfaces in one file requires /ms_ext : {name}",
    explanation: "A DCE IDL file has one interface.",
  },
  "osf-outside-interface": {
    severity: "error",
    midl: 2261,
    message: "definitions and declarations outside of interface body requires /ms_ext",
    explanation: "In DCE IDL everything but imports stands in the interface.",
  },
  "osf-qualifier": {
    severity: "error",
    midl: 2128,
    message: "use of type qualifiers and/or modifiers needs /c_ext : {qualifier}",
    explanation: "DCE IDL does not have them.",
  },
  "osf-direction": {
    severity: "error",
    midl: 2187,
    message:
      "parameter must have either [in], [out] or [in,out] in this mode. You must specify /ms_ext or /c_ext : {parameter} in {operation}",
    explanation: "In DCE IDL every parameter has a direction.",
  },
  "osf-bit-field": {
    severity: "error",
    midl: 2132,
    message: "struct/union with bit fields needs /c_ext : {name}",
    explanation: "DCE IDL does not have them.",
  },
  "osf-line-comment": {
    severity: "error",
    midl: 2151,
    message: "single-line comment needs /ms_ext or /c_ext",
    explanation: "DCE IDL has comments of the form /* */ only.",
  },
  "osf-declaration": {
    severity: "error",
    midl: 2155,
    message: "declaration must be of the form: const <type> <declarator> = <initializing expression> : {name}",
    explanation: "DCE IDL declares constants, types and operations.",
  },
  "osf-int": {
    severity: "error",
    midl: 2125,
    message: 'use of "int" needs /c_ext',
    explanation: "Write small, short, long or hyper.",
  },
  "osf-signed": {
    severity: "error",
    midl: 2153,
    message: '"signed" needs /ms_ext or /c_ext',
    explanation: "Integers of DCE IDL are signed unless they are unsigned.",
  },
  "osf-void-pointer-field": {
    severity: "error",
    midl: 2165,
    message: "use of field deriving from a void pointer needs /c_ext : {name}",
    explanation: "DCE IDL has void * for context handles only.",
  },
  "osf-context-handle": {
    severity: "error",
    midl: 2068,
    message: "specifying [context_handle] on a type other than void * requires /ms_ext : {name}",
    explanation: "A DCE context handle is a void *.",
  },
  "osf-int3264": {
    severity: "error",
    midl: 2386,
    message: "__int3264 is not supported in /osf mode",
    explanation: "DCE IDL has integers of fixed widths only.",
  },
  "osf-local-operation": {
    severity: "error",
    midl: 2051,
    message: "[local] attribute on a procedure requires /ms_ext : {operation}",
    explanation: "DCE IDL has [local] for whole interfaces.",
  },
  "osf-quoted-uuid": {
    severity: "error",
    midl: 2197,
    message: "quoted uuid requires /ms_ext",
    explanation: "Write the UUID without quotation marks.",
  },
  "osf-unnamed-field": {
    severity: "error",
    midl: 2169,
    message: "unnamed fields need /ms_ext or /c_ext",
    explanation: "In DCE IDL every field has a name.",
  },
  "osf-union": {
    severity: "error",
    midl: 2137,
    message: "this specification of union needs /c_ext : {name}",
    explanation: "A DCE union has a discriminant.",
  },
  "osf-used-before-declaration": {
    severity: "error",
    midl: 2009,
    message: "undefined symbol : {name} is declared further down",
    explanation: "DCE IDL declares a name before its use.",
  },
} as const satisfies Readonly<Record<string, DiagnosticEntry>>;
