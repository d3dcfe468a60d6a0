/** Names in generated code: the IDL's own spelling, and a trailing `$` where TypeScript or the stubs need the name themselves. */

const RESERVED_WORDS =
  "arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function " +
  "if implements import in instanceof interface let new null package private protected public return static super switch this throw true try " +
  "typeof var void while with yield";

const GLOBALS =
  "AbortController AbortSignal AggregateError Array ArrayBuffer AsyncIterator Atomics BigInt BigInt64Array BigUint64Array Blob Boolean Buffer " +
  "DataView Date Error EvalError Event EventTarget File Float32Array Float64Array FormData Function Headers Infinity Int16Array Int32Array " +
  "Int8Array Intl Iterator JSON Map Math NaN Number Object Partial Performance Pick Promise Proxy RangeError Readonly ReadonlyArray Record " +
  "ReferenceError Reflect RegExp Request Response Set SharedArrayBuffer String Symbol SyntaxError TextDecoder TextEncoder TypeError URIError " +
  "URL URLSearchParams Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet WebAssembly console fetch global " +
  "globalThis performance process undefined any bigint boolean never number object string symbol unknown";

const OF_THE_STUBS =
  "ClientStub ContextHandle InterfaceDescription CallOptions NdrReader NdrWriter NodeType ArrayNodeType MidlUserMemory Pointer RpcBinding " +
  "ReferentVisitor ServerCall ServerStub PipeSource PipeSink ClientPipe ServerPipe PipeType midl_user_allocate midl_user_free";

const OF_PROPERTIES = "then constructor returnValue discriminant discriminantValue __proto__";

const OF_THE_CLIENT = "binding memory invoke close";

const takenInModules = new Set(
  [RESERVED_WORDS, GLOBALS, OF_THE_STUBS, OF_PROPERTIES].flatMap((words) => words.split(" ")),
);
const takenInObjects = new Set([RESERVED_WORDS, OF_PROPERTIES].flatMap((words) => words.split(" ")));
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

  constructor(used: Iterable<string> = []) {
    this.#used = new Set(used);
  }

  /** The name itself when it is free, otherwise with a number behind it. */
  coin(name: string): string {
    let candidate = name;
    for (let number = 2; this.#used.has(candidate); number++) candidate = `${name}${number}`;
    this.#used.add(candidate);
    return candidate;
  }
}
