/* Greetings, sessions and restarts: what was said in one session means nothing in another. */
#include "client.h"
#include "vectors.h"

static void test_greeting_at_start(void)
{
    struct client *client = client_new();
    client_run(client);
    const struct client_frame *greeting = client_last(client, EVENT_GREETING, 0);
    CHECK_EQUAL(GREETING_BYTES, greeting->length);
    CHECK_EQUAL(0, client_u16_at(greeting, 16));
    CHECK_EQUAL(1, client_came(client, EVENT_GREETING, 0));
    client_send_ping(client, 1);
    client_run(client);
    CHECK_EQUAL(0, client_came(client, COMMAND_PING, 1));
    free(client);
}

static double vector_f64(const char *word)
{
    return strtod(word, NULL);
}

static void test_greeting_layout(void)
{
    static struct vectors vectors;
    static uint8_t expected[GREETING_BYTES];
    struct client *client = client_new();
    struct description *chip = &client->hal.description;
    double *limits[] = {&chip->max_read_volts,  &chip->max_pulse_volts, &chip->max_pulse_seconds,
                        &chip->min_siemens,     &chip->max_siemens,     &chip->max_bias_amps,
                        &chip->full_scale_amps, &chip->set_volts,       &chip->reset_volts,
                        &chip->pulse_seconds,   &chip->step_siemens,    &chip->dac_full_scale_volts,
                        &chip->adc_full_scale_amps};
    unsigned limit = 0;
    vectors_open(&vectors, "greeting.txt");
    while (vectors_next(&vectors)) {
        if (strchr(vectors.words[1], '.') != NULL || strchr(vectors.words[1], '-') != NULL) {
            if (limit < sizeof limits / sizeof *limits) {
                *limits[limit++] = vector_f64(vectors.words[1]);
            }
        }
        if (strcmp(vectors.words[0], "payload") == 0) {
            CHECK_EQUAL(GREETING_BYTES, vector_bytes(vectors.words[1], expected, GREETING_BYTES));
        }
    }
    chip->arrays = 4;
    chip->rows = 128;
    chip->columns = 64;
    chip->max_pulses = 10000;
    strcpy(client->board.settings.board, "bench 4");
    memset(client->board.settings.chip, 0, CHIP_ID_BYTES);
    strcpy(client->board.settings.chip, "hfox-7 \xce\xbc");
    memset(chip->firmware, 0, FIRMWARE_BYTES);
    strcpy(chip->firmware, "mortal 1.2.3");
    memset(client->board.settings.board + 7, 0, BOARD_NAME_BYTES - 7);
    client->hal.cause = CAUSE_SOFTWARE;
    client->board.nonce = 0xdeadbeef;
    client->hal.stopped = true;
    static uint8_t actual[GREETING_BYTES];
    greeting_write(&client->board, CLIENT_SESSION, 65535, actual);
    /* What is fixed at compile time: version at 8, credits at 28. */
    memcpy(actual + 8, expected + 8, 4);
    memcpy(actual + 28, expected + 28, 4);
    CHECK_EQUAL(13, limit);
    CHECK_BYTES(expected, actual, GREETING_BYTES);
    free(client);
}

static void test_session(void)
{
    struct client *client = client_open();
    client_send_pulse(client, 1);
    client_send_pulse(client, 2);
    client_run(client);
    CHECK_EQUAL(2, client_given(client));

    client_forget(client);
    client_hello(client, CLIENT_SESSION);
    client_run(client);
    CHECK_EQUAL(3, client_u16_at(client_last(client, EVENT_GREETING, 0), 20));
    client_send_pulse(client, 2);
    client_run(client);
    CHECK_EQUAL(2, client_given(client));
    CHECK_EQUAL(STATUS_OK, client_status(client, COMMAND_PULSE, 2));

    client_hello(client, CLIENT_SESSION + 1);
    client_run(client);
    CHECK_EQUAL(1, client_u16_at(client_last(client, EVENT_GREETING, 0), 20));
    client_forget(client);
    client_send_pulse(client, 1);
    client_run(client);
    CHECK_EQUAL(3, client_given(client));
    CHECK_EQUAL(1, client_came(client, COMMAND_PULSE, 1));
    free(client);
}

static void test_frames_of_another_session(void)
{
    struct client *client = client_open();
    client->seed = client_seed(client, CLIENT_SESSION + 1);
    client_send_pulse(client, 1);
    client->seed = frame_seed(client->link.schema + 1, CLIENT_SESSION);
    client_send_pulse(client, 1);
    client_run(client);
    CHECK_EQUAL(0, client_given(client));
    CHECK_EQUAL(2, client->board.counters[COUNTER_CRC_ERRORS]);
    free(client);
}

static void test_hello_that_opens_nothing(void)
{
    struct client *client = client_open();
    const uint8_t other_schema[12] = {1, 0, 0, 0, 1, 2, 3, 4, 9, 9, 9, 9};
    const uint8_t too_short[8] = {1};
    client_send(client, EVENT_HELLO, 0, other_schema, sizeof other_schema);
    client_run(client);
    CHECK_EQUAL(1, client_came(client, EVENT_GREETING, 0));
    client_send(client, EVENT_HELLO, 0, too_short, sizeof too_short);
    client_run(client);
    CHECK_EQUAL(2, client_came(client, EVENT_GREETING, 0));
    CHECK_EQUAL(CLIENT_SESSION, client->link.session);
    client_hello(client, 0);
    client_run(client);
    CHECK_EQUAL(CLIENT_SESSION, client->link.session);
    free(client);
}

