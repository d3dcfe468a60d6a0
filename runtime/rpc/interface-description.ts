/** What a stub says of its interface: who it is, which transfer syntaxes its marshaling code knows, where it is served. */
export interface InterfaceDescription {
  /** The IDL name. */
  readonly name: string;
  /** Lower-case, 36 characters. */
  readonly uuid: string;
  readonly major: number;
  readonly minor: number;
  /** In order of preference: a client offers all of them, a server that is offered several takes the first that it has. */
  readonly transferSyntaxes: readonly TransferSyntaxName[];
  /** The [endpoint] attribute: well-known endpoints, used when a binding names none (C706 6.1.1.4). */
  readonly endpoints: readonly InterfaceEndpoint[];
}

/** NDR (C706 14) or NDR64 (MS-RPCE 2.2.5). */
export type TransferSyntaxName = "ndr" | "ndr64";

/** One well-known endpoint of an interface. */
export interface InterfaceEndpoint {
  readonly protocolSequence: string;
  readonly endpoint: string;
}
