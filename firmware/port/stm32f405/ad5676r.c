#include "ad5676r.h"

/* Data sheet, "Input Shift Register" and its table of commands: C3..C0, A3..A0, D15..D0. */
enum { WRITE_AND_UPDATE = 3 };

enum {
    RESET_NANOS = 1000, /* "Timing Characteristics": tens of nanoseconds */
    WAKE_NANOS = 10000,
};

void ad5676r_reset(struct wiring *wiring)
{
    wiring_set(wiring, PIN_DAC_RESET_N, false);
    wiring_wait_nanos(wiring, RESET_NANOS);
    wiring_set(wiring, PIN_DAC_RESET_N, true);
    wiring_wait_nanos(wiring, WAKE_NANOS);
}

void ad5676r_write(struct wiring *wiring, enum device device, uint8_t channel, uint16_t code)
{
    uint8_t word[3] = {(uint8_t)(WRITE_AND_UPDATE << 4 | channel), (uint8_t)(code >> 8), (uint8_t)code};
    wiring_transfer(wiring, device, word, sizeof word);
}
