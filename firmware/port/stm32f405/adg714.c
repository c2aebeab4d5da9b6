#include "adg714.h"

enum { RESET_NANOS = 1000 };

void adg714_reset(struct wiring *wiring)
{
    wiring_set(wiring, PIN_SWITCH_RESET_N, false);
    wiring_wait_nanos(wiring, RESET_NANOS);
    wiring_set(wiring, PIN_SWITCH_RESET_N, true);
    wiring_wait_nanos(wiring, RESET_NANOS);
}

/* Data sheet, "3-Wire Serial Interface" and "Daisy-Chaining Multiple ADG714s": a register keeps the last eight bits it
 * was given and hands on the others, so the first byte ends up in the farthest part. DB7 is S8, DB0 is S1; 1 closes. */
void adg714_write(struct wiring *wiring, const uint8_t closed[ADG714_CHAIN])
{
    uint8_t word[ADG714_CHAIN];
    for (uint32_t i = 0; i < ADG714_CHAIN; i++) {
        word[i] = closed[ADG714_CHAIN - 1 - i];
    }
    wiring_transfer(wiring, DEVICE_SWITCHES, word, sizeof word);
}
