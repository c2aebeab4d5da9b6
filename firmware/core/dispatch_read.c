#include <math.h>
#include <stddef.h>

#include "dispatch.h"
#include "wire.h"

/* The request but for its samples. */
struct read_request {
    uint16_t array;
    uint8_t sense;
    uint8_t bias;
    uint8_t input;
    uint8_t output;
    uint16_t vectors;
    uint16_t lines;
    uint16_t outputs;
    float input_scale;
    float output_scale;
};

static struct read_request read_head(struct reader *reader)
{
    struct read_request request;
    request.array = read_u16(reader);
    request.sense = read_u8(reader);
    request.bias = read_u8(reader);
    request.input = read_u8(reader);
    request.output = read_u8(reader);
    request.vectors = read_u16(reader);
    request.lines = read_u16(reader);
    request.outputs = read_u16(reader);
    request.input_scale = read_f32(reader);
    request.output_scale = read_f32(reader);
    return request;
}

/* Bytes of one sample; 0 for a format that is none. */
static uint32_t sample_bytes(uint8_t format)
{
    switch (format) {
    case FORMAT_U8:
        return 1;
    case FORMAT_U16:
    case FORMAT_I16:
        return 2;
    case FORMAT_F32:
        return 4;
    default:
        return 0;
    }
}

uint64_t read_reply_bytes(const uint8_t *request, uint32_t request_bytes)
{
    struct reader reader = reader_of(request, request_bytes);
    struct read_request head = read_head(&reader);
    return reader.failed ? 0 : (uint64_t)head.vectors * head.outputs * sample_bytes(head.output);
}

static bool scales(uint8_t format, float scale)
{
    return format == FORMAT_F32 || (isfinite(scale) && scale > 0);
}

/* Whether the request is one, down to the number of its samples. */
static bool well_formed(const struct read_request *request, const struct reader *samples, uint32_t payload_max)
{
    bool formats = (request->input == FORMAT_U8 || request->input == FORMAT_U16 || request->input == FORMAT_F32) &&
                   (request->output == FORMAT_I16 || request->output == FORMAT_F32);
    bool sizes = request->vectors >= 1 && request->lines >= 1 && request->lines <= MAX_LINES &&
                 request->outputs >= 1 && request->outputs <= MAX_LINES;
    uint64_t inputs = (uint64_t)request->vectors * request->lines * sample_bytes(request->input);
    uint64_t outputs = (uint64_t)request->vectors * request->outputs * sample_bytes(request->output);
    return !samples->failed && formats && sizes && request->sense <= SENSE_MINUS && request->bias <= 1 &&
           scales(request->input, request->input_scale) && scales(request->output, request->output_scale) &&
           inputs == samples->left && outputs <= payload_max;
}

static void take_samples(struct reader *samples, const struct read_request *request, uint32_t count, float *volts)
{
    for (uint32_t i = 0; i < count; i++) {
        switch (request->input) {
        case FORMAT_U8:
            volts[i] = (float)read_u8(samples) * request->input_scale;
            break;
        case FORMAT_U16:
            volts[i] = (float)read_u16(samples) * request->input_scale;
            break;
        default:
            volts[i] = read_f32(samples);
        }
    }
}

/* The nearest code, or the last one on that side; the lowest for what is no number. */
static int16_t code_of(float amps, float scale)
{
    float code = amps / scale;
    if (code >= (float)INT16_MAX) {
        return INT16_MAX;
    }
    return code > (float)INT16_MIN ? (int16_t)(code < 0 ? code - 0.5f : code + 0.5f) : INT16_MIN;
}

static void put_samples(struct writer *reply, const struct read_request *request, uint32_t count, const float *amps)
{
    for (uint32_t i = 0; i < count; i++) {
        if (request->output == FORMAT_I16) {
            write_u16(reply, (uint16_t)code_of(amps[i], request->output_scale));
        } else {
            write_f32(reply, amps[i]);
        }
    }
}

static struct outcome read_blocks(struct dispatcher *dispatcher, const struct read_request *request,
                                  struct reader *samples, struct writer *reply)
{
    struct board *board = dispatcher->board;
    uint32_t widest = request->lines > request->outputs ? request->lines : request->outputs;
    uint32_t most = DISPATCH_BLOCK / widest;
    struct read_block block = {.array = request->array,
                               .sense = (enum sense)request->sense,
                               .lines = request->lines,
                               .outputs = request->outputs,
                               .volts = dispatcher->volts,
                               .bias_amps = request->bias ? board->bias_amps : NULL};
    struct outcome outcome = outcome_of(STATUS_OK);
    for (uint32_t done = 0; done < request->vectors && outcome.status == STATUS_OK; done += block.vectors) {
        uint32_t left = request->vectors - done;
        block.vectors = (uint16_t)(left < most ? left : most);
        board->progress_done = done;
        outcome = outcome_of(board_poll(board));
        if (outcome.status == STATUS_OK) {
            take_samples(samples, request, (uint32_t)block.vectors * block.lines, dispatcher->volts);
            outcome = board_read(board, &block, dispatcher->amps);
        }
        if (outcome.status == STATUS_OK) {
            put_samples(reply, request, (uint32_t)block.vectors * block.outputs, dispatcher->amps);
        }
    }
    return outcome;
}

struct outcome dispatch_read(struct dispatcher *dispatcher, struct exchange *exchange)
{
    struct board *board = dispatcher->board;
    struct reader reader = reader_of(exchange->request, exchange->request_bytes);
    struct read_request request = read_head(&reader);
    if (!well_formed(&request, &reader, dispatcher->payload_max)) {
        return outcome_of(STATUS_BAD_REQUEST);
    }
    if (request.bias && (board->bias_array != request.array || board->bias_outputs < request.outputs)) {
        return outcome_of(STATUS_BAD_STATE);
    }
    board->progress_total = request.vectors;
    struct writer reply = writer_to(exchange->reply, dispatcher->payload_max);
    struct outcome outcome = read_blocks(dispatcher, &request, &reader, &reply);
    exchange->reply_bytes = reply.count;
    return outcome;
}
