#include "ad7606c.h"

/* Data sheet, "Register Summary". The ID register is left alone: the data sheet says 31h, boards answer 22h. */
enum address {
    REGISTER_NONE = 0x00,
    REGISTER_CONFIG = 0x02,
    REGISTER_RANGE_CH1_CH2 = 0x03,
    REGISTER_RANGE_CH3_CH4 = 0x04,
    REGISTER_RANGE_CH5_CH6 = 0x05,
    REGISTER_RANGE_CH7_CH8 = 0x06,
    REGISTER_BANDWIDTH = 0x07,
};

enum {
    READ = 0x40,              /* "Serial Register Mode": bit 6 of the first byte */
    CONFIG_ONE_DATA_LINE = 0, /* DOUT_FORMAT 00; after reset there are two */
    RANGES_AFTER_RESET = 0x33,
    RANGES_2V5 = 0x00, /* 0000 for either channel: +-2.5 V, single-ended */
    BANDWIDTH_HIGH = 0xFF,
    RESET_NANOS = 5000,    /* "Timing Specifications": a full reset takes 3 us */
    SETUP_NANOS = 1000000, /* and the part some hundred microseconds to come back */
    CONVERT_NANOS = 50,
    BUSY_POLLS = 100, /* at 100 ns: ten times the conversion time */
    POLL_NANOS = 100,
};

static void write_register(struct wiring *wiring, uint8_t address, uint8_t value)
{
    uint8_t word[2] = {address, value};
    wiring_transfer(wiring, DEVICE_ADC, word, sizeof word);
}

/* The first frame asks, the next one answers. The first read also leaves the conversion mode. */
static uint8_t read_register(struct wiring *wiring, uint8_t address)
{
    uint8_t word[2] = {(uint8_t)(READ | address), 0};
    wiring_transfer(wiring, DEVICE_ADC, word, sizeof word);
    word[0] = (uint8_t)(READ | address);
    word[1] = 0;
    wiring_transfer(wiring, DEVICE_ADC, word, sizeof word);
    return word[1];
}

enum status ad7606c_start(struct wiring *wiring)
{
    wiring_set(wiring, PIN_ADC_CONVERT, true);
    wiring_set(wiring, PIN_ADC_RESET, true);
    wiring_wait_nanos(wiring, RESET_NANOS);
    wiring_set(wiring, PIN_ADC_RESET, false);
    wiring_wait_nanos(wiring, SETUP_NANOS);
    if (read_register(wiring, REGISTER_RANGE_CH1_CH2) != RANGES_AFTER_RESET) {
        return STATUS_HARDWARE;
    }
    static const uint8_t settings[][2] = {
        {REGISTER_CONFIG, CONFIG_ONE_DATA_LINE}, {REGISTER_RANGE_CH1_CH2, RANGES_2V5},
        {REGISTER_RANGE_CH3_CH4, RANGES_2V5},    {REGISTER_RANGE_CH5_CH6, RANGES_2V5},
        {REGISTER_RANGE_CH7_CH8, RANGES_2V5},    {REGISTER_BANDWIDTH, BANDWIDTH_HIGH},
    };
    bool kept = true;
    for (uint32_t k = 0; k < sizeof settings / sizeof settings[0]; k++) {
        write_register(wiring, settings[k][0], settings[k][1]);
        kept = read_register(wiring, settings[k][0]) == settings[k][1] && kept;
    }
    write_register(wiring, REGISTER_NONE, 0); /* back to conversions */
    return kept ? STATUS_OK : STATUS_HARDWARE;
}

enum status ad7606c_convert(struct wiring *wiring, int16_t codes[AD7606C_CHANNELS])
{
    /* The rising edge samples. */
    wiring_set(wiring, PIN_ADC_CONVERT, false);
    wiring_wait_nanos(wiring, CONVERT_NANOS);
    wiring_set(wiring, PIN_ADC_CONVERT, true);
    wiring_wait_nanos(wiring, POLL_NANOS);
    for (uint32_t polls = 0; wiring_get(wiring, PIN_ADC_BUSY); polls++) {
        if (polls == BUSY_POLLS) {
            return STATUS_HARDWARE;
        }
        wiring_wait_nanos(wiring, POLL_NANOS);
    }
    /* All zeros on its input: no register access. */
    uint8_t bytes[2 * AD7606C_CHANNELS] = {0};
    wiring_transfer(wiring, DEVICE_ADC, bytes, sizeof bytes);
    for (uint32_t k = 0; k < AD7606C_CHANNELS; k++) {
        codes[k] = (int16_t)(uint16_t)(bytes[2 * k] << 8 | bytes[2 * k + 1]);
    }
    return STATUS_OK;
}
