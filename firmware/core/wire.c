#include "wire.h"

#include <assert.h>
#include <string.h>

struct reader reader_of(const uint8_t *bytes, uint32_t count)
{
    return (struct reader){bytes, count, false};
}

static uint64_t read_number(struct reader *reader, uint32_t count)
{
    if (reader->left < count) {
        reader->left = 0;
        reader->failed = true;
        return 0;
    }
    uint64_t value = 0;
    for (uint32_t i = 0; i < count; i++) {
        value |= (uint64_t)reader->bytes[i] << 8 * i;
    }
    reader->bytes += count;
    reader->left -= count;
    return value;
}

uint8_t read_u8(struct reader *reader)
{
    return (uint8_t)read_number(reader, 1);
}

uint16_t read_u16(struct reader *reader)
{
    return (uint16_t)read_number(reader, 2);
}

uint32_t read_u32(struct reader *reader)
{
    return (uint32_t)read_number(reader, 4);
}

float read_f32(struct reader *reader)
{
    uint32_t bits = read_u32(reader);
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

double read_f64(struct reader *reader)
{
    uint64_t bits = read_number(reader, 8);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

bool reader_at_end(const struct reader *reader)
{
    return !reader->failed && reader->left == 0;
}

struct writer writer_to(uint8_t *bytes, uint32_t capacity)
{
    return (struct writer){bytes, capacity, 0};
}

static void write_number(struct writer *writer, uint64_t value, uint32_t count)
{
    assert(writer->capacity - writer->count >= count);
    for (uint32_t i = 0; i < count; i++) {
        writer->bytes[writer->count++] = (uint8_t)(value >> 8 * i);
    }
}

void write_u8(struct writer *writer, uint8_t value)
{
    write_number(writer, value, 1);
}

void write_u16(struct writer *writer, uint16_t value)
{
    write_number(writer, value, 2);
}

void write_u32(struct writer *writer, uint32_t value)
{
    write_number(writer, value, 4);
}

void write_u64(struct writer *writer, uint64_t value)
{
    write_number(writer, value, 8);
}

void write_f32(struct writer *writer, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    write_u32(writer, bits);
}

void write_f64(struct writer *writer, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    write_u64(writer, bits);
}

void write_bytes(struct writer *writer, const void *bytes, uint32_t count)
{
    assert(writer->capacity - writer->count >= count);
    memcpy(writer->bytes + writer->count, bytes, count);
    writer->count += count;
}
