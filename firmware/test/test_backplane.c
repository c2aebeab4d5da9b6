/* The backplane's messages, byte for byte, and the time that pulses take. */
#include "../port/backplane.h"
#include "check.h"

enum { LOG_BYTES = 4 * BACKPLANE_BYTES, BOOT_REPLY = 164 };

/* Time and STOP are all that the backplane wants of a port. */
struct hal {
    uint64_t micros;
    bool stopped;
};

/* A simulator that keeps what it was sent. */
struct simulator {
    bool gone;
    uint8_t boot_reply[BOOT_REPLY];
    unsigned messages;
    unsigned of_type[8];
    uint32_t count;
    uint8_t log[LOG_BYTES]; /* all messages, one behind the other */
};

static struct hal hal;
static struct simulator simulator;
static struct backplane backplane;

uint64_t hal_micros(struct hal *clock)
{
    return clock->micros++;
}

bool hal_stopped(struct hal *clock)
{
    return clock->stopped;
}

static bool exchange(void *context, const uint8_t *request, uint32_t count, uint8_t *reply, uint32_t reply_count)
{
    struct simulator *there = context;
    uint32_t length;
    memcpy(&length, request, 4);
    CHECK_EQUAL(count - 4, length);
    CHECK(count <= BACKPLANE_BYTES);
    if (there->gone) {
        return false;
    }
    there->messages++;
    there->of_type[request[4]]++;
    if (there->count + count <= LOG_BYTES) {
        memcpy(there->log + there->count, request, count);
        there->count += count;
    }
    if (request[4] == 1) {
        CHECK_EQUAL(BOOT_REPLY, reply_count);
        memcpy(reply, there->boot_reply, BOOT_REPLY);
    } else if (request[4] == 2) {
        /* Output j of vector n is the vector's first voltage plus j. */
        uint16_t lines;
        uint16_t outputs;
        memcpy(&lines, request + 11, 2);
        memcpy(&outputs, request + 13, 2);
        for (uint32_t i = 0; i < reply_count / 4; i++) {
            float volts;
            memcpy(&volts, request + 17 + i / outputs * lines * 4, 4);
            volts += (float)(i % outputs);
            memcpy(reply + 4 * i, &volts, 4);
        }
    } else if (request[4] == 7) {
        const double cost[2] = {1.5e-9, 2.5e-3};
        CHECK_EQUAL(sizeof cost, reply_count);
        memcpy(reply, cost, sizeof cost);
    } else {
        CHECK_EQUAL(0, reply_count);
    }
    return true;
}

static void write_boot_reply(uint8_t *reply)
{
    const uint32_t nonce = 0xCAFE0001;
    const uint16_t sizes[3] = {3, 16, 8};
    const uint32_t max_pulses = 1000;
    const double numbers[13] = {0.2, 1.8, 1e-5, 1e-6, 101e-6, 40e-6, 80e-6, 0.9, 0.8, 1e-7, 0.4e-6, 0.21, 81e-6};
    memset(reply, 0, BOOT_REPLY);
    memcpy(reply, &nonce, 4);
    memcpy(reply + 4, sizes, 6);
    reply[10] = 1;
    reply[11] = 8;
    reply[12] = 9;
    memcpy(reply + 16, &max_pulses, 4);
    memcpy(reply + 20, numbers, sizeof numbers);
    strcpy((char *)reply + 124, "sim:test");
}

static bool boot(void)
{
    memset(&hal, 0, sizeof hal);
    simulator.gone = false;
    simulator.messages = 0;
    simulator.count = 0;
    memset(simulator.of_type, 0, sizeof simulator.of_type);
    return backplane_boot(&backplane, &hal, (struct backplane_port){exchange, &simulator});
}

