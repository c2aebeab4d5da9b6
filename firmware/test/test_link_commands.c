/* The other commands over the real board: what requests mean, byte for byte, and which are refused. */
#include "client.h"

struct read {
    uint8_t sense;
    uint8_t bias;
    uint8_t input;
    uint8_t output;
    uint16_t vectors;
    uint16_t lines;
    uint16_t outputs;
    float input_scale;
    float output_scale;
};

/* The head of a READ of array 1. */
static struct writer read_head(struct client *client, const struct read *read)
{
    struct writer writer = client_payload(client);
    write_u16(&writer, 1);
    write_u8(&writer, read->sense);
    write_u8(&writer, read->bias);
    write_u8(&writer, read->input);
    write_u8(&writer, read->output);
    write_u16(&writer, read->vectors);
    write_u16(&writer, read->lines);
    write_u16(&writer, read->outputs);
    write_f32(&writer, read->input_scale);
    write_f32(&writer, read->output_scale);
    return writer;
}

static void set_levels(struct client *client)
{
    for (uint16_t row = 0; row < 16; row++) {
        for (uint16_t column = 0; column < 16; column++) {
            fake_cell(&client->hal, 1, row, column)->level = (row * 16 + column) % FAKE_LEVELS;
        }
    }
}

/* Current of a pair for two rows at these voltages. */
static double pair_amps(struct client *client, uint16_t output, double volts0, double volts1)
{
    uint16_t minus = (uint16_t)(output + 8);
    return volts0 * (fake_siemens(&client->hal, 1, 0, output) - fake_siemens(&client->hal, 1, 0, minus)) +
           volts1 * (fake_siemens(&client->hal, 1, 1, output) - fake_siemens(&client->hal, 1, 1, minus));
}

static void test_ping(void)
{
    struct client *client = client_open();
    memset(client->request, 0x5a, LINK_PAYLOAD_MAX);
    CHECK_EQUAL(STATUS_OK, client_call(client, COMMAND_PING, client->request, LINK_PAYLOAD_MAX));
    struct reader reader = client_reply(client, COMMAND_PING);
    CHECK_EQUAL(LINK_PAYLOAD_MAX, reader.left);
    CHECK_BYTES(client->request, reader.bytes, LINK_PAYLOAD_MAX);
    CHECK_EQUAL(STATUS_OK, client_call(client, COMMAND_PING, NULL, 0));
    free(client);
}

/* More vectors than one block holds, as numbers in and out. */
static void test_read_of_codes(void)
{
    struct client *client = client_open();
    set_levels(client);
    const float out_scale = 1e-8f;
    struct read read = {SENSE_ALL, 0, FORMAT_U8, FORMAT_I16, 100, 2, 8, (float)(0.2 / 255), out_scale};
    struct writer writer = read_head(client, &read);
    for (unsigned v = 0; v < read.vectors; v++) {
        write_u8(&writer, (uint8_t)v);
        write_u8(&writer, (uint8_t)(255 - v));
    }
    CHECK_EQUAL(STATUS_OK, client_call_with(client, COMMAND_READ, &writer));
    struct reader reader = client_reply(client, COMMAND_READ);
    CHECK_EQUAL(100 * 8 * 2, reader.left);
    for (unsigned v = 0; v < read.vectors; v++) {
        for (uint16_t output = 0; output < 8; output++) {
            double amps = pair_amps(client, output, v * 0.2 / 255, (255 - v) * 0.2 / 255);
            CHECK_NEAR(amps / (double)out_scale, (int16_t)read_u16(&reader), 0.51);
        }
    }
    CHECK_EQUAL(100, client->board.counters[COUNTER_VECTORS]);
    free(client);
}

static void test_read_of_floats(void)
{
    struct client *client = client_open();
    set_levels(client);
    struct read read = {SENSE_ALL, 0, FORMAT_F32, FORMAT_F32, 60, 2, 8, 0, 0};
    struct writer writer = read_head(client, &read);
    for (unsigned v = 0; v < read.vectors; v++) {
        write_f32(&writer, (float)v * 0.001f);
        write_f32(&writer, 0.05f);
    }
    CHECK_EQUAL(STATUS_OK, client_call_with(client, COMMAND_READ, &writer));
    struct reader reader = client_reply(client, COMMAND_READ);
    for (unsigned v = 0; v < read.vectors; v++) {
        for (uint16_t output = 0; output < 8; output++) {
            CHECK_NEAR(pair_amps(client, output, v * 0.001, 0.05), (double)read_f32(&reader), 1e-12);
        }
    }
    CHECK(reader_at_end(&reader));
    free(client);
}

