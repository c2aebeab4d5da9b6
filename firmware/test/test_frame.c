/* The codec, the STOP matcher and the schema hash against the golden vectors. */
#include "../core/crc32c.h"
#include "../core/frame.h"
#include "../core/link.h"
#include "../core/schema.h"
#include "../core/stop.h"
#include "../core/wire.h"
#include "vectors.h"

enum { ROOM = 8192 };

static struct vectors vectors;
static uint8_t input[ROOM];
static uint8_t expected[ROOM];
static uint8_t output[ROOM];

static void test_crc32c(void)
{
    vectors_open(&vectors, "crc32c.txt");
    while (vectors_next(&vectors)) {
        uint32_t count = vector_bytes(vectors.words[1], input, ROOM);
        uint32_t crc = vector_number(vectors.words[3], 16);
        CHECK_EQUAL(crc, crc32c(input, count, 0));
        CHECK_EQUAL(crc, crc32c(input + count / 3, count - count / 3, crc32c(input, count / 3, 0)));
    }
}

/* Feeds bytes and answers how the last event but COBS_MORE went. */
static enum cobs_event decode(struct cobs_decoder *decoder, const uint8_t *bytes, uint32_t count)
{
    enum cobs_event last = COBS_MORE;
    for (uint32_t i = 0; i < count; i++) {
        enum cobs_event event = cobs_feed(decoder, bytes[i]);
        last = event == COBS_MORE ? last : event;
    }
    return last;
}

static void test_cobs(void)
{
    struct cobs_decoder decoder = {.bytes = output, .capacity = ROOM};
    vectors_open(&vectors, "cobs.txt");
    while (vectors_next(&vectors)) {
        uint32_t plain = vector_bytes(vectors.words[1], input, ROOM);
        uint32_t stuffed = vector_bytes(vectors.words[3], expected, ROOM - 1);
        expected[stuffed++] = 0;

        struct cobs_encoder encoder;
        cobs_begin(&encoder, output);
        cobs_put(&encoder, input, plain / 2);
        cobs_put(&encoder, input + plain / 2, plain - plain / 2);
        CHECK_EQUAL(stuffed, cobs_end(&encoder));
        CHECK_BYTES(expected, output, stuffed);
        CHECK(stuffed <= COBS_ENCODED_MAX(plain));

        CHECK_EQUAL(COBS_FRAME, decode(&decoder, expected, stuffed));
        CHECK_EQUAL(plain, decoder.count);
        CHECK_BYTES(input, output, plain);
    }
}

static void test_cobs_refused(void)
{
    struct cobs_decoder decoder = {.bytes = output, .capacity = ROOM};
    const uint8_t good[] = {0x02, 0x11, 0x00};
    vectors_open(&vectors, "cobs_refused.txt");
    while (vectors_next(&vectors)) {
        uint32_t count = vector_bytes(vectors.words[1], input, ROOM);
        input[count++] = 0;
        CHECK_EQUAL(COBS_DROPPED, decode(&decoder, input, count));
        CHECK_EQUAL(COBS_FRAME, decode(&decoder, good, sizeof good));
    }
}

static void test_cobs_capacity(void)
{
    struct cobs_decoder decoder = {.bytes = output, .capacity = 4};
    const uint8_t five[] = {0x06, 1, 2, 3, 4, 5, 0};
    const uint8_t four[] = {0x05, 1, 2, 3, 4, 0};
    const uint8_t zeros[] = {0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0};
    const uint8_t empty[] = {0, 0, 0};
    CHECK_EQUAL(COBS_DROPPED, decode(&decoder, five, sizeof five));
    CHECK_EQUAL(COBS_FRAME, decode(&decoder, four, sizeof four));
    CHECK_EQUAL(COBS_DROPPED, decode(&decoder, zeros, sizeof zeros));
    CHECK_EQUAL(COBS_MORE, decode(&decoder, empty, sizeof empty));
}

