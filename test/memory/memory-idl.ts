/** The interface on which the memory rules are shown. */
export const MEMORY_IDL = `
[uuid(0c9d3a4e-52b1-4f0e-9a37-6f5b8c1d2e3f), version(1.0), pointer_default(unique)]
interface memory
{
    typedef struct _LIST { long value; struct _LIST *next; } LIST;
    typedef struct { unsigned long count; [size_is(count)] LIST *items; LIST *one; [string] wchar_t *text; } HOLDER;
    typedef struct { long size; [size_is(size)] byte octets[]; } BLOB;
    typedef struct { [ref] LIST *required; } REQUIRED;
    typedef [switch_type(long)] union { [case(1)] LIST *list; [case(2)] HOLDER *holder; [default] ; } CHOICE;

    long Take([in] LIST *list);
    long TakeMany([in] HOLDER *holder, [in, unique] BLOB *blob);
    long Give([in] long count, [out] LIST **list);
    long GiveInto([out] HOLDER *holder);
    long GiveArray([in] unsigned long count, [out, size_is(count)] LIST items[]);
    long GiveNumbers([in] unsigned long count, [out, size_is(count)] long numbers[]);
    long Edit([in, out] LIST **list);
    long EditHolder([in, out] HOLDER *holder);
    LIST *Return([in] long count);
    long Need([out] REQUIRED *required);
    long Choose([in] long which, [in, out, switch_is(which)] CHOICE *choice);
    void Throw([in] LIST *list);
    typedef struct _GRAPH { long value; [ptr] struct _GRAPH *left; [ptr] struct _GRAPH *right; } GRAPH;
    typedef [ref] LIST *REQUIRED_LIST;
    long FillBehind([out] REQUIRED_LIST *list);
    long Share([in, out] GRAPH *graph);
    long Switch([in, out] long *which, [in, out, switch_is(*which)] CHOICE *choice);
    long EditArray([in, out] unsigned long *count, [in, out, size_is(*count)] LIST items[]);
    typedef struct { unsigned long count; LIST *first; [size_is(count)] LIST items[]; } TAIL;
    typedef struct { long value; TAIL tail; } NESTED;
    long EditTail([in, out] TAIL *tail);
    long EditNested([in, out] NESTED *nested);
}`;
