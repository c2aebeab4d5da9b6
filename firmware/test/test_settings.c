/* Settings: what is kept, what is refused, and what comes of a block that was torn. */
#include "../core/settings.h"
#include "check.h"
#include "fake_hal.h"

static struct hal hal;
static struct settings settings;

static enum status set(uint8_t key, const void *value, uint32_t count)
{
    return settings_set(&settings, &hal, key, value, count);
}

static void check_text(uint8_t key, const char *expected)
{
    uint8_t value[SETTING_BYTES_MOST];
    uint32_t count = 0;
    CHECK(settings_get(&settings, key, value, &count));
    CHECK_EQUAL(strlen(expected), count);
    CHECK_BYTES(expected, value, count);
}

static void check_silence(uint32_t expected)
{
    uint8_t value[SETTING_BYTES_MOST];
    uint32_t millis = 0;
    uint32_t count = 0;
    CHECK(settings_get(&settings, SETTING_SILENCE_MILLIS, value, &count));
    CHECK_EQUAL(sizeof millis, count);
    memcpy(&millis, value, sizeof millis);
    CHECK_EQUAL(expected, millis);
}

static void begin(void)
{
    fake_hal_init(&hal);
    hal.settings_bytes = 0;
    settings_load(&settings, &hal);
}

static void test_defaults(void)
{
    begin();
    check_text(SETTING_BOARD_NAME, "fake board");
    check_text(SETTING_CHIP_ID, "fake chip");
    check_silence(SILENCE_MILLIS_DEFAULT);
}

static void test_kept(void)
{
    const uint32_t millis = 1234;
    begin();
    CHECK_EQUAL(STATUS_OK, set(SETTING_BOARD_NAME, "bench 3, left", 13));
    CHECK_EQUAL(STATUS_OK, set(SETTING_SILENCE_MILLIS, &millis, 4));
    settings = (struct settings){0};
    settings_load(&settings, &hal);
    check_text(SETTING_BOARD_NAME, "bench 3, left");
    check_silence(1234);
    /* The port's own text was not stored: it may change. */
    strcpy(hal.description.chip, "another chip");
    settings_load(&settings, &hal);
    check_text(SETTING_CHIP_ID, "another chip");
    CHECK_EQUAL(STATUS_OK, set(SETTING_BOARD_NAME, "", 0));
    check_text(SETTING_BOARD_NAME, "fake board");
}

static void test_refusals(void)
{
    const char long_text[] = "a text of more than the forty bytes that there are";
    uint32_t millis = SILENCE_MILLIS_LEAST - 1;
    begin();
    CHECK_EQUAL(STATUS_UNSUPPORTED, set(9, "x", 1));
    CHECK(!settings_get(&settings, 0, (uint8_t[SETTING_BYTES_MOST]){0}, &(uint32_t){0}));
    CHECK_EQUAL(STATUS_BAD_REQUEST, set(SETTING_BOARD_NAME, long_text, BOARD_NAME_BYTES + 1));
    CHECK_EQUAL(STATUS_OK, set(SETTING_CHIP_ID, long_text, CHIP_ID_BYTES));
    CHECK_EQUAL(STATUS_BAD_REQUEST, set(SETTING_BOARD_NAME, "a\0b", 3));
    CHECK_EQUAL(STATUS_BAD_REQUEST, set(SETTING_SILENCE_MILLIS, &millis, 3));
    CHECK_EQUAL(STATUS_OUT_OF_LIMITS, set(SETTING_SILENCE_MILLIS, &millis, 4));
    millis = SILENCE_MILLIS_MOST + 1;
    CHECK_EQUAL(STATUS_OUT_OF_LIMITS, set(SETTING_SILENCE_MILLIS, &millis, 4));
    millis = SILENCE_MILLIS_MOST;
    CHECK_EQUAL(STATUS_OK, set(SETTING_SILENCE_MILLIS, &millis, 4));
    check_text(SETTING_BOARD_NAME, "fake board");
}

static void test_torn_block(void)
{
    begin();
    CHECK_EQUAL(STATUS_OK, set(SETTING_BOARD_NAME, "mine", 4));
    for (uint32_t i = 0; i < hal.settings_bytes; i++) {
        hal.settings[i] ^= 0x10;
        settings_load(&settings, &hal);
        check_text(SETTING_BOARD_NAME, "fake board");
        hal.settings[i] ^= 0x10;
    }
    settings_load(&settings, &hal);
    check_text(SETTING_BOARD_NAME, "mine");
}

static void test_port_that_keeps_nothing(void)
{
    const uint32_t millis = 100;
    begin();
    hal.description.keeps_settings = false;
    CHECK_EQUAL(STATUS_OK, set(SETTING_SILENCE_MILLIS, &millis, 4));
    check_silence(100);
    CHECK_EQUAL(0, hal.settings_bytes);
    settings_load(&settings, &hal);
    check_silence(SILENCE_MILLIS_DEFAULT);
}

int main(void)
{
    test_defaults();
    test_kept();
    test_refusals();
    test_torn_block();
    test_port_that_keeps_nothing();
    return check_report("settings");
}
