/* What the reference board's drivers send to their parts, against the words of the data sheets (BOARD.md names the
 * sections): a recorder stands in for the wires. */
#include <stdlib.h>

#include "../port/stm32f405/front_end.h"
#include "check.h"

enum { ACTS = 4096, BYTES = 16 };

struct act {
    enum { TRANSFER, SET, GROUND, DRIVE, PULSE } kind;
    int which; /* device or pin */
    bool high;
    double seconds;
    uint32_t count;
    uint8_t bytes[BYTES];
};

/* The wires: what went over them, and an ADC at their end. */
struct wiring {
    struct act acts[ACTS];
    uint32_t count;
    bool driven;
    bool stopped;
    bool busy_forever;
    bool stuck; /* the ADC's answers */
    uint8_t registers[64];
    bool register_mode;
    int asked; /* register whose content the next frame answers, or -1 */
    int16_t samples[AD7606C_CHANNELS];
    uint64_t nanos;
};

static struct wiring wires;

static struct wiring *fresh(void)
{
    wires = (struct wiring){.asked = -1};
    wires.registers[2] = 0x08; /* two data lines */
    memset(wires.registers + 3, 0x33, 4); /* all ranges +-10 V after reset */
    return &wires;
}

static struct act *record(struct wiring *wiring, struct act act)
{
    if (wiring->count == ACTS) {
        fprintf(stderr, "test_spi: more than %d acts\n", ACTS);
        exit(1);
    }
    wiring->acts[wiring->count] = act;
    return &wiring->acts[wiring->count++];
}

static void answer_as_adc(struct wiring *wiring, uint8_t *bytes, uint32_t count)
{
    if (count == 2 * AD7606C_CHANNELS) {
        for (uint32_t k = 0; k < AD7606C_CHANNELS && !wiring->register_mode; k++) {
            bytes[2 * k] = (uint8_t)((uint16_t)wiring->samples[k] >> 8);
            bytes[2 * k + 1] = (uint8_t)wiring->samples[k];
        }
        return;
    }
    uint8_t address = bytes[0] & 0x3F;
    bool read = bytes[0] & 0x40;
    uint8_t value = bytes[1];
    bytes[1] = wiring->asked < 0 ? 0 : wiring->registers[wiring->asked];
    wiring->asked = read ? address : -1;
    if (!read && wiring->register_mode) {
        wiring->registers[address] = wiring->stuck ? 0xFF : value;
        wiring->register_mode = address != 0;
    } else {
        wiring->register_mode = wiring->register_mode || read;
    }
}

void wiring_transfer(struct wiring *wiring, enum device device, uint8_t *bytes, uint32_t count)
{
    struct act *act = record(wiring, (struct act){.kind = TRANSFER, .which = (int)device, .count = count});
    CHECK(count <= BYTES);
    memcpy(act->bytes, bytes, count);
    /* Nothing may change at lines that are connected, but for the ADC, which only looks. */
    CHECK(!wiring->driven || device == DEVICE_ADC);
    if (device == DEVICE_ADC) {
        answer_as_adc(wiring, bytes, count);
    }
}

void wiring_set(struct wiring *wiring, enum pin pin, bool high)
{
    record(wiring, (struct act){.kind = SET, .which = (int)pin, .high = high});
}

bool wiring_get(struct wiring *wiring, enum pin pin)
{
    CHECK_EQUAL(PIN_ADC_BUSY, pin);
    return wiring->busy_forever;
}

void wiring_wait_nanos(struct wiring *wiring, uint32_t nanos)
{
    wiring->nanos += nanos;
}

void wiring_ground(struct wiring *wiring)
{
    wiring->driven = false;
    record(wiring, (struct act){.kind = GROUND});
}

enum status wiring_drive(struct wiring *wiring)
{
    wiring->driven = !wiring->stopped;
    record(wiring, (struct act){.kind = DRIVE});
    return wiring->stopped ? STATUS_STOPPED : STATUS_OK;
}

enum status wiring_pulse(struct wiring *wiring, double seconds)
{
    CHECK(!wiring->driven);
    record(wiring, (struct act){.kind = PULSE, .seconds = seconds});
    return wiring->stopped ? STATUS_STOPPED : STATUS_OK;
}

/* Checks that the next event is this transfer; `at` goes on behind it. */
static void expect_bytes(const struct wiring *wiring, uint32_t *at, enum device device, const uint8_t *bytes,
                         uint32_t count)
{
    const struct act *act = &wiring->acts[*at];
    if (CHECK(*at < wiring->count) && CHECK_EQUAL(TRANSFER, act->kind) && CHECK_EQUAL(device, act->which) &&
        CHECK_EQUAL(count, act->count)) {
        CHECK_BYTES(bytes, act->bytes, count);
    }
    ++*at;
}

