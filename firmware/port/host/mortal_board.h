/* What stands behind a handle of libmortal. */
#ifndef MORTAL_BOARD_INSTANCE_H
#define MORTAL_BOARD_INSTANCE_H

#include "../../core/link.h"
#include "host.h"
#include "mortal.h"

/* Floats of a block of vectors: any one vector fits many times. */
enum { MORTAL_BLOCK_FLOATS = 1 << 16 };

struct mortal_board {
    struct hal hal;
    struct board board;
    struct link link;
    mortal_exchange exchange; /* NULL: the built-in model */
    void *exchange_context;
    uint64_t deadline_micros; /* of the job that runs */
    float volts[MORTAL_BLOCK_FLOATS];
    float amps[MORTAL_BLOCK_FLOATS];
};

#endif
