/* STOP, silence, deadlines, open trains: whatever goes wrong, the lines end on ground and the host is told what
 * was done. */
#include "client.h"

static uint32_t u32_at(const uint8_t *bytes)
{
    struct reader reader = reader_of(bytes, 4);
    return read_u32(&reader);
}

/* Pulses that a fault says had been given. */
static uint32_t fault_pulses(const struct client *client, enum command command, uint16_t seq)
{
    return u32_at(client_last(client, (uint8_t)command, seq)->payload + 24);
}

/* Sends a job of 200 cells x 1000 pulses of 1 us, which is 200 ms. */
static uint16_t send_long_job(struct client *client, uint32_t max_millis)
{
    struct writer writer = client_pulse(client, 3, max_millis, 0);
    for (unsigned i = 0; i < 200; i++) {
        client_step(&writer, 0, 1000);
    }
    return client_command(client, COMMAND_PULSE, writer.bytes, writer.count);
}

/* Sends part of a train: one pulse for one cell. */
static int call_part(struct client *client, uint8_t part, uint32_t cell)
{
    struct writer writer = client_pulse(client, part, 1000, cell);
    client_step(&writer, 0, 1);
    return client_call(client, COMMAND_PULSE, writer.bytes, writer.count);
}

static void stop_later(struct client *client, uint64_t micros)
{
    uint8_t bytes[16];
    uint32_t count = client_frame(client, (struct frame_header){.type = EVENT_STOP}, NULL, 0, bytes);
    fake_receive_later(&client->hal, micros, bytes, count);
}

static void alive_later(struct client *client, uint64_t micros)
{
    uint8_t bytes[32];
    struct frame_header header = {.type = EVENT_ALIVE, .ack = client->ack};
    uint32_t count = client_frame(client, header, NULL, 0, bytes);
    fake_receive_later(&client->hal, micros, bytes, count);
}

static void test_stop_ends_a_job(void)
{
    struct client *client = client_open();
    stop_later(client, 30000);
    uint16_t seq = send_long_job(client, 10000);
    client_run(client);
    CHECK_EQUAL(STATUS_STOPPED, client_status(client, COMMAND_PULSE, seq));
    CHECK_EQUAL(client->hal.pulses, fault_pulses(client, COMMAND_PULSE, seq));
    CHECK(client->hal.pulses >= 29000 && client->hal.pulses <= 31000);
    CHECK(client->hal.grounded && !client->board.train_open);
    /* The port grounds in the interrupt, before the core knows. */
    CHECK(client->hal.grounded_micros <= 31000);

    const struct client_frame *stopped = client_last(client, EVENT_STOPPED, 0);
    CHECK_EQUAL(CLIENT_SESSION, u32_at(stopped->payload));
    CHECK_EQUAL(seq, stopped->payload[4]);
    CHECK_EQUAL(1, client->board.counters[COUNTER_STOPS]);
    free(client);
}

static void test_what_is_refused_when_stopped(void)
{
    struct client *client = client_open();
    client_stop(client);
    client_run(client);
    CHECK_EQUAL(1, client_came(client, EVENT_STOPPED, 0));
    CHECK_EQUAL(0, client_last(client, EVENT_STOPPED, 0)->payload[4]);
    const uint8_t key = SETTING_BOARD_NAME;
    CHECK_EQUAL(STATUS_OK, client_call(client, COMMAND_PING, "x", 1));
    CHECK_EQUAL(STATUS_OK, client_call(client, COMMAND_COUNTERS, NULL, 0));
    CHECK_EQUAL(STATUS_OK, client_call(client, COMMAND_GROUND, NULL, 0));
    CHECK_EQUAL(STATUS_OK, client_call(client, COMMAND_SETTING_GET, &key, 1));
    CHECK_EQUAL(STATUS_STOPPED, client_call(client, COMMAND_SETTING_SET, &key, 1));
    CHECK_EQUAL(STATUS_STOPPED, client_call(client, COMMAND_READ, NULL, 0));
    CHECK_EQUAL(STATUS_STOPPED, client_call(client, COMMAND_BIAS, NULL, 0));
    CHECK_EQUAL(STATUS_STOPPED, client_call(client, COMMAND_PROGRAM, NULL, 0));
    CHECK_EQUAL(STATUS_STOPPED, call_part(client, 3, 0));
    CHECK_EQUAL(0, client->hal.pulses);

    CHECK_EQUAL(STATUS_OK, client_call(client, COMMAND_RESUME, NULL, 0));
    CHECK_EQUAL(STATUS_OK, call_part(client, 3, 0));
    CHECK_EQUAL(1, client->hal.pulses);
    free(client);
}

/* The rest of the queue is not carried out once the job before it was stopped. */
static void test_stop_holds_for_the_queue(void)
{
    struct client *client = client_open();
    stop_later(client, 30000);
    send_long_job(client, 10000);
    uint16_t second = send_long_job(client, 10000);
    client_run(client);
    CHECK_EQUAL(STATUS_STOPPED, client_status(client, COMMAND_PULSE, second));
    CHECK_EQUAL(0, fault_pulses(client, COMMAND_PULSE, second));
    CHECK(client->hal.pulses <= 31000);
    free(client);
}

