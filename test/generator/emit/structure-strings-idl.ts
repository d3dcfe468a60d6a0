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
    long Take([in, unique, string] PAIR *s, [in, unique] HELD *held);
}`;