static void test_read_saturates(void)
{
    struct client *client = client_open();
    fake_cell(&client->hal, 1, 0, 0)->level = FAKE_LEVELS;
    fake_cell(&client->hal, 1, 0, 9)->level = FAKE_LEVELS;
    struct read read = {SENSE_ALL, 0, FORMAT_U16, FORMAT_I16, 1, 1, 3, 1e-3f, 1e-10f};
    struct writer writer = read_head(client, &read);
    write_u16(&writer, 200);
    CHECK_EQUAL(STATUS_OK, client_call_with(client, COMMAND_READ, &writer));
    struct reader reader = client_reply(client, COMMAND_READ);
    CHECK_EQUAL(INT16_MAX, (int16_t)read_u16(&reader));
    CHECK_EQUAL(INT16_MIN, (int16_t)read_u16(&reader));
    CHECK_EQUAL(0, (int16_t)read_u16(&reader));
    free(client);
}

/* A READ of one row with one output that differs from a good one in a single word. */
static int read_with(struct client *client, struct read read, unsigned samples)
{
    struct writer writer = read_head(client, &read);
    for (unsigned i = 0; i < samples; i++) {
        write_u8(&writer, 1);
    }
    return client_call_with(client, COMMAND_READ, &writer);
}

static void test_reads_refused(void)
{
    struct client *client = client_open();
    const struct read good = {SENSE_ALL, 0, FORMAT_U8, FORMAT_I16, 1, 1, 1, 1e-3f, 1e-8f};
    CHECK_EQUAL(STATUS_OK, read_with(client, good, 1));
    CHECK_EQUAL(STATUS_BAD_REQUEST, read_with(client, good, 2));
    CHECK_EQUAL(STATUS_BAD_REQUEST, read_with(client, good, 0));
    struct read bad[14];
    for (unsigned i = 0; i < 14; i++) {
        bad[i] = good;
    }
    bad[0].sense = 3;
    bad[1].bias = 2;
    bad[2].input = FORMAT_I16;
    bad[3].output = FORMAT_U16;
    bad[4].input = 0;
    bad[5].vectors = 0;
    bad[6].lines = 0;
    bad[7].outputs = 0;
    bad[8].outputs = 9;
    bad[9].outputs = 65535;
    bad[10].input_scale = NAN;
    bad[11].output_scale = 0;
    bad[12].output_scale = INFINITY;
    bad[13].input_scale = -1e-3f;
    for (unsigned i = 0; i < 14; i++) {
        if (!CHECK_EQUAL(STATUS_BAD_REQUEST, read_with(client, bad[i], 1))) {
            fprintf(stderr, "    in case %u\n", i);
        }
    }
    CHECK_EQUAL(STATUS_BAD_REQUEST, client_call(client, COMMAND_READ, client->request, 21));
    struct read biased = good;
    biased.bias = 1;
    CHECK_EQUAL(STATUS_BAD_STATE, read_with(client, biased, 1));
    struct read volts = good;
    volts.input_scale = 0.4f;
    CHECK_EQUAL(STATUS_OUT_OF_LIMITS, read_with(client, volts, 1));
    CHECK_EQUAL(QUANTITY_ROW_VOLTS, client_fault(client, COMMAND_READ).quantity);
    CHECK_NEAR((double)0.4f, client_fault(client, COMMAND_READ).actual, 0);
    CHECK_EQUAL(1, client->hal.reads);
    free(client);
}

/* A reply that does not fit into a frame is refused, whatever else is right. */
static void test_reply_too_long(void)
{
    struct client *client = client_open();
    struct read read = {SENSE_ALL, 0, FORMAT_U8, FORMAT_F32, 65, 1, 8, 1e-3f, 1};
    CHECK_EQUAL(STATUS_BAD_REQUEST, read_with(client, read, 65));
    read.vectors = 64;
    CHECK_EQUAL(STATUS_OK, read_with(client, read, 64));
    CHECK_EQUAL(LINK_PAYLOAD_MAX, client_reply(client, COMMAND_READ).left);
    free(client);
}

static int call_bias(struct client *client, uint16_t array, uint16_t outputs, float first, uint16_t sent)
{
    struct writer writer = client_payload(client);
    write_u16(&writer, array);
    write_u16(&writer, outputs);
    for (uint16_t j = 0; j < sent; j++) {
        write_f32(&writer, j == 0 ? first : 1e-6f);
    }
    return client_call_with(client, COMMAND_BIAS, &writer);
}

