/** Version of the contract between generated code and this package: it changes when either needs something of the other. */
export const STUB_CONTRACT = 1;

/**
 * Called by generated code when it loads.
 *
 * @param version what the generator was made for
 * @throws Error when the stubs have to be generated again, or the package has to be updated
 */
export function requireStubContract(version: number): void {
  if (version === STUB_CONTRACT) return;
  const remedy =
    version < STUB_CONTRACT ? "generate the stubs again with this version of midl-ts" : "update @midl-ts/runtime";
  throw new Error(
    `these stubs were generated for contract ${version} of @midl-ts/runtime, which has contract ${STUB_CONTRACT}: ${remedy}`,
  );
}
