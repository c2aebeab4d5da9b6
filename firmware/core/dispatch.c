#include "dispatch.h"

#include <string.h>

#include "link.h"
#include "wire.h"

enum { PULSE_REPLY_BYTES = 8, CELL_OUTCOME_BYTES = 13, PROGRAM_COLUMNS_AT = 6 };

static uint32_t program_reply_bytes(const uint8_t *request, uint32_t request_bytes)
{
    if (request_bytes < PROGRAM_COLUMNS_AT + 2) {
        return 0;
    }
    struct reader reader = reader_of(request + PROGRAM_COLUMNS_AT, 2);
    return (uint32_t)CELL_OUTCOME_BYTES * read_u16(&reader);
}

uint64_t dispatch_reply_bytes(uint8_t command, const uint8_t *request, uint32_t request_bytes)
{
    switch (command) {
    case COMMAND_PING:
        return request_bytes;
    case COMMAND_READ:
        return read_reply_bytes(request, request_bytes);
    case COMMAND_PULSE:
        return PULSE_REPLY_BYTES;
    case COMMAND_PROGRAM:
        return program_reply_bytes(request, request_bytes);
    case COMMAND_COUNTERS:
        return COUNTERS_BYTES;
    case COMMAND_SETTING_GET:
        return SETTING_BYTES_MOST;
    default:
        return 0;
    }
}

bool dispatch_is_job(uint8_t command)
{
    return command == COMMAND_READ || command == COMMAND_PULSE || command == COMMAND_PROGRAM;
}

static struct outcome dispatch_ping(struct exchange *exchange)
{
    memcpy(exchange->reply, exchange->request, exchange->request_bytes);
    exchange->reply_bytes = exchange->request_bytes;
    return outcome_of(STATUS_OK);
}

static struct outcome dispatch_bias(struct dispatcher *dispatcher, const struct exchange *exchange)
{
    struct reader reader = reader_of(exchange->request, exchange->request_bytes);
    uint16_t array = read_u16(&reader);
    uint16_t outputs = read_u16(&reader);
    if (outputs > MAX_LINES) {
        return outcome_of(STATUS_BAD_REQUEST);
    }
    for (uint16_t j = 0; j < outputs; j++) {
        dispatcher->amps[j] = read_f32(&reader);
    }
    if (!reader_at_end(&reader)) {
        return outcome_of(STATUS_BAD_REQUEST);
    }
    return board_set_bias(dispatcher->board, array, outputs, dispatcher->amps);
}

static void write_cell_outcomes(const struct dispatcher *dispatcher, uint16_t columns, struct exchange *exchange)
{
    struct writer writer = writer_to(exchange->reply, dispatcher->payload_max);
    for (uint16_t j = 0; j < columns; j++) {
        write_f32(&writer, dispatcher->outcomes[j].siemens);
        write_u32(&writer, dispatcher->outcomes[j].pulses);
        write_u32(&writer, dispatcher->outcomes[j].resets);
        write_u8(&writer, dispatcher->outcomes[j].success);
    }
    exchange->reply_bytes = writer.count;
}

static struct outcome dispatch_program(struct dispatcher *dispatcher, struct exchange *exchange)
{
    struct reader reader = reader_of(exchange->request, exchange->request_bytes);
    struct program_request program = {.targets_siemens = dispatcher->targets};
    program.array = read_u16(&reader);
    program.row = read_u16(&reader);
    program.column = read_u16(&reader);
    program.columns = read_u16(&reader);
    program.max_passes = read_u16(&reader);
    program.reads = read_u16(&reader);
    uint32_t max_millis = read_u32(&reader);
    program.tolerance_siemens = read_f64(&reader);
    uint32_t reply_bytes = (uint32_t)CELL_OUTCOME_BYTES * program.columns;
    if (program.columns > MAX_LINES || reply_bytes > dispatcher->payload_max || max_millis == 0) {
        return outcome_of(STATUS_BAD_REQUEST);
    }
    for (uint16_t j = 0; j < program.columns; j++) {
        dispatcher->targets[j] = read_f32(&reader);
    }
    if (!reader_at_end(&reader)) {
        return outcome_of(STATUS_BAD_REQUEST);
    }
    dispatcher->max_millis = max_millis;
    struct outcome outcome = board_program(dispatcher->board, &program, dispatcher->outcomes);
    if (outcome.status == STATUS_OK) {
        write_cell_outcomes(dispatcher, program.columns, exchange);
    }
    return outcome;
}

static struct outcome dispatch_setting_get(const struct dispatcher *dispatcher, struct exchange *exchange)
{
    if (exchange->request_bytes != 1) {
        return outcome_of(STATUS_BAD_REQUEST);
    }
    bool known = settings_get(&dispatcher->board->settings, exchange->request[0], exchange->reply,
                              &exchange->reply_bytes);
    return outcome_of(known ? STATUS_OK : STATUS_UNSUPPORTED);
}

static struct outcome dispatch_setting_set(const struct dispatcher *dispatcher, const struct exchange *exchange)
{
    if (exchange->request_bytes < 1) {
        return outcome_of(STATUS_BAD_REQUEST);
    }
    struct board *board = dispatcher->board;
    return outcome_of(settings_set(&board->settings, board->hal, exchange->request[0], exchange->request + 1,
                                   exchange->request_bytes - 1));
}

static struct outcome dispatch_bare(const struct dispatcher *dispatcher, uint8_t command, struct exchange *exchange)
{
    if (exchange->request_bytes != 0) {
        return outcome_of(STATUS_BAD_REQUEST);
    }
    if (command == COMMAND_COUNTERS) {
        exchange->reply_bytes = counters_write(dispatcher->board, exchange->reply);
    } else {
        board_ground(dispatcher->board);
    }
    return outcome_of(STATUS_OK);
}

static struct outcome route(struct dispatcher *dispatcher, uint8_t command, struct exchange *exchange)
{
    switch (command) {
    case COMMAND_PING:
        return dispatch_ping(exchange);
    case COMMAND_READ:
        return dispatch_read(dispatcher, exchange);
    case COMMAND_BIAS:
        return dispatch_bias(dispatcher, exchange);
    case COMMAND_PULSE:
        return dispatch_pulse(dispatcher, exchange);
    case COMMAND_PROGRAM:
        return dispatch_program(dispatcher, exchange);
    case COMMAND_COUNTERS:
    case COMMAND_GROUND:
        return dispatch_bare(dispatcher, command, exchange);
    case COMMAND_SETTING_GET:
        return dispatch_setting_get(dispatcher, exchange);
    case COMMAND_SETTING_SET:
        return dispatch_setting_set(dispatcher, exchange);
    default:
        return outcome_of(STATUS_UNSUPPORTED);
    }
}

struct outcome dispatch(struct dispatcher *dispatcher, uint8_t command, struct exchange *exchange)
{
    struct board *board = dispatcher->board;
    dispatcher->max_millis = 0;
    board->progress_done = 0;
    board->progress_total = 0;
    exchange->reply_bytes = 0;
    /* Reading and programming have no place inside a train, whose drivers are ready to pulse. */
    if (board->train_open && (command == COMMAND_READ || command == COMMAND_PROGRAM)) {
        board_ground(board);
        return outcome_of(STATUS_BAD_STATE);
    }
    return route(dispatcher, command, exchange);
}
