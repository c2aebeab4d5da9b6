/* Closed-loop programming of one row's cells: measure all, pulse those that are off, repeat.
 *
 * A cell is measured by driving its row alone; the reading at no voltage is taken off, which removes the offset of its
 * output. A first measurement within tolerance must be confirmed by the next one, since one read may have been lucky.
 * Float and double steps are those of ProgramVerify.java, so that both give the same pulses for the same readings.
 *
 * Source: write-verify as in Alibart et al., Nanotechnology 23, 075201 (2012), with the step of the data sheet. */
#include <math.h>
#include <string.h>

#include "board.h"

/* Of the pulses that the nominal step asks for, give this share: steps spread from cell to cell, and an overshoot costs
 * as many pulses again. */
static const double CAUTION = 0.8;

/* Neighbouring cells whose outputs are sensed together. */
struct span {
    enum sense sense;
    int sign;
    uint16_t output; /* of the first cell */
    uint16_t first;  /* that cell's place in the request */
    uint16_t count;
};

static struct outcome check_request(const struct board *board, const struct program_request *request)
{
    const struct description *chip = hal_description(board->hal);
    if (request->row >= chip->rows || request->columns < 1 || request->column >= chip->columns ||
        request->columns > chip->columns - request->column || request->max_passes < 1 || request->reads < 1 ||
        !(request->tolerance_siemens > 0)) {
        return outcome_of(STATUS_BAD_REQUEST);
    }
    for (uint16_t i = 0; i < request->columns; i++) {
        float target = request->targets_siemens[i];
        if (!(target >= (float)chip->min_siemens && target <= (float)chip->max_siemens)) {
            uint32_t cell = (uint32_t)request->row * chip->columns + request->column + i;
            return (struct outcome){.status = STATUS_OUT_OF_LIMITS,
                                    .quantity = QUANTITY_TARGET_SIEMENS,
                                    .array = request->array,
                                    .cell = cell,
                                    .actual = (double)target,
                                    .limit = target < (float)chip->min_siemens ? chip->min_siemens : chip->max_siemens};
        }
    }
    return outcome_of(STATUS_OK);
}

/* Reads the span's outputs `reads` times, with its row driven and with none, and adds each up in board->sums. */
static struct outcome add_up(struct board *board, const struct program_request *request, const struct read_block *block)
{
    uint32_t numbers = (uint32_t)block->vectors * block->outputs;
    memset(board->sums, 0, numbers * sizeof *board->sums);
    for (uint16_t repeat = 0; repeat < request->reads; repeat++) {
        struct outcome outcome = outcome_of(board_poll(board));
        if (outcome.status == STATUS_OK) {
            outcome = board_read(board, block, board->row_amps);
        }
        if (outcome.status != STATUS_OK) {
            return outcome;
        }
        for (uint32_t j = 0; j < numbers; j++) {
            board->sums[j] += (double)board->row_amps[j];
        }
    }
    return outcome_of(STATUS_OK);
}

static struct outcome measure_span(struct board *board, const struct program_request *request, struct span span)
{
    float volts = (float)hal_description(board->hal)->max_read_volts;
    struct read_block block = {.array = request->array,
                               .sense = span.sense,
                               .vectors = 2,
                               .lines = (uint16_t)(request->row + 1),
                               .outputs = (uint16_t)(span.output + span.count),
                               .volts = board->row_volts};
    memset(board->row_volts, 0, sizeof board->row_volts);
    board->row_volts[request->row] = volts;
    struct outcome outcome = add_up(board, request, &block);
    const double *driven = board->sums + span.output;
    const double *offsets = driven + block.outputs;
    for (uint16_t j = 0; outcome.status == STATUS_OK && j < span.count; j++) {
        double amps = span.sign * (driven[j] - offsets[j]);
        board->measured[span.first + j] = (float)(amps / (double)((float)request->reads * volts));
    }
    return outcome;
}

