/* Any bytes to the decoder, the frame parser and the STOP matcher. What they take is taken again when it is written
 * anew; what is written from any bytes is taken back as it was. Linked with libFuzzer, or with standalone.c. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "../core/frame.h"
#include "../core/stop.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROOM = 4096, STOP_BYTES = 13 };

/* Decodes one frame that ends with the last byte given. */
static void decode_whole(struct cobs_decoder *decoder, const uint8_t *bytes, uint32_t count)
{
    for (uint32_t i = 0; i + 1 < count; i++) {
        assert(bytes[i] != 0 && cobs_feed(decoder, bytes[i]) == COBS_MORE);
    }
    assert(cobs_feed(decoder, bytes[count - 1]) == COBS_FRAME);
}

/* Writes a frame and takes it back. */
static void round_trip(struct frame_header header, const uint8_t *payload, uint32_t count, uint32_t seed)
{
    static uint8_t encoded[COBS_ENCODED_MAX(ROOM)];
    static uint8_t body[ROOM];
    struct frame_writer writer;
    frame_begin(&writer, encoded, header, seed);
    frame_put(&writer, payload, count);
    uint32_t length = frame_end(&writer);
    assert(length <= COBS_ENCODED_MAX(count + FRAME_HEADER_BYTES + FRAME_CRC_BYTES));

    struct cobs_decoder decoder = {.bytes = body, .capacity = ROOM};
    struct frame frame;
    decode_whole(&decoder, encoded, length);
    assert(frame_parse(&frame, body, decoder.count, seed) == FRAME_GOOD);
    assert(frame.header.type == header.type && frame.header.seq == header.seq && frame.header.ack == header.ack);
    assert(frame.header.flags == header.flags && frame.length == count);
    assert(memcmp(frame.payload, payload, count) == 0);
}

/* Feeds a stream to a decoder whose buffer has just `capacity` bytes. */
static void decode_stream(const uint8_t *data, uint32_t size, uint32_t capacity, uint32_t seed)
{
    struct cobs_decoder decoder = {.bytes = malloc(capacity), .capacity = capacity};
    for (uint32_t i = 0; i < size; i++) {
        enum cobs_event event = cobs_feed(&decoder, data[i]);
        assert(event == COBS_MORE || data[i] == 0);
        assert(decoder.count <= capacity);
        struct frame frame;
        if (event == COBS_FRAME && frame_parse(&frame, decoder.bytes, decoder.count, seed) == FRAME_GOOD) {
            round_trip(frame.header, frame.payload, frame.length, seed);
        }
    }
    free(decoder.bytes);
}

static void match_stops(const uint8_t *data, uint32_t size)
{
    static const uint8_t stop[STOP_BYTES] = {3, 1, 3, 1, 1, 1, 1, 5, 0x02, 0x33, 0xb1, 0x0f, 0};
    struct stop_matcher matcher = {0};
    for (uint32_t i = 0; i < size; i++) {
        bool ends_here = i + 1 >= STOP_BYTES && memcmp(data + i + 1 - STOP_BYTES, stop, STOP_BYTES) == 0;
        assert(stop_feed(&matcher, data[i]) == ends_here);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 8 || size > ROOM - 16) {
        return 0;
    }
    /* The first 8 bytes choose header and buffer; a seed of all sessions so that good frames can be found. */
    uint32_t count = (uint32_t)size - 8;
    struct frame_header header = {.type = data[0],
                                  .seq = (uint16_t)(data[1] | data[2] << 8),
                                  .ack = (uint16_t)(data[3] | data[4] << 8),
                                  .flags = data[5]};
    uint32_t seed = frame_seed(data[6], 1);
    round_trip(header, data + 8, count, seed);
    decode_stream(data + 8, count, 1u + data[7], seed);
    match_stops(data + 8, count);
    return 0;
}
