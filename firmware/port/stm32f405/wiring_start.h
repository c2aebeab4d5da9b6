#ifndef MORTAL_WIRING_START_H
#define MORTAL_WIRING_START_H

#include "clock.h"
#include "wiring.h"

struct wiring {
    const struct clock *clock;
};

/* Sets the pins up with all lines grounded and all parts deselected. */
void wiring_start(struct wiring *wiring, const struct clock *clock);

#endif