/* A HELLO that comes late does not bring its session back, whose numbers would begin anew. */
static void test_no_way_back_to_a_session(void)
{
    struct client *client = client_open();
    client_hello(client, CLIENT_SESSION + 1);
    client_run(client);
    client_send_pulse(client, 1);
    client_run(client);
    uint32_t seed = client->seed;
    client_hello(client, CLIENT_SESSION);
    client_run(client);
    CHECK_EQUAL(CLIENT_SESSION + 1, client->link.session);
    client->seed = seed;
    client_send_pulse(client, 1);
    client_run(client);
    CHECK_EQUAL(1, client_given(client));
    free(client);
}

/* Two hosts later the board has forgotten the first one's session, and opens it anew; what that host sent before must
 * not be carried out once more. */
static void test_frames_of_a_forgotten_session(void)
{
    struct client *client = client_open();
    client_send_pulse(client, 1);
    client_run(client);
    uint32_t seed_before = client->seed;
    for (uint32_t session = 1; session <= 2; session++) {
        client_hello(client, CLIENT_SESSION + session);
        client_run(client);
    }
    client_hello(client, CLIENT_SESSION);
    client_run(client);
    CHECK_EQUAL(CLIENT_SESSION, client->link.session);
    uint32_t seed = client->seed;
    client->seed = seed_before;
    client_send_pulse(client, 1);
    client_run(client);
    CHECK_EQUAL(1, client_given(client));
    client->seed = seed;
    client_send_pulse(client, 1);
    client_run(client);
    CHECK_EQUAL(2, client_given(client));
    free(client);
}

static void test_new_session_ends_a_job(void)
{
    struct client *client = client_open();
    struct writer writer = client_pulse(client, 3, 10000, 0);
    for (unsigned i = 0; i < 200; i++) {
        client_step(&writer, 0, 1000);
    }
    /* 200 ms of pulses; the new host comes after 20. */
    client_command(client, COMMAND_PULSE, writer.bytes, writer.count);
    uint8_t hello[64];
    uint8_t payload[12];
    struct writer fields = writer_to(payload, sizeof payload);
    write_u32(&fields, LINK_PROTOCOL);
    write_u32(&fields, client->link.schema);
    write_u32(&fields, 77);
    uint32_t count = client_frame(client, (struct frame_header){.type = EVENT_HELLO}, payload, sizeof payload, hello);
    client->seed = frame_seed(client->link.schema, 77 ^ (client->board.nonce + LINK_NONCE_STEP));
    count += client_frame(client, (struct frame_header){.type = COMMAND_PING, .seq = 1}, NULL, 0, hello + count);
    fake_receive_later(&client->hal, 20000, hello, count);
    client_run(client);
    CHECK(client->hal.pulses >= 18000 && client->hal.pulses <= 23000);
    CHECK(client->hal.grounded && !client->board.train_open);
    CHECK_EQUAL(77, client->link.session);
    CHECK_EQUAL(0, client_came(client, COMMAND_PULSE, 1));
    CHECK_EQUAL(STATUS_OK, client_status(client, COMMAND_PING, 1));
    free(client);
}

static void test_restart(void)
{
    struct client *client = client_open();
    CHECK_EQUAL(STATUS_BAD_REQUEST, client_call(client, COMMAND_RESET, "x", 1));
    CHECK_EQUAL(STATUS_OK, client_call(client, COMMAND_RESET, NULL, 0));
    client_run(client);
    CHECK_EQUAL(1, client->hal.restarts);
    const struct client_frame *greeting = client_last(client, EVENT_GREETING, 0);
    CHECK_EQUAL(0x1235, client_u16_at(greeting, 12));
    CHECK_EQUAL(0, client_u16_at(greeting, 16));
    CHECK_EQUAL(CAUSE_SOFTWARE, greeting->payload[1]);
    free(client);
}

/* The same session after a restart is another one: frames from before have a wrong CRC, though it is open again. */
static void test_frames_from_before_a_restart(void)
{
    struct client *client = client_open();
    client_send_pulse(client, 1);
    client_run(client);
    hal_restart(&client->hal);
    link_init(&client->link, &client->board, &client->hal);
    uint32_t seed_before = client->seed;
    client_hello(client, CLIENT_SESSION);
    client->seed = seed_before;
    client_send_pulse(client, 1);
    client_run(client);
    CHECK_EQUAL(CLIENT_SESSION, client->link.session);
    CHECK_EQUAL(1, client_given(client));
    client->seed = client_seed(client, CLIENT_SESSION);
    client_send_pulse(client, 1);
    client_run(client);
    CHECK_EQUAL(2, client_given(client));
    free(client);
}

/* A host that does not read cannot keep the board from restarting. */
static void test_restart_with_a_dead_line(void)
{
    struct client *client = client_open();
    client->hal.out_room = 0;
    client_command(client, COMMAND_RESET, NULL, 0);
    client_wait(client, 50);
    CHECK_EQUAL(0, client->hal.restarts);
    client_wait(client, 100);
    CHECK_EQUAL(1, client->hal.restarts);
    free(client);
}

int main(void)
{
    test_greeting_at_start();
    test_greeting_layout();
    test_session();
    test_frames_of_another_session();
    test_hello_that_opens_nothing();
    test_no_way_back_to_a_session();
    test_frames_of_a_forgotten_session();
    test_new_session_ends_a_job();
    test_restart();
    test_frames_from_before_a_restart();
    test_restart_with_a_dead_line();
    return check_report("link session");
}
