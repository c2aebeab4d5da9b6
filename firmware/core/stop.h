/* Recognises the STOP frame byte by byte, for receive interrupts: no buffer, no CRC to compute, a constant string. */
#ifndef MORTAL_STOP_H
#define MORTAL_STOP_H

#include <stdbool.h>
#include <stdint.h>

struct stop_matcher {
    uint8_t matched; /* bytes of the string seen so far; zero-initialised is right */
};

/* True when `byte` completes a STOP. */
bool stop_feed(struct stop_matcher *matcher, uint8_t byte);

#endif