/* Measures all cells of the request, each half of a differential array for itself. */
static struct outcome measure(struct board *board, const struct program_request *request)
{
    const struct description *chip = hal_description(board->hal);
    if (!chip->differential) {
        return measure_span(board, request, (struct span){SENSE_ALL, 1, request->column, 0, request->columns});
    }
    uint16_t half = chip->columns / 2;
    uint16_t begin = request->column;
    uint16_t end = (uint16_t)(begin + request->columns);
    uint16_t middle = begin > half ? begin : end < half ? end : half;
    struct outcome outcome = outcome_of(STATUS_OK);
    if (begin < middle) {
        outcome = measure_span(board, request, (struct span){SENSE_PLUS, 1, begin, 0, (uint16_t)(middle - begin)});
    }
    if (outcome.status == STATUS_OK && middle < end) {
        outcome = measure_span(board, request,
                               (struct span){SENSE_MINUS, -1, (uint16_t)(middle - half), (uint16_t)(middle - begin),
                                             (uint16_t)(end - middle)});
    }
    return outcome;
}

/* The nearest whole number, halves upwards; exact where floor(x + 0.5) is not. */
static double nearest(double x)
{
    double below = floor(x);
    return x - below >= 0.5 ? below + 1 : below;
}

static int16_t pulses_for(const struct description *chip, double error_siemens)
{
    if (isnan(error_siemens)) {
        return 0;
    }
    double wanted = nearest(CAUTION * error_siemens / chip->step_siemens);
    double at_least_one = wanted != 0 ? wanted : error_siemens > 0 ? 1 : -1;
    double most = chip->max_pulses < INT16_MAX ? (double)chip->max_pulses : (double)INT16_MAX;
    return (int16_t)fmin(fmax(at_least_one, -most), most);
}

/* Compares what was measured with the targets, and plans pulses. True when every cell is done. */
static bool judge(struct board *board, const struct program_request *request, struct cell_outcome *outcomes)
{
    bool done = true;
    for (uint16_t i = 0; i < request->columns; i++) {
        board->counts[i] = 0;
        if (outcomes[i].success) {
            continue; /* Judged anew at each pass, noise would send it off again. */
        }
        double error = (double)(request->targets_siemens[i] - board->measured[i]);
        bool within = fabs(error) <= request->tolerance_siemens;
        outcomes[i].siemens = board->measured[i];
        outcomes[i].success = within && board->near[i];
        board->near[i] = within;
        done = done && outcomes[i].success;
        if (!within) {
            board->counts[i] = pulses_for(hal_description(board->hal), error);
        }
    }
    return done;
}

/* Gives the planned pulses in one train of nominal shape. */
static struct outcome give_pulses(struct board *board, const struct program_request *request,
                                  struct cell_outcome *outcomes, struct outcome so_far)
{
    const struct description *chip = hal_description(board->hal);
    uint32_t first = (uint32_t)request->row * chip->columns + request->column;
    struct train_shape nominal = {request->array, chip->set_volts, chip->reset_volts, chip->pulse_seconds};
    struct outcome outcome = board_train_begin(board, &nominal);
    outcome.pulses = so_far.pulses;
    outcome.cells = so_far.cells;
    for (uint16_t i = 0; outcome.status == STATUS_OK && i < request->columns; i++) {
        uint32_t before = outcome.pulses;
        outcome = board_pulse(board, first + i, board->counts[i], outcome);
        outcomes[i].pulses += outcome.pulses - before;
        outcomes[i].resets += board->counts[i] < 0 ? outcome.pulses - before : 0;
    }
    if (outcome.status == STATUS_OK) {
        outcome.status = board_train_end(board).status;
    }
    return outcome;
}

struct outcome board_program(struct board *board, const struct program_request *request, struct cell_outcome *outcomes)
{
    struct outcome outcome = check_request(board, request);
    if (outcome.status != STATUS_OK) {
        return outcome;
    }
    memset(board->near, 0, sizeof board->near);
    memset(outcomes, 0, request->columns * sizeof *outcomes);
    board->progress_total = request->max_passes;
    for (uint32_t pass = 0;; pass++) {
        board->progress_done = pass;
        struct outcome measured = measure(board, request);
        if (measured.status != STATUS_OK) {
            measured.pulses = outcome.pulses;
            measured.cells = outcome.cells;
            board_ground(board);
            return measured;
        }
        if (judge(board, request, outcomes) || pass == request->max_passes) {
            return outcome;
        }
        outcome = give_pulses(board, request, outcomes, outcome);
        if (outcome.status != STATUS_OK) {
            return outcome;
        }
    }
}
