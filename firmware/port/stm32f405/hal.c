/* hal.h on the STM32F405: what both images share. */
#include "../../core/hal.h"

#include "array.h"
#include "clock.h"
#include "hal_start.h"
#include "serial.h"
#include "store.h"

struct hal {
    struct clock clock;
    struct serial serial;
    struct array *array;
    struct description description;
    enum cause cause;
    uint32_t nonce;
};

struct hal *hal_start(void)
{
    static struct hal hal;
    hal.cause = clock_reset_cause();
    clock_start(&hal.clock);
    hal.array = array_start(&hal, &hal.clock, &hal.description, &hal.nonce);
    hal.description.keeps_settings = store_keeps();
    serial_start(&hal.serial, hal.clock.serial_hertz);
    clock_start_watchdog();
    return &hal;
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
    return clock_micros(&hal->clock);
}

void hal_idle(struct hal *hal)
{
    serial_idle(&hal->serial);
}

void hal_restart(struct hal *hal)
{
    array_ground(hal->array);
    serial_flush(&hal->serial);
    clock_restart();
}

uint32_t hal_receive(struct hal *hal, uint8_t *bytes, uint32_t capacity)
{
    /* The core comes here in its main loop and every millisecond of a job: whoever comes no more has hung. */
    clock_feed_watchdog();
    return serial_receive(&hal->serial, bytes, capacity);
}

uint32_t hal_transmit(struct hal *hal, const uint8_t *bytes, uint32_t count)
{
    return serial_transmit(&hal->serial, bytes, count);
}

bool hal_stopped(struct hal *hal)
{
    return hal->serial.stopped;
}

void hal_clear_stop(struct hal *hal)
{
    hal->serial.stopped = false;
    array_allow();
}

enum status hal_read(struct hal *hal, const struct read_block *block, float *amps)
{
    return hal_stopped(hal) ? STATUS_STOPPED : array_read(hal->array, block, amps);
}

enum status hal_train_begin(struct hal *hal, const struct train_shape *shape)
{
    return hal_stopped(hal) ? STATUS_STOPPED : array_train_begin(hal->array, shape);
}

enum status hal_pulse(struct hal *hal, uint16_t row, uint16_t column, int16_t count)
{
    return hal_stopped(hal) ? STATUS_STOPPED : array_pulse(hal->array, row, column, count);
}

enum status hal_train_end(struct hal *hal)
{
    return array_train_end(hal->array);
}

void hal_ground(struct hal *hal)
{
    array_ground(hal->array);
}

void hal_cost(struct hal *hal, double *joules, double *busy_seconds)
{
    array_cost(hal->array, joules, busy_seconds);
}

bool hal_settings_load(struct hal *hal, uint8_t *bytes, uint32_t count)
{
    (void)hal;
    return store_load(bytes, count);
}

bool hal_settings_store(struct hal *hal, const uint8_t *bytes, uint32_t count)
{
    array_ground(hal->array);
    return store_save(bytes, count);
}
