/** The directives of the MIDL reference. */
import type { VocabularyEntry } from "./entry.ts";

/** Directives and other constructs that are neither attributes nor types. */
export const directives = {
  "#define": { effect: "implemented", note: "macros with and without parameters, # and ##" },
  "#undef": { effect: "implemented", note: "ends a macro" },
  "#include": { effect: "implemented", note: "the text of another file" },
  "#if, #ifdef, #ifndef, #elif, #else, #endif": { effect: "implemented", note: "conditional text" },
  "#error": { effect: "implemented", note: "an error of the source's own" },
  "#line": { effect: "implemented", note: "the file and line that messages name" },
  "#pragma once": { effect: "implemented", note: "a file is included once" },
  "#pragma pack": { effect: "implemented", note: "packing of structures in memory" },
  "#pragma warning": { effect: "implemented", osf: 2166, note: "which warnings are shown" },
  "#pragma midl_echo": { effect: "accepted", osf: 2196, note: "a line of the C header, which is not generated" },
  "#pragma, with any other word": {
    effect: "accepted",
    note: "left to the C compiler, as in MIDL; a word that begins with midl_ is MIDL2027",
  },
  "midl_pragma warning": { effect: "implemented", note: "which warnings are shown" },
  import: { effect: "implemented", note: "the declarations of another file" },
  include: {
    effect: "implemented",
    note: "ACF: modules with the application's types for [represent_as] and [user_marshal]",
  },
  importlib: { effect: "accepted", osf: 2166, note: "another type library" },
  cpp_quote: { effect: "accepted", osf: 2196, note: "a line of the C header, which is not generated" },
  declare_guid: { effect: "accepted", osf: 2166, note: "a GUID of the C header, which is not generated" },
  typedef: { effect: "implemented", note: "a name for a type" },
  const: { effect: "implemented", note: "a named constant" },
  "arrays: [], [*], [n], [0..n], [0..*]": { effect: "implemented", note: "fixed, conformant and varying arrays" },
  "arrays: [m..n], [m..*], [*..n], [*..*]": {
    effect: "refused",
    midl: 2102,
    note: "lower bounds other than 0 are DCE's: /osf takes them; they do not travel, and element 0 of the value is the one at the lower bound",
  },
  switch: { effect: "implemented", note: "an encapsulated union" },
  library: { effect: "accepted", osf: 2166, note: "its types are read; no type library is generated" },
  module: { effect: "accepted", osf: 2166, note: "its functions are left out" },
  coclass: { effect: "accepted", osf: 2166, note: "declared, not generated" },
  dispinterface: { effect: "accepted", osf: 2166, note: "declared, not generated" },
  "namespace, runtimeclass, delegate, apicontract": {
    effect: "refused",
    midl: 9118,
    note: "MIDL 3 describes the Windows Runtime, not remote procedure calls",
  },
} as const satisfies Readonly<Record<string, VocabularyEntry>>;
