/** Files and interfaces: headers, imports, and what a preprocessor reads. */
import { shows, type Reductions } from "./reduction.ts";

const UUID = "uuid(5d1f0b6a-6a0e-4b2a-b7e3-2d3f5c1a9e10)";

/** Files and interfaces: headers, imports, and what a preprocessor reads. */
export const interfaces: Reductions = {
  "empty interface": shows("file", `[${UUID}, version(1.0), pointer_default(unique)] interface i { }`),
  uuid: shows("header", 'uuid("5d1f0b6a-6a0e-4b2a-b7e3-2d3f5c1a9e11")'),
  "pointer_default(ptr)": shows("header", `${UUID}, pointer_default(ptr)`),
  "pointer_default(unique)": shows("header", `${UUID}, pointer_default(unique)`),
  endpoints: shows(
    "header",
    `${UUID}, version(1.1), endpoint("ncacn_np:[\\\\pipe\\\\a]", "ncacn_np:\\\\\\\\server[\\\\pipe\\\\b]",
     "ncacn_ip_tcp:[1044]", "ncacn_ip_tcp:10.2.3.4[1404]", "ncacn_http:host.example[2225]", "ncadg_ip_udp:host[1404]",
     "ncalrpc:[name]", "ncadg_mq:host", "ncacn_dnet_nsp:node[#41]", "ncacn_vns_spp:a@b@c[260]", "ncacn_nb_tcp:[100]")`,
  ),
  "interfaces that use each other": shows(
    "file",
    `interface b;
     [local] interface a { void f(void); }
     [local] interface b { void g(void); }`,
  ),
  import: shows(
    "automation",
    `import "unknwn.idl", "oaidl.idl"; [object, ${UUID}] interface i : IUnknown { import "wtypes.idl"; }`,
  ),
  "import in an interface": shows(
    "file",
    `[${UUID}, version(3.1), pointer_default(unique)] interface i {
       import "wtypes.idl", "unknwn.idl";
       const wchar_t *TEXT = L"text";
       typedef char *P;
       HRESULT f([in, string] char *a, [out] short *b);
     }`,
  ),
  "header files included in an interface": shows("file", '[local] interface i {\n#include "basetsd.h"\n}'),
  cpp_quote: shows("file", 'cpp_quote("#include \\"a.h\\"") cpp_quote ("#define A 10") cpp_quote("A(B, 0x1);")'),
  declare_guid: shows("file", "declare_guid(NAME, 5d1f0b6a-6a0e-4b2a-b7e3-2d3f5c1a9e12)"),
  midl_pragma: shows("file", "#if (__midl >= 501)\nmidl_pragma warning( disable: 2007 )\n#endif"),
  pragmas: shows(
    "file",
    '#pragma midl_echo("#define A")\ncpp_quote("#define B 1")\n#pragma hdrstop\n#pragma check_pointer(on)',
  ),
  "asynchronous COM interface": shows(
    "file",
    `[object, ${UUID}, async_uuid(5d1f0b6a-6a0e-4b2a-b7e3-2d3f5c1a9e13), pointer_default(unique)] interface i : IUnknown { }`,
  ),
  "derived COM interface": shows(
    "automation",
    `[object, ${UUID}] interface a : IUnknown { }
     [object, uuid(5d1f0b6a-6a0e-4b2a-b7e3-2d3f5c1a9e13)] interface b : a { import "wtypes.idl"; HRESULT f(); }
     [object, local, uuid(5d1f0b6a-6a0e-4b2a-b7e3-2d3f5c1a9e14)] interface c : a { }`,
  ),
  "pointer to an interface as a type": shows(
    "file",
    `interface a;
     typedef interface a *A;
     [object, ${UUID}] interface b : IUnknown { typedef b *B; }`,
  ),
  "interface pointer with iid_is": shows("object", "HRESULT f([in] REFIID a, [out, iid_is(a)] IUnknown **b);"),
};
