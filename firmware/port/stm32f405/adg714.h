/* ADG714: eight switches behind a shift register; the parts are chained. */
#ifndef MORTAL_ADG714_H
#define MORTAL_ADG714_H

#include "wiring.h"

enum { ADG714_CHAIN = 12 };

/* Opens all switches, by the reset pin that all parts share. */
void adg714_reset(struct wiring *wiring);
/* Sets all switches: bit k of closed[i] closes switch k + 1 of part i, counted from the processor. They change
 * together. */
void adg714_write(struct wiring *wiring, const uint8_t closed[ADG714_CHAIN]);

#endif
