/* The queue and the cached replies: a command is carried out once, and its reply can always be had. */
#include "client.h"

static void test_duplicates(void)
{
    struct client *client = client_open();
    client_send_pulse(client, 1);
    client_send_pulse(client, 1);
    client_run(client);
    client_send_pulse(client, 1);
    client_run(client);
    CHECK_EQUAL(1, client_given(client));
    CHECK_EQUAL(2, client->board.counters[COUNTER_REPEATS]);
    CHECK_EQUAL(2, client_came(client, COMMAND_PULSE, 1));

    /* Acknowledged, it is forgotten: no answer any more, and still not carried out. */
    client->ack = 1;
    client_send_ping(client, 2);
    client_run(client);
    client_forget(client);
    client_send_pulse(client, 1);
    client_run(client);
    CHECK_EQUAL(1, client_given(client));
    CHECK_EQUAL(0, client_came(client, COMMAND_PULSE, 1));
    free(client);
}

static void test_lost_replies(void)
{
    struct client *client = client_open();
    for (uint16_t seq = 1; seq <= 5; seq++) {
        client_send_pulse(client, seq);
    }
    client_run(client);
    client_forget(client);
    for (uint16_t seq = 1; seq <= 5; seq++) {
        client_send_pulse(client, seq);
    }
    client_run(client);
    CHECK_EQUAL(5, client_given(client));
    for (uint16_t seq = 1; seq <= 5; seq++) {
        CHECK_EQUAL(1, client_came(client, COMMAND_PULSE, seq));
        CHECK_EQUAL(1, client_last(client, COMMAND_PULSE, seq)->payload[0]);
    }
    free(client);
}

static void test_gaps(void)
{
    struct client *client = client_open();
    client_send_pulse(client, 1);
    client_send_pulse(client, 3);
    client_send_pulse(client, 4);
    client_run(client);
    CHECK_EQUAL(1, client_given(client));
    CHECK_EQUAL(1, client_came(client, EVENT_EXPECTED, 0));
    CHECK_EQUAL(2, client_u16_at(client_last(client, EVENT_EXPECTED, 0), 0));
    client_send_pulse(client, 4);
    client_run(client);
    CHECK_EQUAL(1, client_came(client, EVENT_EXPECTED, 0));
    for (uint16_t seq = 2; seq <= 4; seq++) {
        client_send_pulse(client, seq);
    }
    client_run(client);
    CHECK_EQUAL(4, client_given(client));
    client_send_pulse(client, 6);
    client_run(client);
    CHECK_EQUAL(2, client_came(client, EVENT_EXPECTED, 0));
    CHECK_EQUAL(2, client->board.counters[COUNTER_GAPS]);
    free(client);
}

static void test_numbers_wrap_around(void)
{
    struct client *client = client_open();
    uint16_t seq = 1;
    for (unsigned i = 0; i < 70000; i++) {
        client_send_pulse(client, seq);
        if (i % 7 == 0) {
            client_send_pulse(client, (uint16_t)(seq + 2));
        }
        if (i % 5 == 0) {
            client_send_pulse(client, (uint16_t)(seq - 1));
        }
        client->ack = seq++;
        if (i % 8 == 0) {
            client_run(client);
            client->count = 0;
        }
        link_step(&client->link);
    }
    client_run(client);
    CHECK_EQUAL(70000, client_given(client));
    CHECK_EQUAL((uint16_t)70001, client->link.next);
    free(client);
}

static void test_no_ack_beyond_what_was_answered(void)
{
    struct client *client = client_open();
    client_send_pulse(client, 1);
    client->ack = 2;
    client_send_pulse(client, 2);
    client_send_pulse(client, 3);
    client_run(client);
    client_forget(client);
    client->ack = 0;
    client_send_pulse(client, 1);
    client_run(client);
    CHECK_EQUAL(3, client_given(client));
    CHECK_EQUAL(1, client_came(client, COMMAND_PULSE, 1));
    free(client);
}

static void test_window_of_frames(void)
{
    struct client *client = client_open();
    for (uint16_t seq = 1; seq <= LINK_WINDOW_FRAMES; seq++) {
        client_send_pulse(client, seq);
    }
    client_run(client);
    CHECK_EQUAL(LINK_WINDOW_FRAMES, client_given(client));
    CHECK_EQUAL(0, client->board.counters[COUNTER_OVERFLOWS]);
    client_send_pulse(client, LINK_WINDOW_FRAMES + 1);
    client_run(client);
    CHECK_EQUAL(LINK_WINDOW_FRAMES, client_given(client));
    CHECK_EQUAL(1, client->board.counters[COUNTER_OVERFLOWS]);
    client->ack = LINK_WINDOW_FRAMES;
    client_send_pulse(client, LINK_WINDOW_FRAMES + 1);
    client_run(client);
    CHECK_EQUAL(LINK_WINDOW_FRAMES + 1, client_given(client));
    free(client);
}

