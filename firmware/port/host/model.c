#include "model.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernels.h"
#include "philox.h"

/* Written as products, so that every bit is that of the profile. */
#define MICRO 1e-6
#define NANO 1e-9
#define PICO 1e-12

static const double MIN_SIEMENS = 1 * MICRO;
static const double WINDOW_SIEMENS = 100 * MICRO;
static const double STEP_SIEMENS = 100 * MICRO / 250;
static const double GAIN_SPREAD = 0.20;
static const double STUCK_FRACTION = 0.01;
static const double DAC_VOLTS = 0.2;
static const double ADC_AMPS = 80 * MICRO;
static const double BIAS_AMPS = 40 * MICRO;
static const double BIAS_STEP_AMPS = 40 * MICRO / 512;
static const double PULSE_VOLTS = 0.9;
static const double PULSE_SECONDS = 100 * NANO;
/* A pulse below half the nominal amplitude switches nothing; above, a decade of steps for each so many volts. */
static const double THRESHOLD = 0.5;
static const double VOLTS_PER_DECADE = 0.5;
static const double READ_SECONDS = 100 * NANO;
static const double DAC_JOULES = 0.5 * PICO;
static const double ADC_JOULES = 10 * PICO;

enum { DAC_BITS = 8, ADC_BITS = 9, MAX_PULSES = 1000 };

/* Purposes of random streams, as in the simulator's Stream.java. */
enum { STREAM_GAIN = 0, STREAM_STUCK = 1 };

/* One array, row-major. */
struct cells {
    float *gain;
    float *level; /* in siemens above the minimum, for a gain of 1 */
    bool *stuck;
    float *signal; /* rows x outputs: the differential map, made anew where `stale` */
    bool *stale;
    bool any_stale;
    double *row_siemens; /* all cells of a row together */
};

struct model {
    uint32_t arrays;
    uint32_t rows;
    uint32_t columns;
    uint64_t seed;
    double joules;
    double busy_seconds;
    struct train_shape train;
    float set_step;
    float reset_step;
    struct cells cells[];
};

static void free_cells(struct cells *cells)
{
    free(cells->gain);
    free(cells->level);
    free(cells->stuck);
    free(cells->signal);
    free(cells->stale);
    free(cells->row_siemens);
}

static bool allocate_cells(struct cells *cells, uint32_t rows, uint32_t columns)
{
    size_t count = (size_t)rows * columns;
    cells->gain = calloc(count, sizeof *cells->gain);
    cells->level = calloc(count, sizeof *cells->level);
    cells->stuck = calloc(count, sizeof *cells->stuck);
    cells->signal = calloc(count / 2, sizeof *cells->signal);
    cells->stale = calloc(rows, sizeof *cells->stale);
    cells->row_siemens = calloc(rows, sizeof *cells->row_siemens);
    return cells->gain && cells->level && cells->stuck && cells->signal && cells->stale && cells->row_siemens;
}

static void draw_gains(struct cells *cells, uint64_t key, uint32_t rows, uint32_t columns)
{
    float normals[MAX_LINES];
    double sigma = sqrt(log1p(GAIN_SPREAD * GAIN_SPREAD));
    for (uint32_t r = 0; r < rows; r++) {
        philox_normals(key, r, normals, columns);
        for (uint32_t c = 0; c < columns; c++) {
            cells->gain[r * columns + c] = (float)exp(sigma * (double)normals[c] - sigma * sigma / 2);
        }
    }
}

/* Half of the stuck cells lie at the lowest level, the others anywhere. */
static void draw_stuck(struct cells *cells, uint64_t key, uint32_t count)
{
    struct philox philox = {.key = key};
    for (uint32_t i = 0; i < count; i++) {
        cells->stuck[i] = philox_next_double(&philox) < STUCK_FRACTION;
        if (cells->stuck[i] && (int32_t)philox_next(&philox) >= 0) {
            cells->level[i] = (float)(philox_next_double(&philox) * WINDOW_SIEMENS);
        }
    }
}

static double siemens_of(const struct cells *cells, uint32_t i)
{
    return MIN_SIEMENS + (double)(cells->gain[i] * cells->level[i]);
}

