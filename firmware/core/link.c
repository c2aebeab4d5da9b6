#include "link.h"

#include <string.h>

#include "link_parts.h"
#include "schema.h"

enum { PROGRESS_MICROS = 50000, RESTART_MICROS = 100000 };

struct link_entry *link_entry(struct link *link, uint16_t seq)
{
    return &link->entries[seq % LINK_WINDOW_FRAMES];
}

/* Begins a session: whatever the one before has left is forgotten. The nonce changes, so that a host whose session was
 * forgotten in between notices, and nothing that it sent before can pass. */
static void open_session(struct link *link, uint32_t session)
{
    link->session_before = link->session;
    link->session = session;
    if (session != 0) {
        link->board->nonce += LINK_NONCE_STEP;
    }
    link->session_seed = frame_seed(link->schema, session ^ link->board->nonce);
    link->opening = 0;
    link->oldest = 1;
    link->current = 1;
    link->next = 1;
    link->gap = false;
    memset(link->entries, 0, sizeof link->entries);
    link->queue = ring_of(link->queue_bytes, sizeof link->queue_bytes);
    link->replies = ring_of(link->reply_bytes, sizeof link->reply_bytes);
    link->stopped_seq = 0;
    link->before_stop = 0;
    link->stopped_due = false;
    link->expected_due = false;
    link->progress_due = false;
    link->log_bytes = 0;
    link->greeting_due = true;
    board_ground(link->board);
}

void link_stop(struct link *link)
{
    link->before_stop = (uint16_t)(link->next - link->current);
    link->stopped_due = true;
    if (!link->stopped) {
        link->stopped = true;
        link->stopped_seq = link->running ? link->current : 0;
        link->board->counters[COUNTER_STOPS]++;
        board_ground(link->board);
    }
}

static void notice_stop(struct link *link)
{
    if (!link->stopped && hal_stopped(link->hal)) {
        link_stop(link);
    }
}

/* Whether a job may go on. */
static enum status verdict(const struct link *link)
{
    uint64_t now = hal_micros(link->hal);
    uint32_t max_millis = link->dispatcher.max_millis;
    if (link->stopped || link->opening != 0) {
        return STATUS_STOPPED;
    }
    if (now - link->heard_micros > link->board->settings.silence_millis * UINT64_C(1000)) {
        return STATUS_SILENT;
    }
    if (max_millis > 0 && now - link->job_micros > max_millis * UINT64_C(1000)) {
        return STATUS_LATE;
    }
    return STATUS_OK;
}

static enum status poll(void *context, uint32_t done, uint32_t total)
{
    struct link *link = context;
    link_receive(link);
    notice_stop(link);
    uint64_t now = hal_micros(link->hal);
    if (now - link->progress_micros >= PROGRESS_MICROS) {
        link->progress_micros = now;
        link->progress_due = true;
        link->progress_done = done;
        link->progress_total = total;
    }
    link_transmit(link);
    return verdict(link);
}

/* Grounds a train that waits for its next part for too long. */
static void watch_train(struct link *link)
{
    struct board *board = link->board;
    uint64_t limit = board->settings.silence_millis * UINT64_C(1000);
    if (board->train_open && hal_micros(link->hal) - link->train_micros > limit) {
        board_ground(board);
        board->counters[COUNTER_SILENCES]++;
        link_log(link, LEVEL_WARNING, "a pulse train that was left open has been grounded");
    }
}

/* What of the commands is still allowed after STOP. */
static bool allowed_when_stopped(const struct link *link, uint8_t command)
{
    switch (command) {
    case COMMAND_PING:
    case COMMAND_COUNTERS:
    case COMMAND_GROUND:
    case COMMAND_RESET:
    case COMMAND_SETTING_GET:
        return true;
    case COMMAND_RESUME:
        return link->before_stop == 0;
    default:
        return false;
    }
}

static enum status refusal(const struct link *link, uint8_t command)
{
    if (link->stopped && !allowed_when_stopped(link, command)) {
        return STATUS_STOPPED;
    }
    return dispatch_is_job(command) ? verdict(link) : STATUS_OK;
}

static struct outcome resume(struct link *link)
{
    if (link->stopped) {
        hal_clear_stop(link->hal);
        link->stopped = false;
        link->stopped_due = false;
    }
    return outcome_of(STATUS_OK);
}

static struct outcome restart(struct link *link)
{
    board_ground(link->board);
    link->restart_micros = hal_micros(link->hal) + RESTART_MICROS;
    return outcome_of(STATUS_OK);
}

