/** Arrays of recursive types whose elements have sizes from beside the array: parameters, or fields of the struct around it. */
export const RECURSIVE_ROWS_IDL = `
[uuid(0c9d3a4e-52b1-4f0e-9a37-6f5b8c1d2eb7), version(1.0), pointer_default(unique)]
interface rows
{
    typedef struct _LINK { long value; struct _LINK *next; } LINK;
    typedef struct { long n; long m; [size_is(n, m)] LINK **rows; } TABLE;
    typedef struct _NODE { long m; struct _NODE *next; [size_is(, m)] long *rows[2]; } NODE;
    typedef struct _KIDS { long n; long m; [size_is(n, m)] struct _KIDS **kids; } KIDS;
    typedef struct _GRID { long n; long m; [size_is(n, 2, m)] struct _GRID ***cells; } GRID;
    long Rows([in] long n, [in] long m, [in, out, size_is(n, m)] LINK **a);
    long Names([in] long index, [in] long owner, [in, out, size_is(index, owner)] LINK **a);
    long Take([in] long n, [in] long m, [in, size_is(n, m)] LINK **a);
    long Parts([in] long n, [in] long m, [in, out, size_is(n, m), length_is(n, m)] LINK **a);
    long Table([in, out] TABLE *a);
    long Node([in, out] NODE *a);
    long Kids([in, out] KIDS *a);
    long Grid([in, out] GRID *a);
}`;
