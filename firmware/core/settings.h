/* What survives power-off: one block with version and CRC in the port's non-volatile memory. */
#ifndef MORTAL_SETTINGS_H
#define MORTAL_SETTINGS_H

#include "hal.h"

enum {
    SILENCE_MILLIS_DEFAULT = 500,
    SILENCE_MILLIS_LEAST = 20,
    SILENCE_MILLIS_MOST = 60000,
    SETTING_BYTES_MOST = CHIP_ID_BYTES
};

/* Texts are UTF-8, filled up with zeros. */
struct settings {
    char board[BOARD_NAME_BYTES];
    char chip[CHIP_ID_BYTES];
    uint32_t silence_millis;
};

/* Takes what was stored; where nothing whole was, what the port says of itself. */
void settings_load(struct settings *settings, struct hal *hal);

/* Writes a setting as SETTING_GET answers it, at most SETTING_BYTES_MOST bytes; false where there is no such key. */
bool settings_get(const struct settings *settings, uint8_t key, uint8_t *value, uint32_t *count);

/* Changes a setting, and stores all where the port keeps them. An empty text brings back what the port says of itself.
 * UNSUPPORTED: no such key. BAD_REQUEST: not a value of that kind. OUT_OF_LIMITS. HARDWARE: not stored, nothing
 * changed. */
enum status settings_set(struct settings *settings, struct hal *hal, uint8_t key, const uint8_t *value, uint32_t count);

#endif
