/** Command lines as pages print them. */

/**
 * The command lines of `midl` in a block, without `midl` and without comments. Alternatives in braces or parentheses, and what is
 * optional in brackets after the name of a switch, give a line each; a line that does not begin with `midl` continues the one before.
 */
export function commandLines(block: readonly string[]): readonly string[] {
  const whole: string[] = [];
  for (const line of block.map((each) => each.trim())) {
    if (line === "" || line.startsWith(";")) continue;
    const start = /^midl\s+(.*)/.exec(line)?.[1];
    const earlier = whole.pop();
    if (start === undefined) whole.push(`${earlier ?? ""} ${line}`.trim());
    else whole.push(...(earlier === undefined ? [] : [earlier]), start);
  }
  return whole.flatMap(alternatives);
}

function alternatives(line: string): readonly string[] {
  const group = /[{(]([^{}()]*)[})]/.exec(line);
  if (group !== null) {
    const [all, choices = ""] = group;
    return choices.split("|").flatMap((choice) => alternatives(line.replace(all, choice.trim())));
  }
  const optional = /\[([^[\]]*)\]/.exec(line);
  if (optional === null) return [line.replace(/\s+/g, " ")];
  const [all, part = ""] = optional;
  return ["", part].flatMap((choice) => alternatives(line.replace(all, choice)));
}

/** A command line as the arguments of a process: quotation marks keep an argument together. */
export function argumentsOf(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|\S+/g)].map(([all, quoted]) => quoted ?? all);
}