static void test_boot(void)
{
    const uint8_t message[5] = {1, 0, 0, 0, 1};
    write_boot_reply(simulator.boot_reply);
    CHECK(boot());
    CHECK_EQUAL(5, simulator.count);
    CHECK_BYTES(message, simulator.log, 5);
    const struct description *chip = &backplane.description;
    CHECK_EQUAL(0xCAFE0001, backplane.nonce);
    CHECK(chip->arrays == 3 && chip->rows == 16 && chip->columns == 8 && chip->differential);
    CHECK(chip->dac_bits == 8 && chip->adc_bits == 9 && chip->max_pulses == 1000);
    CHECK(chip->max_read_volts == 0.2 && chip->max_pulse_volts == 1.8 && chip->max_pulse_seconds == 1e-5);
    CHECK(chip->min_siemens == 1e-6 && chip->max_siemens == 101e-6 && chip->max_bias_amps == 40e-6);
    CHECK(chip->full_scale_amps == 80e-6 && chip->set_volts == 0.9 && chip->reset_volts == 0.8);
    CHECK(chip->pulse_seconds == 1e-7 && chip->step_siemens == 0.4e-6);
    CHECK(chip->dac_full_scale_volts == 0.21 && chip->adc_full_scale_amps == 81e-6);
    CHECK(strcmp(chip->chip, "sim:test") == 0);
}

static void test_impossible_arrays(void)
{
    const struct {
        unsigned at;
        uint8_t value;
    } wrong[] = {{4, 0}, {7, 2}, {8, 7}, {8, 0}, {11, 17}, {27, 0xFF}};
    for (unsigned i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        write_boot_reply(simulator.boot_reply);
        simulator.boot_reply[wrong[i].at] = wrong[i].value;
        CHECK(!boot());
    }
    write_boot_reply(simulator.boot_reply);
}

static void test_read(void)
{
    const float volts[4] = {0.125f, 0.25f, 0.5f, 1};
    const float bias[3] = {1, 2, 3};
    const struct read_block block = {2, SENSE_MINUS, 2, 2, 3, volts, bias};
    const uint8_t head[17] = {13 + 4 * 7, 0, 0, 0, 2, 2, 0, 2, 1, 2, 0, 2, 0, 3, 0, 0, 0};
    float amps[6];
    CHECK(boot());
    simulator.count = 0;
    CHECK_EQUAL(STATUS_OK, backplane_read(&backplane, &block, amps));
    CHECK_EQUAL(17 + 4 * 7, simulator.count);
    CHECK_BYTES(head, simulator.log, 17);
    CHECK_BYTES(volts, simulator.log + 17, sizeof volts);
    CHECK_BYTES(bias, simulator.log + 17 + sizeof volts, sizeof bias);
    const float expected[6] = {0.125f, 1.125f, 2.125f, 0.5f, 1.5f, 2.5f};
    CHECK_BYTES(expected, amps, sizeof amps);
}

static void test_long_read(void)
{
    enum { LINES = 256, VECTORS = 3 * BACKPLANE_BYTES / (4 * LINES) };
    static float volts[VECTORS * LINES];
    static float amps[VECTORS];
    for (unsigned n = 0; n < VECTORS; n++) {
        volts[n * LINES] = (float)n;
    }
    const struct read_block block = {0, SENSE_ALL, VECTORS, LINES, 1, volts, NULL};
    CHECK(boot());
    CHECK_EQUAL(STATUS_OK, backplane_read(&backplane, &block, amps));
    CHECK_EQUAL(4, simulator.of_type[2]);
    for (unsigned n = 0; n < VECTORS; n++) {
        CHECK(amps[n] == (float)n);
    }
}

static void test_train(void)
{
    const struct train_shape shape = {1, 0.9, 0.7, 1e-7};
    const uint8_t train[13] = {33, 0, 0, 0, 3, 1, 0, 0, 0, 0, 0, 0, 0};
    const uint8_t pulses[17] = {13, 0, 0, 0, 4, 15, 0, 7, 0, 5, 0, 0, 0, 1, 0, 0xFE, 0xFF};
    const uint8_t end[5] = {1, 0, 0, 0, 5};
    CHECK(boot());
    simulator.count = 0;
    CHECK_EQUAL(STATUS_OK, backplane_train_begin(&backplane, &shape));
    CHECK_EQUAL(STATUS_OK, backplane_pulse(&backplane, 15, 7, 5));
    CHECK_EQUAL(STATUS_OK, backplane_pulse(&backplane, 0, 1, -2));
    CHECK_EQUAL(37, simulator.count);
    CHECK_EQUAL(STATUS_OK, backplane_train_end(&backplane));
    CHECK_EQUAL(37 + 17 + 5, simulator.count);
    CHECK_BYTES(train, simulator.log, 13);
    CHECK_BYTES(&shape.set_volts, simulator.log + 13, 8);
    CHECK_BYTES(&shape.reset_volts, simulator.log + 21, 8);
    CHECK_BYTES(&shape.seconds, simulator.log + 29, 8);
    CHECK_BYTES(pulses, simulator.log + 37, 17);
    CHECK_BYTES(end, simulator.log + 37 + 17, 5);
}

