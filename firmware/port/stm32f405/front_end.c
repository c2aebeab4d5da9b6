#include "front_end.h"

#include <string.h>

enum {
    /* Three parts of the chain serve eight columns: to the sense amplifiers, to the level SELECTED, to the level
     * OTHERS. */
    OCTETS = FRONT_END_COLUMNS / 8,
    TO_SENSE = 0,
    TO_SELECTED = 1,
    TO_OTHERS = 2,
    PARTS_OF_OCTET = 3,

    /* Column c goes to amplifier c / 4, one of its four at a time. */
    COLUMNS_OF_AMPLIFIER = FRONT_END_COLUMNS / AD7606C_CHANNELS,

    COLUMN_DAC = 4,
    CHANNEL_SELECTED = 0,
    CHANNEL_OTHERS = 1,

    DAC_SETTLE_NANOS = 10000,   /* data sheet: 8 us at most */
    SENSE_SETTLE_NANOS = 20000, /* line, amplifier and the ADC's 220 kHz filter, to 16 bits */
    GAP_NANOS = 2000,           /* between pulses: the lines discharge */
};

_Static_assert(ADG714_CHAIN == OCTETS * PARTS_OF_OCTET, "the chain");
_Static_assert(FRONT_END_ROWS == COLUMN_DAC * AD5676R_CHANNELS, "the row DACs");

static uint16_t code_of(double volts)
{
    double code = volts / FRONT_END_DAC_VOLTS * 65535 + 0.5;
    return code < 65535 ? (uint16_t)code : 65535;
}

/* Sets a DAC output unless it is there already; true if it was not. */
static bool set_output(struct front_end *front_end, uint32_t dac, uint8_t channel, uint16_t code)
{
    if (front_end->codes[dac][channel] == code) {
        return false;
    }
    ad5676r_write(front_end->wiring, (enum device)(DEVICE_ROW_DAC_0 + dac), channel, code);
    front_end->codes[dac][channel] = code;
    return true;
}

static bool set_row(struct front_end *front_end, uint32_t row, uint16_t code)
{
    return set_output(front_end, row / AD5676R_CHANNELS, (uint8_t)(row % AD5676R_CHANNELS), code);
}

static bool set_levels(struct front_end *front_end, uint16_t selected, uint16_t others)
{
    bool changed = set_output(front_end, COLUMN_DAC, CHANNEL_SELECTED, selected);
    return set_output(front_end, COLUMN_DAC, CHANNEL_OTHERS, others) || changed;
}

static void set_switches(struct front_end *front_end, const uint8_t closed[ADG714_CHAIN])
{
    if (memcmp(front_end->closed, closed, ADG714_CHAIN) != 0) {
        adg714_write(front_end->wiring, closed);
        memcpy(front_end->closed, closed, ADG714_CHAIN);
    }
}

/* Column `phase` of each amplifier's four to that amplifier, the others to their level, which is 0 V. */
static void connect_for_read(struct front_end *front_end, uint32_t phase)
{
    uint8_t closed[ADG714_CHAIN] = {0};
    uint8_t sensed = (uint8_t)(0x11 << phase);
    for (uint32_t octet = 0; octet < OCTETS; octet++) {
        closed[octet * PARTS_OF_OCTET + TO_SENSE] = sensed;
        closed[octet * PARTS_OF_OCTET + TO_OTHERS] = (uint8_t)~sensed;
    }
    set_switches(front_end, closed);
}

static void connect_for_pulse(struct front_end *front_end, uint32_t column)
{
    uint8_t closed[ADG714_CHAIN] = {0};
    for (uint32_t octet = 0; octet < OCTETS; octet++) {
        closed[octet * PARTS_OF_OCTET + TO_OTHERS] = 0xFF;
    }
    uint32_t part = column / 8 * PARTS_OF_OCTET;
    uint8_t bit = (uint8_t)(1 << column % 8);
    closed[part + TO_SELECTED] = bit;
    closed[part + TO_OTHERS] = (uint8_t)~bit;
    set_switches(front_end, closed);
}

void front_end_rest(struct front_end *front_end)
{
    static const uint8_t none[ADG714_CHAIN] = {0};
    wiring_ground(front_end->wiring);
    set_switches(front_end, none);
    set_levels(front_end, 0, 0);
    for (uint32_t row = 0; row < FRONT_END_ROWS; row++) {
        set_row(front_end, row, 0);
    }
}

