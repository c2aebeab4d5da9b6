/* libmortal_bench: the library called from C, to measure what calling it from elsewhere costs. */
#ifndef MORTAL_BENCH_H
#define MORTAL_BENCH_H

#include "mortal.h"

/* Nanoseconds of one mortal_read, as the mean of `calls` of them; negative if one failed. */
MORTAL_API double mortal_bench_read(struct mortal_board *board, uint32_t array, uint32_t sense, const float *inputs,
                                    uint64_t input_stride, float volts_per_unit, const float *bias_amps,
                                    uint32_t vectors, uint32_t lines, float *amps, uint64_t amps_stride,
                                    uint32_t outputs, uint8_t *fault, uint32_t calls);

#endif
