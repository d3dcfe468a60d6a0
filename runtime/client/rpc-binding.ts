import { mapEndpoint } from "../endpoint-mapper/map-endpoint.ts";
import { RpcError } from "../rpc-error.ts";
import type { InterfaceDescription } from "../rpc/interface-description.ts";
import { DEFAULT_CLIENT_LIMITS, type RpcLimits } from "../rpc/limits.ts";
import { tcpTransport } from "../transport/tcp-transport.ts";
import type { Transport } from "../transport/transport.ts";
import { Association } from "./association.ts";
import { formatStringBinding, parseStringBinding, type StringBinding } from "./string-binding.ts";

/** How a binding reaches its server. */
export interface RpcBindingOptions {
  /** What it can connect through; by default TCP. */
  readonly transports?: readonly Transport[] | undefined;
  readonly limits?: Partial<RpcLimits> | undefined;
}

/** The port of every endpoint mapper on TCP (C706 appendix I). */
const ENDPOINT_MAPPER_PORT = "135";

/**
 * A binding handle: names a server and holds the connections to it (C706 2.3.3). Connections are opened when they are needed, closed when they are
 * idle, and do not keep a program running by themselves.
 *
 *     const binding = RpcBinding.fromString("ncacn_ip_tcp:127.0.0.1[4747]");
 */
export class RpcBinding implements AsyncDisposable {
  readonly objectUuid: string | undefined;
  readonly protocolSequence: string;
  readonly networkAddress: string;
  /** "" when each interface's endpoint is looked up. */
  readonly endpoint: string;
  /** Network options of the string binding. */
  readonly options: Readonly<Record<string, string>>;
  readonly #settings: RpcBindingOptions;
  readonly #transport: Transport;
  readonly #limits: RpcLimits;
  /** By endpoint. */
  readonly #associations = new Map<string, Association>();
  /** By interface, for endpoints that an endpoint mapper gave. */
  readonly #mapped = new Map<string, string>();
  readonly #mapping = new Map<string, Promise<string>>();
  #closed = false;

  /**
   * @throws RpcError RPC_S_PROTSEQ_NOT_SUPPORTED when no transport has the protocol sequence
   */
  constructor(binding: StringBinding, options: RpcBindingOptions = {}) {
    this.objectUuid = binding.objectUuid;
    this.protocolSequence = binding.protocolSequence;
    this.networkAddress = binding.networkAddress;
    this.endpoint = binding.endpoint;
    this.options = binding.options ?? {};
    const transport = (options.transports ?? [tcpTransport]).find(
      (candidate) => candidate.protocolSequence === binding.protocolSequence,
    );
    if (transport === undefined)
      throw new RpcError(
        "RPC_S_PROTSEQ_NOT_SUPPORTED",
        `${binding.protocolSequence} is none of the binding's transports`,
      );
    this.#settings = options;
    this.#transport = transport;
    this.#limits = { ...DEFAULT_CLIENT_LIMITS, ...options.limits };
  }

  /**
   * The binding that a string binding names: `ObjectUuid@ProtocolSequence:NetworkAddress[Endpoint,Option=Value]`.
   *
   * @throws RpcError RPC_S_INVALID_STRING_BINDING and others of parseStringBinding, RPC_S_PROTSEQ_NOT_SUPPORTED
   */
  static fromString(stringBinding: string, options?: RpcBindingOptions): RpcBinding {
    return new RpcBinding(parseStringBinding(stringBinding), options);
  }

  /** The string binding. */
  toString(): string {
    return formatStringBinding(this);
  }

  /** Connections that are open or opening. */
  get connections(): number {
    return [...this.#associations.values()].reduce((sum, { connections }) => sum + connections, 0);
  }

  /**
   * The association for calls of an interface; a promise when an endpoint mapper has to be asked. For client stubs.
   *
   * @throws RpcError RPC_S_INVALID_BINDING when the binding is closed; EPT_S_NOT_REGISTERED, RPC_S_NO_ENDPOINT_FOUND
   */
  associationFor(description: InterfaceDescription): Association | Promise<Association> {
    if (this.#closed) throw new RpcError("RPC_S_INVALID_BINDING", "the binding is closed", { peer: this.toString() });
    const endpoint = this.#knownEndpoint(description);
    return endpoint === undefined ? this.#mapEndpoint(description) : this.#association(endpoint);
  }

  /** Ends the connections; calls under way fail with RPC_S_CALL_CANCELLED, context handles are run down by the server. */
  async close(): Promise<void> {
    this.#closed = true;
    const error = new RpcError("RPC_S_CALL_CANCELLED", "the binding was closed", { peer: this.toString() });
    await Promise.all([...this.#associations.values()].map((association) => association.close(error)));
  }

  /** Closes the binding. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #knownEndpoint(description: InterfaceDescription): string | undefined {
    if (this.endpoint !== "") return this.endpoint;
    const own = description.endpoints.find(({ protocolSequence }) => protocolSequence === this.protocolSequence);
    return own === undefined ? this.#mapped.get(interfaceKey(description)) : own.endpoint;
  }

  #association(endpoint: string): Association {
    const existing = this.#associations.get(endpoint);
    if (existing !== undefined) return existing;
    const { networkAddress, protocolSequence } = this;
    const target = {
      transport: this.#transport,
      networkAddress,
      endpoint,
      peer: formatStringBinding({ protocolSequence, networkAddress, endpoint }),
    };
    const association = new Association(target, this.#limits, (ended, error) => {
      if (this.#associations.get(endpoint) === ended) this.#associations.delete(endpoint);
      if (error.name === "RPC_S_SERVER_UNAVAILABLE") this.#forgetMapped(endpoint);
    });
    this.#associations.set(endpoint, association);
    return association;
  }

  async #mapEndpoint(description: InterfaceDescription): Promise<Association> {
    if (this.protocolSequence !== tcpTransport.protocolSequence)
      throw new RpcError(
        "RPC_S_NO_ENDPOINT_FOUND",
        `${description.name} has no endpoint for ${this.protocolSequence}, and there is no endpoint mapper`,
        {
          peer: this.toString(),
        },
      );
    const key = interfaceKey(description);
    let mapping = this.#mapping.get(key);
    if (mapping === undefined) {
      mapping = this.#askEndpointMapper(description).finally(() => this.#mapping.delete(key));
      this.#mapping.set(key, mapping);
    }
    const endpoint = await mapping;
    this.#mapped.set(key, endpoint);
    if (this.#closed) throw new RpcError("RPC_S_CALL_CANCELLED", "the binding was closed", { peer: this.toString() });
    return this.#association(endpoint);
  }

  async #askEndpointMapper(description: InterfaceDescription): Promise<string> {
    const { protocolSequence, networkAddress } = this;
    const mapper = new RpcBinding({ protocolSequence, networkAddress, endpoint: ENDPOINT_MAPPER_PORT }, this.#settings);
    try {
      return await mapEndpoint(mapper, description, this.objectUuid);
    } finally {
      await mapper.close();
    }
  }

  #forgetMapped(endpoint: string): void {
    for (const [key, mapped] of this.#mapped) if (mapped === endpoint) this.#mapped.delete(key);
  }
}

function interfaceKey({ uuid, major }: InterfaceDescription): string {
  return `${uuid} ${major}`;
}
