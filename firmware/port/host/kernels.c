#include "kernels.h"

#include <math.h>
#include <string.h>

/* A library for all processors of a kind, with wider vectors where there are some: chosen once, when it is loaded. The
 * sanitizers do not get on with that choice. */
#if defined(__x86_64__) && defined(__gnu_linux__) && __GNUC__ >= 12 && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define FOR_EACH_PROCESSOR
#endif

/* Beyond this, tanh is 1 to within half a step of a 16-bit converter. */
static const float TANH_LIMIT = 6.0f;

/* A number whose last place is 1: added and taken off, it leaves the nearest integer. */
static const float ROUNDER = 0x1.8p23f;

enum { STRANDS = 8 };

FOR_EACH_PROCESSOR
void kernel_quantise(const float *restrict volts, uint32_t count, float per_volt, float step, float *restrict driven)
{
    for (uint32_t i = 0; i < count; i++) {
        driven[i] = (float)(int32_t)fmaf(volts[i], per_volt, 0.5f) * step;
    }
}

FOR_EACH_PROCESSOR
void kernel_multiply(const float *restrict volts, uint32_t lines, const float *restrict siemens, uint32_t stride,
                     uint32_t outputs, float *restrict amps)
{
    memset(amps, 0, outputs * sizeof *amps);
    uint32_t i = 0;
    /* Four rows at a time: the sums are fetched and put back a quarter as often. */
    for (; i + 4 <= lines; i += 4) {
        const float *row0 = siemens + i * stride;
        const float *row1 = row0 + stride;
        const float *row2 = row1 + stride;
        const float *row3 = row2 + stride;
        for (uint32_t j = 0; j < outputs; j++) {
            float sum = amps[j] + volts[i] * row0[j];
            sum += volts[i + 1] * row1[j];
            sum += volts[i + 2] * row2[j];
            amps[j] = sum + volts[i + 3] * row3[j];
        }
    }
    for (; i < lines; i++) {
        for (uint32_t j = 0; j < outputs; j++) {
            amps[j] += volts[i] * siemens[i * stride + j];
        }
    }
}

FOR_EACH_PROCESSOR
double kernel_power(const float *restrict volts, const double *restrict siemens, uint32_t lines)
{
    /* In strands, since one sum would be a long chain. */
    double sums[STRANDS] = {0};
    uint32_t i = 0;
    for (; i + STRANDS <= lines; i += STRANDS) {
        for (uint32_t k = 0; k < STRANDS; k++) {
            sums[k] += (double)(volts[i + k] * volts[i + k]) * siemens[i + k];
        }
    }
    double sum = 0;
    for (; i < lines; i++) {
        sum += (double)(volts[i] * volts[i]) * siemens[i];
    }
    for (uint32_t k = 0; k < STRANDS; k++) {
        sum += sums[k];
    }
    return sum;
}

/* Lambert's continued fraction for tanh, cut after nine terms: x A(x^2) / B(x^2), within 2e-5. */
static inline float tanh_of(float value)
{
    float x = value < -TANH_LIMIT ? -TANH_LIMIT : value > TANH_LIMIT ? TANH_LIMIT : value;
    float s = x * x;
    float above = fmaf(fmaf(fmaf(fmaf(1.0f, s, 990.0f), s, 135135.0f), s, 4729725.0f), s, 34459425.0f);
    float below = fmaf(fmaf(fmaf(fmaf(45.0f, s, 13860.0f), s, 945945.0f), s, 16216200.0f), s, 34459425.0f);
    return x * above / below;
}

FOR_EACH_PROCESSOR
void kernel_read_out(float *restrict amps, const float *restrict shift, uint32_t outputs, float full_scale, float half)
{
    float per_unit = 1 / full_scale;
    float per_code = full_scale / half;
    for (uint32_t j = 0; j < outputs; j++) {
        float t = tanh_of((amps[j] + shift[j]) * per_unit);
        float code = fmaf(t, half, ROUNDER) - ROUNDER;
        amps[j] = (code < half - 1 ? code : half - 1) * per_code;
    }
}
