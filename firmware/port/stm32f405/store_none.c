/* No store: the emulated processor has no flash to write. Settings last until the next restart. */
#include "store.h"

bool store_keeps(void)
{
    return false;
}

bool store_load(uint8_t *bytes, uint32_t count)
{
    (void)bytes;
    (void)count;
    return false;
}

bool store_save(const uint8_t *bytes, uint32_t count)
{
    (void)bytes;
    (void)count;
    return false;
}
