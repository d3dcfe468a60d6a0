/** Whether attributes are known and stand where they may. */
import type { AttributeNode } from "../ast.ts";
import { nearestAttribute, vocabulary } from "../vocabulary/vocabulary.ts";
import type { AttributeEntry, Place } from "../vocabulary/entry.ts";
import type { BindingContext } from "./context.ts";

/** Where an attribute was written. */
export interface Placement {
  /** Undefined where a type name stands by itself: anything known may stand there. */
  readonly place: Place | undefined;
  /** In the ACF rather than in the .idl. */
  readonly acf: boolean;
}

/** Reports an attribute that is unknown, out of place, or not obeyed. Whether it is to be taken at all. */
export function judgeAttribute(context: BindingContext, node: AttributeNode, placement: Placement): boolean {
  const name = node.name.toLowerCase();
  const entry = vocabulary.attributes.get(name);
  if (entry === undefined) {
    reportUnknown(context, node, name);
    return false;
  }
  if (!judgePlace(context, node, entry, placement)) return false;
  return judgeEffect(context, node, entry, placement.place);
}

/** Judges the attributes of something that has no model of its own: a library, a coclass, a dispinterface. */
export function judgeAttributes(context: BindingContext, nodes: readonly AttributeNode[], place: Place): void {
  for (const node of nodes) judgeAttribute(context, node, { place, acf: false });
}

function reportUnknown(context: BindingContext, node: AttributeNode, name: string): void {
  const nearest = nearestAttribute(name);
  const { file, start } = node.span;
  const span = { file, start, end: Math.min(node.span.end, start + node.name.length) };
  if (nearest === undefined) context.reporter.report("unknown-attribute", span, { name: node.name });
  else context.reporter.report("misspelled-attribute", span, { name: node.name, nearest });
}

function judgePlace(
  context: BindingContext,
  node: AttributeNode,
  entry: AttributeEntry,
  { place, acf }: Placement,
): boolean {
  const places = acf ? entry.acf : entry.idl;
  if (place === undefined || places.includes(place)) return true;
  if (!acf && entry.acf.includes(place)) {
    if (context.settings.applicationConfiguration) return true;
    context.reporter.report("configuration-attribute", node.span, { attribute: node.name });
    return true;
  }
  if (acf && entry.idl.includes(place))
    context.reporter.report("attribute-not-of-acf", node.span, { attribute: node.name });
  else if (/^prop(?:get|put|putref)$/.test(node.name))
    context.reporter.report("property-outside", node.span, { attribute: node.name });
  else context.reporter.report("inapplicable-attribute", node.span, { attribute: node.name, place: wordsFor[place] });
  return false;
}

function judgeEffect(
  context: BindingContext,
  node: AttributeNode,
  entry: AttributeEntry,
  place: Place | undefined,
): boolean {
  switch (entry.effect) {
    case "ignored":
      context.reporter.report("attribute-ignored", node.span, { attribute: node.name });
      return false;
    case "refused":
      context.reporter.report("attribute-not-implemented", node.span, { attribute: node.name });
      return false;
    case "implemented":
    case "accepted":
      break;
    default:
      entry.effect satisfies never;
  }
  if (context.settings.mode === "osf" && entry.osf !== undefined) refuseExtension(context, node, entry.osf, place);
  return true;
}

/** /osf: a Microsoft extension has a number of its own or MIDL2166. Operations are serialized all the same; types are not (MIDL "/osf"). */
function refuseExtension(
  { reporter }: BindingContext,
  node: AttributeNode,
  midl: number,
  place: Place | undefined,
): void {
  switch (midl) {
    case 2060:
      reporter.report("osf-byte-count", node.span);
      return;
    case 2073:
      reporter.report("osf-allocate", node.span);
      return;
    case 2255:
      reporter.report("osf-callback", node.span);
      return;
    case 2301:
      if (place !== "operation") reporter.report("osf-serialization", node.span);
      return;
    default:
      reporter.report("osf-attribute", node.span, { attribute: node.name });
  }
}

const wordsFor: Readonly<Record<Place, string>> = {
  interface: "an interface",
  operation: "an operation",
  parameter: "a parameter",
  field: "a field",
  arm: "a union arm",
  typedef: "a typedef",
  type: "a type",
  enumerator: "a member of an enum",
  library: "a library",
  coclass: "a coclass",
  "coclass-member": "a member of a coclass",
  dispinterface: "a dispinterface",
  module: "a module",
  constant: "a constant",
};
