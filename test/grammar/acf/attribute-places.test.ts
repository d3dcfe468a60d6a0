import { describe, expect, it } from "vitest";
import type { Analysis } from "../../../grammar/index.ts";
import { compile, inInterface } from "../compile.ts";

const places = ["interface", "typedef", "operation", "parameter"] as const;
type Place = (typeof places)[number];

/** ACF attributes with the places that their pages of the MIDL reference show, or C706 where Microsoft has no page. */
const shown: readonly (readonly [attribute: string, ...places: Place[]])[] = [
  ["auto_handle", "interface"],
  ["implicit_handle(handle_t h)", "interface"],
  ["explicit_handle", "interface", "operation"],
  ["strict_context_handle", "interface"],
  ["type_strict_context_handle", "interface", "typedef"],
  ["context_handle_serialize", "typedef", "operation", "parameter"],
  ["context_handle_noserialize", "typedef", "operation", "parameter"],
  ["allocate(all_nodes)", "typedef"],
  ["byte_count(n)", "parameter"],
  ["force_allocate", "typedef", "parameter"],
  ["enable_allocate", "interface", "operation"],
  ["notify", "interface", "operation"],
  ["notify_flag", "interface", "operation"],
  ["call_as(l)", "operation"],
  ["comm_status", "operation", "parameter"],
  ["fault_status", "operation", "parameter"],
  ["represent_as(LOCAL)", "typedef"],
  ["user_marshal(LOCAL)", "typedef"],
  ["encode", "interface", "typedef", "operation"],
  ["decode", "interface", "typedef", "operation"],
  ["async", "interface", "operation", "parameter"],
  ["code", "interface", "operation"],
  ["nocode", "interface", "operation"],
  ['optimize("s")', "interface", "operation"],
  ["partial_ignore", "parameter"],
  ["disable_consistency_check", "typedef", "parameter"],
];

/** Those that are accepted with warning MIDL2176. */
const ignored: typeof shown = [
  ["heap", "typedef", "parameter"],
  ["in_line", "typedef", "parameter"],
  ["out_of_line", "typedef", "parameter"],
  ["binding_callout(routine)", "interface"],
  ["extern_exceptions(failure)", "interface"],
];

const rows = [...shown, ...ignored].flatMap(([attribute, ...where]) =>
  places.map((place): [attribute: string, place: Place, allowed: boolean] => [attribute, place, where.includes(place)]),
);

const main = inInterface(
  "typedef [context_handle] void *C;\ntypedef long *P;\ntypedef struct { long a; } S;\n" +
    "error_status_t f([in] C h, [in] long n, [in] S s, [out] error_status_t *p);",
);

/** An ACF that says an attribute of something fit for it. */
function acfOf(attribute: string, place: Place): string {
  const context = attribute.includes("context");
  const converted = /represent_as|user_marshal/.test(attribute);
  switch (place) {
    case "interface":
      return `[${attribute}] interface test { }`;
    case "typedef":
      return `interface test { typedef [${attribute}] ${context ? "C" : converted ? "S" : "P"}; }`;
    case "operation":
      return `interface test { [${attribute}] f(); }`;
    case "parameter":
      return `interface test { f([${attribute}] ${context ? "h" : "p"}); }`;
  }
}

function compiled(attribute: string, place: Place): Analysis {
  return compile({ "main.idl": main, "main.acf": acfOf(attribute, place) }, { acfPath: "main.acf" });
}

describe("M28: an ACF attribute stands where its page shows it", () => {
  it.each(rows)("%s on %s: %s", (attribute, place, allowed) => {
    const codes = ["inapplicable-attribute", "attribute-not-of-acf", "attribute-ignored"];
    const found = compiled(attribute, place).diagnostics.filter(({ code }) => codes.includes(code));
    const isIgnored = ignored.some(([name]) => name === attribute);
    expect(found.map(({ midl }) => midl)).toEqual(allowed ? (isIgnored ? [2176] : []) : [2072]);
  });
});

describe("M28: an ACF attribute is part of the model", () => {
  const obeyed = rows.filter(([attribute, , allowed]) => allowed && shown.some(([name]) => name === attribute));
  it.each(obeyed)("%s on %s", (attribute, place) => {
    const { model, diagnostics } = compiled(attribute, place);
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    const [owner] = model?.main.interfaces ?? [];
    const [operation] = owner?.operations ?? [];
    const acf = acfOf(attribute, place);
    const named = /(\w+)\)?; \}$/.exec(acf)?.[1];
    const declared = model?.main.declarations.findLast(({ name }) => name === named)?.type;
    const holder = {
      interface: owner,
      operation,
      parameter: operation?.parameters.find(({ name }) => name === named),
      typedef: declared?.kind === "alias" || declared?.kind === "struct" ? declared : undefined,
    }[place];
    const use = holder?.attributes.get(attribute.replace(/\(.*/, ""));
    expect([use?.acf, use?.span.start]).toEqual([true, acf.indexOf(attribute)]);
  });
});