/* A RESUME that was sent before a STOP does not undo it, though it is carried out behind it. */
static void test_resume_sent_before_stop(void)
{
    struct client *client = client_open();
    stop_later(client, 30000);
    send_long_job(client, 10000);
    uint16_t resume = client_command(client, COMMAND_RESUME, NULL, 0);
    uint16_t job = send_long_job(client, 10000);
    client_run(client);
    CHECK_EQUAL(STATUS_STOPPED, client_status(client, COMMAND_RESUME, resume));
    CHECK_EQUAL(STATUS_STOPPED, client_status(client, COMMAND_PULSE, job));
    CHECK_EQUAL(STATUS_OK, client_call(client, COMMAND_RESUME, NULL, 0));
    CHECK_EQUAL(STATUS_OK, call_part(client, 3, 0));
    free(client);
}

static void test_stop_is_said_again(void)
{
    struct client *client = client_open();
    client_stop(client);
    client_run(client);
    client_stop(client);
    client_run(client);
    CHECK(client_came(client, EVENT_STOPPED, 0) >= 2);
    CHECK_EQUAL(1, client->board.counters[COUNTER_STOPS]);
    free(client);
}

/* STOP from a host without a session, and in the middle of another frame. */
static void test_stop_anywhere(void)
{
    struct client *client = client_new();
    client_stop(client);
    client_run(client);
    CHECK_EQUAL(1, client_came(client, EVENT_STOPPED, 0));
    free(client);

    client = client_open();
    fake_receive(&client->hal, (const uint8_t[]){0x20, 1, 2, 3}, 4);
    client_stop(client);
    client_run(client);
    CHECK_EQUAL(1, client_came(client, EVENT_STOPPED, 0));
    CHECK_EQUAL(STATUS_STOPPED, call_part(client, 3, 0));
    free(client);
}

static void test_stop_outlives_the_session(void)
{
    struct client *client = client_open();
    client_stop(client);
    client_run(client);
    client_hello(client, 5);
    client_run(client);
    CHECK_EQUAL(1, client_last(client, EVENT_GREETING, 0)->payload[GREETING_STOPPED_AT]);
    client->next = 1;
    CHECK_EQUAL(STATUS_STOPPED, call_part(client, 3, 0));
    client->ack = 1;
    CHECK_EQUAL(STATUS_OK, client_call(client, COMMAND_RESUME, NULL, 0));
    CHECK_EQUAL(STATUS_OK, call_part(client, 3, 0));
    free(client);
}

static void test_stop_closes_an_open_train(void)
{
    struct client *client = client_open();
    CHECK_EQUAL(STATUS_OK, call_part(client, 1, 0));
    CHECK(!client->hal.grounded);
    client_stop(client);
    CHECK(client->hal.grounded);
    client_run(client);
    CHECK_EQUAL(STATUS_OK, client_call(client, COMMAND_RESUME, NULL, 0));
    CHECK_EQUAL(STATUS_BAD_STATE, call_part(client, 2, 1));
    free(client);
}

static void test_silence_ends_a_job(void)
{
    struct client *client = client_open();
    client->board.settings.silence_millis = 50;
    uint16_t seq = send_long_job(client, 10000);
    client_run(client);
    CHECK_EQUAL(STATUS_SILENT, client_status(client, COMMAND_PULSE, seq));
    CHECK(client->hal.grounded && client->hal.grounded_micros >= 50000 && client->hal.grounded_micros <= 52000);
    CHECK_EQUAL(client->hal.pulses, fault_pulses(client, COMMAND_PULSE, seq));
    CHECK_EQUAL(1, client->board.counters[COUNTER_SILENCES]);

    /* What waited behind it gives no pulse at all, and what comes now works. */
    uint32_t before = client->hal.pulses;
    CHECK_EQUAL(STATUS_OK, call_part(client, 3, 0));
    CHECK_EQUAL(before + 1, client->hal.pulses);
    free(client);
}

static void test_silence_holds_for_the_queue(void)
{
    struct client *client = client_open();
    client->board.settings.silence_millis = 50;
    send_long_job(client, 10000);
    uint16_t second = send_long_job(client, 10000);
    client_run(client);
    CHECK_EQUAL(STATUS_SILENT, client_status(client, COMMAND_PULSE, second));
    CHECK_EQUAL(0, fault_pulses(client, COMMAND_PULSE, second));
    CHECK(client->hal.pulses <= 52000);
    free(client);
}

static void test_a_host_that_is_alive(void)
{
    struct client *client = client_open();
    client->board.settings.silence_millis = 50;
    for (uint64_t i = 1; i <= 6; i++) {
        alive_later(client, i * 40000);
    }
    uint16_t seq = send_long_job(client, 10000);
    client_run(client);
    CHECK_EQUAL(STATUS_OK, client_status(client, COMMAND_PULSE, seq));
    CHECK_EQUAL(200000, client->hal.pulses);
    free(client);
}

