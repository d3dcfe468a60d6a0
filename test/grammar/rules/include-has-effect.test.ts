import { describe, expect, it } from "vitest";
import { compile, formatted } from "../compile.ts";

const idl = `[uuid(7f3a1c52-9d04-4b6e-8a57-1f0c2d3e4b79), version(1.0), pointer_default(unique)]
interface test { typedef struct { long p; } HERE; typedef struct { long v; } SENT; void f([in] SENT *s); }`;

function judged(acf: string): readonly string[] {
  return formatted(compile({ "main.idl": idl, "main.acf": acf }, { acfPath: "main.acf" }));
}

describe("include-has-effect", () => {
  it.each([
    'include "local.h"; typedef [represent_as(LOCAL)] SENT;',
    'include "local.h"; typedef [user_marshal(LOCAL)] SENT;',
  ])("is for a type of the application: %s", (body) => {
    expect(judged(`interface test { ${body} }`)).toEqual([]);
  });

  it.each(['include "local.h";', 'include "local.h"; typedef [represent_as(HERE)] SENT;'])(
    "does nothing where the .idl declares everything: %s",
    (body) => {
      expect(judged(`interface test { ${body} }`)).toEqual(["main.acf(1,26) 9124 include has no effect : local.h"]);
    },
  );
});
