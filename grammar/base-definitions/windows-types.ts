/** wtypesbase.idl: the type names of Windows (Windows data types; MS-DTYP 2.2). */
export const windowsTypes = `typedef unsigned char BYTE, UCHAR, *PBYTE, *LPBYTE, *PUCHAR;
typedef char CHAR, *PCHAR, *LPSTR, *PSTR;
typedef const char *LPCSTR;
typedef wchar_t WCHAR, OLECHAR, *PWCHAR;
typedef [string] wchar_t *LPWSTR, *PWSTR, *LPOLESTR;
typedef [string] const wchar_t *LPCWSTR, *LPCOLESTR;
typedef short SHORT, *PSHORT;
typedef unsigned short USHORT, WORD, *PUSHORT, *PWORD, *LPWORD;
typedef int INT, BOOL, *PINT, *PBOOL, *LPBOOL;
typedef unsigned int UINT, *PUINT;
typedef long LONG, *PLONG, *LPLONG;
typedef unsigned long ULONG, DWORD, *PULONG, *PDWORD, *LPDWORD;
typedef BYTE BOOLEAN, *PBOOLEAN;
typedef float FLOAT;
typedef double DOUBLE;
typedef __int64 LONGLONG, LONG64, INT64;
typedef unsigned __int64 ULONGLONG, DWORDLONG, ULONG64, DWORD64, UINT64, *PULONGLONG;
typedef int INT32, LONG32;
typedef unsigned int UINT32, ULONG32, DWORD32;
typedef signed char INT8;
typedef unsigned char UINT8;
typedef short INT16;
typedef unsigned short UINT16;
typedef __int3264 INT_PTR, LONG_PTR;
typedef unsigned __int3264 UINT_PTR, ULONG_PTR, DWORD_PTR, SIZE_T;
typedef LONG HRESULT, SCODE, NTSTATUS;
typedef void *HANDLE, *PVOID, *LPVOID;
typedef DWORD LCID, COLORREF, ACCESS_MASK;
typedef WORD LANGID, ATOM;
typedef struct _GUID {
  unsigned long Data1;
  unsigned short Data2;
  unsigned short Data3;
  byte Data4[8];
} GUID, UUID, *PGUID, *LPGUID;
typedef GUID IID, CLSID, FMTID, *LPIID, *LPCLSID;
typedef const GUID *REFGUID;
typedef const IID *REFIID;
typedef const CLSID *REFCLSID;
typedef struct _FILETIME {
  DWORD dwLowDateTime;
  DWORD dwHighDateTime;
} FILETIME, *PFILETIME, *LPFILETIME;
typedef struct _SYSTEMTIME {
  WORD wYear;
  WORD wMonth;
  WORD wDayOfWeek;
  WORD wDay;
  WORD wHour;
  WORD wMinute;
  WORD wSecond;
  WORD wMilliseconds;
} SYSTEMTIME, *PSYSTEMTIME, *LPSYSTEMTIME;
typedef struct _LARGE_INTEGER {
  LONGLONG QuadPart;
} LARGE_INTEGER, *PLARGE_INTEGER;
typedef struct _ULARGE_INTEGER {
  ULONGLONG QuadPart;
} ULARGE_INTEGER, *PULARGE_INTEGER;
typedef struct tagPOINT {
  LONG x;
  LONG y;
} POINT, *PPOINT, *LPPOINT;
typedef struct tagSIZE {
  LONG cx;
  LONG cy;
} SIZE, *PSIZE, *LPSIZE;
typedef struct tagRECT {
  LONG left;
  LONG top;
  LONG right;
  LONG bottom;
} RECT, *PRECT, *LPRECT;
typedef struct _LUID {
  DWORD LowPart;
  LONG HighPart;
} LUID, *PLUID;
`;
