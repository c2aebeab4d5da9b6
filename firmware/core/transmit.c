#include <string.h>

#include "link_parts.h"
#include "wire.h"

static void begin(struct link *link, struct frame_writer *writer, struct frame_header header)
{
    header.ack = (uint16_t)(link->next - 1);
    frame_begin(writer, link->sent, header, link->session_seed);
}

static void end(struct link *link, struct frame_writer *writer)
{
    link->sent_at = 0;
    link->sent_count = frame_end(writer);
    link->board->counters[COUNTER_FRAMES_OUT]++;
}

static void put_event(struct link *link, enum event event, const uint8_t *payload, uint32_t count)
{
    struct frame_writer writer;
    begin(link, &writer, (struct frame_header){.type = (uint8_t)event});
    frame_put(&writer, payload, count);
    end(link, &writer);
}

static void put_greeting(struct link *link)
{
    uint8_t payload[GREETING_BYTES];
    greeting_write(link->board, link->session, link->next, payload);
    payload[GREETING_STOPPED_AT] = link->stopped;
    put_event(link, EVENT_GREETING, payload, sizeof payload);
}

static void put_stopped(struct link *link)
{
    uint8_t payload[8];
    struct writer writer = writer_to(payload, sizeof payload);
    write_u32(&writer, link->session);
    write_u16(&writer, link->stopped_seq);
    write_u16(&writer, 0);
    put_event(link, EVENT_STOPPED, payload, writer.count);
}

static void put_expected(struct link *link)
{
    uint8_t payload[2];
    struct writer writer = writer_to(payload, sizeof payload);
    write_u16(&writer, link->next);
    put_event(link, EVENT_EXPECTED, payload, writer.count);
}

static void put_progress(struct link *link)
{
    uint8_t payload[12];
    struct writer writer = writer_to(payload, sizeof payload);
    write_u16(&writer, link->current);
    write_u16(&writer, 0);
    write_u32(&writer, link->progress_done);
    write_u32(&writer, link->progress_total);
    put_event(link, EVENT_PROGRESS, payload, writer.count);
}

static void put_reply(struct link *link, uint16_t seq)
{
    const struct link_entry *entry = link_entry(link, seq);
    const struct ring *replies = &link->replies;
    uint32_t piece = ring_piece(replies, entry->at, entry->length);
    struct frame_writer writer;
    begin(link, &writer, (struct frame_header){.type = entry->type, .seq = seq, .flags = entry->flags});
    frame_put(&writer, replies->bytes + entry->at, piece);
    frame_put(&writer, replies->bytes, entry->length - piece);
    end(link, &writer);
}

/* Takes a flag down; answers whether it was up. */
static bool take(bool *due)
{
    bool was = *due;
    *due = false;
    return was;
}

static bool put_due_reply(struct link *link)
{
    for (uint16_t seq = link->oldest; seq != link->current; seq++) {
        if (take(&link_entry(link, seq)->due)) {
            put_reply(link, seq);
            return true;
        }
    }
    return false;
}

static bool put_log(struct link *link)
{
    if (link->log_bytes == 0 || link->session == 0) {
        return false;
    }
    put_event(link, EVENT_LOG, link->log, link->log_bytes);
    link->log_bytes = 0;
    return true;
}

/* Makes the most urgent frame that is due. */
static bool put_next(struct link *link)
{
    if (take(&link->stopped_due)) {
        put_stopped(link);
    } else if (take(&link->greeting_due)) {
        put_greeting(link);
    } else if (take(&link->expected_due)) {
        put_expected(link);
    } else if (put_due_reply(link)) {
        return true;
    } else if (take(&link->progress_due)) {
        put_progress(link);
    } else {
        return put_log(link);
    }
    return true;
}

bool link_transmit(struct link *link)
{
    while (link->sent_at < link->sent_count || put_next(link)) {
        link->sent_at += hal_transmit(link->hal, link->sent + link->sent_at, link->sent_count - link->sent_at);
        if (link->sent_at < link->sent_count) {
            return false;
        }
    }
    return true;
}

void link_log(struct link *link, enum level level, const char *text)
{
    if (link->log_bytes > 0) {
        return;
    }
    size_t length = strlen(text);
    length = length < LINK_LOG_BYTES - 1 ? length : LINK_LOG_BYTES - 1;
    link->log[0] = (uint8_t)level;
    memcpy(link->log + 1, text, length);
    link->log_bytes = (uint32_t)length + 1;
}