static void test_frames(void)
{
    vectors_open(&vectors, "frames.txt");
    while (vectors_next(&vectors)) {
        uint32_t seed = frame_seed(vector_number(vectors.words[1], 16), vector_number(vectors.words[2], 16));
        struct frame_header header = {.type = (uint8_t)vector_number(vectors.words[3], 10),
                                      .seq = (uint16_t)vector_number(vectors.words[4], 10),
                                      .ack = (uint16_t)vector_number(vectors.words[5], 10),
                                      .flags = (uint8_t)vector_number(vectors.words[6], 10)};
        uint32_t length = vector_bytes(vectors.words[7], input, ROOM);
        uint32_t whole = vector_bytes(vectors.words[9], expected, ROOM);

        struct frame_writer writer;
        frame_begin(&writer, output, header, seed);
        frame_put(&writer, input, length);
        CHECK_EQUAL(whole, frame_end(&writer));
        CHECK_BYTES(expected, output, whole);

        struct frame frame;
        struct cobs_decoder decoder = {.bytes = output, .capacity = ROOM};
        CHECK_EQUAL(COBS_FRAME, decode(&decoder, expected, whole));
        CHECK_EQUAL(FRAME_GOOD, frame_parse(&frame, decoder.bytes, decoder.count, seed));
        CHECK_EQUAL(header.type, frame.header.type);
        CHECK_EQUAL(header.seq, frame.header.seq);
        CHECK_EQUAL(header.ack, frame.header.ack);
        CHECK_EQUAL(header.flags, frame.header.flags);
        CHECK_EQUAL(length, frame.length);
        CHECK_BYTES(input, frame.payload, length);
    }
}

static void test_frames_refused(void)
{
    vectors_open(&vectors, "frames_refused.txt");
    while (vectors_next(&vectors)) {
        uint32_t seed = frame_seed(vector_number(vectors.words[1], 16), vector_number(vectors.words[2], 16));
        uint32_t count = vector_bytes(vectors.words[3], input, ROOM);
        struct cobs_decoder decoder = {.bytes = output, .capacity = LINK_BODY_MAX};
        struct frame frame;
        unsigned good = 0;
        for (uint32_t i = 0; i < count; i++) {
            good += cobs_feed(&decoder, input[i]) == COBS_FRAME &&
                    frame_parse(&frame, decoder.bytes, decoder.count, seed) == FRAME_GOOD;
        }
        if (!CHECK_EQUAL(0, good)) {
            fprintf(stderr, "    in %s\n", vectors.words[0]);
        }
    }
}

static void test_stop(void)
{
    vectors_open(&vectors, "stop.txt");
    while (vectors_next(&vectors)) {
        uint32_t count = vector_bytes(vectors.words[1], input, ROOM);
        struct stop_matcher matcher = {0};
        unsigned stops = 0;
        for (uint32_t i = 0; i < count; i++) {
            stops += stop_feed(&matcher, input[i]);
        }
        if (!CHECK_EQUAL(vector_number(vectors.words[3], 10), stops)) {
            fprintf(stderr, "    in %s\n", vectors.words[0]);
        }
    }
}

static void test_schema(void)
{
    vectors_open(&vectors, "schema.txt");
    while (vectors_next(&vectors)) {
        if (strcmp(vectors.words[0], "hash") == 0) {
            CHECK_EQUAL(vector_number(vectors.words[1], 16), schema_hash());
        }
    }
}

static void test_wire(void)
{
    const uint8_t bytes[] = {0x01, 0x03, 0x02, 0x07, 0x06, 0x05, 0x04, 0, 0, 0x80, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0xc0};
    struct reader reader = reader_of(bytes, sizeof bytes);
    CHECK_EQUAL(0x01, read_u8(&reader));
    CHECK_EQUAL(0x0203, read_u16(&reader));
    CHECK_EQUAL(0x04050607, read_u32(&reader));
    CHECK_NEAR(1.0, (double)read_f32(&reader), 0);
    CHECK(!reader_at_end(&reader));
    CHECK_NEAR(-2.0, read_f64(&reader), 0);
    CHECK(reader_at_end(&reader));
    CHECK_EQUAL(0, read_u8(&reader));
    CHECK(reader.failed && !reader_at_end(&reader));

    struct writer writer = writer_to(output, sizeof bytes);
    write_u8(&writer, 0x01);
    write_u16(&writer, 0x0203);
    write_u32(&writer, 0x04050607);
    write_f32(&writer, 1.0f);
    write_f64(&writer, -2.0);
    CHECK_EQUAL(sizeof bytes, writer.count);
    CHECK_BYTES(bytes, output, sizeof bytes);
}

int main(void)
{
    test_crc32c();
    test_cobs();
    test_cobs_refused();
    test_cobs_capacity();
    test_frames();
    test_frames_refused();
    test_stop();
    test_schema();
    test_wire();
    return check_report("frame");
}
