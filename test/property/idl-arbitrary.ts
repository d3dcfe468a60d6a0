/** Random interfaces: structs of every construct that stubs carry, as data that fast-check can shrink, and as IDL text. */
import fc from "fast-check";

/** A member of a struct. */
export type Part =
  | { readonly kind: "scalar"; readonly type: string }
  | { readonly kind: "enum"; readonly v1: boolean }
  | { readonly kind: "string"; readonly wide: boolean; readonly pointer: PointerName }
  | { readonly kind: "fixed string"; readonly wide: boolean; readonly capacity: number }
  | { readonly kind: "sized string"; readonly wide: boolean }
  | { readonly kind: "struct"; readonly parts: readonly Part[] }
  | { readonly kind: "pointer"; readonly pointer: PointerName; readonly to: Part }
  | { readonly kind: "pointer to pointer"; readonly type: string }
  | { readonly kind: "fixed array"; readonly count: number; readonly of: Part }
  | { readonly kind: "conformant array"; readonly pointer: PointerName; readonly of: Part }
  | { readonly kind: "conformant varying array"; readonly pointer: PointerName; readonly of: Part }
  | { readonly kind: "varying array"; readonly count: number; readonly of: Part }
  | { readonly kind: "array of strings"; readonly wide: boolean }
  | { readonly kind: "conformant rows"; readonly pointer: PointerName; readonly columns: number; readonly of: Part }
  | { readonly kind: "varying rows"; readonly rows: number; readonly columns: number; readonly of: Part }
  | {
      readonly kind: "union";
      readonly encapsulated: boolean;
      readonly arms: readonly Part[];
      readonly hasDefault: boolean;
    }
  | { readonly kind: "list"; readonly pointer: PointerName }
  | { readonly kind: "tree" };

export type PointerName = "ref" | "unique" | "ptr";

/** A struct that is a parameter; `tail` makes it conformant, in two dimensions when the rows have columns. */
export interface Parameter {
  readonly parts: readonly Part[];
  readonly tail: Tail | undefined;
}

interface Tail {
  readonly of: Part;
  readonly columns: number | undefined;
  readonly isVarying: boolean;
}

const NUMBERS = [
  "char",
  "byte",
  "small",
  "short",
  "unsigned short",
  "long",
  "unsigned long",
  "hyper",
  "unsigned hyper",
  "float",
  "double",
  "wchar_t",
];
const SCALARS = [...NUMBERS, "boolean", "__int3264", "unsigned __int3264"];

const pointer = fc.constantFrom<PointerName>("ref", "unique", "ptr");
const nullable = fc.constantFrom<PointerName>("unique", "ptr");
const wide = fc.boolean();
const number = fc.constantFrom(...NUMBERS);
const columns = fc.integer({ min: 1, max: 4 });
const scalar = fc.record({ kind: fc.constant("scalar" as const), type: fc.constantFrom(...SCALARS) });
const numeric = fc.record({ kind: fc.constant("scalar" as const), type: number });
const enumeration = fc.record({ kind: fc.constant("enum" as const), v1: fc.boolean() });

const { part, struct } = fc.letrec<{ part: Part; struct: Extract<Part, { kind: "struct" }> }>((tie) => ({
  part: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { arbitrary: scalar, weight: 4 },
    { arbitrary: enumeration, weight: 1 },
    { arbitrary: fc.record({ kind: fc.constant("string" as const), wide, pointer }), weight: 1 },
    {
      arbitrary: fc.record({
        kind: fc.constant("fixed string" as const),
        wide,
        capacity: fc.integer({ min: 1, max: 9 }),
      }),
      weight: 1,
    },
    { arbitrary: fc.record({ kind: fc.constant("sized string" as const), wide }), weight: 1 },
    {
      arbitrary: fc.record({
        kind: fc.constant("varying array" as const),
        count: fc.integer({ min: 1, max: 9 }),
        of: fc.oneof(numeric, tie("struct")),
      }),
      weight: 1,
    },
    {
      arbitrary: fc.record({
        kind: fc.constant("conformant varying array" as const),
        pointer: nullable,
        of: fc.oneof(numeric, tie("struct")),
      }),
      weight: 1,
    },
    { arbitrary: fc.record({ kind: fc.constant("array of strings" as const), wide }), weight: 1 },
    {
      arbitrary: fc.record({
        kind: fc.constant("conformant rows" as const),
        pointer: nullable,
        columns,
        of: fc.oneof(numeric, tie("struct")),
      }),
      weight: 1,
    },
    {
      arbitrary: fc.record({
        kind: fc.constant("varying rows" as const),
        rows: columns,
        columns,
        of: fc.oneof(numeric, tie("struct")),
      }),
      weight: 1,
    },
    { arbitrary: fc.record({ kind: fc.constant("pointer to pointer" as const), type: number }), weight: 1 },
    { arbitrary: fc.record({ kind: fc.constant("list" as const), pointer: nullable }), weight: 1 },
    { arbitrary: fc.record({ kind: fc.constant("tree" as const) }), weight: 1 },
    { arbitrary: tie("struct"), weight: 2 },
    {
      arbitrary: fc.record({ kind: fc.constant("pointer" as const), pointer, to: fc.oneof(scalar, tie("struct")) }),
      weight: 2,
    },
    {
      arbitrary: fc.record({
        kind: fc.constant("fixed array" as const),
        count: fc.integer({ min: 1, max: 4 }),
        of: fc.oneof(scalar, enumeration, tie("struct")),
      }),
      weight: 1,
    },
    {
      arbitrary: fc.record({
        kind: fc.constant("conformant array" as const),
        pointer: nullable,
        of: fc.oneof(scalar, enumeration, tie("struct")),
      }),
      weight: 2,
    },
    {
      arbitrary: fc.record({
        kind: fc.constant("union" as const),
        encapsulated: fc.boolean(),
        arms: fc.array(
          fc.oneof(
            scalar,
            tie("struct"),
            fc.record({
              kind: fc.constant("pointer" as const),
              pointer: nullable,
              to: fc.oneof(scalar, tie("struct")),
            }),
          ),
          { minLength: 1, maxLength: 3 },
        ),
        hasDefault: fc.boolean(),
      }),
      weight: 2,
    },
  ),
  struct: fc.record({
    kind: fc.constant("struct" as const),
    parts: fc.array(tie("part"), { minLength: 1, maxLength: 3 }),
  }),
}));

