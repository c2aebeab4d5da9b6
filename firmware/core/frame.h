/* Frames before and after byte stuffing: header, payload and the CRC that belongs to a command list and a session. */
#ifndef MORTAL_FRAME_H
#define MORTAL_FRAME_H

#include "cobs.h"

enum {
    FRAME_VERSION = 1,
    FRAME_HEADER_BYTES = 7,
    FRAME_CRC_BYTES = 4,
    FRAME_FIRST_SESSION_TYPE = 8, /* types below it are understood without a session */
    FRAME_FIRST_COMMAND = 16,
    FLAG_REPLY = 1,
    FLAG_FAULT = 2
};

/* What a frame says, but for the payload. */
struct frame_header {
    uint8_t type;
    uint16_t seq;
    uint16_t ack;
    uint8_t flags;
};

/* A frame that was received; the payload lies in the bytes that it was parsed from. */
struct frame {
    struct frame_header header;
    const uint8_t *payload;
    uint32_t length;
};

/* The CRC that frames of a session begin with; `key` is the session's number XOR the board's nonce. */
uint32_t frame_seed(uint32_t schema, uint32_t key);

/* How a decoded body reads as a frame. */
enum frame_verdict { FRAME_GOOD, FRAME_MALFORMED, FRAME_WRONG_CRC };

enum frame_verdict frame_parse(struct frame *frame, const uint8_t *bytes, uint32_t count, uint32_t session_seed);

/* Writes a frame piece by piece into a buffer of COBS_ENCODED_MAX(header, payload and CRC). */
struct frame_writer {
    struct cobs_encoder encoder;
    uint32_t crc;
};

void frame_begin(struct frame_writer *writer, uint8_t *bytes, struct frame_header header, uint32_t session_seed);
void frame_put(struct frame_writer *writer, const uint8_t *bytes, uint32_t count);
/* Answers the length of the whole frame. */
uint32_t frame_end(struct frame_writer *writer);

#endif
