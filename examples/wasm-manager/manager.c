/* The manager routines of the stock interface, as a C programmer writes them for MIDL: the stub has unmarshaled into this module's memory. */
#include "generated/stock.h"

#define OUT_OF_MEMORY 14u /* RPC_S_OUT_OF_MEMORY */
#define EXPORT(name) __attribute__((export_name(name)))

EXPORT("Value") int64_t Value(ITEM *items)
{
    int64_t value = 0;
    for (ITEM *item = items; item != NULL; item = item->next)
        value += item->quantity * item->cents;
    return value;
}

/* Relinks the list: what is sold out goes to its end. */
EXPORT("Reprice") int32_t Reprice(int32_t percent, ITEM **items)
{
    int32_t count = 0;
    ITEM *sold_out = NULL;
    ITEM **link = items;
    ITEM **sold_out_link = &sold_out;
    for (ITEM *item = *items; item != NULL; item = item->next)
    {
        item->cents += item->cents * percent / 100;
        ITEM ***end = item->quantity == 0 ? &sold_out_link : &link;
        **end = item;
        *end = &item->next;
        count++;
    }
    *sold_out_link = NULL;
    *link = sold_out;
    return count;
}

static void free_items(ITEM *items)
{
    for (ITEM *item = items, *next; item != NULL; item = next)
    {
        next = item->next;
        midl_user_free(item->name);
        midl_user_free(item);
    }
}

/* A new item with room for a name of so many characters, or NULL. */
static ITEM *new_item(size_t length)
{
    ITEM *item = midl_user_allocate(sizeof(ITEM));
    if (item == NULL)
        return NULL;
    item->name = midl_user_allocate((length + 1) * sizeof(midl_wchar_t));
    if (item->name == NULL)
    {
        midl_user_free(item);
        return NULL;
    }
    item->name[length] = 0;
    item->quantity = 0;
    item->cents = 0;
    item->next = NULL;
    return item;
}

static size_t length_of(const midl_wchar_t *text)
{
    size_t length = 0;
    while (text != NULL && text[length] != 0)
        length++;
    return length;
}

EXPORT("Order") error_status_t Order(ITEM *items, int32_t least, ITEM **missing)
{
    ITEM **link = missing;
    *missing = NULL;
    for (const ITEM *item = items; item != NULL; item = item->next)
    {
        if (item->quantity >= least)
            continue;
        size_t length = length_of(item->name);
        ITEM *copy = new_item(length);
        if (copy == NULL)
        {
            free_items(*missing);
            *missing = NULL;
            return OUT_OF_MEMORY;
        }
        for (size_t index = 0; index < length; index++)
            copy->name[index] = item->name[index];
        copy->quantity = least - item->quantity;
        copy->cents = item->cents;
        *link = copy;
        link = &copy->next;
    }
    return 0;
}

/* Writes a number of six digits. */
static void write_digits(midl_wchar_t *digits, int32_t number)
{
    for (int place = 5; place >= 0; place--, number /= 10)
        digits[place] = (midl_wchar_t)('0' + number % 10);
}

EXPORT("Catalogue") error_status_t Catalogue(int32_t count, ITEM **items)
{
    static const midl_wchar_t name[] = MIDL_WIDE("Item 000000");
    const size_t length = sizeof(name) / sizeof(name[0]) - 1;
    ITEM **link = items;
    *items = NULL;
    for (int32_t number = 1; number <= count; number++)
    {
        ITEM *item = new_item(length);
        if (item == NULL)
        {
            free_items(*items);
            *items = NULL;
            return OUT_OF_MEMORY;
        }
        for (size_t index = 0; index < length; index++)
            item->name[index] = name[index];
        write_digits(item->name + length - 6, number);
        item->quantity = number % 10;
        item->cents = number;
        *link = item;
        link = &item->next;
    }
    return 0;
}
