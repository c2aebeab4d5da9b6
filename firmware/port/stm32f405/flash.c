#include "flash.h"

#include "clock.h"
#include "registers.h"

enum {
    FIRST_SECTOR = 10,
    /* More than the 2 s that an erasure may take: the processor stands still in it anyhow, since it runs from the
     * flash. */
    BUSY_POLLS = 100000000,
};

extern uint32_t settings_start[];

static volatile uint32_t *word_at(uint32_t sector, uint32_t offset)
{
    return settings_start + (sector * FLASH_SECTOR_BYTES + offset) / sizeof(uint32_t);
}

static bool finish(void)
{
    for (uint32_t polls = 0; polls < BUSY_POLLS; polls++) {
        if (!(FLASH->sr & FLASH_SR_BSY)) {
            return !(FLASH->sr & FLASH_SR_ERRORS);
        }
    }
    return false;
}

static void unlock(void)
{
    if (FLASH->cr & FLASH_CR_LOCK) {
        FLASH->keyr = FLASH_KEY_1;
        FLASH->keyr = FLASH_KEY_2;
    }
    FLASH->sr = FLASH_SR_ERRORS;
}

/* The data cache follows what is programmed, but not what is erased. */
static void forget_cached(void)
{
    uint32_t control = FLASH->acr & ~(uint32_t)FLASH_ACR_DCEN;
    FLASH->acr = control;
    FLASH->acr = control | FLASH_ACR_DCRST;
    FLASH->acr = control;
    FLASH->acr = control | FLASH_ACR_DCEN;
}

uint32_t flash_read(uint32_t sector, uint32_t offset)
{
    return *word_at(sector, offset);
}

bool flash_erase(uint32_t sector)
{
    unlock();
    clock_feed_watchdog();
    FLASH->cr = FLASH_CR_BY_WORD | FLASH_CR_SER | (FIRST_SECTOR + sector) << FLASH_CR_SECTOR_SHIFT;
    FLASH->cr |= FLASH_CR_STRT;
    bool erased = finish();
    FLASH->cr = FLASH_CR_LOCK;
    forget_cached();
    clock_feed_watchdog();
    return erased;
}

bool flash_program(uint32_t sector, uint32_t offset, uint32_t word)
{
    unlock();
    FLASH->cr = FLASH_CR_BY_WORD | FLASH_CR_PG;
    *word_at(sector, offset) = word;
    bool programmed = finish();
    FLASH->cr = FLASH_CR_LOCK;
    return programmed && flash_read(sector, offset) == word;
}
