#include "board.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum { POLL_MICROS = 500 };

/* Pulses that one call of the port may give take at most this long, so that there is a poll every millisecond. */
static const double SLICE_SECONDS = 0.5e-3;

struct outcome outcome_of(enum status status)
{
    return (struct outcome){.status = status, .cell = NO_CELL};
}

static struct outcome out_of_limits(enum quantity quantity, uint16_t array, uint32_t cell, double actual,
                                    double limit)
{
    return (struct outcome){STATUS_OUT_OF_LIMITS, quantity, array, cell, actual, limit, 0, 0};
}

uint16_t board_outputs(const struct description *description)
{
    return description->differential ? description->columns / 2 : description->columns;
}

/* The highest voltage of a row: the limit, or what the converter's highest code comes to in float32, which may be
 * a rounding above. */
static float highest_row_volts(const struct description *chip)
{
    float highest = (float)chip->max_read_volts;
    if (chip->dac_bits > 0 && chip->dac_full_scale_volts <= chip->max_read_volts) {
        uint32_t code = (1u << chip->dac_bits) - 1;
        float converted = (float)code * (float)(chip->dac_full_scale_volts / code);
        highest = converted > highest ? converted : highest;
    }
    return highest;
}

void board_init(struct board *board, struct hal *hal, poll_function poll, void *poll_context)
{
    const struct description *chip = hal_description(hal);
    assert(chip->rows >= 1 && chip->rows <= MAX_LINES && chip->columns >= 1 && chip->columns <= MAX_LINES);
    assert(chip->arrays >= 1 && (!chip->differential || chip->columns % 2 == 0));
    memset(board, 0, sizeof *board);
    board->hal = hal;
    board->nonce = hal_nonce(hal);
    board->poll = poll;
    board->poll_context = poll_context;
    board->highest_row_volts = highest_row_volts(chip);
    settings_load(&board->settings, hal);
    hal_ground(hal);
}

enum status board_poll(struct board *board)
{
    uint64_t now = hal_micros(board->hal);
    if (now - board->polled_micros < POLL_MICROS) {
        return STATUS_OK;
    }
    board->polled_micros = now;
    return board->poll(board->poll_context, board->progress_done, board->progress_total);
}

static struct outcome check_array(const struct board *board, uint16_t array)
{
    uint16_t arrays = hal_description(board->hal)->arrays;
    return array < arrays ? outcome_of(STATUS_OK) : out_of_limits(QUANTITY_ARRAY, array, NO_CELL, array, arrays - 1.0);
}

/* All comparisons with what comes from outside are written so that NaN is refused too. */

static struct outcome check_volts(const struct board *board, const struct read_block *block)
{
    float highest = board->highest_row_volts;
    uint32_t count = (uint32_t)block->vectors * block->lines;
    int wrong = 0;
    /* Without branches, for the vector unit. */
    for (uint32_t i = 0; i < count; i++) {
        wrong |= !((block->volts[i] >= 0) & (block->volts[i] <= highest));
    }
    for (uint32_t i = 0; wrong && i < count; i++) {
        float volts = block->volts[i];
        if (!(volts >= 0 && volts <= highest)) {
            double limit = volts < 0 ? 0 : (double)(float)hal_description(board->hal)->max_read_volts;
            return out_of_limits(QUANTITY_ROW_VOLTS, block->array, i % block->lines, (double)volts, limit);
        }
    }
    return outcome_of(STATUS_OK);
}

static struct outcome check_bias(const struct board *board, uint16_t array, uint16_t outputs, const float *amps)
{
    double limit = hal_description(board->hal)->max_bias_amps;
    for (uint16_t j = 0; j < outputs; j++) {
        if (!(fabsf(amps[j]) <= (float)limit)) {
            return out_of_limits(QUANTITY_BIAS_AMPS, array, j, (double)amps[j], limit);
        }
    }
    return outcome_of(STATUS_OK);
}

struct outcome board_check_read(const struct board *board, const struct read_block *block)
{
    const struct description *chip = hal_description(board->hal);
    bool known_sense = block->sense == SENSE_ALL ||
                       (chip->differential && (block->sense == SENSE_PLUS || block->sense == SENSE_MINUS));
    if (!known_sense || block->lines < 1 || block->lines > chip->rows || block->outputs < 1 ||
        block->outputs > board_outputs(chip)) {
        return outcome_of(STATUS_BAD_REQUEST);
    }
    struct outcome outcome = check_array(board, block->array);
    if (outcome.status == STATUS_OK && block->bias_amps != NULL) {
        outcome = check_bias(board, block->array, block->outputs, block->bias_amps);
    }
    return outcome.status == STATUS_OK ? check_volts(board, block) : outcome;
}

/* Whether something may begin that drives lines. */
static enum status ready(const struct board *board)
{
    if (hal_stopped(board->hal)) {
        return STATUS_STOPPED;
    }
    return board->train_open ? STATUS_BAD_STATE : STATUS_OK;
}

struct outcome board_read(struct board *board, const struct read_block *block, float *amps)
{
    enum status status = ready(board);
    if (status != STATUS_OK) {
        return outcome_of(status);
    }
    struct outcome outcome = board_check_read(board, block);
    if (outcome.status != STATUS_OK || block->vectors == 0) {
        return outcome;
    }
    outcome.status = hal_read(board->hal, block, amps);
    if (outcome.status != STATUS_OK) {
        board_ground(board);
        return outcome;
    }
    board->counters[COUNTER_VECTORS] += block->vectors;
    return outcome;
}

