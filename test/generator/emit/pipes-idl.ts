/** Pipes of every kind of element, in every direction. */
export const PIPES_IDL = `
[uuid(2c5b7a56-1f5e-4f0e-9f2b-6d1c8e0a9b44), version(1.0), pointer_default(unique)]
interface pipes
{
    typedef enum { LOW = 0, HIGH = 1 } LEVEL;
    typedef [v1_enum] enum { NEAR_ = 0, FAR_ = 70000 } PLACE;
    typedef struct { long big; short little; } RECORD;
    typedef struct { short items[2]; } PAIR;
    typedef pipe byte BYTES;
    typedef pipe long LONGS;
    typedef pipe hyper HYPERS;
    typedef pipe boolean FLAGS;
    typedef pipe PLACE PLACES;
    typedef pipe RECORD RECORDS;
    typedef pipe PAIR PAIRS;
    typedef [context_handle] void *FEED;

    long In([in] short before, [in] LONGS sent, [in] byte after);
    long Out([in] short before, [out] HYPERS *received, [out] short *result);
    void Both([in, out] RECORDS *data);
    void Several([in] BYTES *first, [out] BYTES *second, [in] FLAGS third, [out] PLACES *fourth, [in, out] PAIRS *fifth);
    void Alone([out] BYTES *received);
    void Few([in, range(1, 2)] BYTES sent);
    void Feed([in] FEED feed, [in, unique, string] wchar_t *name, [out] BYTES *received);
}`;
