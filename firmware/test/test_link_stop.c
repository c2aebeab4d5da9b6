/* RESUME against STOP: only a RESUME sent after the last STOP ends it, however the two arrive. */
#include "client.h"

static int call_part(struct client *client, uint8_t part)
{
    struct writer writer = client_pulse(client, part, 1000, 0);
    client_step(&writer, 0, 1);
    return client_call(client, COMMAND_PULSE, writer.bytes, writer.count);
}

static struct client *client_stopped(void)
{
    struct client *client = client_open();
    client_stop(client);
    client_run(client);
    client_forget(client);
    return client;
}

/* Sends RESUME, and STOP in the middle of the frame behind it; answers the number of the RESUME. */
static uint16_t send_resume_and_torn_stop(struct client *client)
{
    uint16_t resume = client_command(client, COMMAND_RESUME, NULL, 0);
    fake_receive(&client->hal, (const uint8_t[]){0x20, 1, 2, 3}, 4);
    client_stop(client);
    return resume;
}

/* No frame of the second STOP arrives whole: the bytes alone must count, also while a stop is on. */
static void test_torn_stop_behind_resume(void)
{
    struct client *client = client_stopped();
    uint16_t resume = send_resume_and_torn_stop(client);
    client_run(client);
    CHECK_EQUAL(STATUS_STOPPED, client_status(client, COMMAND_RESUME, resume));
    CHECK_EQUAL(1, client_came(client, EVENT_STOPPED, 0));
    CHECK_EQUAL(STATUS_STOPPED, call_part(client, 3));
    CHECK_EQUAL(STATUS_OK, client_call(client, COMMAND_RESUME, NULL, 0));
    CHECK_EQUAL(STATUS_OK, call_part(client, 3));
    free(client);
}

/* The port has recognised STOP, but its bytes lie further behind RESUME than the board takes in one round. */
static void test_stop_far_behind_resume(void)
{
    static const uint8_t garbage[5000] = {1};
    struct client *client = client_stopped();
    uint16_t resume = client_command(client, COMMAND_RESUME, NULL, 0);
    fake_receive(&client->hal, garbage, sizeof garbage);
    client_stop(client);
    client_run(client);
    CHECK_EQUAL(STATUS_STOPPED, client_status(client, COMMAND_RESUME, resume));
    CHECK_EQUAL(STATUS_STOPPED, call_part(client, 3));
    free(client);
}

/* A host may watch a stopped board for long: more commands than a number of 16 bits can tell apart. */
static void test_resume_after_many_commands(void)
{
    struct client *client = client_stopped();
    for (unsigned i = 0; i < 33000; i++) {
        client_call(client, COMMAND_PING, NULL, 0);
        client_forget(client);
    }
    CHECK_EQUAL(STATUS_OK, client_call(client, COMMAND_RESUME, NULL, 0));
    CHECK_EQUAL(STATUS_OK, call_part(client, 3));
    free(client);
}

int main(void)
{
    test_torn_stop_behind_resume();
    test_stop_far_behind_resume();
    test_resume_after_many_commands();
    return check_report("link stop");
}
