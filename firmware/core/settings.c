#include "settings.h"

#include <stddef.h>
#include <string.h>

#include "crc32c.h"

enum { BLOCK_VERSION = 1 };

/* As it lies in memory that keeps. A text that is the port's own is kept as empty: ports may change theirs. */
struct block {
    uint32_t version;
    struct settings settings;
    uint32_t crc;
};

_Static_assert(sizeof(struct block) == 4 + BOARD_NAME_BYTES + CHIP_ID_BYTES + 4 + 4, "a block has no gaps");

static uint32_t crc_of(const struct block *block)
{
    return crc32c((const uint8_t *)block, offsetof(struct block, crc), 0);
}

static bool silence_allowed(uint32_t millis)
{
    return millis >= SILENCE_MILLIS_LEAST && millis <= SILENCE_MILLIS_MOST;
}

static void fill_in(char *text, const char *standard, uint32_t capacity)
{
    if (text[0] == 0) {
        memcpy(text, standard, capacity);
    }
}

static void leave_out(char *text, const char *standard, uint32_t capacity)
{
    if (memcmp(text, standard, capacity) == 0) {
        memset(text, 0, capacity);
    }
}

void settings_load(struct settings *settings, struct hal *hal)
{
    const struct description *description = hal_description(hal);
    struct block block;
    *settings = (struct settings){.silence_millis = SILENCE_MILLIS_DEFAULT};
    if (hal_settings_load(hal, (uint8_t *)&block, sizeof block) && block.version == BLOCK_VERSION &&
        block.crc == crc_of(&block) && silence_allowed(block.settings.silence_millis)) {
        *settings = block.settings;
    }
    fill_in(settings->board, description->board, sizeof settings->board);
    fill_in(settings->chip, description->chip, sizeof settings->chip);
}

static uint32_t text_length(const char *text, uint32_t capacity)
{
    const char *end = memchr(text, 0, capacity);
    return end == NULL ? capacity : (uint32_t)(end - text);
}

bool settings_get(const struct settings *settings, uint8_t key, uint8_t *value, uint32_t *count)
{
    switch (key) {
    case SETTING_BOARD_NAME:
        *count = text_length(settings->board, sizeof settings->board);
        memcpy(value, settings->board, *count);
        return true;
    case SETTING_CHIP_ID:
        *count = text_length(settings->chip, sizeof settings->chip);
        memcpy(value, settings->chip, *count);
        return true;
    case SETTING_SILENCE_MILLIS:
        *count = sizeof settings->silence_millis;
        memcpy(value, &settings->silence_millis, *count);
        return true;
    default:
        return false;
    }
}

static enum status set_text(char *text, uint32_t capacity, const char *standard, const uint8_t *value, uint32_t count)
{
    if (count > capacity || (count > 0 && memchr(value, 0, count) != NULL)) {
        return STATUS_BAD_REQUEST;
    }
    memset(text, 0, capacity);
    if (count > 0) {
        memcpy(text, value, count);
    }
    fill_in(text, standard, capacity);
    return STATUS_OK;
}

static enum status set_silence(uint32_t *silence_millis, const uint8_t *value, uint32_t count)
{
    uint32_t millis = 0;
    if (count != sizeof millis) {
        return STATUS_BAD_REQUEST;
    }
    memcpy(&millis, value, sizeof millis);
    if (!silence_allowed(millis)) {
        return STATUS_OUT_OF_LIMITS;
    }
    *silence_millis = millis;
    return STATUS_OK;
}

static enum status change(struct settings *settings, const struct description *description, uint8_t key,
                          const uint8_t *value, uint32_t count)
{
    switch (key) {
    case SETTING_BOARD_NAME:
        return set_text(settings->board, sizeof settings->board, description->board, value, count);
    case SETTING_CHIP_ID:
        return set_text(settings->chip, sizeof settings->chip, description->chip, value, count);
    case SETTING_SILENCE_MILLIS:
        return set_silence(&settings->silence_millis, value, count);
    default:
        return STATUS_UNSUPPORTED;
    }
}

static bool store(const struct settings *settings, struct hal *hal)
{
    const struct description *description = hal_description(hal);
    struct block block = {.version = BLOCK_VERSION, .settings = *settings};
    leave_out(block.settings.board, description->board, sizeof block.settings.board);
    leave_out(block.settings.chip, description->chip, sizeof block.settings.chip);
    block.crc = crc_of(&block);
    return hal_settings_store(hal, (const uint8_t *)&block, sizeof block);
}

enum status settings_set(struct settings *settings, struct hal *hal, uint8_t key, const uint8_t *value, uint32_t count)
{
    const struct description *description = hal_description(hal);
    struct settings changed = *settings;
    enum status status = change(&changed, description, key, value, count);
    if (status != STATUS_OK) {
        return status;
    }
    if (description->keeps_settings && !store(&changed, hal)) {
        return STATUS_HARDWARE;
    }
    *settings = changed;
    return STATUS_OK;
}
