/* The array of the emulated image: a simulator behind the emulator's standard input and output. */
#include <string.h>

#include "../backplane.h"
#include "array.h"
#include "semihosting.h"

struct array {
    int32_t input;
    int32_t output;
    struct backplane backplane;
};

static bool exchange(void *context, const uint8_t *request, uint32_t count, uint8_t *reply, uint32_t reply_count)
{
    struct array *array = context;
    uint32_t length;
    bool answered = semihosting_write(array->output, request, count) &&
                    (reply_count == 0 || (semihosting_read(array->input, (uint8_t *)&length, sizeof length) &&
                                          length == reply_count &&
                                          semihosting_read(array->input, reply, reply_count)));
    if (!answered) {
        semihosting_exit();
    }
    return answered;
}

struct array *array_start(struct hal *hal, struct clock *clock, struct description *description, uint32_t *nonce)
{
    static struct array array;
    (void)clock;
    array.input = semihosting_open_input("/dev/stdin");
    array.output = semihosting_open_output("/dev/stdout");
    if (!backplane_boot(&array.backplane, hal, (struct backplane_port){exchange, &array})) {
        semihosting_exit();
    }
    *description = array.backplane.description;
    *nonce = array.backplane.nonce;
    strncpy(description->board, "STM32F405, emulated", sizeof description->board);
    strncpy(description->firmware, "mortal-stm32f405-emulated", sizeof description->firmware);
    return &array;
}

void array_cut(void)
{
    /* The simulator sees whole messages only; the next call from the main loop grounds the lines. */
}

void array_allow(void)
{
}

enum status array_read(struct array *array, const struct read_block *block, float *amps)
{
    return backplane_read(&array->backplane, block, amps);
}

enum status array_train_begin(struct array *array, const struct train_shape *shape)
{
    return backplane_train_begin(&array->backplane, shape);
}

enum status array_pulse(struct array *array, uint16_t row, uint16_t column, int16_t count)
{
    return backplane_pulse(&array->backplane, row, column, count);
}

enum status array_train_end(struct array *array)
{
    return backplane_train_end(&array->backplane);
}

void array_ground(struct array *array)
{
    backplane_ground(&array->backplane);
}

void array_cost(struct array *array, double *joules, double *busy_seconds)
{
    backplane_cost(&array->backplane, joules, busy_seconds);
}
