/* AD7606C-16: eight 16-bit ADCs that sample together, in its software mode (pins OS0 to OS2 high), one data line. */
#ifndef MORTAL_AD7606C_H
#define MORTAL_AD7606C_H

#include "wiring.h"

enum { AD7606C_CHANNELS = 8 };

/* Resets it and sets all channels to +-2.5 V and 220 kHz; HARDWARE if it is not there or does not keep that. */
enum status ad7606c_start(struct wiring *wiring);
/* Samples all channels now and reads them. HARDWARE if it stays busy. */
enum status ad7606c_convert(struct wiring *wiring, int16_t codes[AD7606C_CHANNELS]);

#endif
