/** What the example needs of WebAssembly, which the language's own library of types does not have. */
declare namespace WebAssembly {
  class Memory {
    /** Another one after the memory has grown. */
    readonly buffer: ArrayBuffer;
  }
  const Module: new (octets: Uint8Array) => object;
  const Instance: new (module: object) => { readonly exports: Readonly<Record<string, unknown>> };
}
