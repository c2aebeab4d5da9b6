/* The inner loops of the array model. Every processor gets the same bits: each output is summed row by row, and sums
 * and products are fused only where the source says so. */
#ifndef MORTAL_KERNELS_H
#define MORTAL_KERNELS_H

#include <stdint.h>

/* What the row converter makes of voltages: the nearest multiple of `step`. */
void kernel_quantise(const float *volts, uint32_t count, float per_volt, float step, float *driven);

/* amps[j] = sum of volts[i] * siemens[i * stride + j]. */
void kernel_multiply(const float *volts, uint32_t lines, const float *siemens, uint32_t stride, uint32_t outputs,
                     float *amps);

/* Sum of volts[i] squared times siemens[i]. */
double kernel_power(const float *volts, const double *siemens, uint32_t lines);

/* What amplifiers and converters make of currents: S tanh((amps + shift) / S), then the nearest of 2 `half` steps. */
void kernel_read_out(float *amps, const float *shift, uint32_t outputs, float full_scale, float half);

#endif
