/** Calls every generated operation of a file with random values, both ways, in both transfer syntaxes. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  managedMemory,
  MemoryTransport,
  RpcBinding,
  RpcServer,
  type ServerCall,
  type ServerOperation,
} from "@midl-ts/runtime";
import { CoinedNames } from "../../generator/emit/coined-names.ts";
import { methodName } from "../../generator/emit/names.ts";
import { diskHost } from "../../generator/index.ts";
import { conversionOf } from "../../generator/wire-plan/conversions.ts";
import { analyze, type Interface, type Model, type Operation } from "../../grammar/index.ts";
import { property } from "../support/property.ts";
import { randomConversions } from "../support/random-conversions.ts";
import { derivedSeed } from "../support/seeded-random.ts";
import { Handles } from "./handles.ts";
import { exhaust, LimitedMemory } from "./out-of-memory.ts";
import { RandomCall } from "./random-call.ts";
import type { CorpusFile } from "./sources.ts";

/** What calling the operations of a file came to. */
export interface CalledFile {
  readonly failures: readonly string[];
  /** Operations that are declared: without [local], [call_as] and those of object interfaces. */
  readonly declared: number;
  /** Those that the stubs have. */
  readonly generated: number;
  readonly calls: number;
  /** Calls around an allocation that failed. */
  readonly exhausted: number;
  /** Operations that are not called: only the application knows what its types are. */
  readonly uncalled: number;
}

/** Settings of the calls. */
export interface CallSettings {
  readonly seed: number;
  /** Calls of each operation in each transfer syntax. */
  readonly rounds: number;
}

/** An interface of the corpus with its loaded stubs, for one transfer syntax. */
export interface Subject {
  readonly client: object;
  readonly binding: RpcBinding;
  readonly handles: Handles;
  /** What the manager routines do. */
  readonly routine: { answer: (request: unknown, call: ServerCall) => unknown };
  /** What the server stub threw last. */
  readonly thrown: { error: unknown };
  /** The pairs of the two stubs. */
  readonly memories: { readonly client: LimitedMemory; readonly server: LimitedMemory };
}

/** Calls the operations of a file whose modules lie below `output`. */
export async function callFile(file: CorpusFile, output: string, settings: CallSettings): Promise<CalledFile> {
  const options = { includePaths: [join(file.path, "..")], acfPath: file.acf, applicationConfiguration: true };
  const { model } = analyze(file.path, options, diskHost(process.cwd()));
  const failures: string[] = [];
  const counts = { declared: 0, generated: 0, calls: 0, exhausted: 0, uncalled: 0 };
  if (model === undefined) return { failures, ...counts };
  const conversions = randomConversions(model, settings.seed);
  const names = new CoinedNames(model);
  for (const each of model.main.interfaces) {
    if (each.object || each.local) continue;
    const declared = each.operations.filter(({ attributes }) => !attributes.has("local") && !attributes.has("call_as"));
    counts.declared += declared.length;
    const base = join(output, file.folder, file.name);
    const stubs = new Map([...(await loaded(`${base}_c.js`)), ...(await loaded(`${base}_s.js`))]);
    const make = { client: stubs.get(names.client(each)), server: stubs.get(names.serverStub(each)) };
    const generated = declared.filter((operation) => isGenerated(make.client, operation));
    counts.generated += generated.length;
    if (generated.length === 0) continue;
    if (convertsInTheApplication(model)) {
      counts.uncalled += generated.length;
      continue;
    }
    for (const syntax of ["ndr", "ndr64"] as const) {
      await using subject = await started(each, make, syntax, conversions);
      if (subject === undefined) continue;
      for (const operation of generated) {
        for (let round = 0; round < settings.rounds; round++) {
          const seed = derivedSeed(settings.seed + round, `${file.name}.${each.name}.${operation.name}`);
          counts.calls++;
          const failure = await new RandomCall(operation, subject, seed).run();
          if (failure === undefined) continue;
          failures.push(
            `${each.name}.${operation.name}, ${syntax}, seed ${(settings.seed + round).toString()}: ${failure}`,
          );
          break;
        }
        if (syntax !== "ndr") continue;
        const seed = derivedSeed(settings.seed, `${file.name}.${each.name}.${operation.name}`);
        const { failure, calls } = await exhaust(operation, subject, seed);
        counts.exhausted += calls;
        if (failure !== undefined)
          failures.push(`${each.name}.${operation.name}, out of memory, seed ${settings.seed.toString()}: ${failure}`);
      }
    }
  }
  return { failures, ...counts };
}

