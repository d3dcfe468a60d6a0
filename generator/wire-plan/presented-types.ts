/**
 * Structures and unions that the application has where another type travels. Need not travel themselves, so that they may hold what nothing
 * else may (MIDL "wire_marshal": the type need not be transmittable): pointers to functions, to void and to types that the IDL leaves open.
 */
import type { Model, Type } from "../../grammar/index.ts";
import { conversionOf } from "./conversions.ts";
import type { Conversion } from "./conversions.ts";
import { NotGenerated } from "./plan.ts";
import type { Constructed } from "./recursion.ts";

/** The structures and unions that lie in presented types or behind their pointers: stubs know what their nodes look like. */
export function presentedTypes({ files }: Model): ReadonlySet<Constructed> {
  const found = new Set<Constructed>();
  const pending: (Type | undefined)[] = files.flatMap(({ declarations }) =>
    declarations.map((each) =>
      each.kind === "type" && each.type.kind === "alias" ? conversionOf(each.type)?.presented : undefined,
    ),
  );
  while (pending.length > 0) {
    const type = pending.pop();
    switch (type?.kind) {
      case "alias": {
        const conversion = conversionOf(type);
        pending.push(conversion === undefined ? type.target : conversion.presented);
        break;
      }
      case "pointer":
        pending.push(type.pointee);
        break;
      case "array":
        pending.push(type.element);
        break;
      case "struct":
      case "union":
        if (type.incomplete || found.has(type)) break;
        found.add(type);
        pending.push(...partsOf(type));
        break;
      default:
    }
  }
  return found;
}

/** Whether a pointer refers to something that the stubs know nothing of: the application keeps any object there. */
export function isOpaque(pointee: Type): boolean {
  switch (pointee.kind) {
    case "alias":
      return conversionOf(pointee) === undefined && isOpaque(pointee.target);
    case "struct":
    case "union":
      return pointee.incomplete;
    case "void":
    case "function":
      return true;
    default:
      return false;
  }
}

/**
 * The stub allocates the application's object where that is storage.
 *
 * @throws NotGenerated for one whose layout is not known: it has bit fields, or no definition
 */
export function requireStorage({ type, attribute, presented }: Conversion): void {
  const seen = new Set<Type>();
  const pending = [presented];
  while (pending.length > 0) {
    const part = pending.pop();
    if (part?.kind === "alias") pending.push(part.target);
    else if (part?.kind === "array") pending.push(part.element);
    else if ((part?.kind === "struct" || part?.kind === "union") && !seen.has(part)) {
      seen.add(part);
      const refuse = (what: string): NotGenerated =>
        new NotGenerated(`[${attribute}] on ${type.name}: ${part.kind} ${part.name} ${what}`);
      if (part.incomplete) throw refuse("has no definition");
      if (part.kind === "struct" && part.fields.some(({ bitWidth }) => bitWidth !== undefined))
        throw refuse("has bit fields");
      pending.push(...partsOf(part));
    }
  }
}

function partsOf(type: Constructed): readonly Type[] {
  const parts = type.kind === "struct" ? type.fields : type.arms;
  return parts.flatMap((part) => part.type ?? []);
}