static void test_bias(void)
{
    struct client *client = client_open();
    CHECK_EQUAL(STATUS_OK, call_bias(client, 1, 2, -5e-6f, 2));
    struct read read = {SENSE_ALL, 1, FORMAT_U8, FORMAT_F32, 1, 1, 2, 1e-3f, 1};
    CHECK_EQUAL(STATUS_OK, read_with(client, read, 1));
    struct reader reader = client_reply(client, COMMAND_READ);
    CHECK_NEAR(-5e-6, (double)read_f32(&reader), 1e-12);
    CHECK_NEAR(1e-6, (double)read_f32(&reader), 1e-12);
    read.outputs = 3;
    CHECK_EQUAL(STATUS_BAD_STATE, read_with(client, read, 1));
    CHECK_EQUAL(STATUS_OUT_OF_LIMITS, call_bias(client, 1, 2, 81e-6f, 2));
    CHECK_EQUAL(QUANTITY_BIAS_AMPS, client_fault(client, COMMAND_BIAS).quantity);
    CHECK_EQUAL(STATUS_OUT_OF_LIMITS, call_bias(client, 1, 2, NAN, 2));
    CHECK_EQUAL(STATUS_OUT_OF_LIMITS, call_bias(client, 2, 2, 0, 2));
    CHECK_EQUAL(STATUS_BAD_REQUEST, call_bias(client, 1, 3, 0, 2));
    CHECK_EQUAL(STATUS_BAD_REQUEST, call_bias(client, 1, 1, 0, 2));
    CHECK_EQUAL(STATUS_BAD_REQUEST, call_bias(client, 1, 65535, 0, 2));
    free(client);
}

static struct writer program_head(struct client *client, uint16_t columns, uint32_t max_millis)
{
    struct writer writer = client_payload(client);
    write_u16(&writer, 1);
    write_u16(&writer, 2);
    write_u16(&writer, 3);
    write_u16(&writer, columns);
    write_u16(&writer, 60);
    write_u16(&writer, 1);
    write_u32(&writer, max_millis);
    write_f64(&writer, 1e-6);
    return writer;
}

static void test_program(void)
{
    struct client *client = client_open();
    const float targets[] = {20e-6f, 50e-6f, 80e-6f};
    struct writer writer = program_head(client, 3, 1000);
    for (unsigned i = 0; i < 3; i++) {
        write_f32(&writer, targets[i]);
    }
    CHECK_EQUAL(STATUS_OK, client_call_with(client, COMMAND_PROGRAM, &writer));
    struct reader reader = client_reply(client, COMMAND_PROGRAM);
    for (uint16_t i = 0; i < 3; i++) {
        CHECK_NEAR((double)targets[i], (double)read_f32(&reader), 1e-6);
        uint32_t pulses = read_u32(&reader);
        CHECK(pulses > 0 && read_u32(&reader) <= pulses);
        CHECK_EQUAL(1, read_u8(&reader));
        CHECK_NEAR((double)targets[i], fake_siemens(&client->hal, 1, 2, (uint16_t)(3 + i)), 1e-6);
    }
    CHECK(reader_at_end(&reader));
    CHECK_EQUAL(STATUS_BAD_REQUEST, client_call(client, COMMAND_PROGRAM, client->request, writer.count - 1));
    writer = program_head(client, 300, 1000);
    CHECK_EQUAL(STATUS_BAD_REQUEST, client_call_with(client, COMMAND_PROGRAM, &writer));
    writer = program_head(client, 1, 0);
    write_f32(&writer, 20e-6f);
    CHECK_EQUAL(STATUS_BAD_REQUEST, client_call_with(client, COMMAND_PROGRAM, &writer));
    writer = program_head(client, 1, 1000);
    write_f32(&writer, 120e-6f);
    CHECK_EQUAL(STATUS_OUT_OF_LIMITS, client_call_with(client, COMMAND_PROGRAM, &writer));
    CHECK_EQUAL(QUANTITY_TARGET_SIEMENS, client_fault(client, COMMAND_PROGRAM).quantity);
    free(client);
}

static void test_settings(void)
{
    struct client *client = client_open();
    CHECK_EQUAL(STATUS_OK, client_call(client, COMMAND_SETTING_SET, "\x01" "bench 4", 8));
    CHECK_EQUAL(STATUS_OK, client_call(client, COMMAND_SETTING_GET, "\x01", 1));
    struct reader reader = client_reply(client, COMMAND_SETTING_GET);
    CHECK(reader.left >= 7 && memcmp(reader.bytes, "bench 4", 7) == 0);
    CHECK_EQUAL(STATUS_UNSUPPORTED, client_call(client, COMMAND_SETTING_GET, "\x63", 1));
    CHECK_EQUAL(STATUS_UNSUPPORTED, client_call(client, COMMAND_SETTING_SET, "\x63", 1));
    CHECK_EQUAL(STATUS_BAD_REQUEST, client_call(client, COMMAND_SETTING_GET, NULL, 0));
    CHECK_EQUAL(STATUS_BAD_REQUEST, client_call(client, COMMAND_SETTING_SET, NULL, 0));
    free(client);
}

int main(void)
{
    test_ping();
    test_read_of_codes();
    test_read_of_floats();
    test_read_saturates();
    test_reads_refused();
    test_reply_too_long();
    test_bias();
    test_program();
    test_settings();
    return check_report("link commands");
}
