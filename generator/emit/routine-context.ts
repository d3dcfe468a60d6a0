import type { Environment, IdlFile, StructType, UnionType } from "../../grammar/index.ts";
import type { ValuePlan } from "../wire-plan/plan.ts";
import type { Planner } from "../wire-plan/planner.ts";
import type { Constructed } from "../wire-plan/recursion.ts";
import { coinedName, declares, type CoinedNames } from "./coined-names.ts";
import type { Resolve } from "./expressions.ts";
import type { ModuleBuilder } from "./module-builder.ts";
import { Scope, VARIABLES_OF_ROUTINES, VARIABLES_OF_STUBS, isUsedGlobal, memberName, safeName } from "./names.ts";
import { functionStructure } from "./structures.ts";
import type { ParameterText } from "./structures.ts";
import type { TypePrinter } from "./typescript-types.ts";

/** What every emitter of one module works with. */
export interface EmitContext {
  readonly planner: Planner;
  readonly module: ModuleBuilder;
  readonly types: TypePrinter;
  readonly environment: Environment;
  /** /osf: the application need not supply a pair. */
  readonly osf: boolean;
  readonly names: CoinedNames;
  /** Structures and unions that the application has where others travel. */
  readonly presented: ReadonlySet<Constructed>;
  /** Local routines and node types of this module that were already printed, by name. */
  readonly printed: Set<string>;
}

/** The variable that generated code reads from or writes to. */
export type Coder = "r" | "w";

/** A routine in the making: what it does in its fixed part, and behind it. */
export interface Routine {
  readonly emit: EmitContext;
  /** Name of the routine: prefix of the deferred routines that it needs. */
  readonly name: string;
  readonly coder: Coder;
  readonly fixed: string[];
  readonly late: string[];
  readonly scope: Scope;
  readonly resolve: Resolve;
  /** The recursion group of the type whose routine this is. */
  readonly recursion: number | undefined;
  /** What deferred routines are handed: the struct, arm or array in which the value lies. Undefined at top level. */
  readonly owner: { readonly name: string; readonly type: string } | undefined;
  /** This is a deferred routine: it follows pointers of its own recursion group at once. */
  readonly isDeferred: boolean;
  readonly state: {
    /** Something was deferred: all that comes after it has to be deferred too, to keep the order. */
    deferring: boolean;
    /** `mark` is needed, because a recursive type is entered from outside. */
    marks: boolean;
  };
}

/** A routine for a struct or union whose parts are members of `owner`. */
export function typeRoutine(
  emit: EmitContext,
  coder: Coder,
  type: StructType | UnionType,
  owner: { readonly name: string; readonly type: string },
): Routine {
  const verb = coder === "r" ? "unmarshal" : "marshal";
  return {
    emit,
    name: typeRoutineName(verb, type),
    coder,
    fixed: [],
    late: [],
    scope: localsOf(emit, VARIABLES_OF_ROUTINES),
    resolve: (target) => `${owner.name}.${memberName(target.name)}`,
    recursion: emit.planner.recursionOf(
      type.kind === "struct" ? { kind: "struct", struct: type } : { kind: "union", union: type, switchIs: undefined },
    ),
    owner,
    isDeferred: false,
    state: { deferring: false, marks: false },
  };
}

/** A routine for the parameters of an operation. */
export function parameterRoutine(
  emit: EmitContext,
  coder: Coder,
  name: string,
  names: Iterable<string>,
  resolve: Resolve,
): Routine {
  return {
    emit,
    name,
    coder,
    fixed: [],
    late: [],
    scope: localsOf(emit, [...VARIABLES_OF_ROUTINES, ...VARIABLES_OF_STUBS, ...names]),
    resolve,
    recursion: undefined,
    owner: undefined,
    isDeferred: false,
    state: { deferring: false, marks: false },
  };
}

/** The locals of a function: they hide nothing that it may need from outside. */
export function localsOf({ names }: EmitContext, used: Iterable<string>): Scope {
  return new Scope(used, (name) => names.isTaken(name) || isUsedGlobal(name));
}

/** A routine that continues this one somewhere else: the body of a loop, or something deferred. */
export function continued(routine: Routine, changes: Partial<Routine> = {}): Routine {
  return { ...routine, fixed: [], late: [], state: { deferring: false, marks: false }, ...changes };
}

/** Everything that a routine does, with the locals that it turned out to need. */
export function bodyOf(routine: Routine): string[] {
  const lines = [...routine.fixed, ...routine.late];
  if (routine.state.marks) lines.unshift(`const mark = ${routine.coder}.mark;`);
  if (usesWide(lines)) lines.unshift(`const wide = ${routine.coder}.ndr64;`);
  return lines;
}

export function usesWide(lines: readonly string[]): boolean {
  return lines.some((line) => /(?<![.\w])wide \?(?!\?)/.test(line));
}

