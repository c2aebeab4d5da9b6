/* The board over a plain array: guard, reads, trains, stops, books, and programming to the end. */
#include <float.h>

#include "../core/board.h"
#include "check.h"
#include "fake_hal.h"

/* What poll answers, and what it saw. */
struct watch {
    struct hal *hal;
    enum status answer;
    unsigned asked;
    uint64_t asked_micros;
    uint64_t longest_micros;
    uint32_t done;
    uint32_t total;
};

static struct hal hal;
static struct board board;
static struct watch watch;

static enum status poll(void *context, uint32_t done, uint32_t total)
{
    struct watch *seen = context;
    uint64_t since = hal_micros(seen->hal) - seen->asked_micros;
    seen->longest_micros = since > seen->longest_micros ? since : seen->longest_micros;
    seen->asked_micros = hal_micros(seen->hal);
    seen->asked++;
    seen->done = done;
    seen->total = total;
    return seen->answer;
}

static void begin(void)
{
    fake_hal_init(&hal);
    watch = (struct watch){.hal = &hal, .answer = STATUS_OK};
    board_init(&board, &hal, poll, &watch);
}

static const struct train_shape NOMINAL = {1, 1.1, 0.9, 1e-6};

static struct outcome read_volts(float volts, uint16_t lines)
{
    float row[MAX_LINES] = {0};
    float amps[MAX_LINES];
    row[lines - 1] = volts;
    struct read_block block = {.array = 1, .vectors = 1, .lines = lines, .outputs = 8, .volts = row};
    return board_read(&board, &block, amps);
}

static void check_refused(struct outcome outcome, enum quantity quantity, uint32_t cell, double actual, double limit)
{
    CHECK_EQUAL(STATUS_OUT_OF_LIMITS, outcome.status);
    CHECK_EQUAL(quantity, outcome.quantity);
    CHECK_EQUAL(cell, outcome.cell);
    CHECK(outcome.actual == actual || (isnan(outcome.actual) && isnan(actual)));
    CHECK_NEAR(limit, outcome.limit, 0);
    CHECK_EQUAL(0, outcome.pulses);
}

static void test_row_voltages(void)
{
    begin();
    const double limit = (double)0.3f;
    CHECK_EQUAL(STATUS_OK, read_volts(0.3f, 3).status);
    CHECK_EQUAL(STATUS_OK, read_volts(-0.0f, 3).status);
    check_refused(read_volts(nextafterf(0.3f, 1), 3), QUANTITY_ROW_VOLTS, 2, (double)nextafterf(0.3f, 1), limit);
    check_refused(read_volts(-FLT_TRUE_MIN, 16), QUANTITY_ROW_VOLTS, 15, -(double)FLT_TRUE_MIN, 0);
    check_refused(read_volts(NAN, 1), QUANTITY_ROW_VOLTS, 0, (double)NAN, limit);
    check_refused(read_volts(INFINITY, 1), QUANTITY_ROW_VOLTS, 0, (double)INFINITY, limit);
    CHECK_EQUAL(2, hal.reads);
    CHECK_EQUAL(2, board.counters[COUNTER_VECTORS]);
    CHECK(hal.grounded);
}

static void test_highest_code(void)
{
    /* The highest code of 2 bits comes out a rounding above the limit, and is none the worse for it. */
    fake_hal_init(&hal);
    hal.description.max_read_volts = 0.2;
    hal.description.dac_bits = 2;
    board_init(&board, &hal, poll, &watch);
    float highest = 3 * (float)(0.2 / 3);
    CHECK(highest > 0.2f);
    CHECK_EQUAL(STATUS_OK, read_volts(highest, 1).status);
    CHECK_EQUAL(STATUS_OUT_OF_LIMITS, read_volts(nextafterf(highest, 1), 1).status);
}

