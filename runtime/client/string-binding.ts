import { RpcError } from "../rpc-error.ts";
import { isUuid } from "../rpc/uuid.ts";

/** The fields of a string binding (C706 3.1, Win32 "String Binding"). */
export interface StringBinding {
  /** Lower-case; the object that calls are about. */
  readonly objectUuid?: string | undefined;
  readonly protocolSequence: string;
  /** "" is the local host. */
  readonly networkAddress: string;
  /** "" when it is to be found: by the interface's own endpoint, or by the endpoint mapper. */
  readonly endpoint: string;
  /** Network options by name; an option without a value has "". */
  readonly options?: Readonly<Record<string, string>> | undefined;
}

/** What a backslash may stand before. Before anything else it is itself, as in the addresses of ncacn_np. */
const ESCAPABLE = "@:[],=";
const PROTOCOL_SEQUENCE = /^[a-z][a-z0-9_-]*$/i;

/**
 * Takes a string binding apart: `ObjectUuid@ProtocolSequence:NetworkAddress[Endpoint,Option=Value,...]`. All but the protocol sequence may be left out. A backslash
 * before one of `@ : [ ] , =` takes its meaning away. An IPv6 address may stand as it is or in brackets of its own.
 *
 * @throws RpcError RPC_S_INVALID_STRING_BINDING, RPC_S_INVALID_STRING_UUID, RPC_S_INVALID_RPC_PROTSEQ
 */
export function parseStringBinding(text: string): StringBinding {
  const characters = tokenize(text);
  const at = characters.indexOf("@!");
  const colon = characters.indexOf(":!");
  const hasObject = at >= 0 && (colon < 0 || at < colon);
  const objectUuid = hasObject ? plain(characters.slice(0, at)).toLowerCase() : undefined;
  if (objectUuid !== undefined && !isUuid(objectUuid))
    throw new RpcError("RPC_S_INVALID_STRING_UUID", `${objectUuid} is not a UUID`);
  if (colon < 0) throw invalid(text, "there is no colon after the protocol sequence");
  const protocolSequence = plain(characters.slice(hasObject ? at + 1 : 0, colon));
  if (!PROTOCOL_SEQUENCE.test(protocolSequence))
    throw new RpcError("RPC_S_INVALID_RPC_PROTSEQ", `${JSON.stringify(protocolSequence)} is not a protocol sequence`);
  const rest = characters.slice(colon + 1);
  const { networkAddress, bracketed } = splitAddress(text, rest);
  const { endpoint, options } = splitOptions(text, bracketed);
  return { objectUuid, protocolSequence, networkAddress, endpoint, options };
}

/** The text of a string binding; parsing it gives the same fields. */
export function formatStringBinding({
  objectUuid,
  protocolSequence,
  networkAddress,
  endpoint,
  options = {},
}: StringBinding): string {
  const object = objectUuid === undefined ? "" : `${objectUuid}@`;
  const address = escape(networkAddress, "@[]");
  // Without an address before it, a bracket with a colon would be an IPv6 address.
  const colon = networkAddress === "" ? ":" : "";
  const named = Object.entries(options).map(([name, value]) =>
    value === "" ? escape(name, `[],=${colon}`) : `${escape(name, `[],=${colon}`)}=${escape(value, `[],${colon}`)}`,
  );
  const bracketed = [escape(endpoint, `[],=${colon}`), ...named].join(",");
  return `${object}${protocolSequence}:${address}${bracketed === "" ? "" : `[${bracketed}]`}`;
}

/** Characters, of which those with a meaning have an exclamation mark behind them. */
function tokenize(text: string): string[] {
  const characters: string[] = [];
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    const next = text.charAt(index + 1);
    if (character === "\\" && next !== "" && ESCAPABLE.includes(next)) {
      characters.push(next);
      index++;
    } else {
      characters.push(ESCAPABLE.includes(character) ? `${character}!` : character);
    }
  }
  return characters;
}

function plain(characters: readonly string[]): string {
  return characters.map((character) => character.charAt(0)).join("");
}

function splitAddress(
  text: string,
  characters: readonly string[],
): { networkAddress: string; bracketed: readonly string[] } {
  const end = characters.indexOf("]!");
  const isLiteral = characters[0] === "[!" && end > 0 && characters.slice(1, end).includes(":!");
  const networkAddress = isLiteral ? plain(characters.slice(1, end)) : undefined;
  const rest = isLiteral ? characters.slice(end + 1) : characters;
  const open = rest.indexOf("[!");
  if (open < 0) {
    if (rest.includes("]!")) throw invalid(text, "a bracket is closed that was not opened");
    return { networkAddress: networkAddress ?? plain(rest), bracketed: [] };
  }
  if (rest.indexOf("]!") !== rest.length - 1)
    throw invalid(text, "the bracket around the endpoint does not close at the end");
  if (isLiteral && open > 0) throw invalid(text, "there is text between the address and the endpoint");
  return { networkAddress: networkAddress ?? plain(rest.slice(0, open)), bracketed: rest.slice(open + 1, -1) };
}

function splitOptions(
  text: string,
  bracketed: readonly string[],
): { endpoint: string; options: Readonly<Record<string, string>> } {
  const parts: string[][] = [[]];
  for (const character of bracketed) {
    if (character === ",!") parts.push([]);
    else parts.at(-1)?.push(character);
  }
  let endpoint: string | undefined;
  const options: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const equals = part.indexOf("=!");
    const name = plain(equals < 0 ? part : part.slice(0, equals));
    if (equals < 0 && index === 0) endpoint = name;
    else if (name.toLowerCase() === "endpoint" && equals >= 0 && (endpoint === undefined || endpoint === ""))
      endpoint = plain(part.slice(equals + 1));
    else if (name === "") throw invalid(text, "an option has no name");
    else options[name] = equals < 0 ? "" : plain(part.slice(equals + 1));
  }
  return { endpoint: endpoint ?? "", options };
}

/** A backslash before what it could take the meaning of stays one when the other is escaped in its turn. */
function escape(text: string, special: string): string {
  let escaped = "";
  let previous = "";
  for (const character of text) {
    const isEscaped = special.includes(character) || (previous === "\\" && ESCAPABLE.includes(character));
    escaped += isEscaped ? `\\${character}` : character;
    previous = character;
  }
  return escaped;
}

function invalid(text: string, why: string): RpcError {
  return new RpcError("RPC_S_INVALID_STRING_BINDING", `${JSON.stringify(text)} is not a string binding: ${why}`);
}
