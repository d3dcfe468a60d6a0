/*
 * The pair of the module: first fit from a list of free blocks, kept in the order of their addresses so that neighbours become one. Where
 * nothing fits, the module's memory grows.
 */
#include "generated/stock.h"

#define PAGE ((size_t)65536)
#define ALIGNMENT ((size_t)8)

/* Stands before every block; `next` means something in a free one. */
typedef struct block
{
    size_t size; /* octets, this header included */
    struct block *next;
} block;

MIDL_SIZE_IS(block, 8);

/* From here on the memory is free: the linker says where. */
extern unsigned char __heap_base;

static block *free_blocks;
static int is_begun;
static int32_t in_use;
static int32_t given_out;

static unsigned char *end_of(block *each)
{
    return (unsigned char *)each + each->size;
}

static void release(block *freed)
{
    block *before = NULL;
    block *after = free_blocks;
    while (after != NULL && after < freed)
    {
        before = after;
        after = after->next;
    }
    freed->next = after;
    if (after != NULL && end_of(freed) == (unsigned char *)after)
    {
        freed->size += after->size;
        freed->next = after->next;
    }
    if (before == NULL)
        free_blocks = freed;
    else if (end_of(before) == (unsigned char *)freed)
    {
        before->size += freed->size;
        before->next = freed->next;
    }
    else
        before->next = freed;
}

static void add_range(size_t from, size_t to)
{
    block *fresh = (block *)((from + ALIGNMENT - 1) & ~(ALIGNMENT - 1));
    fresh->size = to - (size_t)fresh;
    release(fresh);
}

/* Nonzero when the memory has grown by so many octets at least. */
static int grow(size_t size)
{
    size_t pages = size / PAGE + 1;
    size_t before = __builtin_wasm_memory_grow(0, pages);
    if (before == SIZE_MAX)
        return 0;
    add_range(before * PAGE, (before + pages) * PAGE);
    return 1;
}

static block *take(size_t size)
{
    for (block **link = &free_blocks; *link != NULL; link = &(*link)->next)
    {
        block *found = *link;
        if (found->size < size)
            continue;
        if (found->size - size < 2 * sizeof(block))
            *link = found->next;
        else
        {
            block *rest = (block *)((unsigned char *)found + size);
            rest->size = found->size - size;
            rest->next = found->next;
            found->size = size;
            *link = rest;
        }
        return found;
    }
    return NULL;
}

__attribute__((export_name("midl_user_allocate"))) void *midl_user_allocate(size_t cBytes)
{
    if (!is_begun)
    {
        is_begun = 1;
        add_range((size_t)&__heap_base, __builtin_wasm_memory_size(0) * PAGE);
    }
    if (cBytes > SIZE_MAX / 2)
        return NULL;
    size_t size = ((cBytes + ALIGNMENT - 1) & ~(ALIGNMENT - 1)) + sizeof(block);
    block *taken = take(size);
    if (taken == NULL && grow(size))
        taken = take(size);
    if (taken == NULL)
        return NULL;
    in_use++;
    given_out++;
    return taken + 1;
}

__attribute__((export_name("midl_user_free"))) void midl_user_free(void *pBuffer)
{
    if (pBuffer == NULL)
        return;
    in_use--;
    release((block *)pBuffer - 1);
}

/* Blocks that were given out and not taken back. */
__attribute__((export_name("blocks_in_use"))) int32_t blocks_in_use(void)
{
    return in_use;
}

/* Blocks that were ever given out. */
__attribute__((export_name("blocks_given_out"))) int32_t blocks_given_out(void)
{
    return given_out;
}
