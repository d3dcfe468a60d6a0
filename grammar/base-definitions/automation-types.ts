/**
 * wtypes.idl: strings and numbers of automation (MS-OAUT 2.2.7 and 2.2.23 to 2.2.27), and handles of windows (MIDL "Marshaling OLE Data
 * Types"). All of them have their transmitted form: a BSTR is a structure with its lengths and its characters.
 */
export const automationTypes = `import "wtypesbase.idl";
#pragma warning(disable : 2057)
typedef struct _FLAGGED_WORD_BLOB {
  unsigned long cBytes;
  unsigned long clSize;
  [size_is(clSize)] unsigned short asData[];
} FLAGGED_WORD_BLOB;
typedef [unique] FLAGGED_WORD_BLOB *BSTR;
typedef [unique] BSTR *LPBSTR;
typedef struct tagCY {
  LONGLONG int64;
} CY, CURRENCY;
typedef struct tagDEC {
  USHORT wReserved;
  BYTE scale;
  BYTE sign;
  ULONG Hi32;
  ULONGLONG Lo64;
} DECIMAL, *LPDECIMAL;
typedef double DATE;
typedef short VARIANT_BOOL;
typedef unsigned short VARTYPE;
typedef LONG DISPID, MEMBERID;
typedef DWORD HREFTYPE;
typedef WORD CLIPFORMAT;
typedef enum tagVARENUM {
  VT_EMPTY = 0x0000,
  VT_NULL = 0x0001,
  VT_I2 = 0x0002,
  VT_I4 = 0x0003,
  VT_R4 = 0x0004,
  VT_R8 = 0x0005,
  VT_CY = 0x0006,
  VT_DATE = 0x0007,
  VT_BSTR = 0x0008,
  VT_DISPATCH = 0x0009,
  VT_ERROR = 0x000a,
  VT_BOOL = 0x000b,
  VT_VARIANT = 0x000c,
  VT_UNKNOWN = 0x000d,
  VT_DECIMAL = 0x000e,
  VT_I1 = 0x0010,
  VT_UI1 = 0x0011,
  VT_UI2 = 0x0012,
  VT_UI4 = 0x0013,
  VT_I8 = 0x0014,
  VT_UI8 = 0x0015,
  VT_INT = 0x0016,
  VT_UINT = 0x0017,
  VT_VOID = 0x0018,
  VT_HRESULT = 0x0019,
  VT_PTR = 0x001a,
  VT_SAFEARRAY = 0x001b,
  VT_CARRAY = 0x001c,
  VT_USERDEFINED = 0x001d,
  VT_LPSTR = 0x001e,
  VT_LPWSTR = 0x001f,
  VT_RECORD = 0x0024,
  VT_INT_PTR = 0x0025,
  VT_UINT_PTR = 0x0026,
  VT_ARRAY = 0x2000,
  VT_BYREF = 0x4000
} VARENUM;
const long WDT_INPROC_CALL = 0x48746457;
const long WDT_REMOTE_CALL = 0x52746457;
typedef union _RemotableHandle switch (long fContext) u {
  case WDT_INPROC_CALL: long hInproc;
  case WDT_REMOTE_CALL: long hRemote;
} RemotableHandle;
typedef [unique] RemotableHandle *HWND, *HMENU, *HACCEL, *HBRUSH, *HFONT, *HDC, *HICON, *HRGN, *HMONITOR;
typedef HICON HCURSOR;
`;