static void make_cells(struct model *model, uint32_t array)
{
    struct cells *cells = &model->cells[array];
    uint32_t columns = model->columns;
    draw_gains(cells, philox_key(model->seed, STREAM_GAIN, array), model->rows, columns);
    draw_stuck(cells, philox_key(model->seed, STREAM_STUCK, array), model->rows * columns);
    cells->any_stale = true;
    for (uint32_t r = 0; r < model->rows; r++) {
        cells->stale[r] = true;
        for (uint32_t c = 0; c < columns; c++) {
            cells->row_siemens[r] += siemens_of(cells, r * columns + c);
        }
    }
}

struct model *model_create(uint32_t arrays, uint32_t rows, uint32_t columns, uint64_t seed)
{
    if (arrays < 1 || arrays > MODEL_ARRAYS_MOST || rows < 1 || rows > MAX_LINES || columns < 2 ||
        columns > MAX_LINES || columns % 2 != 0) {
        return NULL;
    }
    struct model *model = calloc(1, sizeof *model + arrays * sizeof *model->cells);
    if (model == NULL) {
        return NULL;
    }
    model->arrays = arrays;
    model->rows = rows;
    model->columns = columns;
    model->seed = seed;
    for (uint32_t a = 0; a < arrays; a++) {
        if (!allocate_cells(&model->cells[a], rows, columns)) {
            model_free(model);
            return NULL;
        }
        make_cells(model, a);
    }
    return model;
}

void model_free(struct model *model)
{
    for (uint32_t a = 0; model != NULL && a < model->arrays; a++) {
        free_cells(&model->cells[a]);
    }
    free(model);
}

void model_describe(const struct model *model, struct description *description)
{
    description->arrays = (uint16_t)model->arrays;
    description->rows = (uint16_t)model->rows;
    description->columns = (uint16_t)model->columns;
    description->differential = true;
    description->dac_bits = DAC_BITS;
    description->adc_bits = ADC_BITS;
    description->max_pulses = MAX_PULSES;
    description->max_read_volts = DAC_VOLTS;
    description->max_pulse_volts = 2 * PULSE_VOLTS;
    description->max_pulse_seconds = 100 * PULSE_SECONDS;
    description->min_siemens = MIN_SIEMENS;
    description->max_siemens = MIN_SIEMENS + WINDOW_SIEMENS;
    description->max_bias_amps = BIAS_AMPS;
    description->full_scale_amps = ADC_AMPS;
    description->set_volts = PULSE_VOLTS;
    description->reset_volts = PULSE_VOLTS;
    description->pulse_seconds = PULSE_SECONDS;
    description->step_siemens = STEP_SIEMENS;
    description->dac_full_scale_volts = DAC_VOLTS;
    description->adc_full_scale_amps = ADC_AMPS;
    snprintf(description->chip, sizeof description->chip, "model:hfox?seed=%llu", (unsigned long long)model->seed);
}

/* Makes the map's rows anew that were written. */
static void refresh(const struct model *model, struct cells *cells)
{
    uint32_t outputs = model->columns / 2;
    for (uint32_t r = 0; cells->any_stale && r < model->rows; r++) {
        if (!cells->stale[r]) {
            continue;
        }
        cells->stale[r] = false;
        const float *gain = cells->gain + r * model->columns;
        const float *level = cells->level + r * model->columns;
        for (uint32_t j = 0; j < outputs; j++) {
            float plus = fmaf(gain[j], level[j], (float)MIN_SIEMENS);
            float minus = fmaf(gain[outputs + j], level[outputs + j], (float)MIN_SIEMENS);
            cells->signal[r * outputs + j] = plus - minus;
        }
    }
    cells->any_stale = false;
}

/* The currents of one half of the pairs: needed for verifying reads only, so there is no map of it. */
static void multiply_half(const struct model *model, const struct cells *cells, const struct read_block *block,
                          const float *driven, float *amps)
{
    uint32_t first = block->sense == SENSE_PLUS ? 0 : model->columns / 2;
    double sign = block->sense == SENSE_PLUS ? 1 : -1;
    memset(amps, 0, block->outputs * sizeof *amps);
    for (uint32_t r = 0; r < block->lines; r++) {
        for (uint32_t j = 0; driven[r] > 0 && j < block->outputs; j++) {
            amps[j] += driven[r] * (float)(sign * siemens_of(cells, r * model->columns + first + j));
        }
    }
}

