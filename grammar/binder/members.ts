/** Fields and parameters while they are being bound: each may refer to any other of its struct or operation. */
import type { Field, Parameter } from "../model.ts";

/** Where names in size, length and switch expressions are looked up first. */
export interface MemberScope {
  /** The field or parameter of that name, with its type bound. */
  find(name: string): Field | Parameter | undefined;
}

/** The members of one struct, or the parameters of one operation: bound in order, or earlier when another refers to them. */
export class MemberBinding<Member extends Field | Parameter> implements MemberScope {
  readonly #members = new Map<string, { readonly member: Member; readonly bind: () => void; started: boolean }>();
  readonly #duplicates: Member[] = [];

  /** Adds a member; `bind` completes it. */
  add(member: Member, bind: () => void): void {
    if (this.#members.has(member.name)) this.#duplicates.push(member);
    else this.#members.set(member.name, { member, bind, started: false });
  }

  /** Members whose name was taken. */
  get duplicates(): readonly Member[] {
    return this.#duplicates;
  }

  find(name: string): Member | undefined {
    const entry = this.#members.get(name);
    if (entry === undefined) return undefined;
    if (!entry.started) {
      entry.started = true;
      entry.bind();
    }
    return entry.member;
  }

  /** Binds what has not been bound and returns all members in order. */
  complete(): Member[] {
    return [...this.#members.keys()].flatMap((name) => this.find(name) ?? []);
  }
}