struct outcome board_set_bias(struct board *board, uint16_t array, uint16_t outputs, const float *amps)
{
    if (outputs > board_outputs(hal_description(board->hal))) {
        return outcome_of(STATUS_BAD_REQUEST);
    }
    struct outcome outcome = check_array(board, array);
    if (outcome.status == STATUS_OK) {
        outcome = check_bias(board, array, outputs, amps);
    }
    if (outcome.status == STATUS_OK) {
        board->bias_array = array;
        board->bias_outputs = outputs;
        memcpy(board->bias_amps, amps, outputs * sizeof *amps);
    }
    return outcome;
}

static struct outcome check_positive(enum quantity quantity, uint16_t array, double actual, double limit)
{
    return actual > 0 && actual <= limit ? outcome_of(STATUS_OK)
                                         : out_of_limits(quantity, array, NO_CELL, actual, limit);
}

struct outcome board_check_train(const struct board *board, const struct train_shape *shape)
{
    const struct description *chip = hal_description(board->hal);
    struct outcome outcome = check_array(board, shape->array);
    if (outcome.status == STATUS_OK) {
        outcome = check_positive(QUANTITY_PULSE_SECONDS, shape->array, shape->seconds, chip->max_pulse_seconds);
    }
    if (outcome.status == STATUS_OK) {
        outcome = check_positive(QUANTITY_SET_VOLTS, shape->array, shape->set_volts, chip->max_pulse_volts);
    }
    if (outcome.status == STATUS_OK) {
        outcome = check_positive(QUANTITY_RESET_VOLTS, shape->array, shape->reset_volts, chip->max_pulse_volts);
    }
    return outcome;
}

struct outcome board_check_pulses(const struct board *board, uint16_t array, uint32_t cell, int32_t count)
{
    const struct description *chip = hal_description(board->hal);
    uint32_t cells = (uint32_t)chip->rows * chip->columns;
    if (cell >= cells) {
        return out_of_limits(QUANTITY_CELL, array, NO_CELL, cell, cells - 1.0);
    }
    uint32_t pulses = count < 0 ? 0u - (uint32_t)count : (uint32_t)count;
    return pulses <= chip->max_pulses ? outcome_of(STATUS_OK)
                                      : out_of_limits(QUANTITY_PULSE_COUNT, array, cell, pulses, chip->max_pulses);
}

struct outcome board_train_begin(struct board *board, const struct train_shape *shape)
{
    enum status status = ready(board);
    if (status != STATUS_OK) {
        return outcome_of(status);
    }
    struct outcome outcome = board_check_train(board, shape);
    if (outcome.status != STATUS_OK) {
        return outcome;
    }
    outcome.status = hal_train_begin(board->hal, shape);
    if (outcome.status != STATUS_OK) {
        board_ground(board);
        return outcome;
    }
    board->train_open = true;
    board->train = *shape;
    board->polled_micros = hal_micros(board->hal);
    return outcome;
}

/* As many of the pulses that remain as the port may give at once. */
static int16_t slice_of(const struct board *board, int32_t remaining)
{
    double most = SLICE_SECONDS / board->train.seconds;
    int32_t slice = most >= INT16_MAX ? INT16_MAX : most < 1 ? 1 : (int32_t)most;
    if (remaining > 0) {
        return (int16_t)(remaining < slice ? remaining : slice);
    }
    return (int16_t)(remaining > -slice ? remaining : -slice);
}

/* One slice of a cell's pulses, unless it is time to stop. */
static enum status pulse_slice(struct board *board, uint32_t cell, int16_t count)
{
    enum status status = board_poll(board);
    if (status != STATUS_OK) {
        return status;
    }
    uint16_t columns = hal_description(board->hal)->columns;
    return hal_pulse(board->hal, (uint16_t)(cell / columns), (uint16_t)(cell % columns), count);
}

struct outcome board_pulse(struct board *board, uint32_t cell, int32_t count, struct outcome so_far)
{
    struct outcome outcome = board->train_open ? board_check_pulses(board, board->train.array, cell, count)
                                               : outcome_of(STATUS_BAD_STATE);
    outcome.array = board->train.array;
    outcome.pulses = so_far.pulses;
    outcome.cells = so_far.cells;
    for (int32_t remaining = count; outcome.status == STATUS_OK && remaining != 0;) {
        int16_t slice = slice_of(board, remaining);
        outcome.status = pulse_slice(board, cell, slice);
        if (outcome.status != STATUS_OK) {
            break;
        }
        bool first = remaining == count;
        uint32_t given = (uint32_t)(slice < 0 ? -slice : slice);
        remaining -= slice;
        outcome.pulses += given;
        outcome.cells += first;
        board->counters[COUNTER_PULSES] += given;
        board->counters[COUNTER_CELL_WRITES] += first;
    }
    if (outcome.status != STATUS_OK) {
        board_ground(board);
    }
    return outcome;
}

struct outcome board_train_end(struct board *board)
{
    if (!board->train_open) {
        return outcome_of(STATUS_BAD_STATE);
    }
    board->train_open = false;
    enum status status = hal_train_end(board->hal);
    if (status != STATUS_OK) {
        hal_ground(board->hal);
    }
    return outcome_of(status);
}

void board_ground(struct board *board)
{
    hal_ground(board->hal);
    board->train_open = false;
}
