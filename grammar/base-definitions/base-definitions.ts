/** Definitions that Microsoft's SDK provides as .idl files and that interfaces import by name, as far as RPC interfaces need them. */
import { automationTypes } from "./automation-types.ts";
import { automation } from "./automation.ts";
import { controls, embedding, objects } from "./objects.ts";
import { unknown } from "./unknown.ts";
import { windowsTypes } from "./windows-types.ts";

/** The text of a base definition by its file name in any case, or by that of the header made of it; undefined when there is none of that name. */
export function baseDefinition(name: string): string | undefined {
  const key = name.toLowerCase();
  return texts.get(key) ?? texts.get(key.replace(/\.h$/, ".idl"));
}

const texts: ReadonlyMap<string, string> = new Map([
  ["wtypesbase.idl", windowsTypes],
  ["basetsd.h", ""],
  ["wtypes.idl", automationTypes],
  ["unknwnbase.idl", unknown],
  ["unknwn.idl", `import "unknwnbase.idl";\n`],
  ["objidlbase.idl", objects],
  ["objidl.idl", `import "objidlbase.idl";\nimport "wtypes.idl";\n`],
  ["oaidl.idl", automation],
  ["ocidl.idl", controls],
  ["oleidl.idl", embedding],
]);
