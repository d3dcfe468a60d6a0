/** A fault of one line that breaks a rule: the rule's tests have to find it. */
export interface Fault {
  readonly rule: string;
  /** File from the root of the project. */
  readonly file: string;
  /** What stands there, once. */
  readonly find: string;
  readonly replace: string;
}

const fault = (rule: string, file: string, find: string, replace: string): Fault => ({ rule, file, find, replace });

/** One fault a rule. */
export const FAULTS: readonly Fault[] = [
  fault(
    "M1",
    "runtime/memory/midl-user-memory.ts",
    "  if (isPair(memory)) return;",
    "  if (isPair(memory) || stub !== '') return;",
  ),
  fault(
    "M2",
    "generator/emit/struct-routines.ts",
    "(r, ${octets}, ${nodeTypeName(emit, type)})`",
    "(r, 1 + ${octets}, ${nodeTypeName(emit, type)})`",
  ),
  fault("M3", "runtime/ndr/reader.ts", "    for (const node of nodes.values()) this.memory.midl_user_free(node);", ""),
  fault(
    "M4",
    "generator/emit/server-module.ts",
    '  if (returned.length > 0) lines.push("if (response !== undefined) {", ...returned, "}");',
    "",
  ),
  fault("M5", "runtime/memory/midl-user-memory.ts", "    cause = error;", "    throw error;"),
  fault(
    "M6",
    "runtime/client/client-stub.ts",
    "      const call = new ClientCall(request, resolve, reject);",
    "      const call = new ClientCall(request, resolve, reject); memory.midl_user_free({});",
  ),
  fault("M7", "runtime/server/manager-operation.ts", "  walk.free();", ""),
  fault(
    "M8",
    "generator/emit/client-module.ts",
    "  return parameter.isNode && !parameter.isNullable && byteCountOf(parameter) === undefined;",
    "  return parameter.isNode && parameter.isNullable;",
  ),
  fault(
    "M9",
    "generator/emit/server-module.ts",
    "    if (parameter.in || !hasStorage(parameter)) continue;",
    "    if (parameter.in || hasStorage(parameter)) continue;",
  ),
  fault(
    "M10",
    "generator/emit/client-module.ts",
    "(parameter.in && parameter.holdsNode)) return parameter.in;",
    "(parameter.in && parameter.holdsNode)) return false;",
  ),
  fault(
    "M11",
    "generator/emit/server-module.ts",
    "(parameter) => parameter.contextHandle === undefined && (parameter.in || hasStorage(parameter)),",
    "(parameter) => parameter.contextHandle === undefined && !(parameter.in && parameter.out) && (parameter.in || hasStorage(parameter)),",
  ),
  fault(
    "M12",
    "generator/emit/server-module.ts",
    'returned.push(...visit(plan.returns.type, out.length === 0 ? "response" : "response.returnValue", "return"));',
    "returned.push();",
  ),
  fault("M13", "runtime/memory/free-referents.ts", "    if (this.#seen.has(identity)) return;", ""),
  fault("M14", "generator/emit/struct-routines.ts", "`const node = existing ?? (r", "`const node = (r"),
  fault(
    "M15",
    "runtime/ndr/arrays.ts",
    "  if (count > existing.length && count > capacity)",
    "  if (count > existing.length && count < capacity)",
  ),
  fault(
    "M16",
    "runtime/ndr/reader.ts",
    "    if (size !== undefined && size !== 0) throw this.bad(`a null pointer",
    "    if (size !== undefined && size < 0) throw this.bad(`a null pointer",
  ),
  fault(
    "M17",
    "grammar/rules/out-parameter-is-ref.ts",
    "    reporter.report(",
    "    if (parameter.in) reporter.report(",
  ),
  fault(
    "M18",
    "grammar/rules/size-is-known-before-call.ts",
    'reporter.report("length-from-out"',
    'if (parameter.out) reporter.report("length-from-out"',
  ),
  fault(
    "M19",
    "runtime/ndr/number-arrays.ts",
    "  return r.addView(type.view(r.octets.buffer, place, count));",
    "  return type.view(r.octets.buffer, place, count);",
  ),
  fault(
    "M20",
    "runtime/memory/free-referents.ts",
    "this.#isServerStub ? (count ?? type.tailCount?.(node)) : undefined",
    "undefined",
  ),
  fault(
    "M21",
    "runtime/memory/orphans.ts",
    "    for (const { node, path } of severed)",
    "    for (const { node, path } of severed.slice(1))",
  ),
  fault("M22", "runtime/ndr/full-pointers.ts", "  table.received.set(number, { kind, value });", ""),
  fault(
    "M23",
    "runtime/ndr/storage.ts",
    "  if (r.fillsBlock) return unmarshal();",
    "  if (r.offset > 0) return unmarshal();",
  ),
  fault("M24", "runtime/memory/free-referents.ts", "    if (isRetained === true && this.#isServerStub) return;", ""),
  fault(
    "M25",
    "runtime/memory/byte-count.ts",
    "    if (address + octets > this.#end) {",
    "    if (address > this.#end) {",
  ),
  fault(
    "M26",
    "runtime/memory/rpc-ss/call-environment.ts",
    "  return operation.enableAllocate === true ? makeEnvironment(true) : application;",
    "  return operation.enableAllocate === true ? application : application;",
  ),
  fault("M27", "generator/emit/server-module.ts", "    ...notifyText(plan),", ""),
  fault(
    "M28",
    "grammar/binder/attribute-placement.ts",
    '      context.reporter.report("attribute-ignored", node.span, { attribute: node.name });',
    "",
  ),
  fault(
    "M29",
    "runtime/memory/managed-memory.ts",
    "midl_user_allocate: (cBytes, type) => type.create(cBytes),",
    "midl_user_allocate: (cBytes, type) => type.create(2 * cBytes),",
  ),
  fault("M30", "runtime/memory/pooled-memory.ts", "      kept.bucket.shape.reset(kept.node, kept.parts);", ""),
  fault(
    "M31",
    "runtime/memory/linear/scalars.ts",
    "view.setInt32(at, value, true);",
    "view.setInt32(at, value, false);",
  ),
  fault("M32", "runtime/memory/linear-memory.ts", "    copiesStubData: true,", "    copiesStubData: false,"),
  fault("M33", "runtime/memory/rpc-ss/rpc-sm.ts", "  return { node, status };", "  return { node: null, status };"),
  fault(
    "M34",
    "runtime/memory/rpc-ss/local-environment.ts",
    "    if (this.#depth === 0 && !this.#held) this.end();",
    "    if (!this.#held) this.end();",
  ),
  fault("M35", "runtime/memory/rpc-ss/local-environment.ts", "    if (entry.marked) throw markedNode();", ""),
  fault(
    "M36",
    "runtime/memory/rpc-ss/client-pair.ts",
    "(sensitive || thread.isManager)) return environment;",
    "sensitive) return environment;",
  ),
  fault("M37", "runtime/client/context-handle.ts", "    handle.#destroyed = true;", ""),
  fault(
    "M38",
    "grammar/osf/definitions.ts",
    'reporter.report("osf-cpp-quote", definition.span);',
    'reporter.report("osf-construct", definition.span, { construct: "cpp_quote" });',
  ),
  fault(
    "M39",
    "runtime/memory/rpc-ss/logical-threads.ts",
    "    return this.#storage.run({ ...thread, isScope: true }, routine);",
    "    this.#storage.enterWith({ ...thread, isScope: true }); return routine();",
  ),
  fault(
    "M40",
    "runtime/conversions/free-converted.ts",
    "      conversion.freePresented(routines, presented, memory);",
    "",
  ),
  fault(
    "M41",
    "generator/ownership/sentences.ts",
    'return "yours; the stub neither allocates nor frees it.";',
    'return "yours.";',
  ),
];
