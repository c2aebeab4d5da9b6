/* Settings in flash: what is saved comes back, and a save that is cut off leaves the old or the new. */
#include <stdlib.h>

#include "../port/stm32f405/flash.h"
#include "../port/stm32f405/store.h"
#include "check.h"

enum { SETTINGS = 90, WORDS = FLASH_SECTOR_BYTES / 4 };

static uint32_t words[FLASH_SECTORS][WORDS];
static uint32_t erasures;
static int steps_left; /* until the power goes; below 0: never */

static bool powered(void)
{
    if (steps_left < 0) {
        return true;
    }
    return steps_left-- > 0;
}

uint32_t flash_read(uint32_t sector, uint32_t offset)
{
    return words[sector][offset / 4];
}

bool flash_erase(uint32_t sector)
{
    if (!powered()) {
        /* Cut off in the middle: neither what was there nor empty. */
        memset(words[sector], 0xA5, sizeof words[sector] / 2);
        steps_left = 0;
        return false;
    }
    memset(words[sector], 0xFF, sizeof words[sector]);
    erasures++;
    return true;
}

bool flash_program(uint32_t sector, uint32_t offset, uint32_t word)
{
    uint32_t *place = &words[sector][offset / 4];
    if (!powered()) {
        *place &= word | 0x00FF00FF; /* some of its bits */
        steps_left = 0;
        return false;
    }
    *place &= word;
    return *place == word;
}

static void blank(void)
{
    memset(words, 0xFF, sizeof words);
    erasures = 0;
    steps_left = -1;
}

static void fill(uint8_t *bytes, uint32_t number)
{
    for (uint32_t k = 0; k < SETTINGS; k++) {
        bytes[k] = (uint8_t)(number * 7 + k);
    }
}

static void nothing_is_loaded_from_an_empty_flash(void)
{
    uint8_t bytes[SETTINGS];
    blank();
    CHECK(!store_load(bytes, SETTINGS));
    CHECK(store_keeps());
}

static void the_last_save_comes_back_through_many_erasures(void)
{
    uint8_t saved[SETTINGS];
    uint8_t loaded[SETTINGS];
    blank();
    for (uint32_t number = 0; number < 600; number++) {
        fill(saved, number);
        if (!CHECK(store_save(saved, SETTINGS)) || !CHECK(store_load(loaded, SETTINGS)) ||
            !CHECK_BYTES(saved, loaded, SETTINGS)) {
            return;
        }
    }
    CHECK_EQUAL(4, erasures); /* 128 saves a sector */
    CHECK(!store_load(loaded, SETTINGS - 1)); /* of another version of the firmware */
}

static void too_much_is_refused(void)
{
    static uint8_t bytes[2000];
    blank();
    CHECK(!store_save(bytes, sizeof bytes));
    CHECK(!store_load(bytes, sizeof bytes));
}

/* Cuts the power at every step of a save after `before` saves, and saves again. */
static void cut_after(uint32_t before)
{
    for (int steps = 0; steps < 40; steps++) {
        uint8_t old[SETTINGS];
        uint8_t new[SETTINGS];
        uint8_t loaded[SETTINGS];
        blank();
        for (uint32_t number = 0; number < before; number++) {
            fill(old, number);
            CHECK(store_save(old, SETTINGS));
        }
        fill(new, before);
        steps_left = steps;
        bool saved = store_save(new, SETTINGS);
        steps_left = -1;
        if (CHECK(store_load(loaded, SETTINGS))) {
            CHECK_BYTES(saved ? new : old, loaded, SETTINGS);
        }
        fill(new, before + 1);
        CHECK(store_save(new, SETTINGS));
        CHECK(store_load(loaded, SETTINGS));
        CHECK_BYTES(new, loaded, SETTINGS);
    }
}

int main(void)
{
    nothing_is_loaded_from_an_empty_flash();
    the_last_save_comes_back_through_many_erasures();
    too_much_is_refused();
    cut_after(1);
    cut_after(128);
    cut_after(256);
    return check_report("test_spi_store");
}