/* Noise is not a sign of life. */
static void test_garbage_is_silence(void)
{
    struct client *client = client_open();
    client->board.settings.silence_millis = 50;
    for (uint64_t i = 1; i <= 6; i++) {
        fake_receive_later(&client->hal, i * 20000, (const uint8_t[]){4, 1, 2, 3, 0}, 5);
    }
    uint16_t seq = send_long_job(client, 10000);
    client_run(client);
    CHECK_EQUAL(STATUS_SILENT, client_status(client, COMMAND_PULSE, seq));
    free(client);
}

static void test_deadline(void)
{
    struct client *client = client_open();
    uint16_t seq = send_long_job(client, 80);
    client_run(client);
    CHECK_EQUAL(STATUS_LATE, client_status(client, COMMAND_PULSE, seq));
    CHECK(client->hal.grounded && client->hal.grounded_micros >= 80000 && client->hal.grounded_micros <= 82000);
    CHECK_EQUAL(client->hal.pulses, fault_pulses(client, COMMAND_PULSE, seq));
    CHECK_EQUAL(1, client->board.counters[COUNTER_LATES]);
    CHECK_EQUAL(STATUS_OK, call_part(client, 3, 0));
    CHECK_EQUAL(STATUS_BAD_REQUEST, (send_long_job(client, 0), client_run(client),
                                     client_status(client, COMMAND_PULSE, (uint16_t)(client->next - 1))));
    free(client);
}

static void test_progress(void)
{
    struct client *client = client_open();
    uint16_t seq = send_long_job(client, 10000);
    client_run(client);
    unsigned came = client_came(client, EVENT_PROGRESS, 0);
    CHECK(came >= 2 && came <= 4);
    const uint8_t *payload = client_last(client, EVENT_PROGRESS, 0)->payload;
    CHECK_EQUAL(seq, payload[0]);
    CHECK(u32_at(payload + 4) > 100000 && u32_at(payload + 4) < 200000);
    CHECK_EQUAL(200000, u32_at(payload + 8));
    free(client);
}

/* While a job runs the link goes on: pings are queued, repeats noticed, acknowledgements taken. */
static void test_link_lives_during_a_job(void)
{
    struct client *client = client_open();
    CHECK_EQUAL(STATUS_OK, client_call(client, COMMAND_PING, "x", 1));
    uint8_t bytes[FAKE_LATER_BYTES];
    struct frame_header ping = {.type = COMMAND_PING, .seq = 3, .ack = 1};
    uint32_t count = client_frame(client, ping, "y", 1, bytes);
    count += client_frame(client, ping, "y", 1, bytes + count);
    fake_receive_later(&client->hal, 10000, bytes, count);
    struct frame_header early = {.type = COMMAND_PING, .seq = 9, .ack = 1};
    count = client_frame(client, early, "z", 1, bytes);
    fake_receive_later(&client->hal, 20000, bytes, count);
    send_long_job(client, 10000);
    client_run(client);
    CHECK_EQUAL(STATUS_OK, client_status(client, COMMAND_PING, 3));
    CHECK_EQUAL(1, client_came(client, COMMAND_PING, 3));
    CHECK_EQUAL(1, client->board.counters[COUNTER_REPEATS]);
    CHECK_EQUAL(1, client_came(client, EVENT_EXPECTED, 0));
    free(client);
}

static void test_open_train_is_grounded_in_time(void)
{
    struct client *client = client_open();
    client->board.settings.silence_millis = 50;
    CHECK_EQUAL(STATUS_OK, call_part(client, 1, 0));
    client_wait(client, 40);
    CHECK(!client->hal.grounded);
    CHECK_EQUAL(STATUS_OK, call_part(client, 0, 1));
    client_wait(client, 40);
    CHECK(!client->hal.grounded);
    /* A host that lives but sends no more of the train does not keep it open. */
    CHECK_EQUAL(STATUS_OK, client_call(client, COMMAND_PING, NULL, 0));
    client_wait(client, 15);
    CHECK(client->hal.grounded);
    CHECK_EQUAL(1, client->board.counters[COUNTER_SILENCES]);
    CHECK_EQUAL(1, client_came(client, EVENT_LOG, 0));
    CHECK_EQUAL(LEVEL_WARNING, client_last(client, EVENT_LOG, 0)->payload[0]);
    CHECK_EQUAL(STATUS_BAD_STATE, call_part(client, 2, 2));
    CHECK_EQUAL(2, client->hal.pulses);
    free(client);
}

int main(void)
{
    test_stop_ends_a_job();
    test_what_is_refused_when_stopped();
    test_stop_holds_for_the_queue();
    test_resume_sent_before_stop();
    test_stop_is_said_again();
    test_stop_anywhere();
    test_stop_outlives_the_session();
    test_stop_closes_an_open_train();
    test_silence_ends_a_job();
    test_silence_holds_for_the_queue();
    test_a_host_that_is_alive();
    test_garbage_is_silence();
    test_deadline();
    test_progress();
    test_link_lives_during_a_job();
    test_open_train_is_grounded_in_time();
    return check_report("link safety");
}
