/** Operations, their parameters and pointers, and handles. */
import { fails, shows, type Reductions } from "./reduction.ts";

/** Operations, their parameters and pointers, and handles. */
export const operations: Reductions = {
  "parameters in both directions": shows(
    "interface",
    `HRESULT f([in] short a, [in, out] short *b, [out] float *c);
     void g([in, out, ref] char *a, [in, unique] char *b);`,
  ),
  "operation without a type": shows(
    "interface",
    "f([in] short a); typedef struct { long a; } S; g([in] long a, [out] S *b);",
  ),
  "declarator without a type": fails(2011, "interface", "f (a);"),
  "operations without a handle": shows(
    "file",
    `[uuid(5d1f0b6a-6a0e-4b2a-b7e3-2d3f5c1a9e02), version(1.0), pointer_default(unique)] interface i {
       void f([out] long *a);
       void g([in, string] unsigned char *a);
       void h(void);
     }`,
  ),
  "operation with a primitive handle": shows(
    "automation",
    `[uuid(5d1f0b6a-6a0e-4b2a-b7e3-2d3f5c1a9e03), version(1.0), pointer_default(unique)] interface i {
       const long A = 1; const short B = -1; const char *C = "text";
       void f(handle_t h, [in, string] unsigned char *a);
       void g([in] handle_t h, [in, string] char *a);
       HRESULT k(handle_t h, [in] int a, [out] int *b);
     }`,
  ),
  "local operations": shows(
    "automation",
    `[local] interface a { void f(void); }
     [object, uuid(5d1f0b6a-6a0e-4b2a-b7e3-2d3f5c1a9e04), local] interface b : IUnknown { void f(void); }
     [uuid(5d1f0b6a-6a0e-4b2a-b7e3-2d3f5c1a9e05)] interface c { [local] void f(void); HRESULT g([in] short a); }`,
  ),
  callback: shows("interface", "void f(void); [callback] HRESULT g([in, string] char *a);"),
  message: shows(
    "interface",
    "typedef short *A; [message] void f([in, string] char *a); [message] void g([in, size_is(n)] A a, [in] int n);",
  ),
  "procedure for serialization": shows(
    "interface",
    "void __RPC_USER f([in] handle_t h, [in, out] long *a, [in, out] long *b);",
  ),
  partial_ignore: shows("interface with /app_config", "void f([in, out, unique, partial_ignore] long *a);"),
  "returned pointer": shows("interface", "[unique] char *f([in, ref] char *a);"),
  "full and unique pointers": shows(
    "interface",
    `typedef struct { [ptr] short *a; } FULL;
     typedef struct { [unique] FULL *a, *b; } TWO;
     typedef [ptr, string] unsigned char *A;
     typedef [unique, string] unsigned char *B;
     [ptr] char *f([in, out, unique] long *a);
     [unique] char *g([in, out, unique] long *a);
     void h([in, ptr, string] char *a, [in, ptr, string] char *b);`,
  ),
  "reference pointers in structs": shows(
    "interface",
    "typedef struct { [ref] small *a; } S; typedef struct { [ref] S *a; } T; f([out, ref] T *a);",
  ),
  "pointer kinds by default": shows(
    "file",
    `[uuid(5d1f0b6a-6a0e-4b2a-b7e3-2d3f5c1a9e06), version(1.0), pointer_default(ptr)] interface full {
       typedef long *P;
       struct ring { struct ring *a, *b; long c; };
       void f([in] P a);
       void g([in] struct ring *a);
       struct ring *h(void);
     }
     [uuid(5d1f0b6a-6a0e-4b2a-b7e3-2d3f5c1a9e07), version(1.0)] interface plain {
       struct list { struct list *a; };
       void i([in] struct list *a);
       struct list *k(void);
     }`,
  ),
  "generic handle": shows(
    "interface",
    `typedef [handle] struct { char a[8]; } PLACE;
     typedef struct { unsigned char *a; } DATA;
     typedef [handle] DATA *HANDLE_TYPE;
     void f([in] HANDLE_TYPE h, [in, string] unsigned char *a);`,
  ),
  "context handle": shows(
    "interface",
    `const short N = 9;
     typedef [context_handle] void *C;
     short f([out] C *a, [in, string] unsigned char *b);
     short g([in] C a, [out] unsigned char b[N], [out] short *c);
     short h([in, out] C *a);`,
  ),
  "context handle behind a reference pointer": shows(
    "interface",
    `typedef [context_handle] void *C;
     typedef [ref] C *P;
     short f([out] P a, [in, string] unsigned char *b);
     void g([in] C a, [out, size_is(*n)] unsigned char b[], [in, out] short *n);
     short h([in, out] P a);`,
  ),
  "context handle of two types": shows(
    "interface",
    `typedef [context_handle] void *ALONE;
     typedef [context_handle] ALONE SHARED;
     void f([in] SHARED *a);
     void g([in, out] ALONE *a);`,
  ),
  "system handles": shows(
    "object",
    `HRESULT a([in, system_handle(sh_file)] HANDLE a, [in, system_handle(sh_pipe, FILE_GENERIC_READ)] HANDLE b);
     HRESULT b([out, system_handle(sh_composition)] HANDLE *a, [out, system_handle(sh_file, READ_CONTROL | SYNCHRONIZE)] HANDLE *b);
     HRESULT c([in] DWORD n, [out, system_handle(sh_event), size_is(n)] HANDLE *a);
     HRESULT d([in, system_handle(sh_job)] HANDLE a, [out, system_handle(sh_mutex)] HANDLE *b);
     HRESULT e([in, system_handle(sh_process)] HANDLE a, [out, system_handle(sh_reg_key)] HANDLE *b);
     HRESULT f([in, system_handle(sh_section)] HANDLE a, [out, system_handle(sh_semaphore)] HANDLE *b);
     HRESULT g([in, system_handle(sh_socket)] HANDLE a, [out, system_handle(sh_token)] HANDLE *b);
     HRESULT h([in, system_handle(sh_thread)] HANDLE a);`,
  ),
};
