import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runPage } from "./scenario.ts";

describe("the command as a user meets it", () => {
  const folder = import.meta.dirname;
  const pages = readdirSync(folder).filter((name) => name.endsWith(".md"));

  it.each(pages)("does what %s shows", async (name) => {
    const page = readFileSync(`${folder}/${name}`, "utf8");
    await expect(await runPage(page)).toMatchFileSnapshot(`${folder}/${name}`);
  });
});
