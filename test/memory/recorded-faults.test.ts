/** Without the numbers of the rules in their names: these tests show no rule, and are not to find a fault. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FAULTS } from "../memory-rules/faults.ts";

describe("the faults that `npm run test:memory -- --mutate` applies", () => {
  it.each(FAULTS.map(({ file, find }, index) => ({ index, file, find })))(
    "fault $index stands once in $file",
    ({ file, find }) => {
      expect(readFileSync(new URL(`../../${file}`, import.meta.url), "utf8").split(find)).toHaveLength(2);
    },
  );
});
