/* libmortal: the firmware's board as a library, without the wire. A narrow C ABI; structures cross it as the wire's
 * byte layouts (protocol/PROTOCOL.md), so there is nothing to keep in step but those. One thread at a time for each
 * board; only mortal_stop may come from any, and mortal_link_receive and mortal_link_transmit each from one other. */
#ifndef MORTAL_H
#define MORTAL_H

#include <stdint.h>

#define MORTAL_ABI_VERSION 2u
#define MORTAL_API __attribute__((visibility("default")))

struct mortal_board;

/* A simulator under the firmware: answers one request of port/backplane.h, given as a whole message with its length, by
 * a payload without; returns bytes written to `reply`. `capacity` is what the request must be answered with, 0 for
 * nothing. */
typedef uint32_t (*mortal_exchange)(void *context, const uint8_t *request, uint32_t count, uint8_t *reply,
                                    uint32_t capacity);

MORTAL_API uint32_t mortal_abi_version(void);

/* A board over the built-in array model (port/host/model.h), or NULL if a size is out of range or memory is short.
 * Columns come in pairs. */
MORTAL_API struct mortal_board *mortal_open(uint32_t arrays, uint32_t rows, uint32_t columns, uint64_t seed);
/* A board over a simulator, which says what the chip is; NULL if it does not or memory is short. */
MORTAL_API struct mortal_board *mortal_open_simulated(mortal_exchange exchange, void *context);
MORTAL_API void mortal_close(struct mortal_board *board);

/* The greeting's 260 bytes (session 0). */
MORTAL_API void mortal_describe(struct mortal_board *board, uint8_t *greeting);

/* Reads `vectors` rows of `inputs`, `input_stride` floats apart, times volts_per_unit; writes rows of `outputs`
 * currents to `amps`, `amps_stride` floats apart. bias_amps has one for each output, or is NULL. Answers a STATUS, 0
 * for done; otherwise `fault` has the FAULT's 32 bytes. */
MORTAL_API int32_t mortal_read(struct mortal_board *board, uint32_t array, uint32_t sense, const float *inputs,
                               uint64_t input_stride, float volts_per_unit, const float *bias_amps, uint32_t vectors,
                               uint32_t lines, float *amps, uint64_t amps_stride, uint32_t outputs, uint8_t *fault);
/* One whole train, counts row-major over the array; checked as a whole before the first pulse. */
MORTAL_API int32_t mortal_pulse(struct mortal_board *board, uint32_t array, const int16_t *counts, uint32_t cells,
                                double set_volts, double reset_volts, double seconds, uint32_t max_millis,
                                uint8_t *fault);
/* As the command PROGRAM; outcomes as in its reply, 13 bytes a cell. */
MORTAL_API int32_t mortal_program(struct mortal_board *board, uint32_t array, uint32_t row, uint32_t column,
                                  uint32_t columns, uint32_t max_passes, uint32_t reads, uint32_t max_millis,
                                  double tolerance, const float *targets, uint8_t *outcomes, uint8_t *fault);
/* As the reply to COUNTERS; answers its length, or 0 if `capacity` is too small. */
MORTAL_API uint32_t mortal_counters(struct mortal_board *board, uint8_t *bytes, uint32_t capacity);
MORTAL_API void mortal_ground(struct mortal_board *board);
/* As STOP on the wire: what runs ends as STOPPED, and so does what follows until mortal_resume. */
MORTAL_API void mortal_stop(struct mortal_board *board);
MORTAL_API void mortal_resume(struct mortal_board *board);

/* The same board at the end of a wire, for tests of the link without a process: bytes in (answers how many there was
 * room for), one round of the main loop (1 when there is nothing left to do but wait, else 0), bytes out, and a restart
 * with a new nonce that forgets all but the array, and what is on the wire. */
MORTAL_API uint32_t mortal_link_receive(struct mortal_board *board, const uint8_t *bytes, uint32_t count);
MORTAL_API int32_t mortal_link_step(struct mortal_board *board);
MORTAL_API uint32_t mortal_link_transmit(struct mortal_board *board, uint8_t *bytes, uint32_t capacity);
MORTAL_API void mortal_link_restart(struct mortal_board *board, uint32_t nonce);

#endif
