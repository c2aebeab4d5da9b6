#include "backplane.h"

#include <math.h>
#include <string.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "numbers are copied as they lie in memory");

enum message { BOOT = 1, READ = 2, TRAIN = 3, PULSES = 4, END = 5, GROUND = 6, COST = 7 };

enum {
    HEADER_BYTES = 5,
    BOOT_REPLY_BYTES = 164,
    BOOT_FIELDS = 20, /* where the f64 begin */
    FIELDS = 13,
    READ_BYTES = 12,
    PULSE_BYTES = 6
};

_Static_assert(BACKPLANE_BYTES >= HEADER_BYTES + READ_BYTES + 2 * MAX_LINES * sizeof(float),
               "a vector and its bias must fit");

/* Puts a number of `count` bytes behind the `*used` bytes of the buffer. */
static void put(struct backplane *backplane, uint32_t *used, const void *value, uint32_t count)
{
    memcpy(backplane->buffer + *used, value, count);
    *used += count;
}

static void put_u16(struct backplane *backplane, uint32_t *used, uint16_t value)
{
    put(backplane, used, &value, sizeof value);
}

/* Sends the message whose payload ends at `end` of the buffer. */
static enum status send(struct backplane *backplane, enum message type, uint32_t end, void *reply, uint32_t reply_count)
{
    uint32_t length = end - (HEADER_BYTES - 1);
    memcpy(backplane->buffer, &length, sizeof length);
    backplane->buffer[4] = (uint8_t)type;
    bool answered = backplane->port.exchange(backplane->port.context, backplane->buffer, end, reply, reply_count);
    return answered ? STATUS_OK : STATUS_HARDWARE;
}

/* Sends the pulses that wait. */
static enum status flush(struct backplane *backplane)
{
    uint32_t end = backplane->used;
    backplane->used = HEADER_BYTES;
    return end > HEADER_BYTES ? send(backplane, PULSES, end, NULL, 0) : STATUS_OK;
}

static void parse_numbers(struct description *description, const uint8_t *reply)
{
    double *fields[FIELDS] = {
        &description->max_read_volts, &description->max_pulse_volts, &description->max_pulse_seconds,
        &description->min_siemens, &description->max_siemens, &description->max_bias_amps,
        &description->full_scale_amps, &description->set_volts, &description->reset_volts,
        &description->pulse_seconds, &description->step_siemens, &description->dac_full_scale_volts,
        &description->adc_full_scale_amps,
    };
    for (uint32_t i = 0; i < FIELDS; i++) {
        memcpy(fields[i], reply + BOOT_FIELDS + i * sizeof(double), sizeof(double));
    }
    memcpy(&description->arrays, reply + 4, sizeof description->arrays);
    memcpy(&description->rows, reply + 6, sizeof description->rows);
    memcpy(&description->columns, reply + 8, sizeof description->columns);
    memcpy(&description->max_pulses, reply + 16, sizeof description->max_pulses);
    description->differential = reply[10] != 0;
    description->dac_bits = reply[11];
    description->adc_bits = reply[12];
    memcpy(description->chip, reply + BOOT_FIELDS + FIELDS * sizeof(double), CHIP_ID_BYTES);
}

/* Whether an array can be like this. */
static bool plausible(const struct description *chip)
{
    return chip->arrays >= 1 && chip->rows >= 1 && chip->rows <= MAX_LINES && chip->columns >= 1 &&
           chip->columns <= MAX_LINES && !(chip->differential && chip->columns % 2 != 0) && chip->dac_bits <= 16 &&
           chip->adc_bits <= 16 && chip->max_pulses >= 1 && chip->max_read_volts > 0 && chip->max_pulse_volts > 0 &&
           chip->max_pulse_seconds > 0 && chip->min_siemens >= 0 && chip->max_siemens > chip->min_siemens &&
           chip->max_bias_amps >= 0 && chip->set_volts > 0 && chip->reset_volts > 0 && chip->pulse_seconds > 0 &&
           chip->step_siemens > 0;
}

