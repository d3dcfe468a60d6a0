/** Arrays, strings, and pointers with a size. */
import { fails, shows, type Reductions } from "./reduction.ts";

/** Arrays, strings, and pointers with a size. */
export const arrays: Reductions = {
  "fixed array": shows("interface", "const unsigned short N = 3; void f([in] short a[N], [out] int b[N]);"),
  "open arrays": shows(
    "interface",
    `void f([in] short n, [in, size_is(n)] char *a, [in, out, size_is(n)] char b[], [in, out, max_is(n)] char c[*]);
     void g([in] short n, [in, max_is(n)] short a[][2]);
     void h([in] long n, [out, size_is(n)] char *a);`,
  ),
  "open array of constant size": shows(
    "interface",
    "const short N = 3; void f([in, size_is(N)] short a[]); void g([in, max_is(N - 1)] short a[]);",
  ),
  "open arrays in part": shows(
    "interface",
    `void f([in] long n, [in] long m, [in] long k, [in, out, size_is(n), first_is(m), last_is(k)] char a[]);
     void g([in] long n, [in, out] long *m, [in, out, size_is(n), length_is(*m)] char *a);`,
  ),
  "array in part": shows(
    "interface",
    "void f([in] short n, [first_is(n)] short a[4]); g([in] short n, [in, last_is(n)] short a[4]);",
  ),
  "array of constant size, in part": shows(
    "interface",
    `#define SIZE 4
     void f([in, length_is(n), size_is(SIZE)] char a[], [in] long n, [out, length_is(*m), size_is(SIZE)] char b[], [out] long *m);
     void g([in, out, string, size_is(SIZE)] char a[]);`,
  ),
  "arrays without directions": shows(
    "interface",
    `const long N = 4;
     f(char a[N]);
     g(long n, [size_is(n)] char a[*]);
     h([in] long first, [in] long n, [in, first_is(first), length_is(n)] char a[N]);`,
  ),
  "array and its length by direction": shows(
    "interface",
    `a([in] short *n, [in, length_is(*n)] short a[4]);
     b([in, out] short *n, [in, length_is(*n)] short a[4]);
     c([in] short *n, [out, length_is(*n)] short a[4]);
     d([out] short *n, [out, length_is(*n)] short a[4]);
     e([in, out] short *n, [out, length_is(*n)] short a[4]);
     f([in] short *n, [in, out, length_is(*n)] short a[4]);
     g([in, out] short *n, [in, out, length_is(*n)] short a[4]);`,
  ),
  "array whose length comes too late": fails(
    2124,
    "interface",
    "void f([out] short *n, [in, out, length_is(*n)] short a[4]);",
  ),
  "[out] array without a size": fails(2105, "interface", "void f([in] short *n, [out, length_is(*n)] short a[]);"),
  "arrays of two dimensions": shows(
    "interface",
    "void f([in] short n, [in] short m, [in, size_is(n,), length_is(, m)] long a[*][3]);",
  ),
  "bounds of arrays": shows(
    "interface",
    `#define LAST 3
     typedef char A[LAST];
     typedef short B[];
     typedef long C[*][2];
     typedef float D[0..3];
     typedef float E[0..(LAST)];
     typedef struct { unsigned short size, length; [size_is(size), length_is(length)] char text[*]; } COUNTED;
     void f([in, out] short *n, [in, out, string, size_is(*n)] char a[0..*]);`,
  ),
  "array types with attributes": shows(
    "interface",
    `const short LAST = 9;
     typedef [string, max_is(LAST)] char A[];
     typedef [string] char B[10];
     void f([in, string] char *a);`,
  ),
  "array of reference pointers": shows(
    "interface",
    "typedef [ref] short *ONE; typedef ONE MANY[3]; void f([out] MANY a); g([out] ONE a[3]);",
  ),
  "array of strings, and a tree": shows(
    "interface",
    `typedef [string] char *TEXT;
     typedef struct { long a; } *TREE;
     void f([in] short n, [in, size_is(n)] TEXT a[], [in] short size, [out, ref] TREE b);`,
  ),
  "counted strings": shows(
    "interface",
    `typedef struct { unsigned short size, length; [size_is(size), length_is(length)] char string[*]; } OPEN;
     typedef struct { unsigned short length; [length_is(length)] char string[9]; } FIXED;
     void f([in] short n, [in, length_is(n)] short a[9]);`,
  ),
  "string in an open array": shows("interface", "void f([in, out, string] char a[]);"),
  "strings in and out": shows(
    "interface",
    `void f([in, string] char *a, [out, string, size_is(9)] char *b);
     outSized([in, range(1, 9)] long n, [out, size_is(n), string] wchar_t *a);
     outUnsized([out] LPWSTR *a);
     void g([in] long n, [in, size_is(n), string] char *a);`,
  ),
  "sized string by a pointer": shows(
    "interface",
    "HRESULT f([in] DWORD n, [in, unique, string, size_is(n)] LPWSTR a);",
  ),
  "string by a pointer, and a sized pointer": shows(
    "interface",
    "void f([in, out, string] char **a); void g([in] long n, [in, size_is(n)] byte *a);",
  ),
  "string member behind a pointer": shows(
    "interface",
    "typedef struct s { [string] char *a; } *S; HRESULT f([in, out] S *a);",
  ),
  "pointer sized by a parameter": shows("interface", "HRESULT f([in] long n, [in, size_is(n)] long *a);"),
  "sizes of pointers to pointers": shows(
    "automation",
    `[uuid(5d1f0b6a-6a0e-4b2a-b7e3-2d3f5c1a9e01), version(1.0)] interface sizes {
       typedef [range(1, 9)] long COUNT;
       HRESULT a([in] short n, [in, size_is(n)] short a[], [in, size_is(n)] short b[][2]);
       HRESULT b([in] short n, [size_is(n)] short *a);
       HRESULT c([in] short n, [size_is(, n)] short **a);
       HRESULT d([in] short n, [size_is(n,)] short **a);
       HRESULT e([in] short n, [in] short m, [size_is(n, m)] short **a);
       HRESULT f([out] COUNT *n, [out, size_is(, *n)] long **a);
     }`,
  ),
  ranges: shows(
    "interface",
    `typedef pipe long LONGS;
     HRESULT a([in, range(0, 9)] ULONG n, [size_is(n)] ULONG *a);
     b([in, range(1, 9)] long n, [in, size_is(n)] char *a);
     c([in, size_is(n)] char *a, [in, range(1, 9)] long n);
     d([in, range(1, 9)] long n, [out, size_is(n)] long *a);
     e([in, range(1, 9)] long n, [in] long m, [in, size_is(n), length_is(m)] long *a);
     f([in, range(1, 9)] long n, [out] long *m, [out, size_is(n), length_is(*m)] long *a);
     g([in, range(0, 9)] ULONG n, [in, range(0, 9)] ULONG m, [size_is(n, m)] ULONG **a);
     void h([in, range(0, 9)] LONGS a);`,
  ),
};
