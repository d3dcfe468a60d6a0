import type { Reporter } from "../diagnostics/reporter.ts";
import type { Interface, Model } from "../model.ts";
import { nilUuid } from "../binder/interface-attributes.ts";

const adviseSinks: ReadonlySet<string> = new Set(["IAdviseSink", "IAdviseSink2", "IAdviseSinkEx"]);
const remoteOnly = ["endpoint", "auto_handle", "implicit_handle", "explicit_handle", "strict_context_handle"];

/**
 * A COM interface derives from COM interfaces, in the end from IUnknown (MIDL2257, 2271, 2365; asynchronous ones: 2272), without a
 * version (MIDL2298) and without what binds remote calls (MIDL2305).
 */
export function objectInterfaceIsCom(each: Interface, reporter: Reporter): void {
  const values = { interface: each.name };
  if (each.base !== undefined && each.base.object !== each.object && !each.local)
    reporter.report("base-not-object", each.span, values);
  else if (each.object && each.baseName === undefined && each.name !== "IUnknown")
    reporter.report("object-root", each.span, values);
  if (adviseSinks.has(each.baseName ?? "")) reporter.report("advise-sink-base", each.span, values);
  if (!each.object) return;
  const { base } = each;
  const asynchronous = each.attributes.get("async_uuid");
  if (
    asynchronous !== undefined &&
    base !== undefined &&
    base.name !== "IUnknown" &&
    !base.attributes.has("async_uuid")
  )
    reporter.report("async-base", asynchronous.span, values);
  const version = each.attributes.get("version");
  if (version !== undefined) reporter.report("object-version", version.span, values);
  const foreign = remoteOnly.flatMap((name) => each.attributes.get(name) ?? [])[0];
  if (foreign !== undefined) reporter.report("object-attribute", foreign.span, { attribute: foreign.name });
}

/** An automation interface derives from IUnknown or IDispatch. MIDL2039. */
export function automationInterfaceHasRoot(each: Interface, reporter: Reporter): void {
  const use = each.attributes.get("oleautomation") ?? each.attributes.get("dual");
  if (use === undefined) return;
  for (let current: Interface | undefined = each; current !== undefined; current = current.base) {
    if (current.name === "IUnknown" || current.baseName === "IUnknown" || current.baseName === "IDispatch") return;
  }
  reporter.report("not-automation", use.span, { interface: each.name });
}

/** [local] interfaces have no use for a UUID (MIDL2080); callbacks need an operation to interrupt (MIDL2208). */
export function interfaceIsUsable(each: Interface, reporter: Reporter): void {
  const uuid = each.attributes.get("uuid");
  if (each.local && !each.object && uuid !== undefined)
    reporter.report("local-uuid", uuid.span, { interface: each.name });
  const { operations } = each;
  if (operations.length > 0 && operations.every((operation) => operation.callback))
    reporter.report("only-callbacks", each.span, { interface: each.name });
}

/** No two interfaces of the main file have one UUID and version. MIDL2270. */
export function uuidIsUnique(model: Model, reporter: Reporter): void {
  const seen = new Set<string>();
  for (const { uuid, version, name, attributes, span } of model.main.interfaces) {
    if (uuid === nilUuid) continue;
    const key = `${uuid} ${version.major.toString()}.${version.minor.toString()}`;
    if (seen.has(key)) reporter.report("duplicate-uuid", attributes.get("uuid")?.span ?? span, { interface: name });
    seen.add(key);
  }
}

/** Names have at most 31 characters for DCE compilers. MIDL2111. */
export function namesAreShort(model: Model, reporter: Reporter): void {
  const { interfaces, declarations } = model.main;
  for (const { name, span } of [...interfaces, ...interfaces.flatMap((each) => each.operations), ...declarations]) {
    if (name.length > 31) reporter.report("long-identifier", span, { name });
  }
}
