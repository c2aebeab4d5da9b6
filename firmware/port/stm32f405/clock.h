/* Clocks, time, watchdog and restart. */
#ifndef MORTAL_CLOCK_H
#define MORTAL_CLOCK_H

#include <stdint.h>
#include <stdnoreturn.h>

#include "../../core/status.h"

/* What the clock tree came up with. */
struct clock {
    uint32_t core_hertz;
    uint32_t serial_hertz; /* of USART1 */
    uint32_t timer_hertz;  /* of TIM2 */
    uint32_t micros_low;
    uint64_t micros_high;
};

/* Brings the clocks up, falling back from crystal to internal oscillator to no PLL, and starts the timers. */
void clock_start(struct clock *clock);
/* Microseconds since clock_start; to be asked at least once an hour. */
uint64_t clock_micros(struct clock *clock);
/* Busy waiting of some hundred nanoseconds or more. */
void clock_wait_nanos(const struct clock *clock, uint32_t nanos);
/* Why the processor was reset; clears what it was told. */
enum cause clock_reset_cause(void);
/* From now on clock_feed_watchdog must come every two seconds. */
void clock_start_watchdog(void);
void clock_feed_watchdog(void);
noreturn void clock_restart(void);

#endif
