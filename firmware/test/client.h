/* A host at the end of the link, over the fake port: sends frames as they should be, or wrong on purpose, and
 * keeps what came. */
#ifndef MORTAL_CLIENT_H
#define MORTAL_CLIENT_H

#include <stdlib.h>
#include <string.h>

#include "../core/link.h"
#include "../core/wire.h"
#include "check.h"
#include "fake_hal.h"

enum { CLIENT_FRAMES = 256, CLIENT_SESSION = 0x5e55103a };

struct client_frame {
    struct frame_header header;
    uint32_t length;
    uint8_t payload[LINK_PAYLOAD_MAX];
};

struct client {
    struct hal hal;
    struct board board;
    struct link link;
    uint32_t session;
    uint32_t seed;
    uint16_t next;
    uint16_t ack; /* sent with every frame */
    struct cobs_decoder decoder;
    uint8_t body[LINK_BODY_MAX];
    uint8_t request[LINK_PAYLOAD_MAX]; /* for building payloads */
    unsigned count;
    struct client_frame frames[CLIENT_FRAMES];
};

/* Takes what the board has sent. */
static inline void client_collect(struct client *client)
{
    struct frame frame;
    for (uint32_t i = 0; i < client->hal.out_count; i++) {
        if (cobs_feed(&client->decoder, client->hal.out[i]) == COBS_FRAME &&
            frame_parse(&frame, client->body, client->decoder.count, client->seed) == FRAME_GOOD) {
            struct client_frame *kept = &client->frames[client->count++ % CLIENT_FRAMES];
            kept->header = frame.header;
            kept->length = frame.length;
            memcpy(kept->payload, frame.payload, frame.length);
        }
    }
    client->hal.out_count = 0;
}

static inline void client_forget(struct client *client)
{
    client_collect(client);
    client->count = 0;
}

/* Steps until the board waits. */
static inline void client_run(struct client *client)
{
    while (!link_step(&client->link)) {
    }
    client_collect(client);
}

/* Lets virtual time pass, silently. */
static inline void client_wait(struct client *client, uint32_t millis)
{
    for (uint32_t i = 0; i < millis; i++) {
        client_run(client);
        hal_idle(&client->hal);
    }
    client_run(client);
}

/* Writes a frame of the client's session; answers its length. */
static inline uint32_t client_frame(const struct client *client, struct frame_header header, const void *payload,
                                    uint32_t count, uint8_t *bytes)
{
    struct frame_writer writer;
    frame_begin(&writer, bytes, header, client->seed);
    frame_put(&writer, payload, count);
    return frame_end(&writer);
}

static inline void client_send(struct client *client, uint8_t type, uint16_t seq, const void *payload, uint32_t count)
{
    uint8_t bytes[COBS_ENCODED_MAX(LINK_BODY_MAX)];
    uint16_t ack = type < FRAME_FIRST_SESSION_TYPE ? 0 : client->ack;
    struct frame_header header = {.type = type, .seq = seq, .ack = ack};
    fake_receive(&client->hal, bytes, client_frame(client, header, payload, count, bytes));
}

/* Sends the next command; answers its number. */
static inline uint16_t client_command(struct client *client, enum command command, const void *payload, uint32_t count)
{
    client_send(client, (uint8_t)command, client->next, payload, count);
    return client->next++;
}

static inline uint32_t client_seed(struct client *client, uint32_t session)
{
    return frame_seed(client->link.schema, session ^ client->board.nonce);
}

static inline void client_hello(struct client *client, uint32_t session)
{
    bool known = session == client->link.session || session == client->link.session_before;
    uint8_t payload[12];
    struct writer writer = writer_to(payload, sizeof payload);
    write_u32(&writer, LINK_PROTOCOL);
    write_u32(&writer, client->link.schema);
    write_u32(&writer, session);
    client_send(client, EVENT_HELLO, 0, payload, sizeof payload);
    client->session = session;
    /* What the greeting will say. */
    uint32_t nonce = client->board.nonce + (known ? 0 : LINK_NONCE_STEP);
    client->seed = frame_seed(client->link.schema, session ^ nonce);
}

static inline void client_stop(struct client *client)
{
    client_send(client, EVENT_STOP, 0, NULL, 0);
}

/* A client and a board, with nothing said yet; free it with free(). */
static inline struct client *client_new(void)
{
    struct client *client = calloc(1, sizeof *client);
    fake_hal_init(&client->hal);
    client->decoder.bytes = client->body;
    client->decoder.capacity = sizeof client->body;
    link_init(&client->link, &client->board, &client->hal);
    client->seed = client_seed(client, 0);
    client->next = 1;
    return client;
}

/* The same with a session open, and the greetings forgotten. */
static inline struct client *client_open(void)
{
    struct client *client = client_new();
    client_hello(client, CLIENT_SESSION);
    client_run(client);
    client_forget(client);
    return client;
}

