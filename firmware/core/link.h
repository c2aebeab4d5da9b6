/* The board's end of the link (protocol/PROTOCOL.md): frames, the queue, cached replies, the dispatcher behind them. */
#ifndef MORTAL_LINK_H
#define MORTAL_LINK_H

#include "board.h"
#include "dispatch.h"
#include "frame.h"
#include "stop.h"

/* What a port may set otherwise at compile time; the greeting tells the host. */
#ifndef LINK_PAYLOAD_MAX
#define LINK_PAYLOAD_MAX 2048
#endif
#ifndef LINK_WINDOW_FRAMES
#define LINK_WINDOW_FRAMES 16
#endif
#ifndef LINK_WINDOW_BYTES
#define LINK_WINDOW_BYTES 16384
#endif
#ifndef LINK_REPLY_BYTES
#define LINK_REPLY_BYTES 16384
#endif

/* By so much the nonce changes with each session that is opened; odd, so that it takes 2^32 of them to come round. */
#define LINK_NONCE_STEP UINT32_C(0x9E3779B9)

enum {
    FIRMWARE_MAJOR = 0,
    FIRMWARE_MINOR = 1,
    FIRMWARE_PATCH = 0,
    LINK_PROTOCOL = 1,
    GREETING_BYTES = 260,
    GREETING_STOPPED_AT = 43,
    FAULT_BYTES = 32,
    COUNTERS_BYTES = 18 + 8 * COUNTERS,
    FRAME_OVERHEAD = 13,
    LINK_BODY_MAX = FRAME_HEADER_BYTES + LINK_PAYLOAD_MAX + FRAME_CRC_BYTES,
    LINK_LOG_BYTES = 80
};

_Static_assert((LINK_WINDOW_FRAMES & (LINK_WINDOW_FRAMES - 1)) == 0, "commands are found by their number");
_Static_assert(LINK_PAYLOAD_MAX >= GREETING_BYTES && LINK_PAYLOAD_MAX <= UINT16_MAX, "payload_max");
_Static_assert(LINK_WINDOW_BYTES >= LINK_PAYLOAD_MAX && LINK_REPLY_BYTES >= LINK_PAYLOAD_MAX, "one command must fit");

/* Payloads one behind the other, first in, first out. */
struct ring {
    uint8_t *bytes;
    uint32_t capacity;
    uint32_t start;
    uint32_t count;
};

/* A command from its arrival on: first its request lies in the queue, then its reply in the cache. */
struct link_entry {
    uint8_t type;
    uint8_t flags;   /* of the reply */
    bool due;        /* the reply is to be sent */
    uint16_t length; /* of the payload */
    uint32_t at;     /* where the reply begins */
};

struct link {
    struct board *board;
    struct hal *hal;
    struct dispatcher dispatcher;

    uint32_t schema;
    uint32_t session; /* 0: none */
    uint32_t session_seed;
    uint32_t session_before; /* cannot be opened again, lest a HELLO that comes late bring its numbers back */
    uint32_t opening; /* a session that a HELLO asks for, to be opened between commands; 0: none */

    /* Commands from `oldest` on have their replies cached, from `current` on they wait, `next` is expected. */
    uint16_t oldest;
    uint16_t current;
    uint16_t next;
    bool gap; /* a command is missing, and the host has been told */
    struct link_entry entries[LINK_WINDOW_FRAMES];
    struct ring queue;
    struct ring replies;

    bool running;
    uint64_t job_micros;      /* when the running command began */
    uint64_t progress_micros; /* when progress was last said */
    uint64_t heard_micros;    /* when the last valid frame came */
    uint64_t train_micros;    /* when the open train was last fed */
    uint64_t restart_micros;  /* when to restart at the latest; 0: not at all */
    bool stopped;
    uint16_t stopped_seq; /* the job that the stop ended */
    uint16_t before_stop; /* unanswered commands that came before the last STOP */
    struct stop_matcher stop_matcher;

    /* Events waiting for their turn on the line. */
    bool greeting_due;
    bool stopped_due;
    bool expected_due;
    bool progress_due;
    uint32_t progress_done;
    uint32_t progress_total;
    uint8_t log[LINK_LOG_BYTES];
    uint32_t log_bytes; /* 0: nothing to say */

    struct cobs_decoder decoder;
    uint8_t received[256];
    uint32_t received_at;
    uint32_t received_count;
    uint32_t sent_at;
    uint32_t sent_count;

    uint8_t body[LINK_BODY_MAX];
    uint8_t sent[COBS_ENCODED_MAX(LINK_BODY_MAX)];
    uint8_t request[LINK_PAYLOAD_MAX];
    uint8_t reply[LINK_PAYLOAD_MAX];
    uint8_t queue_bytes[LINK_WINDOW_BYTES];
    /* Faults can take the place of shorter replies, which the host's credits do not know. */
    uint8_t reply_bytes[LINK_REPLY_BYTES + LINK_WINDOW_FRAMES * FAULT_BYTES];
};

/* Makes the link and the board behind it ready and sends the first greeting. */
void link_init(struct link *link, struct board *board, struct hal *hal);
/* One round of the main loop: takes what came, carries out at most one command, sends what there is room for.
 * True when there is nothing left to do but wait. */
bool link_step(struct link *link);

/* The payload of a GREETING, GREETING_BYTES long. */
void greeting_write(const struct board *board, uint32_t session, uint16_t next_seq, uint8_t *bytes);
/* The payload of a fault reply, FAULT_BYTES long. */
void fault_write(const struct outcome *outcome, uint8_t *bytes);
/* The payload of a reply to COUNTERS; answers its length. */
uint32_t counters_write(struct board *board, uint8_t *bytes);

#endif
