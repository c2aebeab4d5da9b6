/* What commands do: guard, then the array, then the books. Callers are the link's dispatcher and the host library. */
#ifndef MORTAL_BOARD_H
#define MORTAL_BOARD_H

#include "hal.h"
#include "settings.h"

#define NO_CELL 0xFFFFFFFFu

/* How an operation ended, and if badly, why and what had been done before. */
struct outcome {
    enum status status;
    enum quantity quantity;
    uint16_t array;
    uint32_t cell; /* row-major; for ROW_VOLTS the row, for BIAS_AMPS the output; NO_CELL: none */
    double actual;
    double limit;
    uint32_t pulses;
    uint32_t cells;
};

/* One cell's result of closed-loop programming. */
struct cell_outcome {
    float siemens;
    uint32_t pulses;
    uint32_t resets; /* how many of them were RESET pulses */
    bool success;
};

/* Asked between the steps of a long job, which are about a millisecond apart unless one pulse is longer: STATUS_OK to
 * go on, else the reason to stop (STOPPED, SILENT, LATE). Also where the link moves its bytes. `total` 0: not known. */
typedef enum status (*poll_function)(void *context, uint32_t done, uint32_t total);

struct board {
    struct hal *hal;
    uint32_t nonce; /* the port's, and another one for each session that is opened */
    poll_function poll;
    void *poll_context;
    uint64_t polled_micros;
    uint32_t progress_done; /* what poll is told, set by whoever runs the job: pulses given, passes made */
    uint32_t progress_total;
    uint64_t counters[COUNTERS];
    struct settings settings;
    float highest_row_volts;
    bool train_open;
    struct train_shape train;
    uint16_t bias_array;
    uint16_t bias_outputs; /* 0: none stored */
    float bias_amps[MAX_LINES];
    /* Work space of closed-loop programming: one row, and the two vectors that measure it. */
    float row_volts[2 * MAX_LINES];
    float row_amps[2 * MAX_LINES];
    double sums[2 * MAX_LINES];
    float measured[MAX_LINES];
    int16_t counts[MAX_LINES];
    bool near[MAX_LINES];
};

/* Loads settings and grounds the lines. */
void board_init(struct board *board, struct hal *hal, poll_function poll, void *poll_context);

/* Sizes of an array's outputs. */
uint16_t board_outputs(const struct description *description);

/* An outcome that says no more than its status. */
struct outcome outcome_of(enum status status);

/* Asks poll if it is time; STATUS_OK to go on. */
enum status board_poll(struct board *board);

/* Whether a block may be read. */
struct outcome board_check_read(const struct board *board, const struct read_block *block);
/* Reads a block whose inputs are in volts; refuses what is out of limits or not a number. amps is vectors x outputs. */
struct outcome board_read(struct board *board, const struct read_block *block, float *amps);
struct outcome board_set_bias(struct board *board, uint16_t array, uint16_t outputs, const float *amps);

/* Whether a train of this shape may be begun. */
struct outcome board_check_train(const struct board *board, const struct train_shape *shape);
/* Whether a cell of `array` may be given so many pulses in one train; `cell` is its row-major index. */
struct outcome board_check_pulses(const struct board *board, uint16_t array, uint32_t cell, int32_t count);
/* Checks the shape and begins the train. */
struct outcome board_train_begin(struct board *board, const struct train_shape *shape);
/* One cell's pulses within the open train, checked first; adds them to `so_far`. All but OK has closed the train. */
struct outcome board_pulse(struct board *board, uint32_t cell, int32_t count, struct outcome so_far);
struct outcome board_train_end(struct board *board);

/* What PROGRAM asks for: the cells of one row from `column` on. */
struct program_request {
    uint16_t array;
    uint16_t row;
    uint16_t column;
    uint16_t columns;
    uint16_t max_passes;
    uint16_t reads;
    double tolerance_siemens;
    const float *targets_siemens; /* one for each cell */
};

/* Brings the cells to their targets (program.c); `outcomes` has one entry for each. */
struct outcome board_program(struct board *board, const struct program_request *request, struct cell_outcome *outcomes);

/* Grounds all lines and closes an open train. */
void board_ground(struct board *board);

#endif
