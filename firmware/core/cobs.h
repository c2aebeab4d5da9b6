/* Consistent overhead byte stuffing (Cheshire and Baker, 1999): bodies without zero bytes, so that 00 ends a frame. */
#ifndef MORTAL_COBS_H
#define MORTAL_COBS_H

#include <stdbool.h>
#include <stdint.h>

/* Bytes that `count` bytes take at most when encoded, with the 00 at the end. */
#define COBS_ENCODED_MAX(count) ((count) + (count) / 254 + 2)

/* Takes a stream byte by byte and finds its frames. Zero-initialised but for `bytes` and `capacity` it stands at the
 * beginning of one. */
struct cobs_decoder {
    uint8_t *bytes; /* of the frame so far */
    uint32_t capacity;
    uint32_t count;
    uint8_t block;  /* code of the block that is being read */
    uint8_t left;   /* bytes of it still to come */
    bool begun;
    bool broken;    /* too long: skips to the next 00 */
};

enum cobs_event {
    COBS_MORE,   /* nothing yet */
    COBS_FRAME,  /* bytes and count hold a frame until the next byte is fed */
    COBS_DROPPED /* what ended here was no frame */
};

enum cobs_event cobs_feed(struct cobs_decoder *decoder, uint8_t byte);

/* Writes one frame; the buffer must hold COBS_ENCODED_MAX of all that is put. */
struct cobs_encoder {
    uint8_t *bytes;
    uint32_t count;
    uint32_t code_at;
};

void cobs_begin(struct cobs_encoder *encoder, uint8_t *bytes);
void cobs_put(struct cobs_encoder *encoder, const uint8_t *bytes, uint32_t count);
/* Adds the 00; answers the frame's length. */
uint32_t cobs_end(struct cobs_encoder *encoder);

#endif