/* What the bias converters inject. */
static void convert_bias(const struct read_block *block, float *shift)
{
    memset(shift, 0, block->outputs * sizeof *shift);
    for (uint32_t j = 0; block->bias_amps != NULL && j < block->outputs; j++) {
        float limited = (float)fmax(-BIAS_AMPS, fmin(BIAS_AMPS, (double)block->bias_amps[j]));
        shift[j] = (float)(rint((double)limited / BIAS_STEP_AMPS) * BIAS_STEP_AMPS);
    }
}

void model_read(struct model *model, const struct read_block *block, float *amps)
{
    static const uint32_t codes = (1u << DAC_BITS) - 1;
    struct cells *cells = &model->cells[block->array];
    uint32_t outputs = model->columns / 2;
    float driven[MAX_LINES];
    float shift[MAX_LINES];
    double watts = 0;
    convert_bias(block, shift);
    if (block->sense == SENSE_ALL) {
        refresh(model, cells);
    }
    for (uint32_t n = 0; n < block->vectors; n++) {
        float *row = amps + n * block->outputs;
        kernel_quantise(block->volts + n * block->lines, block->lines, (float)(codes / DAC_VOLTS),
                        (float)(DAC_VOLTS / codes), driven);
        if (block->sense == SENSE_ALL) {
            kernel_multiply(driven, block->lines, cells->signal, outputs, block->outputs, row);
        } else {
            multiply_half(model, cells, block, driven, row);
        }
        watts += kernel_power(driven, cells->row_siemens, block->lines);
        kernel_read_out(row, shift, block->outputs, (float)ADC_AMPS, (float)(1 << (ADC_BITS - 1)));
    }
    model->joules += watts * READ_SECONDS + block->vectors * (block->lines * DAC_JOULES + block->outputs * ADC_JOULES);
    model->busy_seconds += block->vectors * READ_SECONDS;
}

/* How many nominal steps a pulse makes. */
static double steps_of(double volts, double seconds)
{
    return volts <= THRESHOLD * PULSE_VOLTS
               ? 0
               : seconds / PULSE_SECONDS * pow(10, (volts - PULSE_VOLTS) / VOLTS_PER_DECADE);
}

void model_train_begin(struct model *model, const struct train_shape *shape)
{
    model->train = *shape;
    model->set_step = (float)(STEP_SIEMENS * steps_of(shape->set_volts, shape->seconds));
    model->reset_step = (float)(STEP_SIEMENS * steps_of(shape->reset_volts, shape->seconds));
}

void model_pulse(struct model *model, uint16_t row, uint16_t column, int16_t count)
{
    struct cells *cells = &model->cells[model->train.array];
    uint32_t i = row * model->columns + column;
    double pulses = fabs((double)count);
    double volts = count > 0 ? model->train.set_volts : model->train.reset_volts;
    model->joules += volts * volts * model->train.seconds * pulses * siemens_of(cells, i);
    model->busy_seconds += pulses * model->train.seconds;
    if (cells->stuck[i]) {
        return;
    }
    float was = cells->level[i];
    float now = was + (float)count * (count > 0 ? model->set_step : model->reset_step);
    now = now < 0 ? 0 : now > (float)WINDOW_SIEMENS ? (float)WINDOW_SIEMENS : now;
    cells->level[i] = now;
    cells->row_siemens[row] += (double)(cells->gain[i] * (now - was));
    cells->stale[row] = true;
    cells->any_stale = true;
}

double model_siemens(const struct model *model, uint16_t array, uint16_t row, uint16_t column)
{
    return siemens_of(&model->cells[array], row * model->columns + column);
}

bool model_stuck(const struct model *model, uint16_t array, uint16_t row, uint16_t column)
{
    return model->cells[array].stuck[row * model->columns + column];
}

void model_cost(const struct model *model, double *joules, double *busy_seconds)
{
    *joules = model->joules;
    *busy_seconds = model->busy_seconds;
}
