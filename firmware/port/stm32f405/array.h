/* The array behind the HAL, one file for each image: array_board.c, the converters and switches of the reference board;
 * array_emulated.c, a simulator at the other end of semihosting. */
#ifndef MORTAL_ARRAY_H
#define MORTAL_ARRAY_H

#include "../../core/hal.h"
#include "clock.h"

struct array;

/* Makes the array ready, with all lines grounded, and says what it is and a number that differs at each start. */
struct array *array_start(struct hal *hal, struct clock *clock, struct description *description, uint32_t *nonce);
/* Grounds all lines from interrupt or fault, where nothing can be relied on. */
void array_cut(void);
/* Lets lines be driven again after array_cut. */
void array_allow(void);

enum status array_read(struct array *array, const struct read_block *block, float *amps);
enum status array_train_begin(struct array *array, const struct train_shape *shape);
enum status array_pulse(struct array *array, uint16_t row, uint16_t column, int16_t count);
enum status array_train_end(struct array *array);
void array_ground(struct array *array);
void array_cost(struct array *array, double *joules, double *busy_seconds);

#endif