static void expect(const struct wiring *wiring, uint32_t *at, int kind, int which, bool high)
{
    const struct act *act = &wiring->acts[*at];
    if (CHECK(*at < wiring->count) && CHECK_EQUAL(kind, act->kind)) {
        CHECK_EQUAL(which, act->which);
        CHECK_EQUAL(high, act->high);
    }
    ++*at;
}

static void expect_dac(const struct wiring *wiring, uint32_t *at, enum device device, uint8_t command, uint16_t code)
{
    const uint8_t word[3] = {command, (uint8_t)(code >> 8), (uint8_t)code};
    expect_bytes(wiring, at, device, word, sizeof word);
}

static void start_resets_all_parts_and_sets_the_adc_up(void)
{
    struct wiring *wiring = fresh();
    struct front_end front_end;
    CHECK_EQUAL(STATUS_OK, front_end_start(&front_end, wiring));
    uint32_t at = 0;
    expect(wiring, &at, GROUND, 0, false);
    expect(wiring, &at, SET, PIN_DAC_RESET_N, false);
    expect(wiring, &at, SET, PIN_DAC_RESET_N, true);
    expect(wiring, &at, SET, PIN_SWITCH_RESET_N, false);
    expect(wiring, &at, SET, PIN_SWITCH_RESET_N, true);
    expect(wiring, &at, SET, PIN_ADC_CONVERT, true);
    expect(wiring, &at, SET, PIN_ADC_RESET, true);
    expect(wiring, &at, SET, PIN_ADC_RESET, false);
    static const uint8_t first_read[2] = {0x43, 0x00};
    expect_bytes(wiring, &at, DEVICE_ADC, first_read, 2);
    expect_bytes(wiring, &at, DEVICE_ADC, first_read, 2);
    static const uint8_t writes[6][2] = {{2, 0}, {3, 0}, {4, 0}, {5, 0}, {6, 0}, {7, 0xFF}};
    for (uint32_t k = 0; k < 6; k++) {
        const uint8_t read[2] = {(uint8_t)(0x40 | writes[k][0]), 0x00};
        expect_bytes(wiring, &at, DEVICE_ADC, writes[k], 2);
        expect_bytes(wiring, &at, DEVICE_ADC, read, 2);
        expect_bytes(wiring, &at, DEVICE_ADC, read, 2);
    }
    static const uint8_t leave[2] = {0, 0};
    expect_bytes(wiring, &at, DEVICE_ADC, leave, 2);
    CHECK_EQUAL(at, wiring->count);
    CHECK(!wiring->register_mode);
}

static void a_missing_or_deaf_adc_is_a_fault(void)
{
    struct front_end front_end;
    struct wiring *wiring = fresh();
    wiring->registers[3] = 0xFF; /* nobody drives the line */
    CHECK_EQUAL(STATUS_HARDWARE, front_end_start(&front_end, wiring));
    wiring = fresh();
    wiring->stuck = true;
    CHECK_EQUAL(STATUS_HARDWARE, front_end_start(&front_end, wiring));
}

static struct front_end started(struct wiring *wiring)
{
    struct front_end front_end;
    CHECK_EQUAL(STATUS_OK, front_end_start(&front_end, wiring));
    wiring->count = 0;
    wiring->nanos = 0;
    return front_end;
}