/** Parameters of an interface, one operation for each. */
export const parameters: fc.Arbitrary<readonly Parameter[]> = fc.array(
  fc.record({
    parts: fc.array(part, { minLength: 1, maxLength: 6 }),
    tail: fc.option(
      fc.record({
        of: fc.oneof(numeric, struct),
        columns: fc.option(columns, { nil: undefined }),
        isVarying: fc.boolean(),
      }),
      { nil: undefined },
    ),
  }),
  { minLength: 1, maxLength: 8 },
);

function bounds(columns: number | undefined): string {
  return columns === undefined ? "" : `[${columns}]`;
}

/** The interface as text: an operation `OpN([in, out] TN *value)` for each parameter, `Handles` and `Graph`. */
export function idlOf(all: readonly Parameter[]): string {
  const writer = new IdlWriter();
  all.forEach((parameter, index) => {
    const name = `P${index}`;
    writer.struct(name, parameter.parts, parameter.tail === undefined ? "" : writer.tail(parameter.tail, name));
  });
  const operations = all.map((_, index) => `  long Op${index}([in, out] P${index} *value);`);
  return [
    "[uuid(3c1d9f0a-6b52-4e8d-9a37-0f5b8c1d2e60), version(1.0), pointer_default(unique)]",
    "interface random {",
    ...writer.lines,
    ...operations,
    "  typedef [context_handle] void *HANDLE;",
    "  typedef struct _VERTEX { long value; [ptr] struct _VERTEX *left; [ptr] struct _VERTEX *right; } VERTEX;",
    "  long Handles([in] unsigned short count, [in, out, size_is(count)] HANDLE *value);",
    "  long Graph([in, out, ptr] VERTEX *value);",
    "}",
  ].join("\n");
}

class IdlWriter {
  readonly lines: string[] = [];
  #names = 0;

  struct(name: string, parts: readonly Part[], tail = ""): void {
    const members = parts.map((each, index) => this.#member(each, `m${index}`, name));
    this.lines.push(`  typedef struct _${name} { ${members.join(" ")} ${tail} } ${name};`);
  }

  tail({ of, columns, isVarying }: Tail, owner: string): string {
    const type = this.#type(of, owner);
    return isVarying
      ? `unsigned short tails; unsigned short sent; [size_is(tails), length_is(sent)] ${type} tail[*]${bounds(columns)};`
      : `unsigned short tails; [size_is(tails)] ${type} tail[]${bounds(columns)};`;
  }

  #name(prefix: string): string {
    return `${prefix}${this.#names++}`;
  }