/* A host that keeps to its credits is never dropped, wherever the rings stand. */
static void test_credits_in_full(void)
{
    struct client *client = client_open();
    for (uint32_t i = 0; i < LINK_PAYLOAD_MAX; i++) {
        client->request[i] = (uint8_t)(i % 251);
    }
    const uint32_t most = LINK_WINDOW_BYTES / (LINK_PAYLOAD_MAX + FRAME_OVERHEAD);
    const uint32_t rest = LINK_WINDOW_BYTES - most * (LINK_PAYLOAD_MAX + FRAME_OVERHEAD) - FRAME_OVERHEAD;
    for (unsigned round = 0; round < 50; round++) {
        client->ack = (uint16_t)(client->next - 1);
        uint16_t first = client->next;
        for (uint32_t i = 0; i < most; i++) {
            client_command(client, COMMAND_PING, client->request, LINK_PAYLOAD_MAX);
        }
        client_command(client, COMMAND_PING, client->request, rest);
        client_run(client);
        for (uint16_t seq = first; seq != client->next; seq++) {
            uint32_t length = seq == (uint16_t)(client->next - 1) ? rest : LINK_PAYLOAD_MAX;
            CHECK_EQUAL(length, client_last(client, COMMAND_PING, seq)->length);
            CHECK_BYTES(client->request, client_last(client, COMMAND_PING, seq)->payload, length);
        }
        client->count = 0;
    }
    CHECK_EQUAL(0, client->board.counters[COUNTER_OVERFLOWS]);
    free(client);
}

/* More replies than the cache holds: the command waits, and nothing is lost. */
static void test_full_cache_waits(void)
{
    struct client *client = client_open();
    for (unsigned i = 0; i < 9; i++) {
        client_command(client, COMMAND_PING, client->request, LINK_PAYLOAD_MAX);
        client_run(client);
    }
    client_command(client, COMMAND_COUNTERS, NULL, 0);
    client_run(client);
    unsigned before = client_came(client, COMMAND_PING, 9);
    client->ack = 4;
    client_send(client, EVENT_ALIVE, 0, NULL, 0);
    client_run(client);
    CHECK_EQUAL(0, before);
    CHECK_EQUAL(1, client_came(client, COMMAND_PING, 9));
    CHECK_EQUAL(STATUS_OK, client_status(client, COMMAND_COUNTERS, 10));
    free(client);
}

static void test_slow_line(void)
{
    struct client *client = client_open();
    client->hal.out_room = 0;
    for (uint16_t seq = 1; seq <= 8; seq++) {
        client_command(client, COMMAND_PING, client->request, 300);
    }
    client_run(client);
    CHECK_EQUAL(0, client->count);
    for (unsigned i = 0; i < 3000 && client_came(client, COMMAND_PING, 8) == 0; i++) {
        client->hal.out_room = 1 + i % 3;
        client_run(client);
    }
    for (uint16_t seq = 1; seq <= 8; seq++) {
        CHECK_EQUAL(300, client_last(client, COMMAND_PING, seq)->length);
    }
    free(client);
}

static void test_garbage(void)
{
    struct client *client = client_open();
    uint8_t noise[700];
    uint32_t state = 1;
    for (unsigned round = 0; round < 200; round++) {
        for (unsigned i = 0; i < sizeof noise; i++) {
            state = state * 1664525 + 1013904223;
            noise[i] = (uint8_t)(state >> 24);
        }
        noise[sizeof noise - 1] = 0;
        fake_receive(&client->hal, noise, sizeof noise);
        client->ack = (uint16_t)(client->next - 1);
        CHECK_EQUAL(STATUS_OK, client_call(client, COMMAND_PING, "still there", 11));
        client->count = 0;
    }
    CHECK(client->board.counters[COUNTER_CRC_ERRORS] + client->board.counters[COUNTER_RESYNCS] > 200);
    free(client);
}

/* Frames that are not the host's, as an echo on the line would bring them, and words nobody knows. */
static void test_strange_frames(void)
{
    struct client *client = client_open();
    uint8_t bytes[64];
    uint32_t count = client_frame(client, (struct frame_header){.type = COMMAND_GROUND, .seq = 1, .flags = FLAG_REPLY},
                                  NULL, 0, bytes);
    fake_receive(&client->hal, bytes, count);
    client_send(client, 12, 0, "?", 1);
    client_send(client, EVENT_GREETING, 0, NULL, 0);
    client_run(client);
    CHECK_EQUAL(0, client->count);
    CHECK_EQUAL(1, client->link.next);
    CHECK_EQUAL(STATUS_UNSUPPORTED, client_call(client, (enum command)200, NULL, 0));
    free(client);
}

int main(void)
{
    test_duplicates();
    test_lost_replies();
    test_gaps();
    test_numbers_wrap_around();
    test_no_ack_beyond_what_was_answered();
    test_window_of_frames();
    test_credits_in_full();
    test_full_cache_waits();
    test_slow_line();
    test_garbage();
    test_strange_frames();
    return check_report("link queue");
}
