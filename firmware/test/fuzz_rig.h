/* What the dispatcher's fuzzer knows as a host, and what it requires: lines on ground between steps, one answer to each
 * number, and answers that agree with the pulses given. */
#ifndef MORTAL_FUZZ_RIG_H
#define MORTAL_FUZZ_RIG_H

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "../core/crc32c.h"
#include "../core/link.h"
#include "../core/wire.h"
#include "fake_hal.h"

enum { ANSWERS = 256, KEPT = 8 };

/* What is known of a command of this session. */
struct answer {
    bool came;
    bool pulse;         /* asked for pulses that were counted */
    uint32_t asked;     /* pulses asked for */
    uint32_t print;     /* CRC of type, flags and payload */
};

/* A frame that was sent, to be sent again. */
struct kept {
    uint8_t bytes[400];
    uint32_t count;
};

struct rig {
    struct hal hal;
    struct board board;
    struct link link;
    struct reader script;
    uint32_t session;
    uint32_t restarts; /* that the host knows of */
    uint32_t seed;
    uint16_t next;
    uint16_t ack;
    uint16_t answered;    /* all up to this number */
    bool books_complete;  /* every answer so far was seen */
    uint64_t pulses_answered;
    struct cobs_decoder decoder;
    uint8_t body[LINK_BODY_MAX];
    struct answer answers[ANSWERS];
    struct kept kept[KEPT];
    uint32_t kept_count;
};

static struct rig rig;

/* Pulses that an answer says were given. */
static inline uint32_t pulses_of(const struct frame *frame)
{
    struct reader reader = reader_of(frame->payload, frame->length);
    if (frame->header.flags & FLAG_FAULT) {
        assert(frame->length == FAULT_BYTES);
        reader = reader_of(frame->payload + 24, 4);
        return read_u32(&reader);
    }
    if (frame->header.type == COMMAND_PULSE) {
        assert(frame->length == 8);
        return read_u32(&reader);
    }
    uint32_t pulses = 0;
    while (frame->header.type == COMMAND_PROGRAM && reader.left > 0) {
        read_f32(&reader);
        uint32_t given = read_u32(&reader);
        assert(read_u32(&reader) <= given);
        read_u8(&reader);
        assert(!reader.failed);
        pulses += given;
    }
    return pulses;
}

static inline void take_answer(const struct frame *frame)
{
    struct answer *answer = &rig.answers[frame->header.seq % ANSWERS];
    uint8_t head[2] = {frame->header.type, frame->header.flags};
    uint32_t print = crc32c(frame->payload, frame->length, crc32c(head, sizeof head, 0));
    assert(frame->header.flags & FLAG_REPLY);
    /* Two answers to one number are the same answer. */
    assert(!answer->came || (frame->header.type == COMMAND_COUNTERS || answer->print == print));
    if (!answer->came) {
        uint32_t pulses = pulses_of(frame);
        rig.pulses_answered += pulses;
        bool fault = frame->header.flags & FLAG_FAULT;
        assert(!answer->pulse || pulses == answer->asked || (fault && pulses < answer->asked));
    }
    answer->came = true;
    answer->print = print;
    while (rig.answers[(uint16_t)(rig.answered + 1) % ANSWERS].came &&
           (uint16_t)(rig.answered + 1) != (uint16_t)(rig.next)) {
        rig.answered++;
    }
}

static inline void collect(void)
{
    struct frame frame;
    for (uint32_t i = 0; i < rig.hal.out_count; i++) {
        if (cobs_feed(&rig.decoder, rig.hal.out[i]) == COBS_FRAME &&
            frame_parse(&frame, rig.body, rig.decoder.count, rig.seed) == FRAME_GOOD &&
            frame.header.type >= FRAME_FIRST_COMMAND) {
            take_answer(&frame);
        }
    }
    rig.hal.out_count = 0;
}

static inline void check_lines(void)
{
    assert(rig.hal.train_open == rig.board.train_open);
    assert(rig.hal.grounded || rig.board.train_open);
    assert(!rig.link.stopped || rig.hal.grounded);
    assert(rig.hal.restarts > 0 || rig.board.counters[COUNTER_PULSES] == rig.hal.pulses);
}

/* As a host begins that has just said HELLO. After a restart frames kept from before may still come. */
static inline void begin_session(void)
{
    uint32_t nonce = rig.board.nonce + (rig.session == rig.link.session ? 0 : LINK_NONCE_STEP);
    rig.seed = frame_seed(rig.link.schema, rig.session ^ nonce);
    rig.next = 1;
    rig.ack = 0;
    rig.answered = 0;
    memset(rig.answers, 0, sizeof rig.answers);
}

static inline bool step(void)
{
    bool idle = link_step(&rig.link);
    check_lines();
    collect();
    if (rig.hal.restarts != rig.restarts) {
        rig.restarts = rig.hal.restarts;
        rig.books_complete = false;
        begin_session();
    }
    return idle;
}

static inline void put(struct frame_header header, const uint8_t *payload, uint32_t count)
{
    static uint8_t bytes[COBS_ENCODED_MAX(LINK_BODY_MAX)];
    struct frame_writer writer;
    frame_begin(&writer, bytes, header, rig.seed);
    frame_put(&writer, payload, count);
    uint32_t length = frame_end(&writer);
    struct kept *kept = &rig.kept[rig.kept_count % KEPT];
    if (length <= sizeof kept->bytes) {
        memcpy(kept->bytes, bytes, length);
        kept->count = length;
        rig.kept_count++;
    }
    fake_receive(&rig.hal, bytes, length);
}

#endif