async function loaded(path: string): Promise<ReadonlyMap<string, unknown>> {
  try {
    const module: unknown = await import(pathToFileURL(path).href);
    return new Map(Object.entries(typeof module === "object" && module !== null ? module : {}));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND") return new Map();
    throw error;
  }
}

/** Whether [represent_as], [wire_marshal] or [user_marshal] has the application marshal or convert; [transmit_as] has types of the IDL. */
function convertsInTheApplication({ files }: Model): boolean {
  return files.some(({ declarations }) =>
    declarations.some((each) => {
      const conversion = each.kind === "type" && each.type.kind === "alias" ? conversionOf(each.type) : undefined;
      return conversion !== undefined && conversion.kind !== "xmit";
    }),
  );
}

function isGenerated(client: unknown, { name }: Operation): boolean {
  return typeof client === "function" && property(client.prototype, methodName(name)) !== undefined;
}

/** Starts a server and a client of an interface that agree on one transfer syntax; undefined when it is not for this one. */
async function started(
  owner: Interface,
  make: { readonly client: unknown; readonly server: unknown },
  syntax: "ndr" | "ndr64",
  conversions: object,
): Promise<(Subject & AsyncDisposable) | undefined> {
  if (!isFunction(make.client) || !isFunction(make.server)) throw new Error(`${owner.name} has no stubs`);
  const memories = { client: new LimitedMemory(), server: new LimitedMemory() };
  const handles = new Handles();
  const routine: Subject["routine"] = { answer: () => undefined };
  const routines = new Proxy({}, { get: (_, name) => (String(name).endsWith("_rundown") ? undefined : answer) });
  const answer = (request: unknown, call: ServerCall): unknown => routine.answer(request, call);
  const transport = new MemoryTransport();
  const server = new RpcServer({ transports: [transport] });
  const stub: unknown = Reflect.apply(make.server, undefined, [routines, memories.server, conversions]);
  if (!isServerStub(stub)) throw new Error(`${owner.name} has no server stub`);
  if (!stub.interface.transferSyntaxes.includes(syntax)) return undefined;
  const thrown: Subject["thrown"] = { error: undefined };
  const operations = stub.operations.map((operation) => operation && recording(operation, thrown));
  server.register({ ...stub, operations, interface: { ...stub.interface, transferSyntaxes: [syntax] } });
  server.register(handles.stub(managedMemory()));
  const binding = RpcBinding.fromString(await server.listen("midl-ts-memory:[corpus]"), { transports: [transport] });
  const client: unknown = Reflect.construct(make.client, [binding, memories.client, conversions]);
  if (typeof client !== "object" || client === null) throw new Error(`${owner.name} has no client stub`);
  return {
    client,
    binding,
    handles,
    routine,
    thrown,
    memories,
    async [Symbol.asyncDispose]() {
      await binding.close();
      await server.close();
    },
  };
}

/** The same operation, which keeps what goes wrong: on the wire a fault says little. */
function recording(operation: ServerOperation, thrown: Subject["thrown"]): ServerOperation {
  const recorded = async (execute: () => void | Promise<void>): Promise<void> => {
    thrown.error = undefined;
    try {
      await execute();
    } catch (error) {
      thrown.error = error;
      throw error;
    }
  };
  const { transfer } = operation;
  return {
    ...operation,
    execute: (call, request, response) => recorded(() => operation.execute(call, request, response)),
    transfer: transfer && ((call, exchange, limit) => recorded(() => transfer(call, exchange, limit))),
  };
}

function isFunction(value: unknown): value is (...parameters: unknown[]) => unknown {
  return typeof value === "function";
}

type ServerStub = Parameters<RpcServer["register"]>[0];

function isServerStub(value: unknown): value is ServerStub {
  return typeof value === "object" && value !== null && "operations" in value;
}
