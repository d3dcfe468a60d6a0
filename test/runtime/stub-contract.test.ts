import { expect, it } from "vitest";
import { STUB_CONTRACT, requireStubContract } from "../../runtime/stub-contract.ts";
import { generateIdl } from "../support/compile-idl.ts";

it("generated code asks for the contract that this package has", async () => {
  const { texts } = await generateIdl(
    "empty",
    "[uuid(0c9d3a4e-52b1-4f0e-9a37-6f5b8c1d2e40), version(1.0)] interface empty { void Ping(void); }",
  );
  expect(texts.get("empty.ts")).toContain(`requireStubContract(${STUB_CONTRACT});`);
});

it("says what to do when the two disagree", () => {
  expect(() => {
    requireStubContract(STUB_CONTRACT + 1);
  }).toThrow(/update @midl-ts\/runtime$/);
  expect(() => {
    requireStubContract(STUB_CONTRACT - 1);
  }).toThrow(/generate the stubs again with this version of midl-ts$/);
});