/** Whether following a plan from this routine stays in the recursion group of the routine. */
export function recurses(routine: Routine, plan: ValuePlan): boolean {
  return routine.recursion !== undefined && routine.emit.planner.recursionOf(plan) === routine.recursion;
}

/** Whether what `plan` refers to has to wait on the deferral stack. */
export function mustDefer(routine: Routine, plan: ValuePlan): boolean {
  return routine.state.deferring || (recurses(routine, plan) && !routine.isDeferred);
}

/** Notes that `plan` was followed: what it defers is drained here, unless this routine belongs to the same recursion. */
export function drainAfter(routine: Routine, plan: ValuePlan, lines: string[]): void {
  if (routine.emit.planner.recursionOf(plan) === undefined) return;
  if (recurses(routine, plan)) {
    routine.state.deferring = true;
    return;
  }
  routine.state.marks = true;
  lines.push(`${routine.coder}.drain(mark);`);
}

/**
 * Prints a deferred routine and returns the statement that defers it.
 *
 * @param local name of the part that is deferred
 * @param at where the fixed part lies, "0" when it is not needed any more
 * @param build fills the deferred routine
 * @param handed what stands for the owner, and for the index of an element, where the routine is deferred
 * @param outer values from outside the owner that the routine needs: what they are called there, and here
 */
export function deferral(
  routine: Routine,
  local: string,
  at: string,
  build: (deferred: Routine) => void,
  handed: readonly string[] = [routine.owner?.name ?? ""],
  outer: { readonly parameters: readonly ParameterText[]; readonly text: string } = { parameters: [], text: "" },
): string {
  const { owner, coder, emit } = routine;
  if (owner === undefined) throw new Error(`${routine.name} defers without an owner`);
  routine.state.deferring = true;
  const name = partName(routine, local);
  if (!emit.printed.has(name)) {
    emit.printed.add(name);
    const deferred = continued(routine, { isDeferred: true });
    build(deferred);
    const statements = bodyOf(deferred);
    emit.module.add(
      functionStructure({
        name,
        parameters: [
          coderParameter(emit, coder),
          { name: mentions(statements, "at") ? "at" : "_at", type: "number" },
          { name: owner.name, type: owner.type },
          ...(outer.text !== "" || mentions(statements, "index")
            ? [{ name: mentions(statements, "index") ? "index" : "_index", type: "number" }]
            : []),
          ...outer.parameters,
        ],
        returnType: "void",
        statements,
      }),
    );
  }
  const held = outer.text === "" ? "" : routine.scope.coin("owner");
  const run =
    held === ""
      ? name
      : `(${coder}, at, ${held}: ${owner.type}, index) => ${name}(${coder}, at, ${held}, index${outer.text})`;
  return `${coder}.defer(${run}, ${at}, ${handed.join(", ")});`;
}

/** A routine for a part of what a routine is for: `marshalFOO$_next`. */
export function partName({ name }: Pick<Routine, "name">, local: string): string {
  return `${name}$_${local}`;
}

/** The first parameter of every routine. */
export function coderParameter(emit: EmitContext, coder: Coder): ParameterText {
  return { name: coder, type: emit.module.type(coder === "r" ? "NdrReader" : "NdrWriter") };
}

/** Whether a variable occurs in statements: not as a member, not as a key (`count: 4`). */
export function mentions(lines: readonly string[], name: string): boolean {
  return lines.some((line) => new RegExp(`(?<![.\\w])${name}\\b(?!:)`).test(line));
}

/** A routine of a type: `marshalFOO`, `marshalFOONode`, or `marshalFOO$Node` when there is a type `FOONode`. */
export function typeRoutineName(
  prefix: string,
  { name, file }: { readonly name: string; readonly file: IdlFile },
  suffix = "",
): string {
  const stem = coinedName(`${prefix}${name}`, file);
  return suffix !== "" && declares(file, `${name}${suffix}`) ? `${stem}$${suffix}` : `${stem}${suffix}`;
}

/** The routine of a type, imported when the type is another module's. */
export function routineName(
  emit: EmitContext,
  prefix: string,
  type: { readonly name: string; readonly file: IdlFile },
  suffix = "",
): string {
  return emit.types.value(typeRoutineName(prefix, type, suffix), type.file);
}

/** The node type of a struct or union, or of arrays of it: `FOO`, `FOOArray`. */
export function nodeTypeText({ name, file }: StructType | UnionType, suffix = ""): string {
  return suffix === "" ? safeName(name) : coinedName(`${safeName(name)}${suffix}`, file);
}

/** The node type of a struct or union as routines say it, imported when the type is another module's. */
export function nodeTypeName(emit: EmitContext, type: StructType | UnionType, suffix = ""): string {
  return emit.types.value(nodeTypeText(type, suffix), type.file);
}
