/* PULSE over the real board: what its steps mean, trains in parts, and what is refused before the first pulse. */
#include "../core/link_parts.h"
#include "client.h"

static const uint32_t CELLS = 256;

static void test_pulse_steps(void)
{
    struct client *client = client_open();
    struct writer writer = client_pulse(client, 3, 1000, 5);
    client_step(&writer, 0, 3);    /* cell 5 */
    client_step(&writer, 2, -127); /* cell 8 */
    client_step(&writer, 0, 1000); /* cell 9 */
    write_u8(&writer, 0);          /* cell 10: a count that would have fitted, written long */
    write_u8(&writer, 0x80);
    write_u16(&writer, (uint16_t)-7);
    client_step(&writer, 0, 0);    /* cell 11: nothing */
    client_step(&writer, 200, -200); /* cell 212 */
    CHECK_EQUAL(STATUS_OK, client_call_with(client, COMMAND_PULSE, &writer));
    struct hal *hal = &client->hal;
    CHECK_EQUAL(3, fake_cell(hal, 1, 0, 5)->set);
    CHECK_EQUAL(127, fake_cell(hal, 1, 0, 8)->reset);
    CHECK_EQUAL(1000, fake_cell(hal, 1, 0, 9)->set);
    CHECK_EQUAL(7, fake_cell(hal, 1, 0, 10)->reset);
    CHECK_EQUAL(200, fake_cell(hal, 1, 13, 4)->reset);
    CHECK_EQUAL(3 + 127 + 1000 + 7 + 200, hal->pulses);
    CHECK(hal->grounded);
    struct reader reader = client_reply(client, COMMAND_PULSE);
    CHECK_EQUAL(1337, read_u32(&reader));
    CHECK_EQUAL(5, read_u32(&reader));
    CHECK(reader_at_end(&reader));
    free(client);
}

/* Gaps of 255 and more, on the largest array. */
static void test_pulse_gaps(void)
{
    struct client *client = client_open();
    client->hal.description.arrays = 2;
    client->hal.description.rows = 2;
    client->hal.description.columns = 256;
    struct writer writer = client_pulse(client, 3, 1000, 0);
    client_step(&writer, 254, 1);
    write_u8(&writer, 255);
    client_step(&writer, 1, 2);
    CHECK_EQUAL(STATUS_OK, client_call_with(client, COMMAND_PULSE, &writer));
    CHECK_EQUAL(1, fake_cell(&client->hal, 1, 0, 254)->set);
    CHECK_EQUAL(2, fake_cell(&client->hal, 1, 1, 255)->set);
    free(client);
}

static struct outcome refused_pulse(struct client *client, const struct writer *writer, enum status status)
{
    uint32_t before = client->hal.pulses;
    CHECK_EQUAL(status, client_call_with(client, COMMAND_PULSE, writer));
    CHECK_EQUAL(before, client->hal.pulses);
    CHECK(client->hal.grounded && !client->board.train_open);
    struct outcome outcome = client_fault(client, COMMAND_PULSE);
    CHECK_EQUAL(0, outcome.pulses);
    CHECK_EQUAL(0, outcome.cells);
    return outcome;
}

/* The last step of a frame is wrong: nothing of it happens. */
static void test_pulses_refused_as_a_whole(void)
{
    struct client *client = client_open();
    struct writer writer = client_pulse(client, 3, 1000, 0);
    client_step(&writer, 0, 1);
    client_step(&writer, 0, 1001);
    struct outcome outcome = refused_pulse(client, &writer, STATUS_OUT_OF_LIMITS);
    CHECK_EQUAL(QUANTITY_PULSE_COUNT, outcome.quantity);
    CHECK_EQUAL(1, outcome.cell);
    CHECK_NEAR(1001, outcome.actual, 0);
    CHECK_NEAR(1000, outcome.limit, 0);

    writer = client_pulse(client, 3, 1000, 0);
    client_step(&writer, 0, 1);
    client_step(&writer, 0, INT16_MIN);
    CHECK_EQUAL(QUANTITY_PULSE_COUNT, refused_pulse(client, &writer, STATUS_OUT_OF_LIMITS).quantity);

    writer = client_pulse(client, 3, 1000, CELLS - 1);
    client_step(&writer, 0, 1);
    client_step(&writer, 0, 1);
    CHECK_EQUAL(QUANTITY_CELL, refused_pulse(client, &writer, STATUS_OUT_OF_LIMITS).quantity);

    writer = client_pulse(client, 3, 1000, UINT32_MAX);
    client_step(&writer, 254, 1);
    CHECK_EQUAL(QUANTITY_CELL, refused_pulse(client, &writer, STATUS_OUT_OF_LIMITS).quantity);

    writer = client_pulse(client, 3, 1000, 0);
    client_step(&writer, 0, 1);
    write_u8(&writer, 0);
    refused_pulse(client, &writer, STATUS_BAD_REQUEST);
    write_u8(&writer, 0x80);
    refused_pulse(client, &writer, STATUS_BAD_REQUEST);
    write_u8(&writer, 1);
    refused_pulse(client, &writer, STATUS_BAD_REQUEST);
    CHECK_EQUAL(STATUS_BAD_REQUEST, client_call(client, COMMAND_PULSE, client->request, 35));
    free(client);
}

