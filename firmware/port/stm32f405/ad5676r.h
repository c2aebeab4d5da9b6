/* AD5676R: eight 16-bit DACs with reference. */
#ifndef MORTAL_AD5676R_H
#define MORTAL_AD5676R_H

#include "wiring.h"

enum { AD5676R_CHANNELS = 8 };

/* All channels to zero, by the reset pin that all DACs share. */
void ad5676r_reset(struct wiring *wiring);
/* Sets one output at once. */
void ad5676r_write(struct wiring *wiring, enum device device, uint8_t channel, uint16_t code);

#endif
