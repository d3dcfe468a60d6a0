/** Words of other dialects of IDL, so that they can be named as such. */

/** Attributes that only Samba's pidl knows. */
export const pidlAttributes: ReadonlySet<string> = new Set([
  "authservice",
  "bitmap8bit",
  "bitmap16bit",
  "bitmap32bit",
  "bitmap64bit",
  "charset",
  "compression",
  "enum8bit",
  "enum16bit",
  "flag",
  "gensize",
  "helper",
  "keepref",
  "no_srv_register",
  "nodiscriminant",
  "noopnum",
  "noprint",
  "nopull",
  "nopush",
  "nopython",
  "nosize",
  "obfuscation",
  "pyhelper",
  "relative",
  "relative_base",
  "relative_short",
  "skip",
  "skip_noinit",
  "subcontext",
  "subcontext_size",
  "to_null",
  "todo",
  "value",
]);

/** Attributes of the Windows Runtime (MIDL "/winrt" and MIDL 3). */
export const runtimeAttributes: ReadonlySet<string> = new Set([
  "activatable",
  "composable",
  "contract",
  "contractversion",
  "default_overload",
  "deprecated",
  "eventadd",
  "eventremove",
  "exclusiveto",
  "marshaling_behavior",
  "overload",
  "threading",
  "webhosthidden",
]);

/** Constructs of the Windows Runtime that open a block or a declaration of their own. */
export const runtimeKeywords: ReadonlySet<string> = new Set(["apicontract", "delegate", "namespace", "runtimeclass"]);
