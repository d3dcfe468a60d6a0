/**
 * How a block lies in shared memory, in words of 32 bits. A block has a header of eight words before the octets that it is known by; a free
 * one has its size again in its last word (boundary tags: D. Knuth, The Art of Computer Programming, volume 1, 2.5).
 */

/** Octets of a block's header. */
export const HEADER = 32;

/** Words of a block's header. */
export const SIZE = 0;
export const SERIAL = 1;
/** The block that it goes with: the node of a value referent, the environment of a node; 0 for none. Of a free block nothing. */
export const OWNER = 2;
/** Neighbours in the list of its owner, or of free blocks. */
export const NEXT = 3;
export const PREVIOUS = 4;
/** The first of the blocks that go with it. */
export const OWNED = 5;
/** Address of the pointer that a value referent was allocated for. */
export const SLOT = 6;
/** Octets that were asked for. */
export const REQUESTED = 7;

/** Flags in the low bits of a size, which is a multiple of 8. */
export const IN_USE = 1;
export const PREVIOUS_IN_USE = 2;
/** RpcSsFree has marked it. */
export const MARKED = 4;
export const FLAGS = 7;

/** Words at the beginning of the memory. */
export const MAGIC_WORD = 0;
export const LOCK_WORD = 1;
export const SERIAL_WORD = 2;
/** Two words. */
export const IDENTITY_WORD = 3;
export const LENGTH_WORD = 5;
/** Blocks that are in use. */
export const COUNT_WORD = 6;
export const BINS_WORD = 8;

/** "MIDL", and the version of this layout. */
export const MAGIC = 0x4d49_4401;
/** One list of free blocks for each power of two. */
export const BINS = 32;
/** Where the map of block starts begins: a bit for every 8 octets. */
export const MAP_AT = 4 * (BINS_WORD + BINS);
