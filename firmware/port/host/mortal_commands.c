/* Commands to a board without a wire. */
#include <string.h>

#include "mortal_board.h"

enum { OUTCOME_BYTES = 13 };

static uint16_t narrowed(uint32_t value)
{
    return value < UINT16_MAX ? (uint16_t)value : UINT16_MAX;
}

/* Counts the command, and tells of a fault. */
static int32_t answer(struct mortal_board *board, const struct outcome *outcome, uint8_t *fault)
{
    board->board.counters[COUNTER_COMMANDS]++;
    if (outcome->status != STATUS_OK) {
        board->board.counters[COUNTER_REFUSALS]++;
        fault_write(outcome, fault);
    }
    return (int32_t)outcome->status;
}

static enum status poll_job(void *context, uint32_t done, uint32_t total)
{
    struct mortal_board *board = context;
    (void)done;
    (void)total;
    if (hal_stopped(&board->hal)) {
        return STATUS_STOPPED;
    }
    return hal_micros(&board->hal) > board->deadline_micros ? STATUS_LATE : STATUS_OK;
}

/* What mortal_read was asked for, beside the block. */
struct rows {
    const float *inputs;
    uint64_t input_stride;
    float volts_per_unit;
    float *amps;
    uint64_t amps_stride;
};

/* Makes a block of `count` of the vectors, from `first` on, in volts. */
static void load(struct mortal_board *board, const struct rows *rows, struct read_block *block, uint32_t first,
                 uint32_t count)
{
    for (uint32_t n = 0; n < count; n++) {
        const float *input = rows->inputs + (first + n) * rows->input_stride;
        float *volts = board->volts + n * block->lines;
        for (uint32_t i = 0; i < block->lines; i++) {
            volts[i] = input[i] * rows->volts_per_unit;
        }
    }
    block->vectors = (uint16_t)count;
    block->volts = board->volts;
}

/* Reads the loaded block into rows of `amps`. */
static struct outcome read_loaded(struct mortal_board *board, const struct rows *rows, const struct read_block *block,
                                  uint32_t first)
{
    float *amps = rows->amps + first * rows->amps_stride;
    if (block->vectors == 1 || rows->amps_stride == block->outputs) {
        return board_read(&board->board, block, amps);
    }
    struct outcome outcome = board_read(&board->board, block, board->amps);
    for (uint32_t n = 0; outcome.status == STATUS_OK && n < block->vectors; n++) {
        memcpy(amps + n * rows->amps_stride, board->amps + n * block->outputs, block->outputs * sizeof *amps);
    }
    return outcome;
}

static struct outcome read_blocks(struct mortal_board *board, const struct rows *rows, struct read_block *block,
                                  uint32_t vectors)
{
    uint32_t widest = block->lines > block->outputs ? block->lines : block->outputs;
    uint32_t most = MORTAL_BLOCK_FLOATS / widest < UINT16_MAX ? MORTAL_BLOCK_FLOATS / widest : UINT16_MAX;
    struct outcome outcome = outcome_of(STATUS_OK);
    /* All is checked before the first block is read; a single block is checked by the reading itself. */
    for (uint32_t first = 0; vectors > most && outcome.status == STATUS_OK && first < vectors; first += most) {
        load(board, rows, block, first, vectors - first < most ? vectors - first : most);
        outcome = board_check_read(&board->board, block);
    }
    for (uint32_t first = 0; outcome.status == STATUS_OK && first < vectors; first += most) {
        load(board, rows, block, first, vectors - first < most ? vectors - first : most);
        outcome = read_loaded(board, rows, block, first);
    }
    return outcome;
}

int32_t mortal_read(struct mortal_board *board, uint32_t array, uint32_t sense, const float *inputs,
                    uint64_t input_stride, float volts_per_unit, const float *bias_amps, uint32_t vectors,
                    uint32_t lines, float *amps, uint64_t amps_stride, uint32_t outputs, uint8_t *fault)
{
    struct rows rows = {inputs, input_stride, volts_per_unit, amps, amps_stride};
    struct read_block block = {.array = narrowed(array),
                               .sense = (enum sense)sense,
                               .lines = narrowed(lines),
                               .outputs = narrowed(outputs),
                               .bias_amps = bias_amps};
    bool possible = lines >= 1 && lines <= MAX_LINES && outputs >= 1 && outputs <= MAX_LINES;
    struct outcome outcome =
        possible ? read_blocks(board, &rows, &block, vectors) : outcome_of(STATUS_BAD_REQUEST);
    return answer(board, &outcome, fault);
}

