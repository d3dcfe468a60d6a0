import type { Interface } from "../../grammar/index.ts";
import type { EmitContext } from "./routine-context.ts";
import { constant } from "./structures.ts";

/** `phonebookInterface`, imported from the types module. */
export function interfaceConstant(emit: EmitContext, owner: Interface, typesModule: string): string {
  return emit.module.value(emit.names.description(owner), typesModule);
}

/** Prints the constant that says which interface this is. */
export function interfaceDescription(
  emit: EmitContext,
  owner: Interface,
  transferSyntaxes: readonly ("ndr" | "ndr64")[],
): void {
  const { uuid, version, endpoints } = owner;
  const list = endpoints.map(
    (each) =>
      `{ protocolSequence: ${JSON.stringify(each.protocolSequence)}, endpoint: ${JSON.stringify(each.endpoint)} }`,
  );
  emit.module.add(
    constant(
      emit.names.description(owner),
      `{ name: ${JSON.stringify(owner.name)}, uuid: ${JSON.stringify(uuid)}, major: ${version.major}, minor: ${version.minor}, ` +
        `transferSyntaxes: ${JSON.stringify(transferSyntaxes)}, endpoints: [${list.join(", ")}] }`,
      emit.module.type("InterfaceDescription"),
      `Interface ${owner.name}, ${uuid} version ${version.major}.${version.minor}.`,
    ),
  );
}
