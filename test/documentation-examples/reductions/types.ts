/** Constants, structs, unions, enums and pipes. */
import { fails, shows, type Reductions } from "./reduction.ts";

/** Constants, structs, unions, enums and pipes. */
export const types: Reductions = {
  constants: shows(
    "interface",
    `const void *NOTHING = NULL;
     const char LETTER = 'a', SAME = LETTER;
     const wchar_t WIDE = L'a';
     const wchar_t *TEXT = L"text";
     const unsigned short int NUMBER = 12;
     typedef [string] const char *NAME;
     HRESULT f([out] wchar_t *const a);`,
  ),
  variables: shows("interface", "typedef short int GRID[2][3]; GRID a[4]; short int b[4][2][3];"),
  "words for integers": shows(
    "interface",
    `const signed short int A = 0; const int B = A;
     typedef struct { small int a; short b; unsigned long int c; } S;
     HRESULT f([in] long int a);`,
  ),
  void: shows(
    "interface",
    `void f(void);
     HRESULT g([in, out] short *a);
     typedef [context_handle] void *C;
     HRESULT h([out] C *a);`,
  ),
  "macro for void": shows("file", "#define NOTHING void\n[local] interface i { NOTHING f(NOTHING); }"),
  "enum with values": shows("interface", "typedef enum { A = 2, B, C } E; typedef enum { X = 9, Y = 7 } F;"),
  v1_enum: shows("interface", "typedef [v1_enum] enum { A, B };"),
  "typedef without a name": shows("interface", "typedef enum e { LAST = 9 };"),
  "member of an enum named like a type": fails(2003, "library", "typedef struct { long x; } a; enum { a = 1 };"),
  "struct with a gap": shows("interface", "typedef struct { char a; hyper b; } S;"),
  "struct with and without a tag": shows("library", "typedef struct s { long a; } S; typedef struct { long a; } T;"),
  "struct named afterwards": shows("library", "struct s { long a; }; typedef struct s S;"),
  "struct by its tag": shows("interface", "typedef struct s { long a; long *b; }; void f([in] s *a, [out] s *b);"),
  "struct that ends in an open array": shows(
    "interface",
    `typedef struct l { long a; struct l *b; } L, *P;
     typedef struct s { short n; [size_is(n)] long a[]; } S;
     void f([in, out] S *a);`,
  ),
  "packed struct": shows("interface", "#pragma pack(2)\ntypedef struct s { char a; long b; char c; };"),
  "out struct": shows("interface", "struct s { long a; }; HRESULT f([in] unsigned long n, [out] struct s *a);"),
  tree: shows("interface", "typedef struct t { short a; struct t *left, *right; } TREE; typedef TREE *P;"),
  "list with links both ways": shows(
    "interface",
    "typedef struct l { long a; struct l *next, *previous; } LIST; HRESULT f([in] LIST *a);",
  ),
  "list by a reference pointer": shows(
    "interface",
    "typedef struct l { long a; struct l *next; } LIST; typedef [ref] LIST *P; typedef long FOUR[4];",
  ),
  "list of sized pointers": shows(
    "interface",
    `typedef struct l { long n; [size_is(n)] char *a; struct l *next; } LIST, *P;
     void f([in] LIST *a, [in, out] P *b, [out] LIST *c);`,
  ),
  "ignored member": shows("interface", "typedef struct l { struct l *next; [ignore] struct l *previous; } LIST;"),
  "encapsulated union": shows(
    "interface",
    "typedef union s switch (long l) u { case 1: float a; case 2: double b; } S;",
  ),
  "union with an empty default arm": shows(
    "interface",
    `typedef [switch_type(short)] union u { [case(1)] float a; [case(2)] double b; [default] ; } U;
     typedef struct s { [switch_is(n)] U u; short n; } S;`,
  ),
  "union in a struct": shows(
    "interface",
    `union u { [case(0)] short a; [case(1)] float b; };
     typedef struct { short n; [switch_is(n)] union u a; } S;
     typedef struct { short n; [switch_is(n)] union { [case(0)] short a; [default] ; } u; } T;
     short f([in] T a);`,
  ),
  "union beside its discriminant": shows(
    "interface",
    `typedef [switch_type(short)] union { [case(0)] short a; [case(1)] char b; [default] ; } U;
     short f([in, switch_is(n)] U a, [in] short n);`,
  ),
  ms_union: shows("interface", "[ms_union] long f(void);"),
  "pipe types": shows("interface", "typedef pipe unsigned char A, B; typedef struct { long a; } S; typedef pipe S C;"),
  "pipes in and out": shows("interface", "typedef pipe long P; void f([in] P a); void g([out] P *a);"),
  "pipes behind pointers": shows(
    "interface",
    `typedef pipe int P;
     int f(handle_t h, [in] int a, [in] P *b, [out] P *c, [out] int *d);
     void g([in, out] P *a, [out] P *b, [in] P c);`,
  ),
  wire_marshal: shows(
    "interface",
    `typedef struct { unsigned short a, b; } WIRE;
     typedef unsigned long LOCAL;
     typedef [wire_marshal(WIRE)] LOCAL A;
     typedef [wire_marshal(long)] void *B;
     typedef struct { long n; [size_is(n)] long *a; } DATA;
     typedef DATA *BEHIND;
     typedef [wire_marshal(BEHIND)] void *C;`,
  ),
  "types for user_marshal": shows(
    "interface",
    "typedef unsigned long LOCAL; typedef struct s { unsigned short a, b; } WIRE;",
  ),
  transmit_as: shows(
    "interface",
    `typedef struct { short n; } SENT;
     typedef struct t { short a; struct t *b; } TREE;
     typedef [transmit_as(SENT)] TREE *A;
     typedef [transmit_as (SENT)] TREE B;`,
  ),
};
