/* The core's only way out: what a port must provide. One thread; interrupts of the port only move bytes and stop.
 *
 * To make a port, copy port/template. Every function that waits must bound its wait and answer STATUS_HARDWARE. */
#ifndef MORTAL_HAL_H
#define MORTAL_HAL_H

#include <stdbool.h>
#include <stdint.h>

#include "status.h"

enum { MAX_LINES = 256, BOARD_NAME_BYTES = 32, CHIP_ID_BYTES = 40, FIRMWARE_BYTES = 32 };

/* What this board and its chip are. SI units. Filled in by the port before board_init. */
struct description {
    uint16_t arrays;
    uint16_t rows;
    uint16_t columns;
    bool differential;
    uint8_t dac_bits; /* 0: no steps */
    uint8_t adc_bits; /* 0: no steps */
    bool keeps_settings;
    uint32_t max_pulses;
    double max_read_volts;
    double max_pulse_volts;
    double max_pulse_seconds;
    double min_siemens;
    double max_siemens;
    double max_bias_amps;
    double full_scale_amps;
    double set_volts;
    double reset_volts;
    double pulse_seconds;
    double step_siemens;
    double dac_full_scale_volts;
    double adc_full_scale_amps;
    char board[BOARD_NAME_BYTES];
    char chip[CHIP_ID_BYTES];
    char firmware[FIRMWARE_BYTES];
};

/* A block of reads of one array. */
struct read_block {
    uint16_t array;
    enum sense sense;
    uint16_t vectors;
    uint16_t lines;   /* rows driven, from the first on; the others are held at 0 V */
    uint16_t outputs; /* columns or pairs sensed, from the first on */
    const float *volts; /* vectors x lines */
    const float *bias_amps; /* one for each output sensed, or NULL */
};

/* The shape of the pulses of one train. */
struct train_shape {
    uint16_t array;
    double set_volts;
    double reset_volts;
    double seconds;
};

struct hal; /* each port's own */

const struct description *hal_description(struct hal *hal);
enum cause hal_reset_cause(struct hal *hal);
/* A number that differs from one start to the next. */
uint32_t hal_nonce(struct hal *hal);
/* Time since the start; wraps around after 2^64 microseconds. */
uint64_t hal_micros(struct hal *hal);
/* Rests until an interrupt or for about a millisecond. */
void hal_idle(struct hal *hal);
/* Restarts the board; may return on the host. */
void hal_restart(struct hal *hal);

/* Takes up to `capacity` bytes that have come from the host; never waits. */
uint32_t hal_receive(struct hal *hal, uint8_t *bytes, uint32_t capacity);
/* Gives bytes to the host as far as there is room, and says how many; never waits. */
uint32_t hal_transmit(struct hal *hal, const uint8_t *bytes, uint32_t count);
/* Whether STOP was recognised since the last hal_clear_stop. The port feeds each byte it receives to stop_feed (stop.h)
 * in the receive interrupt, and grounds all lines there and then. While this is true it must drive no line. */
bool hal_stopped(struct hal *hal);
void hal_clear_stop(struct hal *hal);

/* Reads, and leaves all lines grounded; amps is vectors x outputs. The block has been checked. */
enum status hal_read(struct hal *hal, const struct read_block *block, float *amps);
/* Prepares the pulse drivers; after it hal_pulse may come for cells of that array. */
enum status hal_train_begin(struct hal *hal, const struct train_shape *shape);
/* Gives `count` pulses to one cell, SET where positive, and comes back when they are over. What is not OK is counted as
 * not given. */
enum status hal_pulse(struct hal *hal, uint16_t row, uint16_t column, int16_t count);
/* Ends the train and grounds the lines. */
enum status hal_train_end(struct hal *hal);
/* Connects all lines to ground, whatever was going on. May be called from an interrupt. */
void hal_ground(struct hal *hal);
/* Energy that arrays and converters have used since the start, and their busy time; NaN where it is not known. */
void hal_cost(struct hal *hal, double *joules, double *busy_seconds);

/* Non-volatile memory: `count` bytes kept as one block. Both say whether it worked; a torn store must leave the old or
 * the new. */
bool hal_settings_load(struct hal *hal, uint8_t *bytes, uint32_t count);
bool hal_settings_store(struct hal *hal, const uint8_t *bytes, uint32_t count);

#endif