/* One word of the head is wrong. */
static void test_pulse_heads_refused(void)
{
    struct client *client = client_open();
    const struct {
        uint32_t at;
        double value; /* as f64; as u8 where `at` is below 8 */
        enum status status;
        enum quantity quantity;
    } cases[] = {
        {0, 2, STATUS_OUT_OF_LIMITS, QUANTITY_ARRAY},
        {2, 4, STATUS_BAD_REQUEST, QUANTITY_NONE},
        {3, 1, STATUS_BAD_REQUEST, QUANTITY_NONE},
        {8, 2.6, STATUS_OUT_OF_LIMITS, QUANTITY_SET_VOLTS},
        {8, NAN, STATUS_OUT_OF_LIMITS, QUANTITY_SET_VOLTS},
        {8, 0, STATUS_OUT_OF_LIMITS, QUANTITY_SET_VOLTS},
        {16, -0.9, STATUS_OUT_OF_LIMITS, QUANTITY_RESET_VOLTS},
        {16, INFINITY, STATUS_OUT_OF_LIMITS, QUANTITY_RESET_VOLTS},
        {24, 1.1e-3, STATUS_OUT_OF_LIMITS, QUANTITY_PULSE_SECONDS},
        {24, NAN, STATUS_OUT_OF_LIMITS, QUANTITY_PULSE_SECONDS},
    };
    for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct writer writer = client_pulse(client, 3, 1000, 0);
        client_step(&writer, 0, 1);
        struct writer change = writer_to(client->request + cases[i].at, 8);
        if (cases[i].at < 8) {
            write_u8(&change, (uint8_t)cases[i].value);
        } else {
            write_f64(&change, cases[i].value);
        }
        if (!CHECK_EQUAL(cases[i].quantity, refused_pulse(client, &writer, cases[i].status).quantity)) {
            fprintf(stderr, "    in case %u\n", i);
        }
    }
    free(client);
}

static int call_part(struct client *client, uint8_t part, uint32_t cell, int16_t count)
{
    struct writer writer = client_pulse(client, part, 1000, cell);
    client_step(&writer, 0, count);
    return client_call_with(client, COMMAND_PULSE, &writer);
}

static void test_train_in_parts(void)
{
    struct client *client = client_open();
    CHECK_EQUAL(STATUS_OK, call_part(client, 1, 3, 10));
    CHECK(!client->hal.grounded);
    CHECK_EQUAL(STATUS_OK, call_part(client, 0, 4, 10));
    CHECK_EQUAL(STATUS_OK, client_call(client, COMMAND_PING, NULL, 0));
    CHECK_EQUAL(STATUS_OK, call_part(client, 2, 5, 10));
    CHECK(client->hal.grounded);
    CHECK_EQUAL(1, client->hal.trains);
    CHECK_EQUAL(30, client->hal.pulses);
    CHECK_EQUAL(STATUS_BAD_STATE, call_part(client, 2, 6, 10));
    free(client);
}

/* What has no place between the parts of a train closes it, and its later parts are refused. */
static void test_train_broken_off(void)
{
    struct client *client = client_open();
    CHECK_EQUAL(STATUS_OK, call_part(client, 1, 3, 10));
    CHECK_EQUAL(STATUS_BAD_STATE, client_call(client, COMMAND_READ, NULL, 0));
    CHECK(client->hal.grounded && !client->board.train_open);
    CHECK_EQUAL(STATUS_BAD_STATE, call_part(client, 2, 4, 10));

    CHECK_EQUAL(STATUS_OK, call_part(client, 1, 3, 10));
    CHECK_EQUAL(STATUS_BAD_STATE, call_part(client, 3, 4, 10));
    CHECK(client->hal.grounded);

    CHECK_EQUAL(STATUS_OK, call_part(client, 1, 3, 10));
    struct writer writer = client_pulse(client, 2, 1000, 4);
    struct writer shape = writer_to(client->request + 8, 8);
    write_f64(&shape, 1.2);
    client_step(&writer, 0, 1);
    CHECK_EQUAL(STATUS_BAD_STATE, client_call_with(client, COMMAND_PULSE, &writer));
    CHECK(client->hal.grounded);

    CHECK_EQUAL(STATUS_OK, call_part(client, 1, 3, 10));
    CHECK_EQUAL(STATUS_OK, client_call(client, COMMAND_GROUND, NULL, 0));
    CHECK_EQUAL(STATUS_BAD_STATE, call_part(client, 2, 4, 10));

    CHECK_EQUAL(STATUS_OK, call_part(client, 1, 3, 10));
    CHECK_EQUAL(STATUS_OUT_OF_LIMITS, call_part(client, 0, 4, 1001));
    CHECK(client->hal.grounded);
    CHECK_EQUAL(STATUS_BAD_STATE, call_part(client, 2, 5, 10));
    CHECK_EQUAL(50, client->hal.pulses);
    free(client);
}

