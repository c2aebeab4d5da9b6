/* A small model of a chip's arrays, for a board without a simulator: the hafnium-oxide chip of the Java simulator
 * (profile hfox) without noise and with equal amplifiers. Same seed, same gains and stuck cells, same currents.
 *
 * A cell conducts min_siemens + gain * level. A SET pulse raises the level by a step, a RESET pulse lowers it; the
 * level stops at both ends of the window. Gains are log-normal; 1 % of the cells are stuck. */
#ifndef MORTAL_MODEL_H
#define MORTAL_MODEL_H

#include "../../core/hal.h"

enum { MODEL_ARRAYS_MOST = 1024 };

struct model;

/* NULL if a size is out of range (columns come in pairs) or memory is short. */
struct model *model_create(uint32_t arrays, uint32_t rows, uint32_t columns, uint64_t seed);
void model_free(struct model *model);

/* Says what the chip is; board, firmware and keeps_settings are left as they are. */
void model_describe(const struct model *model, struct description *description);

void model_read(struct model *model, const struct read_block *block, float *amps);
void model_train_begin(struct model *model, const struct train_shape *shape);
void model_pulse(struct model *model, uint16_t row, uint16_t column, int16_t count);
/* The conductance of a cell. */
double model_siemens(const struct model *model, uint16_t array, uint16_t row, uint16_t column);
bool model_stuck(const struct model *model, uint16_t array, uint16_t row, uint16_t column);
void model_cost(const struct model *model, double *joules, double *busy_seconds);

#endif