static void test_read_shapes(void)
{
    begin();
    float volts[2 * MAX_LINES] = {0};
    float amps[2 * MAX_LINES];
    const struct read_block good = {.array = 1, .vectors = 2, .lines = 16, .outputs = 8, .volts = volts};
    struct read_block block = good;
    CHECK_EQUAL(STATUS_OK, board_read(&board, &block, amps).status);
    block.lines = 17;
    CHECK_EQUAL(STATUS_BAD_REQUEST, board_read(&board, &block, amps).status);
    block = good;
    block.outputs = 9;
    CHECK_EQUAL(STATUS_BAD_REQUEST, board_read(&board, &block, amps).status);
    block = good;
    block.sense = (enum sense)3;
    CHECK_EQUAL(STATUS_BAD_REQUEST, board_read(&board, &block, amps).status);
    block = good;
    block.array = 2;
    check_refused(board_read(&board, &block, amps), QUANTITY_ARRAY, NO_CELL, 2, 1);
    block = good;
    block.vectors = 0;
    CHECK_EQUAL(STATUS_OK, board_read(&board, &block, amps).status);
    CHECK_EQUAL(1, hal.reads);
    hal.description.differential = false;
    block = good;
    block.sense = SENSE_PLUS;
    CHECK_EQUAL(STATUS_BAD_REQUEST, board_read(&board, &block, amps).status);
}

static void test_bias(void)
{
    begin();
    float volts[16] = {0};
    float amps[8];
    float bias[8] = {80e-6f, -80e-6f};
    struct read_block block = {.vectors = 1, .lines = 1, .outputs = 8, .volts = volts, .bias_amps = bias};
    CHECK_EQUAL(STATUS_OK, board_read(&board, &block, amps).status);
    CHECK_EQUAL(STATUS_OK, board_set_bias(&board, 1, 8, bias).status);
    CHECK(board.bias_outputs == 8 && board.bias_array == 1 && board.bias_amps[1] == bias[1]);
    bias[1] = -81e-6f;
    check_refused(board_read(&board, &block, amps), QUANTITY_BIAS_AMPS, 1, (double)-81e-6f, 80e-6);
    check_refused(board_set_bias(&board, 0, 8, bias), QUANTITY_BIAS_AMPS, 1, (double)-81e-6f, 80e-6);
    bias[1] = NAN;
    CHECK_EQUAL(STATUS_OUT_OF_LIMITS, board_set_bias(&board, 0, 8, bias).status);
    CHECK_EQUAL(STATUS_BAD_REQUEST, board_set_bias(&board, 0, 9, bias).status);
    CHECK_EQUAL(STATUS_OUT_OF_LIMITS, board_set_bias(&board, 2, 1, bias).status);
    CHECK(board.bias_array == 1);
}

static void test_train_shapes(void)
{
    begin();
    struct train_shape shape = NOMINAL;
    shape.seconds = 1.0001e-3;
    check_refused(board_train_begin(&board, &shape), QUANTITY_PULSE_SECONDS, NO_CELL, 1.0001e-3, 1e-3);
    shape.seconds = 0;
    check_refused(board_train_begin(&board, &shape), QUANTITY_PULSE_SECONDS, NO_CELL, 0, 1e-3);
    shape = NOMINAL;
    shape.set_volts = 2.6;
    check_refused(board_train_begin(&board, &shape), QUANTITY_SET_VOLTS, NO_CELL, 2.6, 2.5);
    shape = NOMINAL;
    shape.reset_volts = (double)NAN;
    check_refused(board_train_begin(&board, &shape), QUANTITY_RESET_VOLTS, NO_CELL, (double)NAN, 2.5);
    shape = NOMINAL;
    shape.array = 2;
    check_refused(board_train_begin(&board, &shape), QUANTITY_ARRAY, NO_CELL, 2, 1);
    CHECK_EQUAL(0, hal.trains);
}

