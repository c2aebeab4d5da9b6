#include "cobs.h"

enum { FULL_BLOCK = 255 };

static void add(struct cobs_decoder *decoder, uint8_t byte)
{
    if (decoder->count == decoder->capacity) {
        decoder->broken = true;
        return;
    }
    decoder->bytes[decoder->count++] = byte;
}

static enum cobs_event end(struct cobs_decoder *decoder)
{
    bool whole = !decoder->broken && decoder->left == 0;
    bool empty = !decoder->begun && !decoder->broken;
    decoder->begun = false;
    decoder->broken = false;
    decoder->left = 0;
    decoder->block = 0;
    return empty ? COBS_MORE : whole ? COBS_FRAME : COBS_DROPPED;
}

enum cobs_event cobs_feed(struct cobs_decoder *decoder, uint8_t byte)
{
    if (byte == 0) {
        return end(decoder);
    }
    if (decoder->broken) {
        return COBS_MORE;
    }
    if (decoder->left > 0) {
        decoder->left--;
        add(decoder, byte);
        return COBS_MORE;
    }
    if (!decoder->begun) {
        decoder->begun = true;
        decoder->count = 0;
    } else if (decoder->block != FULL_BLOCK) {
        add(decoder, 0);
    }
    decoder->block = byte;
    decoder->left = (uint8_t)(byte - 1);
    return COBS_MORE;
}

static void next_block(struct cobs_encoder *encoder)
{
    encoder->bytes[encoder->code_at] = (uint8_t)(encoder->count - encoder->code_at);
    encoder->code_at = encoder->count++;
}

void cobs_begin(struct cobs_encoder *encoder, uint8_t *bytes)
{
    *encoder = (struct cobs_encoder){.bytes = bytes, .count = 1};
}

void cobs_put(struct cobs_encoder *encoder, const uint8_t *bytes, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (encoder->count - encoder->code_at == FULL_BLOCK) {
            next_block(encoder);
        }
        if (bytes[i] == 0) {
            next_block(encoder);
        } else {
            encoder->bytes[encoder->count++] = bytes[i];
        }
    }
}

uint32_t cobs_end(struct cobs_encoder *encoder)
{
    encoder->bytes[encoder->code_at] = (uint8_t)(encoder->count - encoder->code_at);
    encoder->bytes[encoder->count++] = 0;
    return encoder->count;
}