/* Silence falls between two frames of a train: the frame that is refused for it closes the train, and a later one
 * cannot leave out its cells. */
static void test_train_closed_by_silence(void)
{
    struct client *client = client_open();
    client->board.settings.silence_millis = 50;
    CHECK_EQUAL(STATUS_OK, call_part(client, 1, 3, 10));
    client->link.heard_micros = 0;
    fake_advance(&client->hal, 60000);
    client->link.train_micros = hal_micros(&client->hal);
    struct writer writer = client_pulse(client, 0, 1000, 4);
    client_step(&writer, 0, 1);
    uint16_t silent = client_command(client, COMMAND_PULSE, writer.bytes, writer.count);
    link_receive(&client->link);
    client->link.heard_micros = 0;
    client_run(client);
    CHECK_EQUAL(STATUS_SILENT, client_status(client, COMMAND_PULSE, silent));
    CHECK(client->hal.grounded && !client->board.train_open);
    CHECK_EQUAL(STATUS_BAD_STATE, call_part(client, 2, 5, 10));
    CHECK_EQUAL(10, client->hal.pulses);
    free(client);
}

/* Two frames of a train cannot give one cell more than the limit between them. */
static void test_cells_ascend_through_a_train(void)
{
    struct client *client = client_open();
    CHECK_EQUAL(STATUS_OK, call_part(client, 1, 3, 1000));
    CHECK_EQUAL(STATUS_BAD_REQUEST, call_part(client, 2, 3, 1000));
    CHECK_EQUAL(1000, client->hal.pulses);
    CHECK_EQUAL(STATUS_OK, call_part(client, 3, 0, 1));
    free(client);
}

/* The port fails in the middle: what had been done is said. */
static void test_hardware_fault(void)
{
    struct client *client = client_open();
    client->hal.failure = STATUS_COMPLIANCE;
    client->hal.fail_after = 3;
    struct writer writer = client_pulse(client, 3, 1000, 0);
    for (unsigned i = 0; i < 5; i++) {
        client_step(&writer, 0, 4);
    }
    CHECK_EQUAL(STATUS_COMPLIANCE, client_call_with(client, COMMAND_PULSE, &writer));
    CHECK_EQUAL(8, client_fault(client, COMMAND_PULSE).pulses);
    CHECK_EQUAL(2, client_fault(client, COMMAND_PULSE).cells);
    CHECK(client->hal.grounded && !client->board.train_open);
    free(client);
}

static void test_counters(void)
{
    struct client *client = client_open();
    call_part(client, 3, 0, 10);
    call_part(client, 3, 0, 2000);
    CHECK_EQUAL(STATUS_OK, client_call(client, COMMAND_COUNTERS, NULL, 0));
    struct reader reader = client_reply(client, COMMAND_COUNTERS);
    CHECK_EQUAL(COUNTERS_BYTES, reader.left);
    CHECK(isnan(read_f64(&reader)));
    CHECK_NEAR(10e-6, read_f64(&reader), 1e-15);
    CHECK_EQUAL(COUNTERS, read_u16(&reader));
    CHECK_EQUAL(0, read_u32(&reader) + read_u32(&reader));
    CHECK_EQUAL(10, read_u32(&reader) + read_u32(&reader));
    CHECK_EQUAL(1, read_u32(&reader) + read_u32(&reader));
    CHECK_EQUAL(2, read_u32(&reader) + read_u32(&reader));
    CHECK_EQUAL(1, read_u32(&reader) + read_u32(&reader));
    CHECK_EQUAL(STATUS_BAD_REQUEST, client_call(client, COMMAND_COUNTERS, "x", 1));
    free(client);
}

int main(void)
{
    test_pulse_steps();
    test_pulse_gaps();
    test_pulses_refused_as_a_whole();
    test_pulse_heads_refused();
    test_train_in_parts();
    test_train_broken_off();
    test_train_closed_by_silence();
    test_cells_ascend_through_a_train();
    test_hardware_fault();
    test_counters();
    return check_report("link pulses");
}
