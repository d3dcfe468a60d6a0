/** Application configuration files. */
import { shows, type Reductions } from "./reduction.ts";

const CONTEXT = "typedef [context_handle] void *C; long f([in] C a);";
const PROCEDURE = "f([in] short a);";

/** Application configuration files. */
export const configuration: Reductions = {
  auto_handle: shows(
    "acf",
    '[auto_handle, code] interface i { include "a.h", "b.h"; }',
    "interface i { void f(void); }",
  ),
  implicit_handle: shows(
    "acf",
    "[implicit_handle(handle_t h), enable_allocate] interface i { }",
    "interface i { void f(void); }",
  ),
  explicit_handle: shows("acf", "[explicit_handle] interface i { };", "interface i { void f(void); }"),
  "asynchronous operation": shows("acf", "interface i { [async] f() ; } ;", "interface i { void f(handle_t h); }"),
  "encode and decode": shows(
    "acf",
    "[explicit_handle] interface i { typedef [encode, decode] S; typedef [decode] T; [encode, decode] f(); [encode] g(); }",
    "interface i { typedef struct { long a; } S, T; void f([in] handle_t h, [in] long a); void g([in] handle_t h, [in] long a); }",
  ),
  "encode and decode by an implicit handle": shows(
    "acf",
    "[encode, implicit_handle(handle_t h)] interface i { typedef [decode] S; [decode] f(); [encode] g(); }",
    "interface i { typedef struct { long a; } S; void f([in] long a); void g([in] long a); }",
  ),
  "include in an ACF": shows("acf body", 'include "a.h"; include "b.h", "c.h";'),
  "allocate on types": shows(
    "acf body",
    "typedef [allocate(all_nodes, dont_free)] A; typedef [allocate(all_nodes)] B; typedef [allocate(dont_free)] C;",
    "typedef long *A, *B, *C;",
  ),
  force_allocate: shows(
    "acf body",
    "f([force_allocate] a); typedef [force_allocate] L;",
    "typedef struct l { struct l *a; } *L; void f([in, out, string] char **a);",
  ),
  byte_count: shows(
    "acf body",
    "f([byte_count(n)] a);",
    "struct s { long a; }; void f([in] unsigned long n, [out] struct s *a);",
  ),
  "call_as in an ACF": shows(
    "acf body",
    "[call_as(f)] g();",
    "[local] long f(void *a); [call_as(f)] long g([in] long a);",
  ),
  "context_handle_noserialize on a type": shows(
    "acf body",
    "typedef [context_handle_noserialize] C; typedef [context_handle_serialize] D;",
    `${CONTEXT} typedef [context_handle] void *D;`,
  ),
  "context_handle_noserialize on a parameter": shows(
    "acf body",
    "HRESULT f([context_handle_noserialize] a); HRESULT g([context_handle_serialize] a);",
    `${CONTEXT} long g([in] C a);`,
  ),
  notify: shows("acf body", "[notify] f(); [notify_flag] g();", `${PROCEDURE} g([in] short a);`),
  optimize: shows("acf body", '[optimize ("s")] f(); [optimize ("i")] g();', "void f(void); void g(void);"),
  represent_as: shows(
    "acf body",
    "typedef [ represent_as(LOCAL) ] SENT;",
    "typedef struct { long a; } LOCAL; typedef long SENT[4];",
  ),
  user_marshal: shows(
    "acf body",
    "typedef [user_marshal(LOCAL)] SENT;",
    "typedef unsigned long LOCAL; typedef struct { short a; } SENT;",
  ),
};
