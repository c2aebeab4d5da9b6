/* The one block of settings that survives power-off: store_flash.c on the board, store_none.c under emulation. */
#ifndef MORTAL_STORE_H
#define MORTAL_STORE_H

#include <stdbool.h>
#include <stdint.h>

/* Whether it survives power-off. */
bool store_keeps(void);
bool store_load(uint8_t *bytes, uint32_t count);
bool store_save(const uint8_t *bytes, uint32_t count);

#endif
