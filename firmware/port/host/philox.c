#include "philox.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { ROUNDS = 10, LANES = 16 };

static uint64_t mix(uint64_t z)
{
    /* The finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014). */
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

uint64_t philox_key(uint64_t seed, uint64_t purpose, uint64_t array)
{
    const uint64_t step = 0x9E3779B97F4A7C15u;
    uint64_t mixed = mix(seed + step);
    mixed = mix(mix(mixed + step) ^ mix(purpose + step));
    return mix(mix(mixed + step) ^ mix(array + step));
}

void philox_block(uint64_t key, uint32_t c0, uint32_t c1, uint32_t c2, uint32_t words[4])
{
    uint32_t c3 = 0;
    uint32_t k0 = (uint32_t)key;
    uint32_t k1 = (uint32_t)(key >> 32);
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t p0 = (uint64_t)0xD2511F53u * c0;
        uint64_t p1 = (uint64_t)0xCD9E8D57u * c2;
        c0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0;
        c1 = (uint32_t)p1;
        c2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
        c3 = (uint32_t)p0;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    words[0] = c0;
    words[1] = c1;
    words[2] = c2;
    words[3] = c3;
}

uint32_t philox_next(struct philox *philox)
{
    if (philox->left == 0) {
        philox_block(philox->key, (uint32_t)philox->counter, (uint32_t)(philox->counter >> 32), 0, philox->words);
        philox->counter++;
        philox->left = 4;
    }
    return philox->words[4 - philox->left--];
}

double philox_next_double(struct philox *philox)
{
    uint64_t high = philox_next(philox);
    return (double)((high << 32 | philox_next(philox)) >> 11) * 0x1p-53;
}

static float float_of(uint32_t bits)
{
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static uint32_t bits_of(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* A number from 1 to 2 with the top bits of a word. */
static float one_to_two(uint32_t word)
{
    return float_of(word >> 9 | 0x3F800000u);
}

static float polynomial(const float *coefficients, uint32_t count, float x)
{
    float sum = coefficients[0];
    for (uint32_t i = 1; i < count; i++) {
        sum = fmaf(sum, x, coefficients[i]);
    }
    return sum;
}

/* The natural logarithm, with the mantissa brought into [sqrt(1/2), sqrt(2)). */
static float logarithm(float u)
{
    static const float LOG[] = {-0.0810227021574974f, 0.1271267831325531f, -0.12972144782543182f, 0.14202114939689636f,
                                -0.166422501206398f,  0.20001471042633057f, -0.2500029504299164f, 0.333333283662796f};
    const uint32_t sqrt_half = 0x3F3504F3u;
    int32_t bits = (int32_t)(bits_of(u) - sqrt_half);
    float exponent = (float)(bits >> 23);
    float z = float_of(((uint32_t)bits & 0x7FFFFFu) + sqrt_half) - 1.0f;
    float z2 = z * z;
    float mantissa = fmaf(z2 * z, polynomial(LOG, 8, z), fmaf(-0.5f, z2, z));
    return fmaf(exponent, 0.693147180559945309f, mantissa);
}

static float flip(float x, uint32_t sign)
{
    return float_of(bits_of(x) ^ (sign & 0x80000000u));
}

/* Two normal numbers of two words, by Box and Muller's transform; each step is one correctly rounded operation. */
static void pair(uint32_t radius, uint32_t angle, float *first, float *second)
{
    static const float SIN[] = {-0.004602163098752499f, 0.07968021929264069f, -0.6459634900093079f,
                                1.5707963705062866f};
    static const float COS[] = {0.00090362987248227f, -0.02086007036268711f, 0.25366920232772827f, -1.2337005138397217f,
                                1.0f};
    float r = sqrtf(-2.0f * logarithm(one_to_two(radius) - (1.0f - 0x1p-23f)));
    float t = one_to_two(angle << 3) - 1.5f;
    float t2 = t * t;
    float sine = t * polynomial(SIN, 4, t2);
    float cosine = polynomial(COS, 5, t2);
    bool swap = (angle << 2 & 0x80000000u) != 0;
    *first = r * flip(swap ? sine : cosine, angle);
    *second = r * flip(swap ? cosine : sine, angle << 1);
}

void philox_normals(uint64_t key, uint32_t c1, float *normals, uint32_t count)
{
    for (uint32_t base = 0, block = 0; base < count; base += NORMALS_CHUNK, block += LANES) {
        for (uint32_t lane = 0; lane < LANES; lane++) {
            uint32_t words[4];
            philox_block(key, block + lane / 2 + (lane & 1) * LANES / 2, c1, 0, words);
            pair(words[0], words[1], normals + base + lane, normals + base + LANES + lane);
            pair(words[2], words[3], normals + base + 2 * LANES + lane, normals + base + 3 * LANES + lane);
        }
    }
}
