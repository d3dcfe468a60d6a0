/** Automation: libraries and what stands in them. */
import { shows, type Reductions } from "./reduction.ts";

const A = "uuid(5d1f0b6a-6a0e-4b2a-b7e3-2d3f5c1a9e20)";
const B = "uuid(5d1f0b6a-6a0e-4b2a-b7e3-2d3f5c1a9e21)";
const C = "uuid(5d1f0b6a-6a0e-4b2a-b7e3-2d3f5c1a9e22)";

/** Automation: libraries and what stands in them. */
export const automation: Reductions = {
  "library attributes": shows(
    "file",
    `[${A}, helpstring("text"), helpfile("a.hlp"), control, hidden, restricted, lcid(0x0409), version(2.0)] library l { };`,
  ),
  importlib: shows("file", 'library l { importlib("stdole32.tlb"); importlib("other.tlb"); };'),
  "library with a dual interface": shows(
    "automation",
    `[${A}, helpstring("text"), helpstringcontext(1), version(1.0)] library l {
       importlib("stdole32.tlb");
       [${B}, helpstring("text"), helpstringcontext(2), oleautomation, dual, nonextensible] interface i : IDispatch {
         [propget, helpstring("text"), helpstringcontext(3)] HRESULT a([out, retval] long *a);
         [propput, helpstring("text"), helpstringcontext(4)] HRESULT a([in] long a);
       }
     }`,
  ),
  "interface inside and outside of a library": shows(
    "file",
    `[object, ${A}] interface a : IUnknown { import "unknwn.idl"; };
     struct s { long a; };
     [${B}] library l {
       interface a;
       struct s;
       [${C}] coclass c { interface a; };
     };`,
  ),
  "type in a library": shows("file", 'library l { importlib("a.tlb"); typedef struct s { long a; } S; }'),
  "type of a library by its qualified name": shows("library", "typedef struct { l.T a; } S;", "typedef long T;"),
  "public type": shows("library", "typedef [public] long T;"),
  "dual interface": shows(
    "automation",
    `[${A}, oleautomation, dual] interface a : IDispatch { };
     [${B}, dual, restricted] interface b : IDispatch { [propget, nonbrowsable] HRESULT a([out, retval] long *a); }`,
  ),
  "properties by functions": shows(
    "dual",
    `[propget] short a([in] long a);
     [propget] HRESULT b([in] long a, [out, retval] short *b);
     [propget, helpstring("text"), id(1)] HRESULT c([out, retval] IUnknown **a);
     [propput, helpstring("text")] HRESULT d([in] int a);
     [propputref, helpstring("text"), id(1)] HRESULT c([in] IUnknown *a);
     HRESULT e([out, retval] VARIANT_BOOL *a);`,
  ),
  "property without a parameter": shows("dual", "[propget, restricted] HRESULT a(void);"),
  "property with a locale": shows("dual", "[propget] HRESULT a([in, lcid] long a, [out, retval] BSTR *b);"),
  "property of the default collection": shows(
    "automation",
    `[dual, ${A}, helpstring("text"), restricted] interface a : IDispatch {
       [propget, defaultcollelem] HRESULT a([out, retval] long *a);
     }`,
  ),
  "readonly parameter": shows("dual", "HRESULT f([in, readonly] int a);"),
  "optional parameters": shows("dual", "HRESULT f([in, optional] VARIANT a, [out, optional] VARIANT *b);"),
  "default values": shows(
    "dual",
    "const long C = 1; HRESULT f([defaultvalue(4)] LONG a); HRESULT g([in, defaultvalue(C)] LONG a, [out, retval] IUnknown **b);",
  ),
  "interface with labels of a dispinterface": shows(
    "automation",
    `[${A}] interface i : IUnknown {
       properties:
       methods:
         [id(1), propget, bindable, defaultbind, displaybind, immediatebind, helpstring("text")] long a(void);
         [id(1), propput, bindable, defaultbind, displaybind, immediatebind] HRESULT a([in] long a);
     }`,
  ),
  dispinterface: shows(
    "automation",
    `[${A}, version(1.0), helpstring("text"), helpcontext(1)] dispinterface d {
       properties:
         [id(0)] int a;
         [id(2)] BSTR b;
       methods:
         [id(3)] HRESULT c();
         [id(4)] int d(int a, double *b);
     };
     [${B}] dispinterface e {
       properties:
       methods:
         [id(1), propget, bindable, defaultbind, displaybind] long a();
         [id(1), propput, bindable, defaultbind, displaybind] HRESULT a(long a);
     }`,
  ),
  "dispinterface with properties by functions": shows(
    "automation",
    `[${A}] dispinterface d {
       properties:
       methods:
         [id(1), propget, bindable, defaultbind, displaybind] long a();
         [id(1), propput, bindable, defaultbind, displaybind] HRESULT a(long a);
     }`,
  ),
  "dispinterface with a function among its properties": shows(
    "dispinterface",
    'properties: [id(1), propget, helpstring("text"), bindable, defaultbind, displaybind, requestedit] long a(void);',
  ),
  "dispinterface of an interface": shows(
    "library",
    "dispinterface d { interface a; };",
    `[object, ${A}] interface a : IDispatch { }`,
  ),
  "coclass attributes": shows(
    "file",
    `[${A}, aggregatable, appobject, licensed, noncreatable, helpstring("text"), helpcontext(1)] coclass c {
       [default, helpcontext(2)] interface a : IUnknown;
       interface IDispatch;
       [default, source] dispinterface b;
     };`,
  ),
  "coclass of interfaces and dispinterfaces": shows(
    "file",
    `[${A}, version(1.0), helpstring("text"), helpcontext(1), appobject] coclass a {
       [source] interface x : IUnknown;
       [default, source] dispinterface y;
     };
     [${B}] coclass b { [restricted] interface z; interface w; }`,
  ),
  "coclass of interfaces with properties": shows(
    "automation",
    `[odl, dual, ${A}, restricted] interface a : IDispatch {
       [propget, uidefault] HRESULT a([out, retval] BSTR *a);
       [propput, uidefault] HRESULT a([in] BSTR a);
     }
     [dual, ${B}, restricted] interface b : IDispatch { [uidefault] HRESULT c(); }
     [${C}] coclass c { [default] interface a; [default, defaultvtable, source] interface b; }`,
  ),
  module: shows(
    "library",
    `[${A}, helpstring("text"), helpcontext(1), dllname("a.dll")] module a {
       [helpstring("text")] unsigned long const C = 0x80000006;
       [helpstring("text"), entry(1)] pascal double f([in] double a);
     };
     [dllname("b.dll")] module b {
       [entry("One"), usesgetlasterror, bindable, requestedit, propputref, defaultbind] HRESULT f([in] IUnknown *a, [out] long *b);
       [entry("Two"), usesgetlasterror, hidden, vararg] SAFEARRAY (int) g([in, out] SAFEARRAY (variant) *a);
     };`,
  ),
  "functions of a module": shows(
    "library",
    `[dllname("a.dll")] module a {
       [entry(20), bindable, requestedit, propputref, defaultbind] HRESULT f([in] IUnknown *a, [out] long *b);
       [entry("Two"), hidden, vararg] SAFEARRAY (int) g([in, out] SAFEARRAY (variant) *a);
       [entry(22)] float h([in] lpstr a, [in] double b, [out] short *c);
     };`,
  ),
  "function with a variable number of arguments": shows(
    "module",
    "[hidden, vararg] SAFEARRAY (int) f([in, out] SAFEARRAY (variant) *a); [vararg] VARIANT_BOOL g([in] SAFEARRAY(VARIANT) a);",
  ),
};