static void test_pulses(void)
{
    begin();
    struct outcome outcome = board_train_begin(&board, &NOMINAL);
    CHECK_EQUAL(STATUS_BAD_STATE, board_train_begin(&board, &NOMINAL).status);
    CHECK_EQUAL(STATUS_BAD_STATE, read_volts(0.1f, 1).status);
    outcome = board_pulse(&board, 17, 1000, outcome);
    outcome = board_pulse(&board, 255, -1000, outcome);
    outcome = board_pulse(&board, 18, 0, outcome);
    CHECK_EQUAL(STATUS_OK, outcome.status);
    CHECK_EQUAL(2000, outcome.pulses);
    CHECK_EQUAL(2, outcome.cells);
    CHECK_EQUAL(STATUS_OK, board_train_end(&board).status);
    CHECK_EQUAL(1000, fake_cell(&hal, 1, 1, 1)->set);
    CHECK_EQUAL(1000, fake_cell(&hal, 1, 15, 15)->reset);
    CHECK_EQUAL(2000, board.counters[COUNTER_PULSES]);
    CHECK_EQUAL(2, board.counters[COUNTER_CELL_WRITES]);
    CHECK(hal.grounded);
    CHECK_EQUAL(STATUS_BAD_STATE, board_train_end(&board).status);
    CHECK_EQUAL(STATUS_BAD_STATE, board_pulse(&board, 0, 1, outcome_of(STATUS_OK)).status);
}

static void test_pulse_limits(void)
{
    begin();
    check_refused(board_check_pulses(&board, 1, 256, 1), QUANTITY_CELL, NO_CELL, 256, 255);
    check_refused(board_check_pulses(&board, 1, 3, 1001), QUANTITY_PULSE_COUNT, 3, 1001, 1000);
    check_refused(board_check_pulses(&board, 1, 3, INT32_MIN), QUANTITY_PULSE_COUNT, 3, 2147483648.0, 1000);
    struct outcome outcome = board_train_begin(&board, &NOMINAL);
    outcome = board_pulse(&board, 2, 5, outcome);
    outcome = board_pulse(&board, 3, -1001, outcome);
    CHECK_EQUAL(STATUS_OUT_OF_LIMITS, outcome.status);
    CHECK_EQUAL(5, outcome.pulses);
    CHECK_EQUAL(5, hal.pulses);
    CHECK(hal.grounded && !board.train_open);
}

static void test_polls(void)
{
    begin();
    struct train_shape shape = NOMINAL;
    shape.seconds = 100e-6;
    struct outcome outcome = board_train_begin(&board, &shape);
    watch.asked_micros = hal_micros(&hal);
    board.progress_done = 3;
    board.progress_total = 9;
    outcome = board_pulse(&board, 0, 500, outcome);
    CHECK(watch.asked >= 50);
    CHECK(watch.longest_micros <= 1000);
    CHECK(watch.done == 3 && watch.total == 9);
    watch.answer = STATUS_SILENT;
    outcome = board_pulse(&board, 1, 500, outcome);
    CHECK_EQUAL(STATUS_SILENT, outcome.status);
    CHECK(outcome.pulses >= 500 && outcome.pulses <= 510);
    CHECK_EQUAL(outcome.pulses, hal.pulses);
    CHECK(hal.grounded && !board.train_open);
}

static void test_stop(void)
{
    begin();
    struct outcome outcome = board_train_begin(&board, &NOMINAL);
    outcome = board_pulse(&board, 0, 1, outcome);
    hal.stopped = true;
    outcome = board_pulse(&board, 1, 1, outcome);
    CHECK_EQUAL(STATUS_STOPPED, outcome.status);
    CHECK_EQUAL(1, outcome.pulses);
    CHECK(hal.grounded && !board.train_open);
    CHECK_EQUAL(STATUS_STOPPED, read_volts(0.1f, 1).status);
    CHECK_EQUAL(STATUS_STOPPED, board_train_begin(&board, &NOMINAL).status);
}

static void test_failing_port(void)
{
    begin();
    hal.failure = STATUS_HARDWARE;
    hal.fail_after = 2;
    struct outcome outcome = board_train_begin(&board, &NOMINAL);
    outcome = board_pulse(&board, 0, 7, outcome);
    outcome = board_pulse(&board, 1, 7, outcome);
    CHECK_EQUAL(STATUS_HARDWARE, outcome.status);
    CHECK_EQUAL(7, outcome.pulses);
    CHECK(hal.grounded && !board.train_open);
    CHECK_EQUAL(STATUS_HARDWARE, read_volts(0.1f, 1).status);
    CHECK_EQUAL(0, board.counters[COUNTER_VECTORS]);
}

