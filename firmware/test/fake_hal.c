#include "fake_hal.h"

#include <assert.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

void fake_hal_init(struct hal *hal)
{
    memset(hal, 0, offsetof(struct hal, settings));
    hal->description = (struct description){
        .arrays = 2,
        .rows = 16,
        .columns = 16,
        .differential = true,
        .dac_bits = 8,
        .adc_bits = 9,
        .keeps_settings = true,
        .max_pulses = 1000,
        .max_read_volts = 0.3,
        .max_pulse_volts = 2.5,
        .max_pulse_seconds = 1e-3,
        .min_siemens = 1e-6,
        .max_siemens = 101e-6,
        .max_bias_amps = 80e-6,
        .full_scale_amps = 80e-6,
        .set_volts = 1.1,
        .reset_volts = 0.9,
        .pulse_seconds = 1e-6,
        .step_siemens = 0.4e-6,
        .dac_full_scale_volts = 0.2,
        .adc_full_scale_amps = 80e-6,
        .board = "fake board",
        .chip = "fake chip",
        .firmware = "fake",
    };
    hal->nonce = 0x1234;
    hal->grounded = true;
    hal->read_micros = 10;
    hal->out_room = UINT32_MAX;
}

static bool fails(struct hal *hal)
{
    if (hal->failure == STATUS_OK) {
        return false;
    }
    if (hal->fail_after > 0) {
        hal->fail_after--;
        return false;
    }
    return true;
}

uint32_t fake_receive(struct hal *hal, const uint8_t *bytes, uint32_t count)
{
    memmove(hal->in, hal->in + hal->in_at, hal->in_count - hal->in_at);
    hal->in_count -= hal->in_at;
    hal->in_at = 0;
    uint32_t room = FAKE_IN_BYTES - hal->in_count;
    uint32_t taken = count < room ? count : room;
    for (uint32_t i = 0; i < taken; i++) {
        hal->in[hal->in_count++] = bytes[i];
        if (stop_feed(&hal->matcher, bytes[i])) {
            hal->stopped = true;
            hal_ground(hal);
        }
    }
    return taken;
}

void fake_receive_later(struct hal *hal, uint64_t micros, const uint8_t *bytes, uint32_t count)
{
    assert(count <= FAKE_LATER_BYTES);
    uint32_t slot = 0;
    while (hal->later[slot].count > 0) {
        slot++;
        assert(slot < FAKE_LATER);
    }
    hal->later[slot].micros = micros;
    hal->later[slot].count = count;
    memcpy(hal->later[slot].bytes, bytes, count);
}

void fake_advance(struct hal *hal, double micros)
{
    hal->micros += micros;
    for (uint32_t i = 0; i < FAKE_LATER; i++) {
        struct fake_later *later = &hal->later[i];
        if (later->count > 0 && later->micros <= hal_micros(hal)) {
            uint32_t count = later->count;
            later->count = 0;
            fake_receive(hal, later->bytes, count);
        }
    }
}

struct fake_cell *fake_cell(struct hal *hal, uint16_t array, uint16_t row, uint16_t column)
{
    const struct description *chip = &hal->description;
    assert(array < chip->arrays && row < chip->rows && column < chip->columns);
    uint32_t index = ((uint32_t)array * chip->rows + row) * chip->columns + column;
    assert(index < FAKE_CELLS);
    return &hal->cells[index];
}

double fake_siemens(struct hal *hal, uint16_t array, uint16_t row, uint16_t column)
{
    const struct description *chip = &hal->description;
    return chip->min_siemens +
           (chip->max_siemens - chip->min_siemens) * fake_cell(hal, array, row, column)->level / FAKE_LEVELS;
}

const struct description *hal_description(struct hal *hal)
{
    return &hal->description;
}

enum cause hal_reset_cause(struct hal *hal)
{
    return hal->cause;
}

uint32_t hal_nonce(struct hal *hal)
{
    return hal->nonce;
}

uint64_t hal_micros(struct hal *hal)
{
    return (uint64_t)hal->micros;
}

void hal_idle(struct hal *hal)
{
    fake_advance(hal, 1000);
}

void hal_restart(struct hal *hal)
{
    hal_ground(hal);
    hal->restarts++;
    hal->nonce++;
    hal->cause = CAUSE_SOFTWARE;
    hal->stopped = false;
}

uint32_t hal_receive(struct hal *hal, uint8_t *bytes, uint32_t capacity)
{
    uint32_t waiting = hal->in_count - hal->in_at;
    uint32_t count = waiting < capacity ? waiting : capacity;
    memcpy(bytes, hal->in + hal->in_at, count);
    hal->in_at += count;
    return count;
}

uint32_t hal_transmit(struct hal *hal, const uint8_t *bytes, uint32_t count)
{
    uint32_t room = FAKE_OUT_BYTES - hal->out_count;
    room = room < hal->out_room ? room : hal->out_room;
    uint32_t taken = count < room ? count : room;
    memcpy(hal->out + hal->out_count, bytes, taken);
    hal->out_count += taken;
    if (hal->out_room != UINT32_MAX) {
        hal->out_room -= taken;
    }
    return taken;
}

bool hal_stopped(struct hal *hal)
{
    return hal->stopped;
}

void hal_clear_stop(struct hal *hal)
{
    hal->stopped = false;
}

