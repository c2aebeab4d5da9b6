/* What the reference board (BOARD.md) wires to the processor. wiring.c has the pins; the drivers of the parts see no
 * more than this, so that they run on any machine. */
#ifndef MORTAL_WIRING_H
#define MORTAL_WIRING_H

#include <stdbool.h>
#include <stdint.h>

#include "../../core/status.h"

/* Chip selects of the one SPI bus: clock idle high, bits taken on its falling edge (mode 2), 10.5 MHz. */
enum device {
    DEVICE_ROW_DAC_0,
    DEVICE_ROW_DAC_1,
    DEVICE_ROW_DAC_2,
    DEVICE_ROW_DAC_3,
    DEVICE_COLUMN_DAC,
    DEVICE_SWITCHES,
    DEVICE_ADC,
    DEVICES
};

enum pin {
    PIN_DAC_RESET_N,
    PIN_SWITCH_RESET_N,
    PIN_ADC_RESET,
    PIN_ADC_CONVERT,
    PIN_ADC_BUSY, /* the only input */
    PINS
};

struct wiring;

/* Sends bytes to one part, most significant bit first, and puts what it answers in their place. */
void wiring_transfer(struct wiring *wiring, enum device device, uint8_t *bytes, uint32_t count);
void wiring_set(struct wiring *wiring, enum pin pin, bool high);
bool wiring_get(struct wiring *wiring, enum pin pin);
void wiring_wait_nanos(struct wiring *wiring, uint32_t nanos);

/* The net DRIVE: low grounds all lines of the array, high connects them to their drivers. */
void wiring_ground(struct wiring *wiring);
/* STOPPED after a stop, HARDWARE while the emergency stop is pressed. */
enum status wiring_drive(struct wiring *wiring);
/* DRIVE high for that time, kept by a timer; comes back when it is over. STOPPED when it was cut short. */
enum status wiring_pulse(struct wiring *wiring, double seconds);

#endif
