/** Names in generated code: the IDL's own spelling, and a trailing `$` where TypeScript or the stubs need the name themselves. */

const RESERVED_WORDS =
  "arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function " +
  "if implements import in instanceof interface let new null package private protected public return static super switch this throw true try " +
  "typeof var void while with yield";

const GLOBALS =
  "AbortController AbortSignal AggregateError Array ArrayBuffer AsyncIterable AsyncIterator Atomics BigInt BigInt64Array BigUint64Array Blob Boolean Buffer " +
  "DataView Date Error EvalError Event EventTarget Extract File Float32Array Float64Array FormData Function Headers Infinity Int16Array Int32Array " +
  "Int8Array Intl Iterator JSON Map Math NaN Number Object Partial Performance Pick Promise Proxy RangeError Readonly ReadonlyArray Record " +
  "ReferenceError Reflect RegExp Request Response Set SharedArrayBuffer String Symbol SyntaxError TextDecoder TextEncoder TypeError URIError " +
  "URL URLSearchParams Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet WebAssembly console fetch global " +
  "globalThis performance process undefined any bigint boolean never number object string symbol unknown";

const OF_THE_STUBS =
  "ClientStub ContextHandle InterfaceDescription CallOptions NdrReader NdrWriter NodeType ArrayNodeType MidlUserMemory Pointer RpcBinding " +
  "ReferentVisitor ServerCall ServerStub PipeSource PipeSink ClientPipe ServerPipe PipeType ApplicationConversions ByteCountBuffer ExpectedRun " +
  "Runs MesDecodeHandle MesEncodeHandle midl_user_allocate midl_user_free";

const OF_PROPERTIES = "then constructor returnValue discriminant discriminantValue __proto__";

/** What every object has: a manager without such a routine would pass for one that has it. */
const OF_EVERY_OBJECT = "hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf";

const OF_THE_CLIENT = "binding memory invoke close";

const takenInModules = new Set(
  [RESERVED_WORDS, GLOBALS, OF_THE_STUBS, OF_PROPERTIES].flatMap((words) => words.split(" ")),
);
const takenInObjects = new Set([RESERVED_WORDS, OF_PROPERTIES, OF_EVERY_OBJECT].flatMap((words) => words.split(" ")));
const takenInClients = new Set(OF_THE_CLIENT.split(" "));

/** The name of a type or a constant. */
export function safeName(name: string): string {
  return takenInModules.has(name) ? `${name}$` : name;
}

/** The name of a field or a parameter: a property, so that globals are no obstacle (`Buffer` stays `Buffer`). */
export function memberName(name: string): string {
  return takenInObjects.has(name) ? `${name}$` : name;
}

/** The name of an operation as a method of client and manager. */
export function methodName(name: string): string {
  return takenInObjects.has(name) || takenInClients.has(name) ? `${name}$` : name;
}

/** Variables of every routine. */
export const VARIABLES_OF_ROUTINES: readonly string[] =
  "r w at wide mark value count index end existing path expected arm node".split(" ");

/** Variables of stubs, beside those. */
export const VARIABLES_OF_STUBS: readonly string[] = "request response call options memory manager".split(" ");

const OF_SOME_FUNCTIONS =
  "cBytes capacity conversions counts discriminant elements first fullPointers isNode item kept length managerWasCalled pipes row run runs " +
  "sizes state visit";

const variables = new Set([...VARIABLES_OF_ROUTINES, ...VARIABLES_OF_STUBS, ...OF_SOME_FUNCTIONS.split(" ")]);

/** What routines call a constant of a module: a variable of theirs may have its name. */
export function nameInRoutines(name: string): string {
  return variables.has(name) ? `${name}$` : name;
}

/** Values of JavaScript that stubs use. */
const USED_GLOBALS = new Set("Array BigInt Infinity Math NaN Number Object Promise undefined".split(" "));

/** Whether a variable of that name would hide a value of JavaScript that generated code uses. */
export function isUsedGlobal(name: string): boolean {
  return USED_GLOBALS.has(name);
}

/** `phonebook` becomes `Phonebook`. */
export function pascalCase(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** `Phonebook` becomes `phonebook`. */
export function camelCase(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** Names that one function uses: what it coins stays clear of what the IDL declares. */
export class Scope {
  readonly #used: Set<string>;
  readonly #isTaken: (name: string) => boolean;

  /** @param isTaken whether something outside the function, which it may need, has a name */
  constructor(used: Iterable<string> = [], isTaken: (name: string) => boolean = () => false) {
    this.#used = new Set(used);
    this.#isTaken = isTaken;
  }

  /** The name itself when it is free, otherwise with a number behind it. */
  coin(name: string): string {
    let candidate = name;
    for (let number = 2; this.#used.has(candidate) || this.#isTaken(candidate); number++)
      candidate = `${name}${number}`;
    this.#used.add(candidate);
    return candidate;
  }
}
