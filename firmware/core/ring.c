#include <assert.h>
#include <string.h>

#include "link_parts.h"

struct ring ring_of(uint8_t *bytes, uint32_t capacity)
{
    return (struct ring){.bytes = bytes, .capacity = capacity};
}

uint32_t ring_room(const struct ring *ring)
{
    return ring->capacity - ring->count;
}

uint32_t ring_piece(const struct ring *ring, uint32_t at, uint32_t count)
{
    uint32_t straight = ring->capacity - at;
    return count < straight ? count : straight;
}

uint32_t ring_put(struct ring *ring, const uint8_t *bytes, uint32_t count)
{
    assert(count <= ring_room(ring));
    uint32_t at = (ring->start + ring->count) % ring->capacity;
    uint32_t piece = ring_piece(ring, at, count);
    memcpy(ring->bytes + at, bytes, piece);
    memcpy(ring->bytes, bytes + piece, count - piece);
    ring->count += count;
    return at;
}

void ring_drop(struct ring *ring, uint32_t count)
{
    assert(count <= ring->count);
    ring->start = (ring->start + count) % ring->capacity;
    ring->count -= count;
}
