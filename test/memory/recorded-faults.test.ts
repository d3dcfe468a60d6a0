import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FAULTS } from "../memory-rules/faults.ts";

describe("the faults that `npm run test:memory -- --mutate` applies", () => {
  it.each(FAULTS.map(({ rule, file, find }) => ({ rule, file, find })))(
    "$rule stands once in $file",
    ({ file, find }) => {
      expect(readFileSync(new URL(`../../${file}`, import.meta.url), "utf8").split(find)).toHaveLength(2);
    },
  );
});