enum status front_end_start(struct front_end *front_end, struct wiring *wiring)
{
    *front_end = (struct front_end){.wiring = wiring};
    wiring_ground(wiring);
    ad5676r_reset(wiring);
    adg714_reset(wiring);
    return ad7606c_start(wiring);
}

/* Drives the lines, samples, and grounds them again. */
static enum status sample(struct front_end *front_end, int16_t codes[AD7606C_CHANNELS])
{
    enum status status = wiring_drive(front_end->wiring);
    if (status == STATUS_OK) {
        wiring_wait_nanos(front_end->wiring, SENSE_SETTLE_NANOS);
        status = ad7606c_convert(front_end->wiring, codes);
    }
    wiring_ground(front_end->wiring);
    return status;
}

static enum status read_vector(struct front_end *front_end, const float *volts, uint16_t lines, uint16_t outputs,
                               float *amps)
{
    bool changed = set_levels(front_end, 0, 0);
    for (uint32_t row = 0; row < FRONT_END_ROWS; row++) {
        changed = set_row(front_end, row, row < lines ? code_of((double)volts[row]) : 0) || changed;
    }
    if (changed) {
        wiring_wait_nanos(front_end->wiring, DAC_SETTLE_NANOS);
    }
    for (uint32_t phase = 0; phase < COLUMNS_OF_AMPLIFIER && phase < outputs; phase++) {
        int16_t codes[AD7606C_CHANNELS];
        connect_for_read(front_end, phase);
        enum status status = sample(front_end, codes);
        if (status != STATUS_OK) {
            return status;
        }
        for (uint32_t column = phase; column < outputs; column += COLUMNS_OF_AMPLIFIER) {
            /* The amplifiers invert. */
            double code = -(double)codes[column / COLUMNS_OF_AMPLIFIER];
            amps[column] = (float)(code * (FRONT_END_ADC_AMPS / 32768));
        }
    }
    return STATUS_OK;
}

enum status front_end_read(struct front_end *front_end, const struct read_block *block, float *amps)
{
    if (block->sense != SENSE_ALL) {
        return STATUS_UNSUPPORTED;
    }
    wiring_ground(front_end->wiring);
    enum status status = STATUS_OK;
    for (uint32_t k = 0; k < block->vectors && status == STATUS_OK; k++) {
        status = read_vector(front_end, block->volts + k * block->lines, block->lines, block->outputs,
                             amps + k * block->outputs);
    }
    return status;
}

enum status front_end_train_begin(struct front_end *front_end, const struct train_shape *shape)
{
    if (shape->seconds < FRONT_END_LEAST_PULSE_SECONDS) {
        return STATUS_UNSUPPORTED;
    }
    wiring_ground(front_end->wiring);
    front_end->train = *shape;
    return STATUS_OK;
}

/* Row and column of the cell to the ends of the amplitude, all other lines halfway, so that no other cell sees more
 * than half of it. SET: row above column; RESET: column above row. */
static void prepare_pulse(struct front_end *front_end, uint16_t row, uint16_t column, bool set)
{
    double volts = set ? front_end->train.set_volts : front_end->train.reset_volts;
    uint16_t full = code_of(volts);
    uint16_t half = code_of(volts / 2);
    connect_for_pulse(front_end, column);
    bool changed = set_levels(front_end, set ? 0 : full, half);
    for (uint32_t other = 0; other < FRONT_END_ROWS; other++) {
        uint16_t selected = set ? full : 0;
        changed = set_row(front_end, other, other == row ? selected : half) || changed;
    }
    if (changed) {
        wiring_wait_nanos(front_end->wiring, DAC_SETTLE_NANOS);
    }
}

enum status front_end_pulse(struct front_end *front_end, uint16_t row, uint16_t column, int16_t count)
{
    wiring_ground(front_end->wiring);
    prepare_pulse(front_end, row, column, count > 0);
    enum status status = STATUS_OK;
    int32_t pulses = count < 0 ? -(int32_t)count : count;
    for (int32_t k = 0; k < pulses && status == STATUS_OK; k++) {
        status = wiring_pulse(front_end->wiring, front_end->train.seconds);
        wiring_wait_nanos(front_end->wiring, GAP_NANOS);
    }
    return status;
}
