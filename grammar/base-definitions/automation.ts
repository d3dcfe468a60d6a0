/**
 * oaidl.idl: VARIANT and SAFEARRAY in their transmitted form, and IDispatch (MS-OAUT 2.2.28 to 2.2.34 and 3.1.4). Interfaces that are only
 * pointed to are names.
 */
export const automation = `import "objidl.idl";
#pragma warning(disable : 2057)
interface IDispatch;
interface IRecordInfo;
interface ITypeInfo;
interface ITypeLib;
interface ITypeComp;
interface ICreateTypeInfo;
interface ICreateTypeLib;
interface IErrorInfo;
interface IEnumVARIANT;
typedef [unique] struct _wireVARIANT *VARIANT, *VARIANTARG;
typedef [unique] VARIANT *LPVARIANT, *LPVARIANTARG;
typedef [unique] struct _wireSAFEARRAY *wireSAFEARRAY;
typedef [unique] wireSAFEARRAY *LPSAFEARRAY;
typedef struct _wireBRECORD {
  ULONG fFlags;
  ULONG clSize;
  IRecordInfo *pRecInfo;
  [size_is(clSize)] byte *pRecord;
} wireBRECORDStr;
typedef [unique] wireBRECORDStr *BRECORD;
typedef struct _wireVARIANT {
  DWORD clSize;
  DWORD rpcReserved;
  USHORT vt;
  USHORT wReserved1;
  USHORT wReserved2;
  USHORT wReserved3;
  [switch_type(ULONG), switch_is(vt)] union {
    [case(VT_EMPTY, VT_NULL)] ;
    [case(VT_I1)] CHAR cVal;
    [case(VT_UI1)] BYTE bVal;
    [case(VT_I2)] SHORT iVal;
    [case(VT_UI2)] USHORT uiVal;
    [case(VT_I4)] LONG lVal;
    [case(VT_UI4)] ULONG ulVal;
    [case(VT_I8)] LONGLONG llVal;
    [case(VT_UI8)] ULONGLONG ullVal;
    [case(VT_INT)] INT intVal;
    [case(VT_UINT)] UINT uintVal;
    [case(VT_R4)] FLOAT fltVal;
    [case(VT_R8)] DOUBLE dblVal;
    [case(VT_BOOL)] VARIANT_BOOL boolVal;
    [case(VT_ERROR)] SCODE scode;
    [case(VT_CY)] CURRENCY cyVal;
    [case(VT_DATE)] DATE date;
    [case(VT_DECIMAL)] DECIMAL decVal;
    [case(VT_BSTR)] BSTR bstrVal;
    [case(VT_UNKNOWN)] IUnknown *punkVal;
    [case(VT_DISPATCH)] IDispatch *pdispVal;
    [case(VT_ARRAY)] LPSAFEARRAY parray;
    [case(VT_RECORD, VT_RECORD | VT_BYREF)] BRECORD brecVal;
    [case(VT_I1 | VT_BYREF)] CHAR *pcVal;
    [case(VT_UI1 | VT_BYREF)] BYTE *pbVal;
    [case(VT_I2 | VT_BYREF)] SHORT *piVal;
    [case(VT_UI2 | VT_BYREF)] USHORT *puiVal;
    [case(VT_I4 | VT_BYREF)] LONG *plVal;
    [case(VT_UI4 | VT_BYREF)] ULONG *pulVal;
    [case(VT_I8 | VT_BYREF)] LONGLONG *pllVal;
    [case(VT_UI8 | VT_BYREF)] ULONGLONG *pullVal;
    [case(VT_INT | VT_BYREF)] INT *pintVal;
    [case(VT_UINT | VT_BYREF)] UINT *puintVal;
    [case(VT_R4 | VT_BYREF)] FLOAT *pfltVal;
    [case(VT_R8 | VT_BYREF)] DOUBLE *pdblVal;
    [case(VT_BOOL | VT_BYREF)] VARIANT_BOOL *pboolVal;
    [case(VT_ERROR | VT_BYREF)] SCODE *pscode;
    [case(VT_CY | VT_BYREF)] CURRENCY *pcyVal;
    [case(VT_DATE | VT_BYREF)] DATE *pdate;
    [case(VT_DECIMAL | VT_BYREF)] DECIMAL *pdecVal;
    [case(VT_BSTR | VT_BYREF)] BSTR *pbstrVal;
    [case(VT_UNKNOWN | VT_BYREF)] IUnknown **ppunkVal;
    [case(VT_DISPATCH | VT_BYREF)] IDispatch **ppdispVal;
    [case(VT_ARRAY | VT_BYREF)] LPSAFEARRAY *pparray;
    [case(VT_VARIANT | VT_BYREF)] VARIANT *pvarVal;
  } _varUnion;
} wireVARIANTStr;
typedef struct tagSAFEARRAYBOUND {
  ULONG cElements;
  LONG lLbound;
} SAFEARRAYBOUND, *LPSAFEARRAYBOUND;
typedef [v1_enum] enum tagSF_TYPE {
  SF_ERROR = VT_ERROR,
  SF_I1 = VT_I1,
  SF_I2 = VT_I2,
  SF_I4 = VT_I4,
  SF_I8 = VT_I8,
  SF_BSTR = VT_BSTR,
  SF_UNKNOWN = VT_UNKNOWN,
  SF_DISPATCH = VT_DISPATCH,
  SF_VARIANT = VT_VARIANT,
  SF_RECORD = VT_RECORD,
  SF_HAVEIID = VT_UNKNOWN | 0x8000
} SF_TYPE;
typedef struct _wireSAFEARR_BSTR {
  ULONG Size;
  [size_is(Size), ref] BSTR *aBstr;
} SAFEARR_BSTR;
typedef struct _wireSAFEARR_UNKNOWN {
  ULONG Size;
  [size_is(Size), ref] IUnknown **apUnknown;
} SAFEARR_UNKNOWN;
typedef struct _wireSAFEARR_DISPATCH {
  ULONG Size;
  [size_is(Size), ref] IDispatch **apDispatch;
} SAFEARR_DISPATCH;
typedef struct _wireSAFEARR_VARIANT {
  ULONG Size;
  [size_is(Size), ref] VARIANT *aVariant;
} SAFEARR_VARIANT;
typedef struct _wireSAFEARR_BRECORD {
  ULONG Size;
  [size_is(Size), ref] BRECORD *aRecord;
} SAFEARR_BRECORD;
typedef struct _wireSAFEARR_HAVEIID {
  ULONG Size;
  [size_is(Size), ref] IUnknown **apUnknown;
  IID iid;
} SAFEARR_HAVEIID;
typedef struct _BYTE_SIZEDARR {
  unsigned long clSize;
  [size_is(clSize)] byte *pData;
} BYTE_SIZEDARR;
typedef struct _SHORT_SIZEDARR {
  unsigned long clSize;
  [size_is(clSize)] unsigned short *pData;
} WORD_SIZEDARR;
typedef struct _LONG_SIZEDARR {
  unsigned long clSize;
  [size_is(clSize)] unsigned long *pData;
} DWORD_SIZEDARR;
typedef struct _HYPER_SIZEDARR {
  unsigned long clSize;
  [size_is(clSize)] hyper *pData;
} HYPER_SIZEDARR;
typedef union _wireSAFEARRAY_UNION switch (unsigned long sfType) u {
  case SF_BSTR: SAFEARR_BSTR BstrStr;
  case SF_UNKNOWN: SAFEARR_UNKNOWN UnknownStr;
  case SF_DISPATCH: SAFEARR_DISPATCH DispatchStr;
  case SF_VARIANT: SAFEARR_VARIANT VariantStr;
  case SF_RECORD: SAFEARR_BRECORD RecordStr;
  case SF_HAVEIID: SAFEARR_HAVEIID HaveIidStr;
  case SF_I1: BYTE_SIZEDARR ByteStr;
  case SF_I2: WORD_SIZEDARR WordStr;
  case SF_I4: DWORD_SIZEDARR LongStr;
  case SF_I8: HYPER_SIZEDARR HyperStr;
} SAFEARRAYUNION;
typedef struct _wireSAFEARRAY {
  USHORT cDims;
  USHORT fFeatures;
  ULONG cbElements;
  ULONG cLocks;
  SAFEARRAYUNION uArrayStructs;
  [size_is(cDims)] SAFEARRAYBOUND rgsabound[];
} wireSAFEARRAYStr;
typedef struct tagDISPPARAMS {
  [size_is(cArgs)] VARIANT *rgvarg;
  [size_is(cNamedArgs)] DISPID *rgdispidNamedArgs;
  UINT cArgs;
  UINT cNamedArgs;
} DISPPARAMS;
typedef struct tagEXCEPINFO {
  WORD wCode;
  WORD wReserved;
  BSTR bstrSource;
  BSTR bstrDescription;
  BSTR bstrHelpFile;
  DWORD dwHelpContext;
  ULONG_PTR pvReserved;
  ULONG_PTR pfnDeferredFillIn;
  SCODE scode;
} EXCEPINFO, *LPEXCEPINFO;
[local, object, uuid(00020400-0000-0000-C000-000000000046), pointer_default(unique)]
interface IDispatch : IUnknown {
  HRESULT GetTypeInfoCount([out] UINT *pctinfo);
  HRESULT GetTypeInfo([in] UINT iTInfo, [in] LCID lcid, [out] ITypeInfo **ppTInfo);
  HRESULT GetIDsOfNames(
    [in] REFIID riid,
    [in, size_is(cNames)] LPOLESTR *rgszNames,
    [in, range(0, 16384)] UINT cNames,
    [in] LCID lcid,
    [out, size_is(cNames)] DISPID *rgDispId);
  HRESULT Invoke(
    [in] DISPID dispIdMember,
    [in] REFIID riid,
    [in] LCID lcid,
    [in] DWORD dwFlags,
    [in] DISPPARAMS *pDispParams,
    [out] VARIANT *pVarResult,
    [out] EXCEPINFO *pExcepInfo,
    [out] UINT *pArgErr,
    [in] UINT cVarRef,
    [in, size_is(cVarRef)] UINT *rgVarRefIdx,
    [in, out, size_is(cVarRef)] VARIANT *rgVarRef);
}
typedef [unique] IDispatch *LPDISPATCH;
const DISPID DISPID_VALUE = 0;
const DISPID DISPID_UNKNOWN = -1;
const DISPID DISPID_PROPERTYPUT = -3;
const DISPID DISPID_NEWENUM = -4;
`;
