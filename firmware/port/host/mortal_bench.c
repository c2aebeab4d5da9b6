#include "mortal_bench.h"

#include <time.h>

static double now_nanos(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

double mortal_bench_read(struct mortal_board *board, uint32_t array, uint32_t sense, const float *inputs,
                         uint64_t input_stride, float volts_per_unit, const float *bias_amps, uint32_t vectors,
                         uint32_t lines, float *amps, uint64_t amps_stride, uint32_t outputs, uint8_t *fault,
                         uint32_t calls)
{
    double begun = now_nanos();
    for (uint32_t i = 0; i < calls; i++) {
        if (mortal_read(board, array, sense, inputs, input_stride, volts_per_unit, bias_amps, vectors, lines, amps,
                        amps_stride, outputs, fault) != 0) {
            return -1;
        }
    }
    return (now_nanos() - begun) / calls;
}
