/** Stubs of interfaces with conversions: octets of requests, what managers are given, what clients make of answers. */
import { compileIdl } from "../../support/compile-idl.ts";
import type { CompileOptions, Compiled } from "../../support/compile-idl.ts";
import { clientHalves, reader, serve, writer } from "../../support/stub-harness.ts";

export const HEADER =
  "[uuid(7f3a1c52-9d04-4b6e-8a57-1f0c2d3e4b7a), version(1.0), pointer_default(unique)] interface conv";
export const NDR = { ndr64: false, littleEndian: true };
export const NDR64 = { ndr64: true, littleEndian: true };

export function compiled(body: string, options: CompileOptions = {}): Promise<Compiled> {
  return compileIdl("conv", `${HEADER} { ${body} }`, options);
}

/** Octets of a request in hexadecimal digits. */
export function requestOf(
  { exports }: Compiled,
  operation: string,
  request: unknown,
  conversions: object,
  ndr64 = false,
): string {
  const w = writer(ndr64);
  clientHalves(exports, operation, request, { conversions }).marshal(w);
  return Buffer.from(w.octets()).toString("hex");
}

/** What the manager is given for these octets, and the octets of its answer. */
export async function served(
  { exports }: Compiled,
  octets: string,
  answer: unknown,
  conversions: object,
  encoding = NDR,
): Promise<{ readonly request: unknown; readonly octets: string }> {
  const w = writer(encoding.ndr64);
  let seen: unknown;
  const manager = (request: unknown): unknown => {
    seen = structuredClone(request);
    return answer;
  };
  await serve(exports, 0, reader(Buffer.from(octets, "hex"), encoding), w, manager, conversions);
  return { request: seen, octets: Buffer.from(w.octets()).toString("hex") };
}

/** What a client makes of the octets of a response. */
export function resultOf(
  { exports }: Compiled,
  operation: string,
  octets: string,
  conversions: object,
  encoding = NDR,
): unknown {
  return clientHalves(exports, operation, {}, { conversions }).unmarshal(reader(Buffer.from(octets, "hex"), encoding));
}

export const nothing = (): void => undefined;

export function routineOf({ exports }: Compiled, name: string): (...parameters: unknown[]) => unknown {
  const routine = exports.get(name);
  if (typeof routine !== "function") throw new Error(`no ${name}`);
  return (...parameters) => {
    const result: unknown = Reflect.apply(routine, undefined, parameters);
    return result;
  };
}
