/** unknwnbase.idl: the root of object interfaces (MS-DCOM 3.1.1.5.8). */
export const unknown = `import "wtypesbase.idl";
[local, object, uuid(00000000-0000-0000-C000-000000000046), pointer_default(unique)]
interface IUnknown {
  HRESULT QueryInterface([in] REFIID riid, [out, iid_is(riid)] void **ppvObject);
  ULONG AddRef();
  ULONG Release();
}
typedef [unique] IUnknown *LPUNKNOWN;
[local, object, uuid(00000001-0000-0000-C000-000000000046), pointer_default(unique)]
interface IClassFactory : IUnknown {
  HRESULT CreateInstance([in, unique] IUnknown *pUnkOuter, [in] REFIID riid, [out, iid_is(riid)] void **ppvObject);
  HRESULT LockServer([in] BOOL fLock);
}
`;
