#include "dispatch.h"
#include "wire.h"

enum { PART_FIRST = 1, PART_LAST = 2, GAP_ONLY = 255, COUNT_FOLLOWS = -128 };

/* The request but for its steps. */
struct pulse_request {
    uint8_t part;
    uint8_t zero;
    uint32_t max_millis;
    uint32_t cell;
    struct train_shape shape;
};

/* Goes through the steps of a frame. `next` is the cell behind the last one; it may lie far outside the array. */
struct walk {
    struct reader steps;
    uint64_t next;
    uint32_t cell;
    int32_t count;
};

static struct pulse_request read_head(struct reader *reader)
{
    struct pulse_request request;
    request.shape.array = read_u16(reader);
    request.part = read_u8(reader);
    request.zero = read_u8(reader);
    request.max_millis = read_u32(reader);
    request.shape.set_volts = read_f64(reader);
    request.shape.reset_volts = read_f64(reader);
    request.shape.seconds = read_f64(reader);
    request.cell = read_u32(reader);
    return request;
}

static struct walk walk_from(const struct pulse_request *request, struct reader steps)
{
    return (struct walk){.steps = steps, .next = request->cell};
}

/* Finds the next cell that gets pulses; false at the end, or where a step is torn (steps.failed). */
static bool walk_on(struct walk *walk)
{
    while (walk->steps.left > 0) {
        uint8_t gap = read_u8(&walk->steps);
        walk->next += gap;
        if (gap == GAP_ONLY) {
            continue;
        }
        walk->count = (int8_t)read_u8(&walk->steps);
        if (walk->count == COUNT_FOLLOWS) {
            walk->count = (int16_t)read_u16(&walk->steps);
        }
        walk->cell = walk->next < NO_CELL ? (uint32_t)walk->next : NO_CELL;
        walk->next++;
        if (walk->count != 0 && !walk->steps.failed) {
            return true;
        }
    }
    return false;
}

/* Whether both are the same train, to the last bit of what the host sent. */
static bool same_shape(const struct train_shape *a, const struct train_shape *b)
{
    return a->array == b->array && a->set_volts == b->set_volts && a->reset_volts == b->reset_volts &&
           a->seconds == b->seconds;
}

/* Whether the frame may come now: a first part where no train is open, any other within its own, cells ascending. */
static enum status check_order(const struct dispatcher *dispatcher, const struct pulse_request *request)
{
    const struct board *board = dispatcher->board;
    bool first = request->part & PART_FIRST;
    if (first == board->train_open || (!first && !same_shape(&request->shape, &board->train))) {
        return STATUS_BAD_STATE;
    }
    return first || request->cell >= dispatcher->train_cell ? STATUS_OK : STATUS_BAD_REQUEST;
}

/* Checks the whole frame, before its first pulse, and counts its pulses. */
static struct outcome check(const struct dispatcher *dispatcher, const struct pulse_request *request,
                            struct reader steps, uint32_t *total)
{
    struct walk walk = walk_from(request, steps);
    struct outcome refusal = board_check_train(dispatcher->board, &request->shape);
    *total = 0;
    while (walk_on(&walk)) {
        *total += (uint32_t)(walk.count < 0 ? -walk.count : walk.count);
        if (refusal.status == STATUS_OK) {
            refusal = board_check_pulses(dispatcher->board, request->shape.array, walk.cell, walk.count);
        }
    }
    if (walk.steps.failed || request->zero != 0 || request->part > (PART_FIRST | PART_LAST) ||
        request->max_millis == 0) {
        return outcome_of(STATUS_BAD_REQUEST);
    }
    enum status order = check_order(dispatcher, request);
    return order == STATUS_OK ? refusal : outcome_of(order);
}

static struct outcome pulse_all(struct dispatcher *dispatcher, struct walk *walk)
{
    struct board *board = dispatcher->board;
    struct outcome outcome = outcome_of(STATUS_OK);
    while (outcome.status == STATUS_OK && walk_on(walk)) {
        board->progress_done = outcome.pulses;
        outcome = board_pulse(board, walk->cell, walk->count, outcome);
    }
    return outcome;
}

static struct outcome carry_out(struct dispatcher *dispatcher, const struct pulse_request *request,
                                struct reader steps, uint32_t total)
{
    struct board *board = dispatcher->board;
    if (request->part & PART_FIRST) {
        struct outcome begun = board_train_begin(board, &request->shape);
        if (begun.status != STATUS_OK) {
            return begun;
        }
    }
    board->progress_total = total;
    struct walk walk = walk_from(request, steps);
    struct outcome outcome = pulse_all(dispatcher, &walk);
    dispatcher->train_cell = walk.next;
    if (outcome.status == STATUS_OK && request->part & PART_LAST) {
        struct outcome ended = board_train_end(board);
        ended.pulses = outcome.pulses;
        ended.cells = outcome.cells;
        return ended;
    }
    return outcome;
}

struct outcome dispatch_pulse(struct dispatcher *dispatcher, struct exchange *exchange)
{
    struct reader reader = reader_of(exchange->request, exchange->request_bytes);
    struct pulse_request request = read_head(&reader);
    uint32_t total = 0;
    struct outcome outcome = reader.failed ? outcome_of(STATUS_BAD_REQUEST)
                                           : check(dispatcher, &request, reader, &total);
    if (outcome.status != STATUS_OK) {
        board_ground(dispatcher->board);
        return outcome;
    }
    dispatcher->max_millis = request.max_millis;
    outcome = carry_out(dispatcher, &request, reader, total);
    if (outcome.status == STATUS_OK) {
        struct writer reply = writer_to(exchange->reply, dispatcher->payload_max);
        write_u32(&reply, outcome.pulses);
        write_u32(&reply, outcome.cells);
        exchange->reply_bytes = reply.count;
    }
    return outcome;
}
