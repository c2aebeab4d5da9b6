/* libmortal: reads, pulses and programs without a wire, over the built-in model and over a simulator. */
#include <pthread.h>
#include <stdlib.h>

#include "../core/status.h"
#include "../port/host/mortal.h"
#include "check.h"

enum { ROWS = 32, COLUMNS = 16, OUTPUTS = COLUMNS / 2, FAULT = 32, GREETING = 260, OUTCOME_BYTES = 13 };

static uint8_t fault[FAULT];

static struct mortal_board *open_board(uint64_t seed)
{
    struct mortal_board *board = mortal_open(2, ROWS, COLUMNS, seed);
    CHECK(board != NULL);
    return board;
}

static uint64_t counter(struct mortal_board *board, enum counter which)
{
    uint8_t bytes[512];
    uint64_t value;
    CHECK_EQUAL(18 + 8 * COUNTERS, mortal_counters(board, bytes, sizeof bytes));
    memcpy(&value, bytes + 18 + 8 * which, 8);
    return value;
}

/* Gives every cell of array 1 its own number of SET pulses. */
static void spread(struct mortal_board *board)
{
    int16_t counts[ROWS * COLUMNS];
    for (int i = 0; i < ROWS * COLUMNS; i++) {
        counts[i] = (int16_t)(i * 37 % 200);
    }
    CHECK_EQUAL(STATUS_OK, mortal_pulse(board, 1, counts, ROWS * COLUMNS, 0.9, 0.9, 1e-7, 10000, fault));
}

static void test_description(void)
{
    uint8_t greeting[GREETING];
    uint16_t shape[3];
    struct mortal_board *board = open_board(7);
    CHECK_EQUAL(MORTAL_ABI_VERSION, mortal_abi_version());
    mortal_describe(board, greeting);
    memcpy(shape, greeting + 34, sizeof shape);
    CHECK(shape[0] == 2 && shape[1] == ROWS && shape[2] == COLUMNS);
    CHECK(strcmp((char *)greeting + 188, "model:hfox?seed=7") == 0);
    mortal_close(board);
    CHECK(mortal_open(1, 300, 8, 0) == NULL);
}

/* Strides, and blocks larger than the library's own, change nothing. */
static void test_reads(void)
{
    enum { VECTORS = 5000, STRIDE = ROWS + 3, AMPS_STRIDE = OUTPUTS + 5 };
    float *inputs = malloc(sizeof(float) * VECTORS * STRIDE);
    float *amps = malloc(sizeof(float) * VECTORS * AMPS_STRIDE);
    struct mortal_board *board = open_board(7);
    spread(board);
    for (int i = 0; i < VECTORS * STRIDE; i++) {
        inputs[i] = (float)(i * 31 % 101);
    }
    CHECK_EQUAL(STATUS_OK, mortal_read(board, 1, SENSE_ALL, inputs, STRIDE, 0.2f / 100, NULL, VECTORS, ROWS, amps,
                                       AMPS_STRIDE, OUTPUTS, fault));
    bool differ = false;
    for (int n = 0; n < VECTORS; n += 499) {
        float volts[ROWS];
        float one[OUTPUTS];
        for (int i = 0; i < ROWS; i++) {
            volts[i] = inputs[n * STRIDE + i] * (0.2f / 100);
        }
        CHECK_EQUAL(STATUS_OK,
                    mortal_read(board, 1, SENSE_ALL, volts, ROWS, 1, NULL, 1, ROWS, one, OUTPUTS, OUTPUTS, fault));
        CHECK_BYTES(one, amps + n * AMPS_STRIDE, sizeof one);
        differ = differ || (one[0] != 0 && one[0] != amps[1]);
    }
    CHECK(differ);
    CHECK_EQUAL(VECTORS + 11, counter(board, COUNTER_VECTORS));
    mortal_close(board);
    free(inputs);
    free(amps);
}

