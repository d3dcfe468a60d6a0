import { ContextResult, ProviderReason, rejection, type ContextAnswer, type ContextElement } from "../rpc/bind-pdus.ts";
import { ProtocolViolation, type Pdu } from "../rpc/pdu-header.ts";
import {
  bindTimeFeatures,
  BindTimeFeature,
  NIL_SYNTAX,
  sameSyntax,
  transferSyntax,
  transferSyntaxName,
} from "../rpc/syntax-identifier.ts";
import type { TransferSyntaxName } from "../rpc/interface-description.ts";
import type { InterfaceRegistry, RegisteredInterface } from "./interface-registry.ts";

/** An accepted presentation context: an interface and the transfer syntax of its stub data (C706 12.6.3.1). */
export interface PresentationContext {
  readonly registered: RegisteredInterface;
  readonly transferSyntax: TransferSyntaxName;
}

/** The bind-time features that this server has (MS-RPCE 2.2.2.14). */
const SUPPORTED_FEATURES = BindTimeFeature.keepConnectionOnOrphan;

/** The presentation contexts of one connection (MS-RPCE 3.3.1.5.6). */
export class PresentationContexts {
  readonly #registry: InterfaceRegistry;
  readonly #contexts = new Map<number, PresentationContext>();

  constructor(registry: InterfaceRegistry) {
    this.#registry = registry;
  }

  get size(): number {
    return this.#contexts.size;
  }

  get(contextId: number): PresentationContext | undefined {
    return this.#contexts.get(contextId);
  }

  /**
   * Answers what a bind or alter_context proposes, in order. Of several contexts of one interface the first that suits is accepted, because a client offers
   * its transfer syntaxes as one context each (MS-RPCE 3.3.1.5.6).
   *
   * @throws ProtocolViolation when a context that exists is proposed with another interface, or with another transfer syntax
   */
  negotiate(pdu: Pdu, proposed: readonly ContextElement[]): ContextAnswer[] {
    const settled = new Set<string>();
    return proposed.map((element) => {
      const [first] = element.transferSyntaxes;
      const features = first === undefined ? undefined : bindTimeFeatures(first);
      if (features !== undefined)
        return {
          result: ContextResult.negotiateAck,
          reason: features & SUPPORTED_FEATURES,
          transferSyntax: NIL_SYNTAX,
        };
      const { uuid, major } = element.abstractSyntax;
      const abstractSyntax = `${uuid} ${major}`;
      const candidate = this.#contexts.has(element.contextId) ? this.#existing(pdu, element) : this.#propose(element);
      if (typeof candidate === "number") return rejection(candidate);
      if (settled.has(abstractSyntax)) return rejection(ProviderReason.transferSyntaxesNotSupported);
      settled.add(abstractSyntax);
      this.#contexts.set(element.contextId, candidate);
      return {
        result: ContextResult.acceptance,
        reason: ProviderReason.notSpecified,
        transferSyntax: transferSyntax(candidate.transferSyntax),
      };
    });
  }

  #propose({ abstractSyntax, transferSyntaxes }: ContextElement): PresentationContext | number {
    const registered = this.#registry.find(abstractSyntax);
    const known = registered?.stub?.interface.transferSyntaxes;
    if (registered === undefined || known === undefined) return ProviderReason.abstractSyntaxNotSupported;
    for (const syntax of transferSyntaxes) {
      const name = transferSyntaxName(syntax);
      if (name !== undefined && known.includes(name)) return { registered, transferSyntax: name };
    }
    return ProviderReason.transferSyntaxesNotSupported;
  }

  #existing(pdu: Pdu, { contextId, abstractSyntax, transferSyntaxes }: ContextElement): PresentationContext | number {
    const context = this.#contexts.get(contextId);
    const refuse = (what: string): ProtocolViolation =>
      new ProtocolViolation(
        `presentation context ${contextId} is proposed again with another ${what}`,
        pdu.type,
        pdu.callId,
        {
          didNotExecute: true,
        },
      );
    if (context === undefined || context.registered !== this.#registry.find(abstractSyntax)) throw refuse("interface");
    const accepted = transferSyntax(context.transferSyntax);
    if (transferSyntaxes.some((syntax) => sameSyntax(syntax, accepted))) return context;
    if (transferSyntaxes.some((syntax) => transferSyntaxName(syntax) !== undefined)) throw refuse("transfer syntax");
    return ProviderReason.transferSyntaxesNotSupported;
  }
}

/** Whether a bind asks for bind-time features more than once, which it must not (MS-RPCE 3.3.1.5.3). */
export function asksForFeaturesTwice(proposed: readonly ContextElement[]): boolean {
  const asking = proposed.filter(
    ({ transferSyntaxes: [first] }) => first !== undefined && bindTimeFeatures(first) !== undefined,
  );
  return asking.length > 1;
}
