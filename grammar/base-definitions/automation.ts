/** oaidl.idl: the types of automation, as far as RPC interfaces name them (MS-OAUT 2.2). */
export const automation = `import "objidl.idl";
typedef short VARIANT_BOOL;
typedef unsigned short VARTYPE;
typedef long DISPID, MEMBERID;
typedef struct tagVARIANT VARIANT, VARIANTARG;
typedef double DATE;
typedef wchar_t *BSTR;
typedef struct tagCY {
  LONGLONG int64;
} CY, CURRENCY;
[local, object, uuid(00020400-0000-0000-C000-000000000046), pointer_default(unique)]
interface IDispatch : IUnknown {
  HRESULT GetTypeInfoCount([out] UINT *pctinfo);
}
`;
