/** Declarations under the very names that the generator would coin for something else. */
export const NAMES_BASE_IDL = "typedef struct Tree { long v; [string, unique] char *name; struct Tree *next; } Tree;\n";

export const NAMES_IDL = `import "names-base.idl";
[uuid(5b1d7c30-2f6e-4b0e-9a83-6f1c2d3e4b01), pointer_default(unique)]
interface book
{
    typedef struct TreeNode { struct TreeNode *left; Tree *right; long v; } TreeNode;
    typedef struct TreeArray { long n; [size_is(n)] Tree *items; } TreeArray;
    typedef struct List { struct List *tail; struct List *other; } List;
    typedef struct ListNode { struct ListNode *tail; List *list; } ListNode;
    typedef struct ListArray { long n; [size_is(n)] List *items; } ListArray;
    typedef struct List_tail { struct List_tail *tail; List *list; long v; } List_tail;
    typedef struct LoginRequest { long a; } LoginRequest;
    typedef struct LoginResponse { long a; } LoginResponse;
    typedef struct BookClient { long a; } BookClient;
    typedef struct BookManager { long a; } BookManager;
    typedef struct bookServerStub { long a; } bookServerStub;
    typedef struct bookInterface { long a; } bookInterface;
    typedef struct marshalLoginRequest { long a; } marshalLoginRequest;
    const long LoginRequestArray = 3;
    typedef struct Outer
    {
        long n;
        struct { long q; } u;
        [switch_is(n)] union { [case(1)] long a; [default] ; } v;
        enum { E1, E2 } w;
    } Outer;
    typedef struct Outer_u { long z; } Outer_u;
    typedef long Outer_v;
    typedef struct Outer_w { Outer_v x; } Outer_w;
    typedef long *LP;
    typedef long LPNode;
    typedef struct Pointers { LP *p; LPNode n; [size_is(n)] LP *q; } Pointers;
    typedef pipe struct { long a; } Items;
    typedef struct ItemsChunk { long a; } ItemsChunk;
    typedef struct Rule
    {
        struct Rule *next;
        long n;
        [switch_type(long), switch_is(n)] union { [case(1)] struct { struct Rule *inner; }; [default] ; };
    } Rule;
    void Login([in] LoginRequest *request, [out] LoginResponse *answer, [in] BookClient *c, [in] BookManager *m,
        [in] bookServerStub *s, [in] bookInterface *i, [in] marshalLoginRequest *q);
    void Trees([in] Tree *tree, [in, out] TreeNode **node, [in, out] TreeArray *array);
    void Lists([in] List *list, [in, out] ListNode **node, [in, out] ListArray *array, [in] List_tail *tail, [in] Rule *rule);
    void Nested([in, out] Outer *s, [in, out] Outer_u *t, [in] Outer_v v, [in] Outer_w *w, [in, out] Pointers *x);
    void Pipe([in] Items items, [in] ItemsChunk *chunk);
    void Open([in] long x, [out] long *y);
    void close([in] long x);
    void Close([in] short x);
}
[uuid(5b1d7c30-2f6e-4b0e-9a83-6f1c2d3e4b02), pointer_default(unique)]
interface shelf
{
    void Open([in, string] char *x, [out] short *z);
}
`;

/** Declarations and parameters under the names of variables, imports and globals of generated code. */
export const HIDING_IDL = `
[uuid(5b1d7c30-2f6e-4b0e-9a83-6f1c2d3e4b03), pointer_default(unique)]
interface hiding
{
    typedef struct node { struct node *next; long wide; long value; } node;
    typedef struct value { long value; [size_is(value)] node tail[]; } value;
    typedef struct existing { node *r; value *w; long n; [size_is(n)] node *items; } existing;
    typedef struct index { existing at[2]; struct index *node; } index;
    typedef struct request { node *first; } request;
    typedef struct response { request *first; } response;
    typedef struct memory { node *first; } memory;
    typedef struct visit { struct visit *left; struct visit *right; } visit;
    typedef struct listItem { long a; struct listItem *next; } listItem;
    typedef struct Lists { listItem list[2]; long n; [size_is(n)] listItem *items; } Lists;
    typedef [switch_type(long)] union arm { [case(1)] node *node; [case(2)] index at; } arm;
    typedef struct structNode { struct structNode *next; } structNode;
    typedef struct requireStubContract { long v; } requireStubContract;
    typedef struct createLists { long v; } createLists;
    typedef struct marshalString { long v; } marshalString;
    typedef struct String { [string] char *text; } String;
    typedef struct ExpectedRun { String *next; } ExpectedRun;
    typedef [switch_type(long)] union Extract { [case(1)] structNode *node; [default] long v; } Extract;
    typedef struct Status { long a; } Status;
    void Variables([in, out] node **node, [in, out] value **value, [in, out] existing *existing, [in, out] index *index, [in] long wide);
    void Nodes([in, out] request *a, [in, out] response **b, [in, out] memory *c, [in, out] visit **d, [in, out] Lists *e,
        [in, switch_is(n)] arm *f, [in] long n);
    void Imports([in, out] structNode *a, [in] requireStubContract *b, [in] createLists *c, [in, out] marshalString *d, [in] String *e,
        [in, out] ExpectedRun *f, [in, switch_is(n)] Extract *g, [in] long n);
    void Types([out] Status *Status, [in, out] listItem **listItem, [in] long requestValue);
    void Routines([in, string] char *marshalString, [out, string] char **unmarshalString, [out] node **unmarshalnode, [out] long *undefined);
    void toString([in] long hasOwnProperty);
}
`;
