/* The reference board's analog front end: 32 rows with a DAC each; 32 columns that share 8 sense amplifiers, and two
 * levels for pulses. All lines are grounded whenever a DAC or a switch changes. */
#ifndef MORTAL_FRONT_END_H
#define MORTAL_FRONT_END_H

#include "../../core/hal.h"
#include "ad5676r.h"
#include "ad7606c.h"
#include "adg714.h"

enum {
    FRONT_END_ROWS = 32,
    FRONT_END_COLUMNS = 32,
    FRONT_END_DACS = 5,
    FRONT_END_DAC_BITS = 16,
    FRONT_END_ADC_BITS = 16,
};

/* Highest code of a DAC at gain 2 of its 2.5 V reference, and of an ADC at +-2.5 V behind 3.3 kilohms. */
#define FRONT_END_DAC_VOLTS (5.0 * 65535 / 65536)
#define FRONT_END_ADC_AMPS (2.5 / 3300)
/* What the sense amplifiers reach on their 2.5 V supplies. */
#define FRONT_END_FULL_SCALE_AMPS (2.3 / 3300)
/* Shorter pulses do not reach their height: BOARD.md, "Pulses". */
#define FRONT_END_LEAST_PULSE_SECONDS 1e-6
/* What a 16-bit timer divided by less than 2^16 can count at 168 MHz, and much more than any cell needs. */
#define FRONT_END_MOST_PULSE_SECONDS 10e-3

struct front_end {
    struct wiring *wiring;
    struct train_shape train;
    uint16_t codes[FRONT_END_DACS][AD5676R_CHANNELS]; /* as the DACs have them */
    uint8_t closed[ADG714_CHAIN];                     /* as the switches are */
};

/* Brings all parts up with all lines grounded and all outputs at zero. */
enum status front_end_start(struct front_end *front_end, struct wiring *wiring);
enum status front_end_read(struct front_end *front_end, const struct read_block *block, float *amps);
enum status front_end_train_begin(struct front_end *front_end, const struct train_shape *shape);
enum status front_end_pulse(struct front_end *front_end, uint16_t row, uint16_t column, int16_t count);
/* Grounds the lines, opens the switches and brings the outputs to zero. */
void front_end_rest(struct front_end *front_end);

#endif
