/* Little-endian numbers in byte buffers. Readers check, since what they read comes from outside;
 * writers assert, since what they write is ours. */
#ifndef MORTAL_WIRE_H
#define MORTAL_WIRE_H

#include <stdbool.h>
#include <stdint.h>

/* Reads from the front. What is not there reads as 0 and sets `failed`. */
struct reader {
    const uint8_t *bytes;
    uint32_t left;
    bool failed;
};

struct reader reader_of(const uint8_t *bytes, uint32_t count);
uint8_t read_u8(struct reader *reader);
uint16_t read_u16(struct reader *reader);
uint32_t read_u32(struct reader *reader);
float read_f32(struct reader *reader);
double read_f64(struct reader *reader);
/* Whether everything was there and nothing is left over. */
bool reader_at_end(const struct reader *reader);

/* Writes at the end. */
struct writer {
    uint8_t *bytes;
    uint32_t capacity;
    uint32_t count;
};

struct writer writer_to(uint8_t *bytes, uint32_t capacity);
void write_u8(struct writer *writer, uint8_t value);
void write_u16(struct writer *writer, uint16_t value);
void write_u32(struct writer *writer, uint32_t value);
void write_u64(struct writer *writer, uint64_t value);
void write_f32(struct writer *writer, float value);
void write_f64(struct writer *writer, double value);
void write_bytes(struct writer *writer, const void *bytes, uint32_t count);

#endif
