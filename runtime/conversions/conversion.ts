import type { MidlUserMemory } from "../memory/midl-user-memory.ts";
import type { NdrReader } from "../ndr/reader.ts";
import type { NdrWriter } from "../ndr/writer.ts";

/**
 * What stubs know of a type in whose place another travels, by routines of the application (MIDL "transmit_as", "represent_as",
 * "wire_marshal", "user_marshal"). Generated code makes one for each such typedef.
 *
 * @typeParam Routines the application's routines under their documented names
 * @typeParam Presented what the application has
 */
export interface Conversion<Routines extends object, Presented> {
  /** Name of the typedef. */
  readonly name: string;
  /** Names of the routines, in the order of their page. */
  readonly routines: readonly (keyof Routines & string)[];
  /** The one that frees what lies behind an object of the application. */
  readonly freesPresented: keyof Routines & string;
  /**
   * Whether the server stub calls it for objects inside [in] parameters: `_UserFree`, while `_free_inst` and `_free_local` are for [in]
   * parameters that are such an object (RPC "The transmit_as Attribute", "The type_UserFree Function").
   */
  readonly freesComponents: boolean;
  readonly freePresented: (routines: Routines, presented: Presented, memory: MidlUserMemory) => void;
}

/** [transmit_as] and [represent_as]: values of the transmitted type are made of those of the application, and back. */
export interface TransmitConversion<Routines extends object, Presented, Transmitted> extends Conversion<
  Routines,
  Presented
> {
  readonly makesTransmitted: keyof Routines & string;
  readonly makesPresented: keyof Routines & string;
  readonly freesTransmitted: keyof Routines & string;
  readonly toTransmitted: (routines: Routines, presented: Presented, memory: MidlUserMemory) => Transmitted;
  readonly freeTransmitted: (routines: Routines, transmitted: Transmitted, memory: MidlUserMemory) => void;
}

/** The application's object is storage (a struct, a union, an array): the stub allocates it, the routine fills it. */
export interface FillingTransmit<Routines extends object, Presented, Transmitted> extends TransmitConversion<
  Routines,
  Presented,
  Transmitted
> {
  readonly fill: (routines: Routines, transmitted: Transmitted, presented: Presented, memory: MidlUserMemory) => void;
}

/** The application's object is a value (a pointer, a number, a type of JavaScript): the routine makes it. */
export interface MakingTransmit<Routines extends object, Presented, Transmitted> extends TransmitConversion<
  Routines,
  Presented,
  Transmitted
> {
  readonly make: (routines: Routines, transmitted: Transmitted, memory: MidlUserMemory) => Presented;
}

/** [wire_marshal] and [user_marshal]: the routines write and read the octets of the wire type themselves. */
export interface UserMarshal<Routines extends object, Presented> extends Conversion<Routines, Presented> {
  readonly sizes: keyof Routines & string;
  readonly marshals: keyof Routines & string;
  readonly unmarshals: keyof Routines & string;
  readonly size: (routines: Routines, flags: number, startingSize: number, presented: Presented) => number;
  readonly marshal: (routines: Routines, flags: number, buffer: NdrWriter, presented: Presented) => void;
}

/** The application's object is storage: the routine fills it. */
export interface FillingUserMarshal<Routines extends object, Presented> extends UserMarshal<Routines, Presented> {
  readonly fill: (
    routines: Routines,
    flags: number,
    buffer: NdrReader,
    presented: Presented,
    memory: MidlUserMemory,
  ) => void;
}

/** The application's object is a value: the routine makes it. */
export interface MakingUserMarshal<Routines extends object, Presented> extends UserMarshal<Routines, Presented> {
  readonly make: (routines: Routines, flags: number, buffer: NdrReader, memory: MidlUserMemory) => Presented;
}

/** What is needed to find the routines of a conversion. */
export type RoutineNames<Routines extends object> = Pick<Conversion<Routines, never>, "name" | "routines">;

/** Receives an object of the application that stands in a node or a parameter, null where there is none, and its conversion. */
export type ConvertedVisitor = <Routines extends object, Presented>(
  conversion: Conversion<Routines, Presented>,
  presented: Presented | null | undefined,
) => void;
