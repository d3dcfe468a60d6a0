/** The smallest source that a fragment compiles in. */

/** Files by name; `main.idl` is compiled, with `main.acf` where there is one. */
export type Sources = Readonly<Record<string, string>>;

const frames = {
  /** A whole file, or definitions outside of interfaces. */
  file: (text, given) => idl(given, text),
  /** The body of an interface. */
  interface: (text, given) => idl(WINDOWS, `[${HEADER}, version(1.0)] interface frame {`, given, text, "}"),
  /** The same, where ACF attributes may stand in the .idl. */
  "interface with /app_config": (text, given) =>
    idl(WINDOWS, `[${HEADER}, version(1.0)] interface frame {`, given, text, "}"),
  /** The body of an interface of COM. */
  object: (text, given) => idl(COM, `[object, ${HEADER}] interface frame : IUnknown {`, given, text, "}"),
  /** An interface that is shown without its attributes. */
  "bare interface": (text, given) => idl(WINDOWS, given, `[${HEADER}, version(1.0)]`, text),
  /** An interface of COM that is shown without its attributes. */
  "bare COM interface": (text, given) => idl(COM, given, `[object, ${HEADER}]`, text),
  /** Definitions outside of interfaces, with those of automation. */
  automation: (text, given) => idl(COM, given, text),
  /** The body of an interface of automation. */
  dual: (text, given) => idl(COM, given, `[dual, ${HEADER}] interface frame : IDispatch {`, text, "}"),
  /** The body of a library. */
  library: (text, given) => idl(COM, given, `library frame {`, text, "}"),
  /** The body of a dispinterface. */
  dispinterface: (text, given) => idl(COM, given, `library frame { [${ID}] dispinterface part {`, text, "} }"),
  /** The members of a coclass. */
  coclass: (text, given) => idl(COM, given, `library frame { [${ID}] coclass part {`, text, "} }"),
  /** The members of a module. */
  module: (text, given) => idl(COM, given, `library frame { [dllname("frame.dll")] module part {`, text, "} }"),
  /** Attributes of an interface. */
  header: (text, given) => idl("[", given, text, "] interface frame { void procedure(void); }"),
  /** A whole ACF; the interface is given. */
  acf: (text, given) => ({ "main.idl": `[${HEADER}] ${given}`, "main.acf": text }),
  /** The body of the ACF of an interface; that of the interface is given. */
  "acf body": (text, given) => ({
    ...idl(WINDOWS, `[${HEADER}, version(1.0)] interface frame {`, given, "}"),
    "main.acf": `interface frame {\n${text}\n}\n`,
  }),
} as const satisfies Readonly<Record<string, (text: string, given: string) => Sources>>;

const ID = "uuid(4f1a6c52-9b1e-4c37-8f0d-3d2b7a90c1e5)";
const HEADER = `${ID}, pointer_default(unique)`;
const WINDOWS = 'import "wtypes.idl";';
const COM = 'import "oaidl.idl";';

/** Name of a frame. */
export type FrameName = keyof typeof frames;

/** The sources of a fragment in its frame. */
export function framed(name: FrameName, text: string, given: string): Sources {
  return frames[name](text, given);
}

function idl(...parts: readonly string[]): Sources {
  return { "main.idl": `${parts.filter((part) => part !== "").join("\n")}\n` };
}
