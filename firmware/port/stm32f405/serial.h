/* USART1: bytes to and from the host. */
#ifndef MORTAL_SERIAL_H
#define MORTAL_SERIAL_H

#include <stdbool.h>
#include <stdint.h>

#include "../../core/stop.h"

/* Rings are powers of two. The receive ring holds 90 ms of the line: nobody looks into it while the flash is being
 * erased or a block of reads is under way. */
enum { SERIAL_BAUD = 921600, RECEIVE_RING = 8192, TRANSMIT_RING = 2048 };

/* Heads and tails count bytes since the start. Each is written by one side only: interrupt or main loop. */
struct serial {
    volatile uint32_t receive_head;
    volatile uint32_t receive_tail;
    volatile uint32_t transmit_head;
    volatile uint32_t transmit_tail;
    volatile bool stopped;
    struct stop_matcher matcher;
    uint8_t received[RECEIVE_RING];
    uint8_t transmitted[TRANSMIT_RING];
};

void serial_start(struct serial *serial, uint32_t clock_hertz);
uint32_t serial_receive(struct serial *serial, uint8_t *bytes, uint32_t capacity);
uint32_t serial_transmit(struct serial *serial, const uint8_t *bytes, uint32_t count);
/* Waits until all bytes are on their way, or for the time that they would take. */
void serial_flush(struct serial *serial);
/* Sleeps until the next interrupt unless bytes have come. */
void serial_idle(struct serial *serial);

#endif
