/* The backplane: where a simulator stands in for converters, multiplexers and cells under real firmware. Used by the
 * host library (a callback), the host process (its standard input and output) and the emulated microcontroller
 * (semihosting).
 *
 * Board to simulator: length u32 of what follows, type u8, payload. Simulator to board: length u32, payload; only where
 * stated. Little-endian, packed.
 *
 *   1 BOOT   -> nonce u32 | arrays u16 | rows u16 | columns u16 | differential u8 | dac_bits u8 | adc_bits u8 |
 *               zero u8[3] | max_pulses u32 | the greeting's 13 f64, max_read_volts to adc_full_scale_amps |
 *               chip u8[40]    (164 bytes)
 *               The simulator drops an open train that a restart has cut off after applying what came of it.
 *   2 READ   array u16 | sense u8 | bias u8 | vectors u16 | lines u16 | outputs u16 | zero u16 |
 *               volts f32[vectors x lines] | bias f32[outputs] where bias is 1   -> amps f32[vectors x outputs]
 *   3 TRAIN  array u16 | zero u16 | zero u32 | set_volts f64 | reset_volts f64 | seconds f64
 *   4 PULSES (row u16 | column u16 | count i16)[]
 *   5 END    the train is over: its pulses act
 *   6 GROUND all lines are grounded; pulses of an open train that came so far act, and it is closed
 *   7 COST   -> joules f64 | busy_seconds f64 */
#ifndef MORTAL_BACKPLANE_H
#define MORTAL_BACKPLANE_H

#include "../core/hal.h"
#include "pace.h"

/* The longest message; reads of more vectors than fit are split. A port may say otherwise at compile time. */
#ifndef BACKPLANE_BYTES
#define BACKPLANE_BYTES 16384
#endif

/* How a port moves backplane messages: `request` is a whole message with its length, `reply` a payload of which
 * `reply_count` bytes are expected, 0 for none. False when the simulator is gone. */
struct backplane_port {
    bool (*exchange)(void *context, const uint8_t *request, uint32_t count, uint8_t *reply, uint32_t reply_count);
    void *context;
};

struct backplane {
    struct hal *hal; /* for the time */
    struct backplane_port port;
    struct description description;
    uint32_t nonce;
    double seconds; /* of each pulse of the open train */
    struct pace pace;
    uint32_t used; /* bytes of the buffer with pulses that wait to be sent */
    uint8_t buffer[BACKPLANE_BYTES];
};

/* Says BOOT and learns what the chip is; fills in description but for board, firmware and keeps_settings. False when
 * nobody answers, or with an array that cannot be. */
bool backplane_boot(struct backplane *backplane, struct hal *hal, struct backplane_port port);
enum status backplane_read(struct backplane *backplane, const struct read_block *block, float *amps);
enum status backplane_train_begin(struct backplane *backplane, const struct train_shape *shape);
/* Comes back when the time of the pulses is over; their message may be sent later, with others. */
enum status backplane_pulse(struct backplane *backplane, uint16_t row, uint16_t column, int16_t count);
enum status backplane_train_end(struct backplane *backplane);
void backplane_ground(struct backplane *backplane);
void backplane_cost(struct backplane *backplane, double *joules, double *busy_seconds);

#endif
