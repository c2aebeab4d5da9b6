/* Settings in flash, as a log: each save goes behind the last, and is marked as whole by one word that is written last.
 * A full sector is followed by the other, which is erased only then. So a save that is cut off at any word leaves the
 * one before, and a sector wears by one erasure in 256 saves. */
#include <stddef.h>
#include <string.h>

#include "flash.h"
#include "store.h"

enum {
    RECORD_BYTES = 1024,
    RECORDS = FLASH_SECTOR_BYTES / RECORD_BYTES,
    /* Words of a record. */
    NUMBER_AT = 0, /* counts the saves */
    COUNT_AT = 4,
    MARK_AT = 8,
    BYTES_AT = 12,
    MARK = 0x4D6F7274,
    WORD = sizeof(uint32_t),
};

#define ERASED 0xFFFFFFFFu

struct place {
    uint32_t sector;
    uint32_t offset;
    uint32_t number; /* 0: there is none */
};

static uint32_t word_of(struct place place, uint32_t at)
{
    return flash_read(place.sector, place.offset + at);
}

/* The newest whole record. */
static struct place newest(void)
{
    struct place best = {0};
    for (uint32_t sector = 0; sector < FLASH_SECTORS; sector++) {
        for (uint32_t record = 0; record < RECORDS; record++) {
            struct place place = {.sector = sector, .offset = record * RECORD_BYTES};
            place.number = word_of(place, NUMBER_AT);
            if (word_of(place, MARK_AT) == MARK && place.number > best.number && place.number != ERASED) {
                best = place;
            }
        }
    }
    return best;
}

static bool empty(struct place place)
{
    for (uint32_t at = 0; at < RECORD_BYTES; at += WORD) {
        if (word_of(place, at) != ERASED) {
            return false;
        }
    }
    return true;
}

/* Finds or makes room behind `last`, never in the sector's part that holds it. */
static bool make_room(struct place last, struct place *room)
{
    *room = (struct place){.sector = last.sector, .number = last.number + 1};
    for (uint32_t offset = last.number > 0 ? last.offset + RECORD_BYTES : 0; offset < FLASH_SECTOR_BYTES;
         offset += RECORD_BYTES) {
        room->offset = offset;
        if (empty(*room)) {
            return true;
        }
    }
    room->sector = (last.sector + 1) % FLASH_SECTORS;
    room->offset = 0;
    return flash_erase(room->sector);
}

static bool put(struct place place, uint32_t at, uint32_t word)
{
    return flash_program(place.sector, place.offset + at, word);
}

bool store_keeps(void)
{
    return true;
}

bool store_load(uint8_t *bytes, uint32_t count)
{
    struct place place = newest();
    if (place.number == 0 || word_of(place, COUNT_AT) != count || count > RECORD_BYTES - BYTES_AT) {
        return false;
    }
    for (uint32_t k = 0; k < count; k++) {
        bytes[k] = (uint8_t)(word_of(place, BYTES_AT + k / WORD * WORD) >> k % WORD * 8);
    }
    return true;
}

bool store_save(const uint8_t *bytes, uint32_t count)
{
    struct place room;
    if (count > RECORD_BYTES - BYTES_AT || !make_room(newest(), &room)) {
        return false;
    }
    bool stored = put(room, NUMBER_AT, room.number) && put(room, COUNT_AT, count);
    for (uint32_t k = 0; stored && k < count; k += WORD) {
        uint32_t word = ERASED;
        memcpy(&word, bytes + k, count - k < WORD ? count - k : WORD);
        stored = put(room, BYTES_AT + k, word);
    }
    return stored && put(room, MARK_AT, MARK);
}