/* How many frames of a type came; for commands, with that number. */
static inline unsigned client_came(const struct client *client, uint8_t type, uint16_t seq)
{
    unsigned came = 0;
    for (unsigned i = 0; i < client->count; i++) {
        const struct frame_header *header = &client->frames[i].header;
        came += header->type == type && (type < FRAME_FIRST_COMMAND || header->seq == seq);
    }
    return came;
}

/* The last frame of a type that came (of commands, with that number), or one that is empty. */
static inline const struct client_frame *client_last(const struct client *client, uint8_t type, uint16_t seq)
{
    static const struct client_frame none;
    for (unsigned i = client->count; i-- > 0;) {
        const struct frame_header *header = &client->frames[i].header;
        if (header->type == type && (type < FRAME_FIRST_COMMAND || header->seq == seq)) {
            return &client->frames[i];
        }
    }
    return &none;
}

/* How a command ended: -1 without a reply. */
static inline int client_status(const struct client *client, enum command command, uint16_t seq)
{
    const struct client_frame *frame = client_last(client, (uint8_t)command, seq);
    if (frame->header.flags & FLAG_FAULT) {
        return frame->length == FAULT_BYTES ? frame->payload[0] : -1;
    }
    return frame->header.flags & FLAG_REPLY ? STATUS_OK : -1;
}

/* Sends a command and lets the board carry it out. */
static inline int client_call(struct client *client, enum command command, const void *payload, uint32_t count)
{
    uint16_t seq = client_command(client, command, payload, count);
    client_run(client);
    client->ack = (uint16_t)(client->next - 1);
    return client_status(client, command, seq);
}

/* A writer of a payload, in client->request. */
static inline struct writer client_payload(struct client *client)
{
    return writer_to(client->request, sizeof client->request);
}

/* Sends a command with what was written. */
static inline int client_call_with(struct client *client, enum command command, const struct writer *writer)
{
    return client_call(client, command, writer->bytes, writer->count);
}

/* The payload of the reply to the last command. */
static inline struct reader client_reply(const struct client *client, enum command command)
{
    const struct client_frame *frame = client_last(client, (uint8_t)command, (uint16_t)(client->next - 1));
    return reader_of(frame->payload, frame->length);
}

/* The fault that the last command ended in. */
static inline struct outcome client_fault(const struct client *client, enum command command)
{
    struct reader reader = client_reply(client, command);
    struct outcome outcome;
    outcome.status = (enum status)read_u8(&reader);
    outcome.quantity = (enum quantity)read_u8(&reader);
    outcome.array = read_u16(&reader);
    outcome.cell = read_u32(&reader);
    outcome.actual = read_f64(&reader);
    outcome.limit = read_f64(&reader);
    outcome.pulses = read_u32(&reader);
    outcome.cells = read_u32(&reader);
    CHECK(reader_at_end(&reader));
    return outcome;
}

/* A PULSE request without its steps, in client->request: array 1, 1.1 V, 0.9 V, 1 us. */
static inline struct writer client_pulse(struct client *client, uint8_t part, uint32_t max_millis, uint32_t cell)
{
    struct writer writer = client_payload(client);
    write_u16(&writer, 1);
    write_u8(&writer, part);
    write_u8(&writer, 0);
    write_u32(&writer, max_millis);
    write_f64(&writer, 1.1);
    write_f64(&writer, 0.9);
    write_f64(&writer, 1e-6);
    write_u32(&writer, cell);
    return writer;
}

/* Adds one step whose count may be any. */
static inline void client_step(struct writer *writer, uint8_t gap, int16_t count)
{
    write_u8(writer, gap);
    if (count < -127 || count > 127) {
        write_u8(writer, 0x80);
        write_u16(writer, (uint16_t)count);
    } else {
        write_u8(writer, (uint8_t)count);
    }
}

/* SET pulses that cell 0 of array 1 has got. */
static inline uint32_t client_given(struct client *client)
{
    return fake_cell(&client->hal, 1, 0, 0)->set;
}

/* Sends PULSE: one SET pulse on cell 0 of array 1. */
static inline void client_send_pulse(struct client *client, uint16_t seq)
{
    struct writer writer = client_pulse(client, 3, 1000, 0);
    client_step(&writer, 0, 1);
    client_send(client, COMMAND_PULSE, seq, writer.bytes, writer.count);
}

static inline void client_send_ping(struct client *client, uint16_t seq)
{
    client_send(client, COMMAND_PING, seq, "x", 1);
}

static inline uint16_t client_u16_at(const struct client_frame *frame, uint32_t at)
{
    return (uint16_t)(frame->payload[at] | frame->payload[at + 1] << 8);
}

#endif
