/** Arrays of several dimensions, of every kind of C706 14.3.3.6 to 14.3.3.9. */
export const GRIDS_IDL = `
[uuid(7f3a1c52-9d04-4b6e-8a57-1f0c2d3e4b60), version(1.0), pointer_default(unique)]
interface grids
{
    typedef long ROW[3];
    typedef struct { char c; short s; } CELL;
    typedef struct _LINK { long value; struct _LINK *next; } LINK;
    typedef struct { [string] char *name; } NAMED;
    typedef struct { long rows; [size_is(rows)] short cells[][2]; } TAIL;
    typedef struct { char lead; TAIL inner; } OUTER;
    typedef struct { long rows; long used; [size_is(rows), length_is(, used)] short cells[*][3]; } OPEN_TAIL;
    typedef struct { long used; [length_is(used)] short cells[3][2]; char after; } PART;
    typedef struct { long rows; [size_is(rows), string] char names[][4]; } NAMES;

    void Cube([in] long a, [in] long b, [in] long c, [in, out, size_is(a, b, c)] unsigned long value[*][*][*]);
    void CubePart([in] long a, [in] long b, [in] long c, [in, out, length_is(a, b, c)] unsigned long value[2][3][2]);
    void CubeOpen([in] long a, [in] long b, [in] long c, [in, out, size_is(a, b, c), length_is(a, b, c)] unsigned long value[*][*][*]);
    void Columns([in] long rows, [in] long used, [in, out, size_is(rows, ), length_is( , used)] long value[*][30]);
    void Rows([in] long rows, [in, out, size_is(rows)] ROW value[]);
    void Sized([in] long rows, [in, out, size_is(rows)] ROW *value);
    void Optional([in] long rows, [in, out, unique, size_is(rows)] ROW *value);
    void Shifted([in] long first, [in] long length, [in, out, first_is(, first), length_is(, length)] short value[2][4]);
    void Cells([in] long rows, [in] long columns, [in, out, size_is(rows, columns)] CELL value[*][*]);
    void Links([in] long rows, [in, out, size_is(rows)] LINK *value[][2]);
    void Named([in] long rows, [in, out, size_is(rows)] NAMED value[][2]);
    void Tail([in, out] TAIL *value);
    void Outer([in, out] OUTER *value);
    void OpenTail([in, out] OPEN_TAIL *value);
    void Part([in, out] PART *value);
    void Names([in, out] NAMES *value);
    void Strings([in] long rows, [in, out, size_is(rows), string] char value[][5]);
    void Pages([in] long pages, [in, out, size_is(pages), string] char value[][2][3]);
    void Made([in] long rows, [in] long columns, [out, size_is(rows, columns)] short value[*][*]);
}`;
