import { RpcError } from "../rpc-error.ts";
import type { SyntaxIdentifier } from "../rpc/syntax-identifier.ts";
import { isUuid, NIL_UUID } from "../rpc/uuid.ts";
import type { ServerStub } from "./server-stub.ts";

/** How an interface is registered. */
export interface RegisterOptions {
  /**
   * The objects that these managers serve; requests for other objects, and for none, go to the managers that were registered without a list
   * (C706 2.3.3.3, 3.1.20).
   */
  readonly objectUuids?: readonly string[] | undefined;
}

/** One interface of a server, with the managers of each object. */
export class RegisteredInterface {
  readonly syntax: SyntaxIdentifier;
  #anyObject: ServerStub | undefined;
  readonly #byObject = new Map<string, ServerStub>();

  constructor(syntax: SyntaxIdentifier) {
    this.syntax = syntax;
  }

  /** A stub of this interface, whichever: they marshal alike. */
  get stub(): ServerStub | undefined {
    return this.#anyObject ?? this.#byObject.values().next().value;
  }

  /** The stub whose managers serve an object; undefined when there are none. */
  find(objectUuid: string | undefined): ServerStub | undefined {
    if (objectUuid === undefined || this.#byObject.size === 0) return this.#anyObject;
    return this.#byObject.get(objectUuid) ?? this.#anyObject;
  }

  add(stub: ServerStub, objectUuids: readonly string[] | undefined): void {
    if (objectUuids === undefined) {
      if (this.#anyObject !== undefined) throw alreadyRegistered(stub);
      this.#anyObject = stub;
      return;
    }
    const objects = objectUuids.map((uuid) => uuid.toLowerCase());
    for (const uuid of objects) {
      if (!isUuid(uuid) || uuid === NIL_UUID)
        throw new RpcError("RPC_S_INVALID_STRING_UUID", `${uuid} does not name an object`);
      if (this.#byObject.has(uuid)) throw alreadyRegistered(stub);
    }
    for (const uuid of objects) this.#byObject.set(uuid, stub);
  }
}

/** The interfaces that a server offers. */
export class InterfaceRegistry {
  readonly #interfaces = new Map<string, RegisteredInterface>();

  /** Every interface, in the order of registration. */
  get interfaces(): Iterable<RegisteredInterface> {
    return this.#interfaces.values();
  }

  /** @throws RpcError RPC_S_TYPE_ALREADY_REGISTERED when the interface, or one of the objects, has managers already */
  register(stub: ServerStub, { objectUuids }: RegisterOptions = {}): void {
    const { uuid, major, minor } = stub.interface;
    const key = `${uuid.toLowerCase()} ${major}`;
    const registered = this.#interfaces.get(key) ?? new RegisteredInterface({ uuid: uuid.toLowerCase(), major, minor });
    registered.add(stub, objectUuids);
    this.#interfaces.set(key, registered);
  }

  /** The interface that serves an abstract syntax: same UUID, same major version, a minor version not below (C706 6.1.1.2). */
  find(syntax: SyntaxIdentifier): RegisteredInterface | undefined {
    const registered = this.#interfaces.get(`${syntax.uuid} ${syntax.major}`);
    return registered !== undefined && registered.syntax.minor >= syntax.minor ? registered : undefined;
  }
}

function alreadyRegistered(stub: ServerStub): RpcError {
  return new RpcError("RPC_S_TYPE_ALREADY_REGISTERED", `${stub.interface.name} has managers already`);
}
