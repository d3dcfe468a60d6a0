/** The elements of a page of HTML. */

/** Checks that every element of a page is closed, in order; gives the names of the elements that occur. */
export function elementsOf(page: string): ReadonlySet<string> {
  const open: string[] = [];
  const names = new Set<string>();
  for (const [whole, slash = "", name = "", rest = ""] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:\s[^<>]*)?)>/gi)) {
    names.add(name);
    if (slash === "/") {
      const last = open.pop();
      if (last !== name) throw new Error(`${whole} closes <${last ?? "nothing"}>`);
    } else if (!rest.endsWith("/") && !emptyElements.has(name)) open.push(name);
  }
  if (open.length > 0) throw new Error(`<${open.join(" ")}> is not closed`);
  return names;
}

const emptyElements: ReadonlySet<string> = new Set(["meta", "br", "wbr"]);
