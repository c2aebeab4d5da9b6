#include "serial.h"

#include <stddef.h>
#include <string.h>

#include "array.h"
#include "registers.h"

enum {
    SERIAL_FUNCTION = 7,
    PIN_TRANSMIT = 9,
    PIN_RECEIVE = 10,
    FLUSH_POLLS = 2000000, /* longer than the ring takes at the highest clock */
};

/* The one that the interrupt serves. */
static struct serial *interrupted;

void serial_start(struct serial *serial, uint32_t clock_hertz)
{
    memset(serial, 0, sizeof *serial);
    interrupted = serial;
    GPIOA->afr[1] |= SERIAL_FUNCTION << (PIN_TRANSMIT - 8) * 4 | SERIAL_FUNCTION << (PIN_RECEIVE - 8) * 4;
    GPIOA->pupdr |= 1u << PIN_RECEIVE * 2; /* an unplugged cable is idle, not noise */
    GPIOA->moder |= 2u << PIN_TRANSMIT * 2 | 2u << PIN_RECEIVE * 2;
    RCC->apb2enr |= RCC_APB2ENR_USART1;
    (void)RCC->apb2enr;
    USART1->brr = (clock_hertz + SERIAL_BAUD / 2) / SERIAL_BAUD;
    USART1->cr1 = USART_CR1_UE | USART_CR1_TE | USART_CR1_RE | USART_CR1_RXNEIE;
    NVIC_ISER[USART1_IRQ / 32] = 1u << USART1_IRQ % 32;
}

/* Sends as many waiting bytes as the transmitter takes now, and asks for an interrupt for the rest. */
static void pump(struct serial *serial)
{
    while (serial->transmit_tail != serial->transmit_head && USART1->sr & USART_SR_TXE) {
        USART1->dr = serial->transmitted[serial->transmit_tail % TRANSMIT_RING];
        serial->transmit_tail++;
    }
    bool more = serial->transmit_tail != serial->transmit_head;
    uint32_t control = USART_CR1_UE | USART_CR1_TE | USART_CR1_RE | USART_CR1_RXNEIE;
    USART1->cr1 = more ? control | USART_CR1_TXEIE : control;
}

void usart1_handler(void);

void usart1_handler(void)
{
    struct serial *serial = interrupted;
    while (USART1->sr & (USART_SR_RXNE | USART_SR_ORE)) {
        uint8_t byte = (uint8_t)USART1->dr;
        if (stop_feed(&serial->matcher, byte)) {
            serial->stopped = true;
            array_cut();
        }
        /* A byte without room is lost, and its frame with it: the host keeps to the window, so this is noise. */
        if (serial->receive_head - serial->receive_tail < RECEIVE_RING) {
            serial->received[serial->receive_head % RECEIVE_RING] = byte;
            serial->receive_head++;
        }
    }
    if (serial->transmit_tail != serial->transmit_head) {
        pump(serial);
    }
}

uint32_t serial_receive(struct serial *serial, uint8_t *bytes, uint32_t capacity)
{
    uint32_t tail = serial->receive_tail;
    uint32_t count = serial->receive_head - tail;
    if (count > capacity) {
        count = capacity;
    }
    for (uint32_t k = 0; k < count; k++) {
        bytes[k] = serial->received[(tail + k) % RECEIVE_RING];
    }
    serial->receive_tail = tail + count;
    return count;
}

uint32_t serial_transmit(struct serial *serial, const uint8_t *bytes, uint32_t count)
{
    uint32_t room = TRANSMIT_RING - (serial->transmit_head - serial->transmit_tail);
    if (count > room) {
        count = room;
    }
    for (uint32_t k = 0; k < count; k++) {
        serial->transmitted[(serial->transmit_head + k) % TRANSMIT_RING] = bytes[k];
    }
    serial->transmit_head += count;
    /* The interrupt may pump too. */
    __asm volatile("cpsid i" ::: "memory");
    pump(serial);
    __asm volatile("cpsie i" ::: "memory");
    return count;
}

void serial_flush(struct serial *serial)
{
    for (uint32_t polls = 0; polls < FLUSH_POLLS && serial->transmit_tail != serial->transmit_head; polls++) {
    }
    for (uint32_t polls = 0; polls < FLUSH_POLLS && !(USART1->sr & USART_SR_TC); polls++) {
    }
}

void serial_idle(struct serial *serial)
{
    /* With interrupts held back a byte that comes between look and sleep still ends the sleep. */
    __asm volatile("cpsid i" ::: "memory");
    if (serial->receive_head == serial->receive_tail) {
        __asm volatile("wfi" ::: "memory");
    }
    __asm volatile("cpsie i" ::: "memory");
}