/* Lets jobs be ended by deadline or mortal_stop, and not by the wire's rules. */
static struct outcome run_job(struct mortal_board *board, uint32_t max_millis,
                              struct outcome (*job)(struct mortal_board *board, void *request), void *request)
{
    struct board *core = &board->board;
    poll_function poll = core->poll;
    void *poll_context = core->poll_context;
    if (max_millis == 0) {
        return outcome_of(STATUS_BAD_REQUEST);
    }
    board->deadline_micros = hal_micros(&board->hal) + max_millis * UINT64_C(1000);
    core->poll = poll_job;
    core->poll_context = board;
    struct outcome outcome = job(board, request);
    core->poll = poll;
    core->poll_context = poll_context;
    return outcome;
}

struct pulse_request {
    struct train_shape shape;
    const int16_t *counts;
    uint32_t cells;
};

static struct outcome check_train(const struct board *board, const struct pulse_request *request)
{
    const struct description *chip = hal_description(board->hal);
    if (request->cells != (uint32_t)chip->rows * chip->columns) {
        return outcome_of(STATUS_BAD_REQUEST);
    }
    struct outcome outcome = board_check_train(board, &request->shape);
    for (uint32_t i = 0; outcome.status == STATUS_OK && i < request->cells; i++) {
        if (request->counts[i] != 0) {
            outcome = board_check_pulses(board, request->shape.array, i, request->counts[i]);
        }
    }
    return outcome;
}

static struct outcome pulse(struct mortal_board *board, void *context)
{
    const struct pulse_request *request = context;
    struct board *core = &board->board;
    struct outcome outcome = check_train(core, request);
    if (outcome.status == STATUS_OK) {
        outcome = board_train_begin(core, &request->shape);
    }
    for (uint32_t i = 0; outcome.status == STATUS_OK && i < request->cells; i++) {
        if (request->counts[i] != 0) {
            outcome = board_pulse(core, i, request->counts[i], outcome);
        }
    }
    if (outcome.status == STATUS_OK) {
        outcome.status = board_train_end(core).status;
    }
    return outcome;
}

int32_t mortal_pulse(struct mortal_board *board, uint32_t array, const int16_t *counts, uint32_t cells,
                     double set_volts, double reset_volts, double seconds, uint32_t max_millis, uint8_t *fault)
{
    struct pulse_request request = {{narrowed(array), set_volts, reset_volts, seconds}, counts, cells};
    struct outcome outcome = run_job(board, max_millis, pulse, &request);
    return answer(board, &outcome, fault);
}

struct program_job {
    struct program_request request;
    struct cell_outcome outcomes[MAX_LINES];
};

static struct outcome program(struct mortal_board *board, void *context)
{
    struct program_job *job = context;
    return board_program(&board->board, &job->request, job->outcomes);
}

int32_t mortal_program(struct mortal_board *board, uint32_t array, uint32_t row, uint32_t column, uint32_t columns,
                       uint32_t max_passes, uint32_t reads, uint32_t max_millis, double tolerance,
                       const float *targets, uint8_t *outcomes, uint8_t *fault)
{
    struct program_job job = {.request = {narrowed(array), narrowed(row), narrowed(column), narrowed(columns),
                                          narrowed(max_passes), narrowed(reads), tolerance, targets}};
    struct outcome outcome = run_job(board, max_millis, program, &job);
    for (uint32_t i = 0; outcome.status == STATUS_OK && i < columns; i++) {
        uint8_t *bytes = outcomes + i * OUTCOME_BYTES;
        memcpy(bytes, &job.outcomes[i].siemens, 4);
        memcpy(bytes + 4, &job.outcomes[i].pulses, 4);
        memcpy(bytes + 8, &job.outcomes[i].resets, 4);
        bytes[12] = job.outcomes[i].success;
    }
    return answer(board, &outcome, fault);
}

uint32_t mortal_counters(struct mortal_board *board, uint8_t *bytes, uint32_t capacity)
{
    return capacity < COUNTERS_BYTES ? 0 : counters_write(&board->board, bytes);
}

void mortal_ground(struct mortal_board *board)
{
    board_ground(&board->board);
}

void mortal_stop(struct mortal_board *board)
{
    atomic_store(&board->hal.stopped, true);
}

void mortal_resume(struct mortal_board *board)
{
    hal_clear_stop(&board->hal);
}
