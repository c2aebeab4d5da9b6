#include "link_parts.h"
#include "wire.h"

/* One call takes at most so many bytes, however fast they come. */
enum { BYTES_AT_ONCE = 4096 };

static void forget_acknowledged(struct link *link, uint16_t ack)
{
    uint16_t count = (uint16_t)(ack - link->oldest + 1);
    if (count > (uint16_t)(link->current - link->oldest)) {
        return;
    }
    for (; count > 0; count--) {
        struct link_entry *entry = link_entry(link, link->oldest);
        ring_drop(&link->replies, entry->length);
        entry->due = false;
        link->oldest++;
    }
}

/* A command that had come before: never carried out again; its reply is sent again if it is still there. */
static void take_repeat(struct link *link, uint16_t seq)
{
    link->board->counters[COUNTER_REPEATS]++;
    if ((uint16_t)(seq - link->oldest) < (uint16_t)(link->current - link->oldest)) {
        link_entry(link, seq)->due = true;
    }
}

static void take_too_early(struct link *link)
{
    if (!link->gap) {
        link->gap = true;
        link->expected_due = true;
        link->board->counters[COUNTER_GAPS]++;
    }
}

static void take_next(struct link *link, const struct frame *frame)
{
    bool full = (uint16_t)(link->next - link->oldest) >= LINK_WINDOW_FRAMES;
    if (full || frame->length > ring_room(&link->queue)) {
        link->board->counters[COUNTER_OVERFLOWS]++;
        return;
    }
    *link_entry(link, link->next) = (struct link_entry){.type = frame->header.type, .length = (uint16_t)frame->length};
    ring_put(&link->queue, frame->payload, frame->length);
    link->next++;
    link->gap = false;
    link->expected_due = false;
}

static void take_command(struct link *link, const struct frame *frame)
{
    int16_t ahead = (int16_t)(frame->header.seq - link->next);
    if (ahead < 0) {
        take_repeat(link, frame->header.seq);
    } else if (ahead > 0) {
        take_too_early(link);
    } else {
        take_next(link, frame);
    }
}

static void take_hello(struct link *link, const struct frame *frame)
{
    struct reader reader = reader_of(frame->payload, frame->length);
    uint32_t protocol = read_u32(&reader) & 0xFF;
    uint32_t schema = read_u32(&reader);
    uint32_t session = read_u32(&reader);
    bool known = !reader.failed && protocol == LINK_PROTOCOL && schema == link->schema && session != 0;
    if (known && session != link->session && session != link->session_before) {
        link->opening = session;
        return;
    }
    link->greeting_due = true;
}

static void take_frame(struct link *link)
{
    struct frame frame;
    enum frame_verdict verdict = frame_parse(&frame, link->decoder.bytes, link->decoder.count, link->session_seed);
    if (verdict != FRAME_GOOD) {
        link->board->counters[verdict == FRAME_WRONG_CRC ? COUNTER_CRC_ERRORS : COUNTER_RESYNCS]++;
        return;
    }
    link->board->counters[COUNTER_FRAMES_IN]++;
    link->heard_micros = hal_micros(link->hal);
    if (frame.header.type == EVENT_HELLO) {
        take_hello(link, &frame);
    } else if (frame.header.type == EVENT_STOP) {
        link_stop(link);
    } else if (frame.header.type >= FRAME_FIRST_SESSION_TYPE && link->session != 0 && frame.header.flags == 0) {
        forget_acknowledged(link, frame.header.ack);
        if (frame.header.type >= FRAME_FIRST_COMMAND) {
            take_command(link, &frame);
        }
    }
}

static void take_byte(struct link *link, uint8_t byte)
{
    /* Wherever STOP stands; the port has told of the first one only, and not what came before it. */
    if (stop_feed(&link->stop_matcher, byte)) {
        link_stop(link);
    }
    enum cobs_event event = cobs_feed(&link->decoder, byte);
    if (event == COBS_FRAME) {
        take_frame(link);
    } else if (event == COBS_DROPPED) {
        link->board->counters[COUNTER_RESYNCS]++;
    }
}

bool link_receive(struct link *link)
{
    uint32_t taken = 0;
    /* What follows the HELLO of a new session belongs to it and waits until it is open. */
    while (taken < BYTES_AT_ONCE && link->opening == 0) {
        if (link->received_at == link->received_count) {
            link->received_at = 0;
            link->received_count = hal_receive(link->hal, link->received, sizeof link->received);
            if (link->received_count == 0) {
                break;
            }
        }
        take_byte(link, link->received[link->received_at++]);
        taken++;
    }
    return taken > 0;
}
