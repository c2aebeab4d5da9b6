/* Time under emulation: pulses take as long as they would, so that a long train is a long job. */
#ifndef MORTAL_PACE_H
#define MORTAL_PACE_H

#include "../core/hal.h"

/* Shorter pulses are saved up: a look at the clock takes time too. */
#define PACE_LEAST_SECONDS 50e-6

struct pace {
    double owed_seconds; /* zero-initialised is right */
};

/* Lets `seconds` pass, unless STOP comes. */
static inline void pace_spend(struct pace *pace, struct hal *hal, double seconds)
{
    pace->owed_seconds += seconds;
    if (pace->owed_seconds < PACE_LEAST_SECONDS) {
        return;
    }
    uint64_t micros = (uint64_t)(pace->owed_seconds * 1e6);
    pace->owed_seconds = 0;
    for (uint64_t begun = hal_micros(hal); hal_micros(hal) - begun < micros && !hal_stopped(hal);) {
    }
}

#endif