/* A wrong voltage far behind: nothing was read. */
static void test_refused_read(void)
{
    enum { VECTORS = 5000 };
    float *volts = calloc(VECTORS * ROWS, sizeof *volts);
    float *amps = calloc(VECTORS * OUTPUTS, sizeof *amps);
    struct mortal_board *board = open_board(7);
    double actual;
    uint32_t row;
    volts[4999 * ROWS + 3] = 0.5f;
    CHECK_EQUAL(STATUS_OUT_OF_LIMITS, mortal_read(board, 0, SENSE_ALL, volts, ROWS, 1, NULL, VECTORS, ROWS, amps,
                                                  OUTPUTS, OUTPUTS, fault));
    memcpy(&row, fault + 4, 4);
    memcpy(&actual, fault + 8, 8);
    CHECK(fault[0] == STATUS_OUT_OF_LIMITS && fault[1] == QUANTITY_ROW_VOLTS && row == 3 && actual == 0.5);
    CHECK_EQUAL(0, counter(board, COUNTER_VECTORS));
    CHECK_EQUAL(STATUS_BAD_REQUEST,
                mortal_read(board, 0, SENSE_ALL, volts, ROWS, 1, NULL, 1, 70000, amps, OUTPUTS, OUTPUTS, fault));
    CHECK_EQUAL(STATUS_OUT_OF_LIMITS,
                mortal_read(board, 70000, SENSE_ALL, volts, ROWS, 1, NULL, 1, 1, amps, OUTPUTS, OUTPUTS, fault));
    mortal_close(board);
    free(volts);
    free(amps);
}

static void test_refused_pulses(void)
{
    int16_t counts[ROWS * COLUMNS] = {1};
    struct mortal_board *board = open_board(7);
    counts[ROWS * COLUMNS - 1] = 1001;
    CHECK_EQUAL(STATUS_OUT_OF_LIMITS,
                mortal_pulse(board, 0, counts, ROWS * COLUMNS, 0.9, 0.9, 1e-7, 1000, fault));
    CHECK_EQUAL(QUANTITY_PULSE_COUNT, fault[1]);
    counts[ROWS * COLUMNS - 1] = 0;
    CHECK_EQUAL(STATUS_BAD_REQUEST, mortal_pulse(board, 0, counts, 3, 0.9, 0.9, 1e-7, 1000, fault));
    CHECK_EQUAL(STATUS_BAD_REQUEST, mortal_pulse(board, 0, counts, ROWS * COLUMNS, 0.9, 0.9, 1e-7, 0, fault));
    CHECK_EQUAL(STATUS_OUT_OF_LIMITS,
                mortal_pulse(board, 0, counts, ROWS * COLUMNS, 1.9, 0.9, 1e-7, 1000, fault));
    CHECK_EQUAL(0, counter(board, COUNTER_PULSES));
    mortal_close(board);
}

/* 5 seconds of pulses. */
static int32_t long_job(struct mortal_board *board, uint32_t max_millis)
{
    int16_t counts[ROWS * COLUMNS];
    for (int i = 0; i < ROWS * COLUMNS; i++) {
        counts[i] = 1000;
    }
    return mortal_pulse(board, 0, counts, ROWS * COLUMNS, 0.9, 0.9, 1e-5, max_millis, fault);
}

static void test_deadline(void)
{
    struct mortal_board *board = open_board(7);
    uint32_t pulses;
    CHECK_EQUAL(STATUS_LATE, long_job(board, 30));
    memcpy(&pulses, fault + 24, 4);
    CHECK(pulses > 0 && pulses < 100000);
    CHECK_EQUAL(pulses, counter(board, COUNTER_PULSES));
    mortal_close(board);
}

static void *stop(void *board)
{
    /* When the job has begun, or before: it is refused as well then. */
    mortal_stop(board);
    return NULL;
}

static void test_stop(void)
{
    float volts[ROWS] = {0};
    float amps[OUTPUTS];
    pthread_t thread;
    struct mortal_board *board = open_board(7);
    CHECK_EQUAL(0, pthread_create(&thread, NULL, stop, board));
    CHECK_EQUAL(STATUS_STOPPED, long_job(board, 100000));
    pthread_join(thread, NULL);
    CHECK_EQUAL(STATUS_STOPPED,
                mortal_read(board, 0, SENSE_ALL, volts, ROWS, 1, NULL, 1, ROWS, amps, OUTPUTS, OUTPUTS, fault));
    mortal_resume(board);
    CHECK_EQUAL(STATUS_OK,
                mortal_read(board, 0, SENSE_ALL, volts, ROWS, 1, NULL, 1, ROWS, amps, OUTPUTS, OUTPUTS, fault));
    mortal_close(board);
}

