/** [string] of structures of bytes wherever a string may stand. */
export const STRUCTURE_STRINGS_IDL = `
[uuid(0c9d3a4e-52b1-4f0e-9a37-6f5b8c1d2eb8), version(1.0), pointer_default(unique)]
interface pairs
{
    typedef struct { byte a; byte b; } PAIR;
    typedef struct { long m; [string] PAIR *p; [string] PAIR q[3]; } HELD;
    typedef struct { long m; [string] PAIR tail[]; } ENDS;
    long Plain([in, out, string] PAIR *s);
    long Sized([in] long n, [in, out, string, size_is(n)] PAIR *s);
    long Fixed([in, out, string] PAIR s[4]);
    long Held([in, out] HELD *s);
    long Ends([in, out] ENDS *s);
    long Lines([in, out, string] PAIR s[2][3]);
    typedef union switch (long k) u { case 1: [string] PAIR *p; case 2: [string] PAIR q[3]; } CHOICE;
    typedef struct { long n; [string, size_is(n)] PAIR *p; [string, ptr] PAIR *q; [string] PAIR *r[2]; } LISTED;
    long Choice([in, out] CHOICE *s);
    long Listed([in, out] LISTED *s);
    [string] PAIR *Returned([in] long n, [in, out, string, size_is(n)] PAIR s[][4], [out, string] PAIR **t);
    long Take([in, unique, string] PAIR *s, [in, unique] HELD *held);
}`;

/** The same as what travels in place of other types. */
export const CONVERTED_STRINGS_IDL = `
[uuid(0c9d3a4e-52b1-4f0e-9a37-6f5b8c1d2eb9), version(1.0), pointer_default(unique)]
interface converted
{
    typedef struct { byte a; byte b; } PAIR;
    typedef [string] PAIR ROOM[4];
    typedef [string] PAIR ANY[];
    typedef [transmit_as(ROOM)] long ROOMY;
    typedef [transmit_as(ANY)] long ANYWAY;
    typedef struct { ROOMY r; ANYWAY *a; } CONVERTED;
    long Converted([in, out] CONVERTED *s, [in] ANYWAY t);
}`;