bool backplane_boot(struct backplane *backplane, struct hal *hal, struct backplane_port port)
{
    uint8_t reply[BOOT_REPLY_BYTES];
    backplane->hal = hal;
    backplane->port = port;
    backplane->pace = (struct pace){0};
    backplane->used = HEADER_BYTES;
    if (send(backplane, BOOT, HEADER_BYTES, reply, sizeof reply) != STATUS_OK) {
        return false;
    }
    memcpy(&backplane->nonce, reply, sizeof backplane->nonce);
    parse_numbers(&backplane->description, reply);
    return plausible(&backplane->description);
}

/* Reads the block's vectors from `first` on, `count` of them. */
static enum status read_some(struct backplane *backplane, const struct read_block *block, uint16_t first,
                             uint16_t count, float *amps)
{
    bool biased = block->bias_amps != NULL;
    const uint8_t flags[2] = {(uint8_t)block->sense, biased};
    uint32_t end = HEADER_BYTES;
    put_u16(backplane, &end, block->array);
    put(backplane, &end, flags, sizeof flags);
    put_u16(backplane, &end, count);
    put_u16(backplane, &end, block->lines);
    put_u16(backplane, &end, block->outputs);
    put_u16(backplane, &end, 0);
    put(backplane, &end, block->volts + (uint32_t)first * block->lines,
        (uint32_t)count * block->lines * (uint32_t)sizeof(float));
    if (biased) {
        put(backplane, &end, block->bias_amps, block->outputs * (uint32_t)sizeof(float));
    }
    uint32_t numbers = (uint32_t)count * block->outputs;
    return send(backplane, READ, end, amps + (uint32_t)first * block->outputs, numbers * (uint32_t)sizeof(float));
}

enum status backplane_read(struct backplane *backplane, const struct read_block *block, float *amps)
{
    enum status status = flush(backplane);
    uint32_t room = (BACKPLANE_BYTES - HEADER_BYTES - READ_BYTES) / sizeof(float) - block->outputs;
    uint32_t most = room / block->lines;
    for (uint32_t first = 0; status == STATUS_OK && first < block->vectors; first += most) {
        uint32_t left = block->vectors - first;
        status = read_some(backplane, block, (uint16_t)first, (uint16_t)(left < most ? left : most), amps);
    }
    return status;
}

enum status backplane_train_begin(struct backplane *backplane, const struct train_shape *shape)
{
    const uint8_t zero[6] = {0};
    uint32_t end = HEADER_BYTES;
    backplane->used = HEADER_BYTES;
    backplane->seconds = shape->seconds;
    put_u16(backplane, &end, shape->array);
    put(backplane, &end, zero, sizeof zero);
    put(backplane, &end, &shape->set_volts, sizeof shape->set_volts);
    put(backplane, &end, &shape->reset_volts, sizeof shape->reset_volts);
    put(backplane, &end, &shape->seconds, sizeof shape->seconds);
    return send(backplane, TRAIN, end, NULL, 0);
}

enum status backplane_pulse(struct backplane *backplane, uint16_t row, uint16_t column, int16_t count)
{
    if (backplane->used + PULSE_BYTES > BACKPLANE_BYTES) {
        enum status status = flush(backplane);
        if (status != STATUS_OK) {
            return status;
        }
    }
    put_u16(backplane, &backplane->used, row);
    put_u16(backplane, &backplane->used, column);
    put(backplane, &backplane->used, &count, sizeof count);
    pace_spend(&backplane->pace, backplane->hal, fabs((double)count) * backplane->seconds);
    return STATUS_OK;
}

enum status backplane_train_end(struct backplane *backplane)
{
    enum status status = flush(backplane);
    return status == STATUS_OK ? send(backplane, END, HEADER_BYTES, NULL, 0) : status;
}

void backplane_ground(struct backplane *backplane)
{
    /* When the simulator is gone there are no lines either. */
    (void)flush(backplane);
    (void)send(backplane, GROUND, HEADER_BYTES, NULL, 0);
}

void backplane_cost(struct backplane *backplane, double *joules, double *busy_seconds)
{
    double reply[2] = {NAN, NAN};
    bool answered = flush(backplane) == STATUS_OK &&
                    send(backplane, COST, HEADER_BYTES, reply, sizeof reply) == STATUS_OK;
    *joules = answered ? reply[0] : NAN;
    *busy_seconds = answered ? reply[1] : NAN;
}