  /** The type of a part that has one without a declarator. */
  #type(part: Part, owner: string): string {
    switch (part.kind) {
      case "scalar":
        return part.type;
      case "enum": {
        const name = this.#name("E");
        this.lines.push(
          `  typedef ${part.v1 ? "[v1_enum] " : ""}enum { ${name}_a = 0, ${name}_b = 3, ${name}_c = 32000 } ${name};`,
        );
        return name;
      }
      case "struct": {
        const name = this.#name("S");
        this.struct(name, part.parts);
        return name;
      }
      default:
        throw new Error(`${part.kind} in ${owner} has no type of its own`);
    }
  }

  #member(part: Part, name: string, owner: string): string {
    switch (part.kind) {
      case "scalar":
      case "enum":
      case "struct":
        return `${this.#type(part, owner)} ${name};`;
      case "string":
        return `[${part.pointer}, string] ${characters(part.wide)} *${name};`;
      case "fixed string":
        return `[string] ${characters(part.wide)} ${name}[${part.capacity}];`;
      case "sized string":
        return `unsigned long ${name}n; [size_is(${name}n), string] ${characters(part.wide)} *${name};`;
      case "pointer":
        return `[${part.pointer}] ${this.#type(part.to, owner)} *${name};`;
      case "pointer to pointer":
        return `${part.type} **${name};`;
      case "fixed array":
        return `${this.#type(part.of, owner)} ${name}[${part.count}];`;
      case "conformant array":
        return `unsigned short ${name}n; [size_is(${name}n), ${part.pointer}] ${this.#type(part.of, owner)} *${name};`;
      case "conformant varying array":
        return `unsigned long ${name}n; unsigned long ${name}l; [size_is(${name}n), length_is(${name}l), ${part.pointer}] ${this.#type(part.of, owner)} *${name};`;
      case "varying array":
        return `short ${name}l; [length_is(${name}l)] ${this.#type(part.of, owner)} ${name}[${part.count}];`;
      case "conformant rows": {
        const row = this.#name("R");
        this.lines.push(`  typedef ${this.#type(part.of, owner)} ${row}[${part.columns}];`);
        return `unsigned short ${name}n; [size_is(${name}n), ${part.pointer}] ${row} *${name};`;
      }
      case "varying rows":
        return `short ${name}l; [length_is(${name}l)] ${this.#type(part.of, owner)} ${name}[${part.rows}][${part.columns}];`;
      case "array of strings":
        return `unsigned long ${name}n; [size_is(${name}n), string] ${characters(part.wide)} **${name};`;
      case "union":
        return this.#union(part, name, owner);
      case "list": {
        const list = this.#name("L");
        this.lines.push(`  typedef struct _${list} { long value; [${part.pointer}] struct _${list} *next; } ${list};`);
        return `${list} *${name};`;
      }
      case "tree": {
        const tree = this.#name("T");
        this.lines.push(
          `  typedef struct _${tree} { struct _${tree} *left; [string] char *label; unsigned short count; [size_is(count)] struct _${tree} *more; } ${tree};`,
        );
        return `${tree} *${name};`;
      }
      default:
        return assertNever(part);
    }
  }

  #union(part: Extract<Part, { kind: "union" }>, name: string, owner: string): string {
    const union = this.#name("U");
    const arms = part.arms.map((arm, index) => this.#member(arm, `a${index}`, owner));
    if (part.encapsulated) {
      const cases = arms.map((arm, index) => `case ${index + 1}: ${arm}`);
      this.lines.push(
        `  typedef union switch (long which) body { ${cases.join(" ")} ${part.hasDefault ? "default: ;" : ""} } ${union};`,
      );
      return `${union} ${name};`;
    }
    const cases = arms.map((arm, index) => `[case(${index + 1})] ${arm}`);
    this.lines.push(
      `  typedef [switch_type(short)] union { ${cases.join(" ")} ${part.hasDefault ? "[default] ;" : ""} } ${union};`,
    );
    return `short ${name}k; [switch_is(${name}k)] ${union} ${name};`;
  }
}

function characters(wide: boolean): string {
  return wide ? "wchar_t" : "char";
}

/** How often each construct occurs. */
export function count(all: readonly Parameter[], into: Map<string, number>): void {
  const pending: Part[] = all.flatMap((parameter) => [...parameter.parts]);
  const add = (name: string): void => {
    into.set(name, (into.get(name) ?? 0) + 1);
  };
  for (const { tail } of all)
    if (tail !== undefined) {
      add(`${tail.isVarying ? "varying " : ""}${tail.columns === undefined ? "conformant tail" : "tail of rows"}`);
      pending.push(tail.of);
    }
  for (let each = pending.pop(); each !== undefined; each = pending.pop()) {
    add(each.kind === "union" && each.encapsulated ? "encapsulated union" : each.kind);
    if ("pointer" in each) add(`[${each.pointer}]`);
    if (each.kind === "struct") pending.push(...each.parts);
    if (each.kind === "union") pending.push(...each.arms);
    if (each.kind === "pointer") pending.push(each.to);
    if ("of" in each) pending.push(each.of);
  }
}

/** Everything that `count` can count. */
export const CONSTRUCTS = [
  "scalar",
  "enum",
  "string",
  "fixed string",
  "sized string",
  "struct",
  "pointer",
  "pointer to pointer",
  "fixed array",
  "conformant array",
  "conformant varying array",
  "varying array",
  "array of strings",
  "conformant rows",
  "varying rows",
  "union",
  "encapsulated union",
  "list",
  "tree",
  "conformant tail",
  "tail of rows",
  "varying conformant tail",
  "varying tail of rows",
  "context handle array",
  "[ptr] alias",
  "[ptr] cycle",
  "[ref]",
  "[unique]",
  "[ptr]",
];

function assertNever(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`);
}