static void a_read_grounds_sets_rows_and_scans_the_columns(void)
{
    struct wiring *wiring = fresh();
    struct front_end front_end = started(wiring);
    const float volts[10] = {0.2f, 0, 0.1f, [9] = 0.05f};
    float amps[FRONT_END_COLUMNS];
    for (int16_t k = 0; k < AD7606C_CHANNELS; k++) {
        wiring->samples[k] = (int16_t)(-1000 * (k + 1));
    }
    struct read_block block = {.sense = SENSE_ALL, .vectors = 1, .lines = 10, .outputs = 32, .volts = volts};
    CHECK_EQUAL(STATUS_OK, front_end_read(&front_end, &block, amps));
    uint32_t at = 0;
    expect(wiring, &at, GROUND, 0, false);
    /* 0.2 V of 5 V is 2621.44 of 65536: write and update, command 3, channels 0 and 2 of the first part, 1 of the
     * second. */
    expect_dac(wiring, &at, DEVICE_ROW_DAC_0, 0x30, 2621);
    expect_dac(wiring, &at, DEVICE_ROW_DAC_0, 0x32, 1311);
    expect_dac(wiring, &at, DEVICE_ROW_DAC_1, 0x31, 655);
    for (uint32_t phase = 0; phase < 4; phase++) {
        /* Farthest part first: for each eight columns the levels OTHERS, SELECTED, and the amplifiers. */
        uint8_t word[12];
        for (uint32_t octet = 0; octet < 4; octet++) {
            word[3 * octet] = (uint8_t)~(0x11 << phase);
            word[3 * octet + 1] = 0;
            word[3 * octet + 2] = (uint8_t)(0x11 << phase);
        }
        expect_bytes(wiring, &at, DEVICE_SWITCHES, word, 12);
        expect(wiring, &at, DRIVE, 0, false);
        expect(wiring, &at, SET, PIN_ADC_CONVERT, false);
        expect(wiring, &at, SET, PIN_ADC_CONVERT, true);
        static const uint8_t zeros[16] = {0};
        expect_bytes(wiring, &at, DEVICE_ADC, zeros, 16);
        expect(wiring, &at, GROUND, 0, false);
    }
    CHECK_EQUAL(at, wiring->count);
    for (uint32_t column = 0; column < 32; column++) {
        /* 2.5 V / 32768 a code, over 3.3 kilohms, inverted. */
        CHECK_NEAR(1000 * (column / 4 + 1) * 2.5 / 32768 / 3300, amps[column], 1e-10);
    }
    CHECK(wiring->nanos >= 10000 + 4 * 20000);
}

static void a_second_vector_sends_only_what_differs(void)
{
    struct wiring *wiring = fresh();
    struct front_end front_end = started(wiring);
    const float volts[4] = {0.1f, 0.2f, 0.1f, 0.1f};
    float amps[2];
    struct read_block block = {.sense = SENSE_ALL, .vectors = 2, .lines = 2, .outputs = 1, .volts = volts};
    CHECK_EQUAL(STATUS_OK, front_end_read(&front_end, &block, amps));
    uint32_t dac_words = 0;
    uint32_t conversions = 0;
    for (uint32_t k = 0; k < wiring->count; k++) {
        dac_words += wiring->acts[k].kind == TRANSFER && wiring->acts[k].which <= DEVICE_COLUMN_DAC;
        conversions += wiring->acts[k].kind == TRANSFER && wiring->acts[k].which == DEVICE_ADC;
    }
    CHECK_EQUAL(3, dac_words);
    CHECK_EQUAL(2, conversions);
}

/* The farthest byte of column `column`'s parts in the chain is OTHERS, then SELECTED, then SENSE. */
static void expect_pulse_switches(const struct wiring *wiring, uint32_t *at, uint32_t column)
{
    uint8_t word[12];
    for (uint32_t octet = 0; octet < 4; octet++) {
        uint8_t bit = (uint8_t)(column / 8 == octet ? 1 << column % 8 : 0);
        uint8_t *part = word + 3 * (3 - octet);
        part[0] = (uint8_t)~bit;
        part[1] = bit;
        part[2] = 0;
    }
    expect_bytes(wiring, at, DEVICE_SWITCHES, word, 12);
}

