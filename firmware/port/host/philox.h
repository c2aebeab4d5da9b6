/* Philox4x32-10: a counter-based random generator, with the same numbers as the driver's Philox.java and
 * PlainNormals.java.
 *
 * Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011. */
#ifndef MORTAL_PHILOX_H
#define MORTAL_PHILOX_H

#include <stdint.h>

/* Normal numbers are made this many at a time. */
enum { NORMALS_CHUNK = 64 };

/* The stream for one purpose of one array: `seed` mixed with both. */
uint64_t philox_key(uint64_t seed, uint64_t purpose, uint64_t array);

/* The four words for counter (c0, c1, c2, 0) under `key`. */
void philox_block(uint64_t key, uint32_t c0, uint32_t c1, uint32_t c2, uint32_t words[4]);

/* Draws in sequence. Zero-initialised but for the key it stands at the beginning of its stream. */
struct philox {
    uint64_t key;
    uint64_t counter;
    uint32_t words[4];
    uint32_t left;
};

uint32_t philox_next(struct philox *philox);
/* From 0 to below 1, in steps of 2^-53. */
double philox_next_double(struct philox *philox);

/* The standard normal numbers of row (key, c1, 0), `count` of them rounded up to whole chunks. */
void philox_normals(uint64_t key, uint32_t c1, float *normals, uint32_t count);

#endif
