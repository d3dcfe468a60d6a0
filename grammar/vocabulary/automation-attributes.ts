/** Attributes of type libraries, automation and object interfaces: taken without effect, since no type library is generated. */
import type { AttributeEntry, AttributeTable, Place } from "./entry.ts";

const everything: readonly Place[] = [
  "interface",
  "operation",
  "parameter",
  "field",
  "arm",
  "typedef",
  "type",
  "enumerator",
  "library",
  "coclass",
  "coclass-member",
  "dispinterface",
  "module",
  "constant",
];
const elements: readonly Place[] = ["interface", "dispinterface", "coclass", "module", "library"];
const properties: readonly Place[] = ["operation", "field"];

function accepted(idl: readonly Place[], note: string): AttributeEntry {
  return { idl, acf: [], effect: "accepted", osf: 2166, automation: true, note };
}

/** Attributes of type libraries (MIDL "Type Library Attributes"). */
export const automationAttributes: AttributeTable = {
  aggregatable: accepted(["coclass"], "may be part of another object"),
  appobject: accepted(["coclass"], "an application object"),
  bindable: accepted(["operation", "field"], "a property that tells of its changes"),
  control: accepted(["coclass", "library"], "a control"),
  custom: accepted(everything, "an attribute of the user's own"),
  defaultbind: accepted(properties, "the property that represents the object"),
  defaultcollelem: accepted(properties, "an accessor of the default collection"),
  defaultvalue: accepted(["parameter"], "the value of a parameter that is left out"),
  defaultvtable: accepted(["coclass-member"], "a second source interface"),
  displaybind: accepted(properties, "shown as bindable"),
  dllname: accepted(["module"], "the library of a module"),
  dual: accepted(["interface", "dispinterface"], "through IDispatch and directly"),
  entry: accepted(["operation", "constant"], "the entry point of a function of a module"),
  helpcontext: accepted(everything, "place in the help file"),
  helpfile: accepted(["library"], "the help file"),
  helpstring: accepted(everything, "a description"),
  helpstringcontext: accepted(everything, "place of the description"),
  helpstringdll: accepted(["library"], "where descriptions are looked up"),
  hidden: accepted([...elements, ...properties, "typedef", "type", "enumerator"], "not shown to users"),
  id: accepted(["operation", "field", "interface", "enumerator"], "the DISPID of a member"),
  idldescattr: accepted(everything, "flags of a member"),
  immediatebind: accepted(properties, "tells of every change at once"),
  importlib: accepted(["library"], "another type library"),
  lcid: accepted(["library", "parameter"], "the language"),
  licensed: accepted(["coclass"], "created with a licence"),
  nonbrowsable: accepted(properties, "not shown in property browsers"),
  noncreatable: accepted(["coclass"], "not created by the default factory"),
  nonextensible: accepted(["interface", "dispinterface"], "has no members but those declared"),
  odl: { ...accepted(["interface"], "the same as object"), effect: "implemented" },
  oleautomation: accepted(["interface", "dispinterface"], "fit for automation"),
  optional: accepted(["parameter"], "may be left out"),
  predeclid: accepted(["coclass"], "an object that exists from the start"),
  propget: accepted(["operation"], "reads a property"),
  propput: accepted(["operation"], "sets a property"),
  propputref: accepted(["operation"], "sets a property by reference"),
  proxy: accepted(["interface", "dispinterface"], "has a proxy of its own"),
  public: accepted(["typedef"], "part of the type library"),
  readonly: accepted(["operation", "field", "parameter"], "is not assigned to"),
  replaceable: accepted(properties, "may be replaced"),
  requestedit: accepted(properties, "asks before it changes"),
  restricted: accepted([...elements, "operation", "coclass-member", "typedef"], "not called arbitrarily"),
  retval: accepted(["parameter"], "receives the return value"),
  source: accepted(["coclass-member", "operation", "field"], "a source of events"),
  uidefault: accepted(properties, "the member shown first"),
  usesgetlasterror: accepted(["operation", "module"], "sets the last error"),
  vararg: accepted(["operation"], "any number of arguments"),
};
