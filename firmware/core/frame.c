#include "frame.h"

#include "crc32c.h"
#include "wire.h"

uint32_t frame_seed(uint32_t schema, uint32_t key)
{
    uint8_t bytes[8];
    struct writer writer = writer_to(bytes, sizeof bytes);
    write_u32(&writer, schema);
    write_u32(&writer, key);
    return crc32c(bytes, sizeof bytes, 0);
}

static uint32_t seed_of(uint8_t type, uint32_t session_seed)
{
    return type < FRAME_FIRST_SESSION_TYPE ? frame_seed(0, 0) : session_seed;
}

enum frame_verdict frame_parse(struct frame *frame, const uint8_t *bytes, uint32_t count, uint32_t session_seed)
{
    if (count < FRAME_HEADER_BYTES + FRAME_CRC_BYTES || bytes[0] != FRAME_VERSION) {
        return FRAME_MALFORMED;
    }
    uint32_t body = count - FRAME_CRC_BYTES;
    struct reader crc = reader_of(bytes + body, FRAME_CRC_BYTES);
    if (crc32c(bytes, body, seed_of(bytes[1], session_seed)) != read_u32(&crc)) {
        return FRAME_WRONG_CRC;
    }
    struct reader reader = reader_of(bytes + 1, FRAME_HEADER_BYTES - 1);
    frame->header.type = read_u8(&reader);
    frame->header.seq = read_u16(&reader);
    frame->header.ack = read_u16(&reader);
    frame->header.flags = read_u8(&reader);
    frame->payload = bytes + FRAME_HEADER_BYTES;
    frame->length = body - FRAME_HEADER_BYTES;
    return FRAME_GOOD;
}

void frame_begin(struct frame_writer *writer, uint8_t *bytes, struct frame_header header, uint32_t session_seed)
{
    uint8_t head[FRAME_HEADER_BYTES];
    struct writer fields = writer_to(head, sizeof head);
    write_u8(&fields, FRAME_VERSION);
    write_u8(&fields, header.type);
    write_u16(&fields, header.seq);
    write_u16(&fields, header.ack);
    write_u8(&fields, header.flags);
    cobs_begin(&writer->encoder, bytes);
    writer->crc = seed_of(header.type, session_seed);
    frame_put(writer, head, sizeof head);
}

void frame_put(struct frame_writer *writer, const uint8_t *bytes, uint32_t count)
{
    writer->crc = crc32c(bytes, count, writer->crc);
    cobs_put(&writer->encoder, bytes, count);
}

uint32_t frame_end(struct frame_writer *writer)
{
    uint8_t crc[FRAME_CRC_BYTES];
    struct writer field = writer_to(crc, sizeof crc);
    write_u32(&field, writer->crc);
    cobs_put(&writer->encoder, crc, sizeof crc);
    return cobs_end(&writer->encoder);
}