static void test_many_pulses(void)
{
    const unsigned pulses = BACKPLANE_BYTES / 6 + 100;
    CHECK(boot());
    CHECK_EQUAL(STATUS_OK, backplane_train_begin(&backplane, &(struct train_shape){0, 1, 1, 1e-9}));
    for (unsigned i = 0; i < pulses; i++) {
        CHECK(backplane_pulse(&backplane, (uint16_t)(i / 8), (uint16_t)(i % 8), 1) == STATUS_OK);
    }
    CHECK_EQUAL(1, simulator.of_type[4]);
    CHECK_EQUAL(STATUS_OK, backplane_train_end(&backplane));
    CHECK_EQUAL(2, simulator.of_type[4]);
}

static void test_ground(void)
{
    const uint8_t ground[5] = {1, 0, 0, 0, 6};
    CHECK(boot());
    CHECK_EQUAL(STATUS_OK, backplane_train_begin(&backplane, &(struct train_shape){0, 1, 1, 1e-9}));
    CHECK_EQUAL(STATUS_OK, backplane_pulse(&backplane, 0, 0, 1));
    backplane_ground(&backplane);
    /* What was given before has happened. */
    CHECK_EQUAL(1, simulator.of_type[4]);
    CHECK_BYTES(ground, simulator.log + simulator.count - 5, 5);
    backplane_ground(&backplane);
    CHECK_EQUAL(1, simulator.of_type[4]);
    CHECK_EQUAL(2, simulator.of_type[6]);
}

static void test_time(void)
{
    CHECK(boot());
    CHECK_EQUAL(STATUS_OK, backplane_train_begin(&backplane, &(struct train_shape){0, 1, 1, 1e-6}));
    uint64_t begun = hal.micros;
    CHECK_EQUAL(STATUS_OK, backplane_pulse(&backplane, 0, 0, 20));
    CHECK_EQUAL(begun, hal.micros);
    CHECK_EQUAL(STATUS_OK, backplane_pulse(&backplane, 0, 0, -500));
    CHECK(hal.micros - begun >= 519 && hal.micros - begun <= 540);
    hal.stopped = true;
    begun = hal.micros;
    CHECK_EQUAL(STATUS_OK, backplane_pulse(&backplane, 0, 0, 500));
    CHECK(hal.micros - begun < 10);
}

static void test_cost_and_loss(void)
{
    float amps = 0;
    const float volts = 0;
    const struct read_block block = {0, SENSE_ALL, 1, 1, 1, &volts, NULL};
    double joules = 0;
    double seconds = 0;
    CHECK(boot());
    backplane_cost(&backplane, &joules, &seconds);
    CHECK(joules == 1.5e-9 && seconds == 2.5e-3);
    simulator.gone = true;
    CHECK_EQUAL(STATUS_HARDWARE, backplane_read(&backplane, &block, &amps));
    CHECK_EQUAL(STATUS_HARDWARE, backplane_train_begin(&backplane, &(struct train_shape){0, 1, 1, 1e-9}));
    CHECK_EQUAL(STATUS_HARDWARE, backplane_train_end(&backplane));
    backplane_cost(&backplane, &joules, &seconds);
    CHECK(isnan(joules) && isnan(seconds));
}

int main(void)
{
    test_boot();
    test_impossible_arrays();
    test_read();
    test_long_read();
    test_train();
    test_many_pulses();
    test_ground();
    test_time();
    test_cost_and_loss();
    return check_report("backplane");
}