/* The current of one output: a column, or on differential arrays its difference to the one half the array further on,
 * or one of the two alone. */
static double output_amps(struct hal *hal, const struct read_block *block, uint32_t vector, uint16_t output)
{
    bool differential = hal->description.differential;
    uint16_t minus = (uint16_t)(hal->description.columns / 2 + output);
    double amps = block->bias_amps != NULL ? (double)block->bias_amps[output] : 0;
    for (uint16_t row = 0; row < block->lines; row++) {
        double volts = (double)block->volts[vector * block->lines + row];
        if (block->sense != SENSE_MINUS) {
            amps += volts * fake_siemens(hal, block->array, row, output);
        }
        if (differential && block->sense != SENSE_PLUS) {
            amps -= volts * fake_siemens(hal, block->array, row, minus);
        }
    }
    return amps;
}

static void assert_block(const struct hal *hal, const struct read_block *block)
{
    const struct description *chip = &hal->description;
    uint32_t outputs = chip->differential ? chip->columns / 2u : chip->columns;
    assert(!hal->train_open && block->array < chip->arrays);
    assert(block->vectors >= 1 && block->lines >= 1 && block->lines <= chip->rows);
    assert(block->outputs >= 1 && block->outputs <= outputs);
    float limit = nextafterf((float)chip->max_read_volts, 1e9f);
    for (uint32_t i = 0; i < (uint32_t)block->vectors * block->lines; i++) {
        assert(block->volts[i] >= 0 && block->volts[i] <= limit);
    }
    for (uint32_t i = 0; block->bias_amps != NULL && i < block->outputs; i++) {
        assert(fabsf(block->bias_amps[i]) <= (float)chip->max_bias_amps);
    }
}

enum status hal_read(struct hal *hal, const struct read_block *block, float *amps)
{
    assert_block(hal, block);
    if (hal->stopped) {
        return STATUS_STOPPED;
    }
    if (fails(hal)) {
        return hal->failure;
    }
    hal->reads++;
    for (uint32_t vector = 0; vector < block->vectors; vector++) {
        for (uint16_t output = 0; output < block->outputs; output++) {
            amps[vector * block->outputs + output] = (float)output_amps(hal, block, vector, output);
        }
    }
    fake_advance(hal, hal->read_micros * block->vectors);
    hal->grounded = true;
    hal->grounded_micros = hal_micros(hal);
    return STATUS_OK;
}

enum status hal_train_begin(struct hal *hal, const struct train_shape *shape)
{
    const struct description *chip = &hal->description;
    assert(!hal->train_open && shape->array < chip->arrays);
    assert(shape->set_volts > 0 && shape->set_volts <= chip->max_pulse_volts);
    assert(shape->reset_volts > 0 && shape->reset_volts <= chip->max_pulse_volts);
    assert(shape->seconds > 0 && shape->seconds <= chip->max_pulse_seconds);
    if (hal->stopped) {
        return STATUS_STOPPED;
    }
    if (fails(hal)) {
        return hal->failure;
    }
    hal->train_open = true;
    hal->train = *shape;
    hal->trains++;
    hal->grounded = false;
    return STATUS_OK;
}

enum status hal_pulse(struct hal *hal, uint16_t row, uint16_t column, int16_t count)
{
    if (hal->stopped) {
        return STATUS_STOPPED;
    }
    assert(hal->train_open && count != 0);
    if (fails(hal)) {
        return hal->failure;
    }
    struct fake_cell *cell = fake_cell(hal, hal->train.array, row, column);
    uint32_t pulses = count < 0 ? (uint32_t)-count : (uint32_t)count;
    cell->train_pulses = cell->train == hal->trains ? cell->train_pulses + pulses : pulses;
    cell->train = hal->trains;
    assert(cell->train_pulses <= hal->description.max_pulses);
    *(count > 0 ? &cell->set : &cell->reset) += pulses;
    cell->level += count;
    cell->level = cell->level < 0 ? 0 : cell->level > FAKE_LEVELS ? FAKE_LEVELS : cell->level;
    hal->pulses += pulses;
    fake_advance(hal, pulses * hal->train.seconds * 1e6);
    return STATUS_OK;
}

enum status hal_train_end(struct hal *hal)
{
    if (hal->stopped) {
        return STATUS_STOPPED;
    }
    assert(hal->train_open);
    hal_ground(hal);
    return fails(hal) ? hal->failure : STATUS_OK;
}

void hal_ground(struct hal *hal)
{
    hal->train_open = false;
    hal->grounded = true;
    hal->grounded_micros = hal_micros(hal);
}

void hal_cost(struct hal *hal, double *joules, double *busy_seconds)
{
    *joules = NAN;
    *busy_seconds = hal->pulses * 1e-6;
}

bool hal_settings_load(struct hal *hal, uint8_t *bytes, uint32_t count)
{
    if (hal->settings_bytes != count) {
        return false;
    }
    memcpy(bytes, hal->settings, count);
    return true;
}

bool hal_settings_store(struct hal *hal, const uint8_t *bytes, uint32_t count)
{
    if (count > FAKE_SETTINGS_BYTES || !hal->description.keeps_settings) {
        return false;
    }
    memcpy(hal->settings, bytes, count);
    hal->settings_bytes = count;
    return true;
}
