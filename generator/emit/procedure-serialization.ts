import type { Interface, Operation } from "../../grammar/index.ts";
import { marshalText, unmarshalText } from "./client-module.ts";
import { serializedConversions } from "./conversions.ts";
import { interfaceConstant } from "./interface-description.ts";
import { methodName } from "./names.ts";
import type { OperationPlan } from "./operation-plan.ts";
import { operationTypes, outParameters } from "./operation-types.ts";
import type { EmitContext } from "./routine-context.ts";
import { functionStructure } from "./structures.ts";

/** What an operation with [encode] or [decode] does, on itself or on its interface; undefined for a remote one (MIDL "encode"). */
export function serializationOf(
  owner: Interface,
  { attributes }: Operation,
): { readonly encodes: boolean; readonly decodes: boolean } | undefined {
  const encodes = attributes.has("encode") || owner.attributes.has("encode");
  const decodes = attributes.has("decode") || owner.attributes.has("decode");
  return encodes || decodes ? { encodes, decodes } : undefined;
}

/**
 * Prints `NAME_Encode` and `NAME_Decode` for a procedure: what one MIDL routine does by the kind of its handle (RPC "Procedure
 * Serialization"). Encoding takes the [in] parameters, decoding gives the [out] ones; a return value is not serialized.
 */
export function procedureSerialization(
  emit: EmitContext,
  owner: Interface,
  plan: OperationPlan,
  typesModule: string,
): void {
  const serialization = serializationOf(owner, plan.operation);
  if (serialization === undefined) return;
  const { module } = emit;
  const own: OperationPlan = { ...plan, returns: undefined, hasFullPointers: false };
  const name = methodName(plan.operation.name);
  const description = interfaceConstant(emit, owner, typesModule);
  const text = `opnum ${plan.opnum}: \`${plan.operation.signature.replaceAll("`", "'")}\``;
  operationTypes(emit, own, "client");
  if (serialization.encodes) {
    const conversions = serializedConversions(emit, own.conversions, `${name}_Encode`);
    const marshal = marshalText(emit, own, conversions?.kept);
    module.add(
      functionStructure({
        name: `${name}_Encode`,
        exported: true,
        documentation: `Serializes the [in] parameters of ${plan.operation.name}. The caller keeps and frees them.\n\n${text}${conversions?.text ?? ""}`,
        parameters: [
          { name: "handle", type: module.type("MesEncodeHandle") },
          { name: marshal.includes("request.") ? "request" : "_request", type: emit.names.request(own.operation) },
          ...(conversions === undefined ? [] : [conversions.parameter]),
        ],
        returnType: "void",
        statements: [`handle.encodeProcedure(${description}, ${plan.opnum}, ${marshal});`],
      }),
    );
  }
  if (serialization.decodes) {
    const conversions = serializedConversions(emit, own.conversions, `${name}_Decode`);
    module.add(
      functionStructure({
        name: `${name}_Decode`,
        exported: true,
        documentation: `Reads the [out] parameters of ${plan.operation.name}: nodes come from the handle's pair, and the caller frees them.\n\n${text}${conversions?.text ?? ""}`,
        parameters: [
          { name: "handle", type: module.type("MesDecodeHandle") },
          ...(conversions === undefined ? [] : [conversions.parameter]),
        ],
        returnType: outParameters(own).length > 0 ? emit.names.response(own.operation) : "void",
        statements: [
          `return handle.decodeProcedure(${description}, ${plan.opnum}, ${unmarshalText(emit, own, "alone", conversions?.kept)});`,
        ],
      }),
    );
  }
}