static struct program_request request_for(const float *targets)
{
    return (struct program_request){.array = 1,
                                    .row = 3,
                                    .column = 5,
                                    .columns = 6, /* both halves of the pairs */
                                    .max_passes = 20,
                                    .reads = 2,
                                    .tolerance_siemens = 0.5e-6,
                                    .targets_siemens = targets};
}

static void test_programming(void)
{
    const float targets[6] = {5e-6f, 20e-6f, 33e-6f, 40e-6f, 62.5e-6f, 100e-6f};
    struct cell_outcome outcomes[6];
    begin();
    struct program_request request = request_for(targets);
    struct outcome outcome = board_program(&board, &request, outcomes);
    uint32_t pulses = 0;
    CHECK_EQUAL(STATUS_OK, outcome.status);
    for (uint16_t i = 0; i < 6; i++) {
        double siemens = fake_siemens(&hal, 1, 3, (uint16_t)(5 + i));
        CHECK(outcomes[i].success);
        CHECK_NEAR((double)targets[i], siemens, 0.6e-6);
        CHECK_NEAR(siemens, (double)outcomes[i].siemens, 1e-10);
        pulses += outcomes[i].pulses;
    }
    CHECK_EQUAL(pulses, outcome.pulses);
    CHECK_EQUAL(pulses, hal.pulses);
    CHECK_EQUAL(20, board.progress_total);
    CHECK(hal.grounded);
}

static void test_program_refusals(void)
{
    float targets[6] = {5e-6f, 20e-6f, 33e-6f, 40e-6f, 62.5e-6f, 100e-6f};
    struct cell_outcome outcomes[6];
    begin();
    struct program_request request = request_for(targets);
    request.column = 11;
    CHECK_EQUAL(STATUS_BAD_REQUEST, board_program(&board, &request, outcomes).status);
    request = request_for(targets);
    request.columns = UINT16_MAX;
    CHECK_EQUAL(STATUS_BAD_REQUEST, board_program(&board, &request, outcomes).status);
    request = request_for(targets);
    request.row = 16;
    CHECK_EQUAL(STATUS_BAD_REQUEST, board_program(&board, &request, outcomes).status);
    request = request_for(targets);
    request.tolerance_siemens = (double)NAN;
    CHECK_EQUAL(STATUS_BAD_REQUEST, board_program(&board, &request, outcomes).status);
    request = request_for(targets);
    request.array = 2;
    check_refused(board_program(&board, &request, outcomes), QUANTITY_ARRAY, NO_CELL, 2, 1);
    request = request_for(targets);
    targets[2] = 102e-6f;
    check_refused(board_program(&board, &request, outcomes), QUANTITY_TARGET_SIEMENS, 3 * 16 + 7, (double)102e-6f,
                  101e-6);
    targets[2] = 0;
    check_refused(board_program(&board, &request, outcomes), QUANTITY_TARGET_SIEMENS, 3 * 16 + 7, 0,
                  hal.description.min_siemens);
    targets[2] = NAN;
    CHECK_EQUAL(STATUS_OUT_OF_LIMITS, board_program(&board, &request, outcomes).status);
    CHECK_EQUAL(0, hal.pulses);
}

static void test_program_is_ended(void)
{
    const float targets[6] = {90e-6f, 90e-6f, 90e-6f, 90e-6f, 90e-6f, 90e-6f};
    struct cell_outcome outcomes[6];
    begin();
    hal.description.pulse_seconds = 100e-6;
    struct program_request request = request_for(targets);
    request.reads = 1;
    watch.answer = STATUS_LATE;
    struct outcome outcome = board_program(&board, &request, outcomes);
    CHECK_EQUAL(STATUS_LATE, outcome.status);
    CHECK_EQUAL(hal.pulses, outcome.pulses);
    CHECK(hal.pulses < 100);
    CHECK(hal.grounded && !board.train_open);
}

int main(void)
{
    test_row_voltages();
    test_highest_code();
    test_read_shapes();
    test_bias();
    test_train_shapes();
    test_pulses();
    test_pulse_limits();
    test_polls();
    test_stop();
    test_failing_port();
    test_programming();
    test_program_refusals();
    test_program_is_ended();
    return check_report("board");
}