static void a_train_pulses_one_cell_and_halves_the_others(void)
{
    struct wiring *wiring = fresh();
    struct front_end front_end = started(wiring);
    struct train_shape shape = {.set_volts = 1.25, .reset_volts = 2.5, .seconds = 2e-6};
    CHECK_EQUAL(STATUS_OK, front_end_train_begin(&front_end, &shape));
    CHECK_EQUAL(STATUS_OK, front_end_pulse(&front_end, 9, 13, 2));
    uint32_t at = 0;
    expect(wiring, &at, GROUND, 0, false);
    expect(wiring, &at, GROUND, 0, false);
    expect_pulse_switches(wiring, &at, 13);
    /* SET: the row at 1.25 V of 5 V, the column at 0 V, all others at half. */
    expect_dac(wiring, &at, DEVICE_COLUMN_DAC, 0x31, 0x2000);
    for (uint32_t row = 0; row < 32; row++) {
        expect_dac(wiring, &at, (enum device)(row / 8), (uint8_t)(0x30 + row % 8), row == 9 ? 0x4000 : 0x2000);
    }
    for (uint32_t k = 0; k < 2; k++) {
        CHECK_NEAR(2e-6, wiring->acts[at].seconds, 0);
        expect(wiring, &at, PULSE, 0, false);
    }
    CHECK_EQUAL(at, wiring->count);

    /* RESET of the next cell: the column at 2.5 V, the row at 0 V. */
    CHECK_EQUAL(STATUS_OK, front_end_pulse(&front_end, 9, 14, -1));
    expect(wiring, &at, GROUND, 0, false);
    expect_pulse_switches(wiring, &at, 14);
    expect_dac(wiring, &at, DEVICE_COLUMN_DAC, 0x30, 0x8000);
    expect_dac(wiring, &at, DEVICE_COLUMN_DAC, 0x31, 0x4000);
    for (uint32_t row = 0; row < 32; row++) {
        expect_dac(wiring, &at, (enum device)(row / 8), (uint8_t)(0x30 + row % 8), row == 9 ? 0 : 0x4000);
    }
    expect(wiring, &at, PULSE, 0, false);
    CHECK_EQUAL(at, wiring->count);

    front_end_rest(&front_end);
    expect(wiring, &at, GROUND, 0, false);
    static const uint8_t open[12] = {0};
    expect_bytes(wiring, &at, DEVICE_SWITCHES, open, 12);
    expect_dac(wiring, &at, DEVICE_COLUMN_DAC, 0x30, 0);
    expect_dac(wiring, &at, DEVICE_COLUMN_DAC, 0x31, 0);
    CHECK_EQUAL(at + 31, wiring->count); /* all rows but the one at 0 V */
}

static void a_stop_ends_reads_and_trains_with_grounded_lines(void)
{
    struct wiring *wiring = fresh();
    struct front_end front_end = started(wiring);
    const float volts[1] = {0.1f};
    float amps[1];
    struct read_block block = {.sense = SENSE_ALL, .vectors = 1, .lines = 1, .outputs = 1, .volts = volts};
    struct train_shape shape = {.set_volts = 1, .reset_volts = 1, .seconds = 1e-6};
    CHECK_EQUAL(STATUS_OK, front_end_train_begin(&front_end, &shape));
    wiring->stopped = true;
    CHECK_EQUAL(STATUS_STOPPED, front_end_read(&front_end, &block, amps));
    CHECK_EQUAL(GROUND, wiring->acts[wiring->count - 1].kind);
    uint32_t before = wiring->count;
    CHECK_EQUAL(STATUS_STOPPED, front_end_pulse(&front_end, 0, 0, 100));
    uint32_t pulses = 0;
    for (uint32_t k = before; k < wiring->count; k++) {
        pulses += wiring->acts[k].kind == PULSE;
    }
    CHECK_EQUAL(1, pulses); /* the one that was refused */
}

static void what_the_board_cannot_do_is_refused(void)
{
    struct wiring *wiring = fresh();
    struct front_end front_end = started(wiring);
    const float volts[1] = {0.1f};
    float amps[1];
    struct train_shape shape = {.set_volts = 1, .reset_volts = 1, .seconds = 100e-9};
    CHECK_EQUAL(STATUS_UNSUPPORTED, front_end_train_begin(&front_end, &shape));
    struct read_block block = {.sense = SENSE_PLUS, .vectors = 1, .lines = 1, .outputs = 1, .volts = volts};
    CHECK_EQUAL(STATUS_UNSUPPORTED, front_end_read(&front_end, &block, amps));
    CHECK_EQUAL(0, wiring->count);
}

static void an_adc_that_stays_busy_is_a_fault_with_grounded_lines(void)
{
    struct wiring *wiring = fresh();
    struct front_end front_end = started(wiring);
    const float volts[1] = {0.1f};
    float amps[1];
    struct read_block block = {.sense = SENSE_ALL, .vectors = 1, .lines = 1, .outputs = 1, .volts = volts};
    wiring->busy_forever = true;
    CHECK_EQUAL(STATUS_HARDWARE, front_end_read(&front_end, &block, amps));
    CHECK_EQUAL(GROUND, wiring->acts[wiring->count - 1].kind);
    CHECK(!wiring->driven);
}

int main(void)
{
    start_resets_all_parts_and_sets_the_adc_up();
    a_missing_or_deaf_adc_is_a_fault();
    a_read_grounds_sets_rows_and_scans_the_columns();
    a_second_vector_sends_only_what_differs();
    a_train_pulses_one_cell_and_halves_the_others();
    a_stop_ends_reads_and_trains_with_grounded_lines();
    what_the_board_cannot_do_is_refused();
    an_adc_that_stays_busy_is_a_fault_with_grounded_lines();
    return check_report("test_spi");
}