static struct outcome carry_out(struct link *link, uint8_t command, struct exchange *exchange)
{
    link->dispatcher.max_millis = 0;
    if (command == COMMAND_RESUME) {
        while (link_receive(link)) { /* a STOP that has come refuses it, even if it was not taken yet */
        }
    }
    enum status refused = refusal(link, command);
    if (refused != STATUS_OK) {
        board_ground(link->board); /* a train does not go on behind a part that was refused */
        return outcome_of(refused);
    }
    bool bare = exchange->request_bytes == 0;
    if (command == COMMAND_RESUME || command == COMMAND_RESET) {
        exchange->reply_bytes = 0;
        return !bare ? outcome_of(STATUS_BAD_REQUEST) : command == COMMAND_RESUME ? resume(link) : restart(link);
    }
    return dispatch(&link->dispatcher, command, exchange);
}

static void keep_books(struct link *link, const struct outcome *outcome)
{
    uint64_t *counters = link->board->counters;
    counters[COUNTER_COMMANDS]++;
    switch (outcome->status) {
    case STATUS_OUT_OF_LIMITS:
    case STATUS_BAD_REQUEST:
    case STATUS_BAD_STATE:
    case STATUS_UNSUPPORTED:
        counters[COUNTER_REFUSALS]++;
        break;
    case STATUS_SILENT:
        counters[COUNTER_SILENCES]++;
        break;
    case STATUS_LATE:
        counters[COUNTER_LATES]++;
        break;
    default:
        break;
    }
}

/* Puts the reply into the cache, from where it is sent. */
static void answer(struct link *link, const struct outcome *outcome, const struct exchange *exchange)
{
    struct link_entry *entry = link_entry(link, link->current);
    uint32_t count = exchange->reply_bytes;
    entry->flags = FLAG_REPLY;
    if (outcome->status != STATUS_OK) {
        entry->flags = FLAG_REPLY | FLAG_FAULT;
        fault_write(outcome, exchange->reply);
        count = FAULT_BYTES;
    }
    entry->length = (uint16_t)count;
    entry->at = ring_put(&link->replies, exchange->reply, count);
    entry->due = true;
    link->current++;
    if (link->before_stop > 0) {
        link->before_stop--;
    }
}

/* Whether the cache has room for whatever the reply will be; else the command waits for the host's acknowledgements. */
static bool room_for_reply(const struct link *link, uint8_t command, const struct exchange *exchange)
{
    uint64_t bytes = dispatch_reply_bytes(command, exchange->request, exchange->request_bytes);
    if (bytes < FAULT_BYTES || bytes > LINK_PAYLOAD_MAX) {
        bytes = FAULT_BYTES;
    }
    return bytes <= ring_room(&link->replies);
}

static void run(struct link *link, uint8_t command, struct exchange *exchange)
{
    link->running = true;
    link->job_micros = hal_micros(link->hal);
    link->progress_micros = link->job_micros;
    struct outcome outcome = carry_out(link, command, exchange);
    notice_stop(link);
    link->running = false;
    link->progress_due = false;
    if (command == COMMAND_PULSE) {
        link->train_micros = hal_micros(link->hal);
    }
    keep_books(link, &outcome);
    if (link->opening == 0) {
        answer(link, &outcome, exchange);
    }
}

static bool run_next(struct link *link)
{
    if (link->current == link->next || link->opening != 0 || link->restart_micros != 0) {
        return false;
    }
    const struct link_entry *entry = link_entry(link, link->current);
    const struct ring *queue = &link->queue;
    uint32_t piece = ring_piece(queue, queue->start, entry->length);
    memcpy(link->request, queue->bytes + queue->start, piece);
    memcpy(link->request + piece, queue->bytes, entry->length - piece);
    struct exchange exchange = {.request = link->request, .request_bytes = entry->length, .reply = link->reply};
    if (!room_for_reply(link, entry->type, &exchange)) {
        return false;
    }
    ring_drop(&link->queue, entry->length);
    run(link, entry->type, &exchange);
    return true;
}

void link_init(struct link *link, struct board *board, struct hal *hal)
{
    memset(link, 0, sizeof *link);
    link->board = board;
    link->hal = hal;
    link->dispatcher.board = board;
    link->dispatcher.payload_max = LINK_PAYLOAD_MAX;
    link->decoder.bytes = link->body;
    link->decoder.capacity = sizeof link->body;
    link->schema = schema_hash();
    board_init(board, hal, poll, link);
    open_session(link, 0);
}

bool link_step(struct link *link)
{
    bool busy = link->opening != 0;
    if (busy) {
        open_session(link, link->opening);
    }
    busy |= link_receive(link);
    notice_stop(link);
    watch_train(link);
    busy |= run_next(link);
    bool all_sent = link_transmit(link);
    if (link->restart_micros != 0 && (all_sent || hal_micros(link->hal) > link->restart_micros)) {
        hal_restart(link->hal);
        link_init(link, link->board, link->hal);
    }
    return !busy;
}
