#include <assert.h>

#include "link.h"
#include "schema.h"
#include "wire.h"

enum { ABILITY_PROGRAM = 1, ABILITY_KEEPS_SETTINGS = 2 };

static void write_limits(struct writer *writer, const struct description *chip)
{
    write_f64(writer, chip->max_read_volts);
    write_f64(writer, chip->max_pulse_volts);
    write_f64(writer, chip->max_pulse_seconds);
    write_f64(writer, chip->min_siemens);
    write_f64(writer, chip->max_siemens);
    write_f64(writer, chip->max_bias_amps);
    write_f64(writer, chip->full_scale_amps);
    write_f64(writer, chip->set_volts);
    write_f64(writer, chip->reset_volts);
    write_f64(writer, chip->pulse_seconds);
    write_f64(writer, chip->step_siemens);
    write_f64(writer, chip->dac_full_scale_volts);
    write_f64(writer, chip->adc_full_scale_amps);
}

static void write_geometry(struct writer *writer, const struct description *chip)
{
    write_u16(writer, chip->arrays);
    write_u16(writer, chip->rows);
    write_u16(writer, chip->columns);
    write_u8(writer, chip->differential);
    write_u8(writer, chip->dac_bits);
    write_u8(writer, chip->adc_bits);
}

void greeting_write(const struct board *board, uint32_t session, uint16_t next_seq, uint8_t *bytes)
{
    const struct description *chip = hal_description(board->hal);
    struct writer writer = writer_to(bytes, GREETING_BYTES);
    write_u8(&writer, LINK_PROTOCOL);
    write_u8(&writer, (uint8_t)hal_reset_cause(board->hal));
    write_u16(&writer, chip->keeps_settings ? ABILITY_PROGRAM | ABILITY_KEEPS_SETTINGS : ABILITY_PROGRAM);
    write_u32(&writer, schema_hash());
    write_u32(&writer, (uint32_t)FIRMWARE_MAJOR << 16 | FIRMWARE_MINOR << 8 | FIRMWARE_PATCH);
    write_u32(&writer, board->nonce);
    write_u32(&writer, session);
    write_u16(&writer, next_seq);
    write_u16(&writer, LINK_PAYLOAD_MAX);
    write_u32(&writer, LINK_WINDOW_BYTES);
    write_u32(&writer, LINK_REPLY_BYTES);
    write_u16(&writer, LINK_WINDOW_FRAMES);
    write_geometry(&writer, chip);
    assert(writer.count == GREETING_STOPPED_AT);
    write_u8(&writer, hal_stopped(board->hal));
    write_u32(&writer, board->settings.silence_millis);
    write_u32(&writer, chip->max_pulses);
    write_limits(&writer, chip);
    write_bytes(&writer, board->settings.board, BOARD_NAME_BYTES);
    write_bytes(&writer, board->settings.chip, CHIP_ID_BYTES);
    write_bytes(&writer, chip->firmware, FIRMWARE_BYTES);
    assert(writer.count == GREETING_BYTES);
}

void fault_write(const struct outcome *outcome, uint8_t *bytes)
{
    struct writer writer = writer_to(bytes, FAULT_BYTES);
    write_u8(&writer, (uint8_t)outcome->status);
    write_u8(&writer, (uint8_t)outcome->quantity);
    write_u16(&writer, outcome->array);
    write_u32(&writer, outcome->cell);
    write_f64(&writer, outcome->actual);
    write_f64(&writer, outcome->limit);
    write_u32(&writer, outcome->pulses);
    write_u32(&writer, outcome->cells);
    assert(writer.count == FAULT_BYTES);
}

uint32_t counters_write(struct board *board, uint8_t *bytes)
{
    double joules = 0;
    double busy_seconds = 0;
    hal_cost(board->hal, &joules, &busy_seconds);
    struct writer writer = writer_to(bytes, COUNTERS_BYTES);
    write_f64(&writer, joules);
    write_f64(&writer, busy_seconds);
    write_u16(&writer, COUNTERS);
    for (uint32_t i = 0; i < COUNTERS; i++) {
        write_u64(&writer, board->counters[i]);
    }
    return writer.count;
}
