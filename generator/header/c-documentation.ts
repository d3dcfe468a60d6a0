/** IDL comments become C comments. */
export function documentationLines(text: string | undefined, indent = ""): readonly string[] {
  if (text === undefined || text.trim() === "") return [];
  const lines = text
    .trim()
    .replaceAll("*/", "* /")
    .replaceAll("/*", "/ *")
    .split(/\r\n?|\n/);
  const [only = ""] = lines;
  if (lines.length === 1) return [`${indent}/** ${only} */`];
  return [`${indent}/**`, ...lines.map((line) => `${indent} * ${line}`.trimEnd()), `${indent} */`];
}
