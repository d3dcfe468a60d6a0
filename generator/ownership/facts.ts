/**
 * Who allocates what an operation carries, who frees it and when: what the comments of generated code and the memory report say. The
 * rules are those of RPC "Summary of Memory Allocation Rules", "Memory-Management Models", "Memory Orphaning" and "Server Stub Memory
 * Management".
 */
import type { Operation, PointerKind, SourceSpan, Type } from "../../grammar/index.ts";

/** Switches that choose a memory model. */
export interface MemorySettings {
  /** /osf: no pair is asked for, and nodes of the server lie in an RpcSs environment. */
  readonly osf: boolean;
  /** /rpcss: [enable_allocate] for every operation. */
  readonly rpcss: boolean;
}

/** A memory model in force, and what chose it. */
export interface Choice {
  readonly model:
    "node-by-node" | "all-nodes" | "byte-count" | "dont-free" | "force-allocate" | "enable-allocate" | "rpcss" | "osf";
  /** As the source has it: `[allocate(all_nodes)]`, `/osf`; empty for what nobody chose. */
  readonly text: string;
  /** The attribute in the .idl or the .acf; undefined for a switch and for the default. */
  readonly span: SourceSpan | undefined;
}

/** The memory of one operation. */
export interface OperationMemory {
  readonly operation: Operation;
  /** What puts an RpcSs environment around the call on the server; undefined where the pair serves. */
  readonly environment: Choice | undefined;
  /** The client stub allocates from an RpcSs environment that its caller has enabled. */
  readonly isSensitive: boolean;
  /** In the order of the .idl; the return value, when there is one, comes last. */
  readonly parameters: readonly ParameterMemory[];
}

/** Which way a parameter travels. */
export type Direction = "in" | "out" | "in, out" | "return";

/** The memory of one parameter or of the return value. */
export interface ParameterMemory {
  /** `return` for the return value. */
  readonly name: string;
  readonly direction: Direction;
  readonly form: "data" | "context-handle" | "binding-handle" | "pipe";
  /** The type in the words of the .idl. */
  readonly type: string;
  readonly span: SourceSpan;
  /** Every pointer that is reached, each before those in its referent, in the order of the .idl. */
  readonly pointers: readonly PointerMemory[];
  readonly conversions: readonly ConversionMemory[];
}

/** A pointer with what it refers to. */
export interface PointerMemory {
  /**
   * The IDL path of the pointer, as `midl_user_orphaned` is told it but for the operation before it, and the indices: `matches`,
   * `matches->next`, `info->Buffer[].name`. A [ref] pointer to a pointer has the path of the other.
   */
  readonly path: string;
  /** The same, seen from the node that holds it: `next`, `Name.Buffer`. */
  readonly label: string;
  /** `array` is an array parameter: the address of an array, as if a [ref] pointer stood before it. */
  readonly pointer: PointerKind | "array";
  readonly isTopLevel: boolean;
  /** Number of the node that holds the pointer; undefined when it is the parameter. */
  readonly holder: number | undefined;
  /** Where the parameter, the field or the arm is declared. */
  readonly span: SourceSpan;
  readonly referent: Referent;
  readonly client: ClientShare;
  readonly server: ServerShare;
  /** What decides: where nodes lie (node by node, one block, one buffer) first, then what is said about freeing and views. */
  readonly models: readonly Choice[];
  /** How the referent can be left without an owner. */
  readonly orphans: readonly Orphan[];
}

/** What a pointer refers to. */
export type Referent =
  /** Storage with an identity: a struct, a union, an array, or a pointer in a box. Nodes of an operation are numbered from 1. */
  | { readonly kind: "node"; readonly id: number; readonly type: string; readonly pointee: Type }
  /** The same as an earlier node: itself when that is around the pointer (a list, a tree), else another of its kind. */
  | { readonly kind: "again"; readonly id: number; readonly type: string; readonly isAround: boolean }
  /** A string or a scalar: held by value where the pointer stands. */
  | { readonly kind: "value"; readonly type: string }
  /** What a [ref] pointer to a pointer refers to: the other pointer takes its place. */
  | { readonly kind: "pointer"; readonly type: string };

/** Allocating and freeing on the client. The application is the caller. */
export interface ClientShare {
  readonly allocates:
    | "application"
    /** The application what is sent, the stub what is new when the reply comes. */
    | "application-then-stub"
    /** The application when it passes storage, otherwise the stub. */
    | "application-or-stub"
    | "stub"
    /** The application one buffer, in which the stub places everything. */
    | "application-buffer"
    /** Whoever allocates the node that holds it. */
    | "holder";
  readonly frees:
    | "application"
    /** The application, with the block that it lies in. */
    | "application-block"
    /** The application may keep the buffer and pass it again. */
    | "application-buffer"
    | "holder";
  /** The reply is written into what is there already: nothing is allocated for a pointer that is not null before the call. */
  readonly reusesExisting: boolean;
}

/** Allocating and freeing on the server. The application is the manager routine. */
export interface ServerShare {
  readonly allocates:
    | "stub"
    /** The stub what was sent, the manager what is new. */
    | "stub-then-manager"
    | "manager"
    | "holder";
  readonly frees:
    /** After the reply has been marshaled, also when the manager throws. */
    | "stub"
    /** The stub, with the block or the buffer that it lies in. */
    | "stub-block"
    /** The manager, whenever it likes: the stub never does. */
    | "manager"
    /** The RpcSs environment of the call, with all that was allocated from it. */
    | "environment"
    | "holder";
  /** The received stub data may serve as storage: then it is not from the pair and never freed. */
  readonly mayBeView: boolean;
}

/** A way in which what a pointer refers to is left without an owner. */
export interface Orphan {
  readonly side: "client" | "server";
  readonly cause:
    /** The pointer comes back null. */
    | "null"
    /** It comes back null, and no other pointer of the call refers to the same node. */
    | "null-unless-aliased"
    /** Another arm of the union comes back. */
    | "arm"
    /** The array comes back shorter, and the pointer lies in its end. */
    | "shorter"
    /** The reply gets new memory in any case. */
    | "reallocated";
  /** What decides the length, for `shorter`. */
  readonly by: string | undefined;
}

/** Data that routines of the user convert. */
export interface ConversionMemory {
  readonly path: string;
  readonly holder: number | undefined;
  readonly attribute: "transmit_as" | "represent_as" | "wire_marshal" | "user_marshal";
  /** The type that the application sees. */
  readonly presented: string;
  /** The type that travels. */
  readonly transmitted: string;
  readonly span: SourceSpan;
}
