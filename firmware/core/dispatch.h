/* Commands: from a request's payload to the board and back to a reply's payload. */
#ifndef MORTAL_DISPATCH_H
#define MORTAL_DISPATCH_H

#include "board.h"

/* Floats of a read that are converted at once; a port may set it otherwise at compile time. */
#ifndef DISPATCH_BLOCK
#define DISPATCH_BLOCK 1024
#endif
_Static_assert(DISPATCH_BLOCK >= MAX_LINES, "one vector must fit");

struct dispatcher {
    struct board *board;
    uint32_t payload_max;
    uint32_t max_millis; /* of the command that runs; 0: no deadline */
    uint64_t train_cell; /* where the open train's next frame may begin */
    union {
        struct {
            float volts[DISPATCH_BLOCK];
            float amps[DISPATCH_BLOCK];
        };
        struct {
            float targets[MAX_LINES];
            struct cell_outcome outcomes[MAX_LINES];
        };
    };
};

/* A command's payload, and where to put its reply's. */
struct exchange {
    const uint8_t *request;
    uint32_t request_bytes;
    uint8_t *reply; /* room for payload_max bytes */
    uint32_t reply_bytes;
};

/* Bytes of the reply when the command succeeds, at most. */
uint64_t dispatch_reply_bytes(uint8_t command, const uint8_t *request, uint32_t request_bytes);
/* Whether the command drives lines, and so ends when the host falls silent. */
bool dispatch_is_job(uint8_t command);
/* Carries out a command other than RESUME and RESET, which are the link's. A reply is there where the outcome is OK. */
struct outcome dispatch(struct dispatcher *dispatcher, uint8_t command, struct exchange *exchange);

/* The commands that have a file of their own. */
struct outcome dispatch_read(struct dispatcher *dispatcher, struct exchange *exchange);
struct outcome dispatch_pulse(struct dispatcher *dispatcher, struct exchange *exchange);
/* Bytes of a READ's reply as the request asks for them. */
uint64_t read_reply_bytes(const uint8_t *request, uint32_t request_bytes);

#endif
