/** What the tests of linear memory need beyond the memory interface: every kind of member. */
export const LINEAR_IDL = `
[uuid(0c9d3a4e-52b1-4f0e-9a37-6f5b8c1d2e56), version(1.0), pointer_default(unique)]
interface linear
{
    typedef struct _ITEM { long value; struct _ITEM *next; [string] wchar_t *name; } ITEM;
    typedef [switch_type(long)] union
    {
        [case(1)] hyper number;
        [case(2, 3)] [string] char *text;
        [case(4)] ITEM *item;
        [case(5)] ITEM embedded;
        [default] short other;
    } CHOICE;
    typedef union switch (short which) body { case 7: long number; case 8: [string] wchar_t *text; } TAGGED;
    typedef struct
    {
        long which;
        [switch_is(which)] CHOICE choice;
        TAGGED tagged;
        long *number;
        [string] char *narrow;
        [string, size_is(room)] wchar_t *sized;
        unsigned long room;
        unsigned long count;
        [size_is(count)] ITEM *items;
        [size_is(count)] long *numbers;
        [size_is(count), string] wchar_t **names;
        [size_is(count)] ITEM **pointers;
        ITEM pair[2];
        ITEM first;
        ITEM *one;
    } EVERYTHING;
    typedef struct { unsigned long count; [size_is(count)] ITEM items[]; } TAILED;
    long Use([in, out] EVERYTHING *all, [in, unique] TAILED *tailed);
    long Sum([in] unsigned long count, [in, size_is(count)] long numbers[], [out] long *sum);
    long Fill([in] unsigned long count, [in, out, size_is(count)] long numbers[], [out] ITEM **items);
}`;
