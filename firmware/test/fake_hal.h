/* A port for tests: virtual time, a plain array whose cells count their pulses, and bytes in memory. It asserts what
 * a port may rely on: nothing outside the limits, nothing while stopped, no cell given more than max_pulses in one
 * train. */
#ifndef MORTAL_FAKE_HAL_H
#define MORTAL_FAKE_HAL_H

#include "../core/hal.h"
#include "../core/stop.h"

enum {
    FAKE_CELLS = 1024,
    FAKE_IN_BYTES = 1 << 16,
    FAKE_OUT_BYTES = 1 << 16,
    FAKE_LATER = 8,
    FAKE_LATER_BYTES = 64,
    FAKE_SETTINGS_BYTES = 256,
    FAKE_LEVELS = 250
};

struct fake_cell {
    int32_t level;        /* 0..FAKE_LEVELS: how far up its conductance is */
    uint32_t set;         /* pulses of each sort since the start */
    uint32_t reset;
    uint32_t train_pulses; /* of the train that `train` counts */
    uint32_t train;
};

/* Bytes that come at a certain time. */
struct fake_later {
    uint64_t micros;
    uint32_t count; /* 0: none */
    uint8_t bytes[FAKE_LATER_BYTES];
};

struct hal {
    struct description description;
    enum cause cause;
    uint32_t nonce;
    uint32_t restarts;
    double micros;
    double read_micros; /* that one vector takes */

    bool stopped;
    bool grounded;
    uint64_t grounded_micros; /* when the lines were last connected to ground */
    bool train_open;
    struct train_shape train;
    uint32_t trains;
    uint32_t reads;           /* calls of hal_read */
    uint32_t pulses;          /* given since the start */
    uint32_t fail_after;      /* calls of hal_read, hal_train_* and hal_pulse that still work */
    enum status failure;      /* what they say then; STATUS_OK: they go on working */
    struct fake_cell cells[FAKE_CELLS];

    struct stop_matcher matcher;
    uint32_t in_at;
    uint32_t in_count;
    uint32_t out_count;
    uint32_t out_room; /* bytes that hal_transmit still takes */
    struct fake_later later[FAKE_LATER];
    uint32_t settings_bytes; /* 0: nothing stored */

    /* Buffers, whose old contents nobody reads. */
    uint8_t settings[FAKE_SETTINGS_BYTES];
    uint8_t in[FAKE_IN_BYTES];
    uint8_t out[FAKE_OUT_BYTES];
};

/* A board of 2 differential arrays of 16 x 16 at time 0; all may be changed before the core is started. */
void fake_hal_init(struct hal *hal);
/* Bytes from the host, as the receive interrupt gets them; answers how many there was room for. */
uint32_t fake_receive(struct hal *hal, const uint8_t *bytes, uint32_t count);
/* At most FAKE_LATER_BYTES from the host when virtual time has come to `micros`. */
void fake_receive_later(struct hal *hal, uint64_t micros, const uint8_t *bytes, uint32_t count);
void fake_advance(struct hal *hal, double micros);
struct fake_cell *fake_cell(struct hal *hal, uint16_t array, uint16_t row, uint16_t column);
/* Conductance of a cell in siemens. */
double fake_siemens(struct hal *hal, uint16_t array, uint16_t row, uint16_t column);

#endif
