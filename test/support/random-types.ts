/** Random definitions of types: what a C compiler and the layout of the front end must see alike. */
import { SeededRandom } from "./seeded-random.ts";

const BASES = [
  "boolean",
  "byte",
  "char",
  "wchar_t",
  "small",
  "unsigned small",
  "short",
  "unsigned short",
  "long",
  "unsigned long",
  "hyper",
  "unsigned hyper",
  "__int3264",
  "float",
  "double",
  "error_status_t",
  "KIND",
  "void *",
  "wchar_t *",
];

/** IDL text of a local interface with so many structs and unions, each of which may contain earlier ones. */
export function randomTypes(seed: number, count: number): string {
  const random = new SeededRandom(seed);
  const known: string[] = [];
  const definitions = Array.from({ length: count }, (_, index) => {
    const definition = randomDefinition(random, `T${index}`, known);
    if (!definition.includes("tail[]")) known.push(`T${index}`);
    return definition;
  });
  return `[local] interface random\n{\ntypedef enum { NO, YES = 7 } KIND;\n${definitions.join("\n")}\n}\n`;
}

function randomDefinition(random: SeededRandom, name: string, known: readonly string[]): string {
  const pack = random.chance(0.2) ? `#pragma pack(push, ${random.pick([1, 2, 4, 8, 16])})\n` : "";
  const definition = `${pack}typedef ${randomBody(random, name, known)} ${name};`;
  return pack === "" ? definition : `${definition}\n#pragma pack(pop)`;
}

function randomBody(random: SeededRandom, name: string, known: readonly string[]): string {
  const shape = random.below(10);
  const arms = (): string => members(random, known, random.below(4), "u").join(" ");
  if (shape === 0) return `union { ${arms()} }`;
  if (shape === 1) {
    const cases = members(random, known, random.between(1, 4)).map((arm, index) => `case ${index}: ${arm}`);
    return `union _${name} switch (${random.pick(["small", "short", "long", "KIND"])} kind) u { ${cases.join(" ")} case 9: ; }`;
  }
  if (shape === 2) return `struct { long before; ${bitFields(random)} ${members(random, known, 2).join(" ")} }`;
  if (shape === 3)
    return `struct { long count; ${members(random, known, 2).join(" ")} [size_is(count)] ${element(random, known)} tail[]; }`;
  if (shape === 4)
    return `struct { ${members(random, known, 2).join(" ")} union { ${arms()} char inner; }; struct { ${members(random, known, 1, "n").join(" ")} }; }`;
  return `struct _${name} { ${members(random, known, random.below(7)).join(" ")} struct _${name} *next; }`;
}

function members(random: SeededRandom, known: readonly string[], count: number, prefix = "m"): string[] {
  return Array.from({ length: count }, (_, index) => {
    const dimensions = random.pick(["", "", "", "[3]", "[2][2]"]);
    return `${element(random, known)} ${prefix}${index}${dimensions};`;
  });
}

function element(random: SeededRandom, known: readonly string[]): string {
  return known.length > 0 && random.chance(0.3) ? random.pick(known.slice(-12)) : random.pick(BASES);
}

function bitFields(random: SeededRandom): string {
  const count = random.between(1, 6);
  const texts = Array.from({ length: count }, (_, index) => {
    if (random.chance(0.1)) return "int : 0;";
    return `${random.pick(["int", "unsigned int"])} b${index} : ${random.between(1, 32)};`;
  });
  return texts.join(" ");
}
