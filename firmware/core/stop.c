#include "stop.h"

enum { STOP_BYTES = 13 };

/* COBS(version 1, type 3, seq 0, ack 0, flags 0, CRC-32C) 00. */
static const uint8_t STOP[STOP_BYTES] = {0x03, 0x01, 0x03, 0x01, 0x01, 0x01, 0x01, 0x05, 0x02, 0x33, 0xb1, 0x0f, 0x00};

/* How many bytes of STOP are still matched when the byte behind the first `n` is another one (Knuth, Morris, Pratt):
 * the longest beginning of STOP that those `n` end with. */
static const uint8_t FALLBACK[STOP_BYTES] = {0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0};

bool stop_feed(struct stop_matcher *matcher, uint8_t byte)
{
    while (matcher->matched > 0 && byte != STOP[matcher->matched]) {
        matcher->matched = FALLBACK[matcher->matched];
    }
    if (byte == STOP[matcher->matched]) {
        matcher->matched++;
    }
    if (matcher->matched == STOP_BYTES) {
        matcher->matched = 0;
        return true;
    }
    return false;
}
