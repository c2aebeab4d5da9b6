/* The flash's last two sectors, where the settings lie. */
#ifndef MORTAL_FLASH_H
#define MORTAL_FLASH_H

#include <stdbool.h>
#include <stdint.h>

enum { FLASH_SECTORS = 2, FLASH_SECTOR_BYTES = 128 * 1024 };

uint32_t flash_read(uint32_t sector, uint32_t offset);
/* Makes all words of a sector FFFFFFFF; up to two seconds in which nothing else runs. */
bool flash_erase(uint32_t sector);
/* Clears bits of one word; false if it does not read back. */
bool flash_program(uint32_t sector, uint32_t offset, uint32_t word);

#endif
