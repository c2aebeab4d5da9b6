/* The array of the reference board: a chip of 32 x 32 cells behind the front end. */
#include <math.h>
#include <string.h>

#include "array.h"
#include "front_end.h"
#include "registers.h"
#include "wiring_start.h"

struct array {
    struct wiring wiring;
    struct front_end front_end;
    bool works;
};

/* What the board can do, and what the chip in its socket may be asked for: a lab puts its own chip's numbers here. */
static const struct description reference = {
    .arrays = 1,
    .rows = FRONT_END_ROWS,
    .columns = FRONT_END_COLUMNS,
    .differential = false,
    .dac_bits = FRONT_END_DAC_BITS,
    .adc_bits = FRONT_END_ADC_BITS,
    .max_pulses = 1000,
    .max_read_volts = 0.3,
    .max_pulse_volts = 3.0,
    .max_pulse_seconds = FRONT_END_MOST_PULSE_SECONDS,
    .min_siemens = 1e-6,
    .max_siemens = 101e-6,
    .max_bias_amps = 0,
    .full_scale_amps = FRONT_END_FULL_SCALE_AMPS,
    .set_volts = 0.9,
    .reset_volts = 0.9,
    .pulse_seconds = FRONT_END_LEAST_PULSE_SECONDS,
    .step_siemens = 0.4e-6,
    .dac_full_scale_volts = FRONT_END_DAC_VOLTS,
    .adc_full_scale_amps = FRONT_END_ADC_AMPS,
    .board = "Mortal reference board, rev. A",
    .chip = "unnamed 32 x 32 chip",
    .firmware = "mortal-stm32f405",
};

/* From the random number generator; false if it stands still. */
static bool draw_nonce(uint32_t *nonce)
{
    enum { POLLS = 10000 };
    RCC->ahb2enr |= RCC_AHB2ENR_RNG;
    (void)RCC->ahb2enr;
    RNG->cr = RNG_CR_RNGEN;
    for (uint32_t polls = 0; polls < POLLS; polls++) {
        if (RNG->sr & RNG_SR_DRDY) {
            *nonce = RNG->dr;
            return true;
        }
    }
    *nonce = 0;
    return false;
}

struct array *array_start(struct hal *hal, struct clock *clock, struct description *description, uint32_t *nonce)
{
    static struct array array;
    (void)hal;
    wiring_start(&array.wiring, clock);
    /* Without a nonce a host cannot tell one start from the next, and might repeat a pulse: better none at all. */
    bool drawn = draw_nonce(nonce);
    array.works = front_end_start(&array.front_end, &array.wiring) == STATUS_OK && drawn;
    *description = reference;
    return &array;
}

enum status array_read(struct array *array, const struct read_block *block, float *amps)
{
    return array->works ? front_end_read(&array->front_end, block, amps) : STATUS_HARDWARE;
}

enum status array_train_begin(struct array *array, const struct train_shape *shape)
{
    return array->works ? front_end_train_begin(&array->front_end, shape) : STATUS_HARDWARE;
}

enum status array_pulse(struct array *array, uint16_t row, uint16_t column, int16_t count)
{
    return front_end_pulse(&array->front_end, row, column, count);
}

enum status array_train_end(struct array *array)
{
    front_end_rest(&array->front_end);
    return STATUS_OK;
}

void array_ground(struct array *array)
{
    wiring_ground(&array->wiring);
}

void array_cost(struct array *array, double *joules, double *busy_seconds)
{
    (void)array;
    *joules = NAN;
    *busy_seconds = NAN;
}
