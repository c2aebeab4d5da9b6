/* A port to copy: every function that the core needs, with what it must do. As it stands it drives nothing and refuses.
 * */
#include "../../core/hal.h"

#include <math.h>

/* What the port needs to remember; one for each board. */
struct hal {
    struct description description;
};

/* Fill in what the board and its chip are, once and before link_init; never change it afterwards. The guard refuses
 * whatever is beyond these limits, so they are the last word on what the chip is ever given. */
const struct description *hal_description(struct hal *hal)
{
    return &hal->description;
}

/* Read and clear the processor's reset flags. */
enum cause hal_reset_cause(struct hal *hal)
{
    (void)hal;
    return CAUSE_UNKNOWN;
}

/* Draw it from a random number generator, or count starts in memory that keeps: two starts in a row must never have the
 * same, since the host learns from it that commands were forgotten. */
uint32_t hal_nonce(struct hal *hal)
{
    (void)hal;
    return 0;
}

/* A free-running timer, widened to 64 bits. It must not lose time while interrupts are held back. */
uint64_t hal_micros(struct hal *hal)
{
    (void)hal;
    return 0;
}

/* Sleep until an interrupt comes, at most about a millisecond; not at all if bytes have come since hal_receive. */
void hal_idle(struct hal *hal)
{
    (void)hal;
}

/* Ground the lines, let the bytes that hal_transmit took go out, for a bounded time, and reset the processor. */
void hal_restart(struct hal *hal)
{
    hal_ground(hal);
}

/* Take bytes out of the ring that the receive interrupt fills. The core comes here at least every few milliseconds
 * while it lives: the place to feed a watchdog. */
uint32_t hal_receive(struct hal *hal, uint8_t *bytes, uint32_t capacity)
{
    (void)hal;
    (void)bytes;
    (void)capacity;
    return 0;
}

/* Put bytes into the ring that the transmitter empties, as far as there is room. Never wait for room: the core comes
 * again. */
uint32_t hal_transmit(struct hal *hal, const uint8_t *bytes, uint32_t count)
{
    (void)hal;
    (void)bytes;
    (void)count;
    return 0;
}

/* Set by the receive interrupt, which gives each byte to stop_feed (core/stop.h) and where that says true grounds the
 * lines there and then, by one pin if possible: the bus to the converters may be in the middle of a word. */
bool hal_stopped(struct hal *hal)
{
    (void)hal;
    return false;
}

void hal_clear_stop(struct hal *hal)
{
    (void)hal;
}

/* For each vector: set the rows, those beyond `lines` to 0 V; connect; wait until all has settled; sample `outputs`
 * columns. Leave all lines grounded, however it ends. Amperes are positive from row to column. Every wait for a part is
 * bounded and ends as STATUS_HARDWARE. The block has been checked against the description. */
enum status hal_read(struct hal *hal, const struct read_block *block, float *amps)
{
    (void)hal;
    (void)block;
    (void)amps;
    return STATUS_UNSUPPORTED;
}

/* Remember the shape. Refuse what the drivers cannot do within the limits, such as a pulse too short for its height. */
enum status hal_train_begin(struct hal *hal, const struct train_shape *shape)
{
    (void)hal;
    (void)shape;
    return STATUS_UNSUPPORTED;
}

/* Prepare drivers and switches with the lines grounded, then give the pulses, each timed by hardware. Look at the stop
 * before each. A pulse that was cut short ends as STATUS_STOPPED; never make up for it. */
enum status hal_pulse(struct hal *hal, uint16_t row, uint16_t column, int16_t count)
{
    (void)hal;
    (void)row;
    (void)column;
    (void)count;
    return STATUS_UNSUPPORTED;
}

enum status hal_train_end(struct hal *hal)
{
    hal_ground(hal);
    return STATUS_OK;
}

/* One pin that connects every line to ground, whatever the converters say. It must work from an interrupt, twice in a
 * row, and before anything else has been set up; at reset the pin must fall to ground by itself. */
void hal_ground(struct hal *hal)
{
    (void)hal;
}

/* From a power monitor, or NaN. */
void hal_cost(struct hal *hal, double *joules, double *busy_seconds)
{
    (void)hal;
    *joules = NAN;
    *busy_seconds = NAN;
}

/* The newest block of `count` bytes that was stored whole; false if there is none. Where description.keeps_settings is
 * false nobody comes here in earnest. */
bool hal_settings_load(struct hal *hal, uint8_t *bytes, uint32_t count)
{
    (void)hal;
    (void)bytes;
    (void)count;
    return false;
}

/* Write beside the old block and mark it as whole last, so that power lost at any moment leaves the old or the new
 * (stm32f405/store_flash.c does it for flash that is erased in sectors). */
bool hal_settings_store(struct hal *hal, const uint8_t *bytes, uint32_t count)
{
    (void)hal;
    (void)bytes;
    (void)count;
    return false;
}
