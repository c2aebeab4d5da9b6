/* Closed-loop programming against protocol/vectors/program.txt: a port that answers reads from the script, and checks
 * that what is asked of it is what the script says. */
#include "../core/board.h"
#include "check.h"
#include "vectors.h"

enum { CELLS = 8 };

struct hal {
    struct description description;
    struct vectors vectors;
    int32_t given[CELLS];
    uint32_t resets[CELLS]; /* since the case began */
};

static float float_at(const struct hal *hal, unsigned word)
{
    uint32_t bits = vector_number(hal->vectors.words[word], 16);
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static double double_at(const struct hal *hal, unsigned word)
{
    uint64_t bits = strtoull(hal->vectors.words[word], NULL, 16);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* Goes to the next line of the script, which must be of this kind. */
static bool next_is(struct hal *hal, const char *kind)
{
    return CHECK(vectors_next(&hal->vectors)) && CHECK(strcmp(hal->vectors.words[0], kind) == 0);
}

enum status hal_read(struct hal *hal, const struct read_block *block, float *amps)
{
    static const char *const names[] = {"ALL", "PLUS", "MINUS"};
    if (!next_is(hal, "read")) {
        return STATUS_HARDWARE;
    }
    CHECK(strcmp(hal->vectors.words[1], names[block->sense]) == 0);
    CHECK_EQUAL(2, block->vectors);
    CHECK_EQUAL(1, block->lines);
    CHECK(block->volts[0] == (float)hal->description.max_read_volts && block->volts[1] == 0);
    CHECK_EQUAL(hal->vectors.count - 2, 2 * block->outputs);
    for (unsigned j = 0; j < 2u * block->outputs; j++) {
        amps[j] = float_at(hal, 2 + j);
    }
    return STATUS_OK;
}

enum status hal_train_begin(struct hal *hal, const struct train_shape *shape)
{
    CHECK(shape->set_volts == hal->description.set_volts && shape->reset_volts == hal->description.reset_volts);
    CHECK(shape->seconds == hal->description.pulse_seconds);
    memset(hal->given, 0, sizeof hal->given);
    return STATUS_OK;
}

enum status hal_pulse(struct hal *hal, uint16_t row, uint16_t column, int16_t count)
{
    CHECK_EQUAL(0, row);
    hal->given[column] += count;
    return STATUS_OK;
}

enum status hal_train_end(struct hal *hal)
{
    if (!next_is(hal, "train")) {
        return STATUS_HARDWARE;
    }
    for (unsigned c = 0; c < hal->description.columns; c++) {
        CHECK_EQUAL(strtol(hal->vectors.words[1 + c], NULL, 10), hal->given[c]);
        hal->resets[c] += hal->given[c] < 0 ? (uint32_t)-hal->given[c] : 0;
    }
    return STATUS_OK;
}

const struct description *hal_description(struct hal *hal)
{
    return &hal->description;
}

uint32_t hal_nonce(struct hal *hal)
{
    (void)hal;
    return 0;
}

uint64_t hal_micros(struct hal *hal)
{
    (void)hal;
    return 0;
}

bool hal_stopped(struct hal *hal)
{
    (void)hal;
    return false;
}

void hal_ground(struct hal *hal)
{
    (void)hal;
}

bool hal_settings_load(struct hal *hal, uint8_t *bytes, uint32_t count)
{
    (void)hal;
    (void)bytes;
    (void)count;
    return false;
}

bool hal_settings_store(struct hal *hal, const uint8_t *bytes, uint32_t count)
{
    (void)hal;
    (void)bytes;
    (void)count;
    return false;
}

static enum status go_on(void *context, uint32_t done, uint32_t total)
{
    (void)context;
    (void)done;
    (void)total;
    return STATUS_OK;
}

static void take_description(struct hal *hal)
{
    hal->description = (struct description){.arrays = 1,
                                            .rows = 1,
                                            .columns = (uint16_t)vector_number(hal->vectors.words[3], 10),
                                            .differential = hal->vectors.words[2][0] == '1',
                                            .max_read_volts = double_at(hal, 4),
                                            .step_siemens = double_at(hal, 5),
                                            .max_pulses = vector_number(hal->vectors.words[6], 10),
                                            .min_siemens = double_at(hal, 7),
                                            .max_siemens = double_at(hal, 8),
                                            .max_pulse_volts = 2,
                                            .max_pulse_seconds = 1e-5,
                                            .set_volts = 0.9,
                                            .reset_volts = 0.8,
                                            .pulse_seconds = 1e-7};
}

static bool same_float(float expected, float actual)
{
    return (isnan(expected) && isnan(actual)) || memcmp(&expected, &actual, sizeof actual) == 0;
}

static void run_case(struct hal *hal)
{
    struct board board;
    struct cell_outcome outcomes[CELLS];
    float targets[CELLS];
    take_description(hal);
    struct program_request request = {.tolerance_siemens = double_at(hal, 9),
                                      .max_passes = (uint16_t)vector_number(hal->vectors.words[10], 10),
                                      .reads = (uint16_t)vector_number(hal->vectors.words[11], 10),
                                      .columns = hal->description.columns,
                                      .targets_siemens = targets};
    next_is(hal, "targets");
    for (unsigned c = 0; c < request.columns; c++) {
        targets[c] = float_at(hal, 1 + c);
    }
    memset(hal->resets, 0, sizeof hal->resets);
    board_init(&board, hal, go_on, NULL);
    CHECK_EQUAL(STATUS_OK, board_program(&board, &request, outcomes).status);
    for (unsigned c = 0; c < request.columns && next_is(hal, "cell"); c++) {
        CHECK(same_float(float_at(hal, 1), outcomes[c].siemens));
        CHECK_EQUAL(vector_number(hal->vectors.words[2], 10), outcomes[c].pulses);
        CHECK_EQUAL(hal->resets[c], outcomes[c].resets);
        CHECK_EQUAL(vector_number(hal->vectors.words[3], 10), outcomes[c].success);
    }
    next_is(hal, "end");
}

int main(void)
{
    static struct hal hal;
    vectors_open(&hal.vectors, "program.txt");
    while (vectors_next(&hal.vectors) && CHECK(strcmp(hal.vectors.words[0], "case") == 0)) {
        run_case(&hal);
    }
    return check_report("program");
}