static void test_programming(void)
{
    float targets[COLUMNS];
    uint8_t outcomes[OUTCOME_BYTES * COLUMNS];
    struct mortal_board *board = open_board(9);
    unsigned done = 0;
    for (int c = 0; c < COLUMNS; c++) {
        targets[c] = 5e-6f + 4e-6f * (float)c;
    }
    CHECK_EQUAL(STATUS_OK,
                mortal_program(board, 1, 4, 0, COLUMNS, 30, 1, 10000, 1.5e-6, targets, outcomes, fault));
    for (int c = 0; c < COLUMNS; c++) {
        float siemens;
        memcpy(&siemens, outcomes + OUTCOME_BYTES * c, 4);
        if (outcomes[OUTCOME_BYTES * c + 12]) {
            done++;
            CHECK_NEAR((double)targets[c], (double)siemens, 1.5e-6);
        }
    }
    /* One cell in a hundred is stuck. */
    CHECK(done >= COLUMNS - 2);
    mortal_close(board);
}

/* A simulator of one array of 1 x 1 that reads twice its voltage; it may be gone. */
struct simulator {
    unsigned messages[8];
    bool gone;
};

static uint32_t answer(void *context, const uint8_t *request, uint32_t count, uint8_t *reply, uint32_t capacity)
{
    struct simulator *simulator = context;
    simulator->messages[request[4]]++;
    if (simulator->gone) {
        return 0;
    }
    if (request[4] == 1) {
        const uint16_t sizes[3] = {1, 1, 1};
        const uint32_t max_pulses = 10;
        const double numbers[13] = {0.2, 1, 1e-6, 0, 1, 0, 1, 0.5, 0.5, 1e-7, 0.1, 0, 0};
        memset(reply, 0, capacity);
        memcpy(reply + 4, sizes, 6);
        memcpy(reply + 16, &max_pulses, 4);
        memcpy(reply + 20, numbers, sizeof numbers);
        strcpy((char *)reply + 124, "twice");
    } else if (request[4] == 2) {
        float amps;
        CHECK_EQUAL(17 + 4, count);
        memcpy(&amps, request + 17, 4);
        amps *= 2;
        memcpy(reply, &amps, 4);
    }
    return capacity;
}

static void test_simulated(void)
{
    struct simulator simulator = {{0}, true};
    const float volts = 0.1f;
    const int16_t count = -3;
    float amps = 0;
    CHECK(mortal_open_simulated(answer, &simulator) == NULL);
    simulator.gone = false;
    struct mortal_board *board = mortal_open_simulated(answer, &simulator);
    CHECK(board != NULL);
    CHECK_EQUAL(STATUS_OK, mortal_read(board, 0, SENSE_ALL, &volts, 1, 1, NULL, 1, 1, &amps, 1, 1, fault));
    CHECK(amps == 0.2f);
    CHECK_EQUAL(STATUS_OK, mortal_pulse(board, 0, &count, 1, 0.5, 0.5, 1e-7, 100, fault));
    CHECK(simulator.messages[3] == 1 && simulator.messages[4] == 1 && simulator.messages[5] == 1);
    simulator.gone = true;
    CHECK_EQUAL(STATUS_HARDWARE, mortal_read(board, 0, SENSE_ALL, &volts, 1, 1, NULL, 1, 1, &amps, 1, 1, fault));
    simulator.gone = false;
    unsigned grounds = simulator.messages[6];
    mortal_close(board);
    CHECK_EQUAL(grounds + 1, simulator.messages[6]);
}

int main(void)
{
    test_description();
    test_reads();
    test_refused_read();
    test_refused_pulses();
    test_deadline();
    test_stop();
    test_programming();
    test_simulated();
    return check_report("host");
}
