/* The reference board's pins (BOARD.md, "Pins and nets"). */
#include "wiring.h"

#include "array.h"
#include "registers.h"
#include "wiring_start.h"

enum {
    SPI_FUNCTION = 5,
    TIMER_FUNCTION = 1,
    PIN_CLOCK = 5, /* port A */
    PIN_MISO = 6,
    PIN_MOSI = 7,
    PIN_DRIVE = 8,
    PIN_EMERGENCY = 12, /* port B */
    FIRST_PIN = 7, /* port C: first the chip selects in the order of enum device, then enum pin */
    OUTPUT = 1,
    ALTERNATE = 2,
    FAST = 3,
    SPI_POLLS = 1000,
    TIMER_COUNTS = 65535,
    PULSE_SLACK_NANOS = 1000,
    /* Low when the outputs are off; off at once, without software, when the emergency stop's loop opens. */
    OUTPUTS_OFF = TIM_BDTR_OSSI | TIM_BDTR_BKE | TIM_BDTR_BKP,
    OUTPUTS_ON = OUTPUTS_OFF | TIM_BDTR_MOE,
};

_Static_assert((int)DEVICES == (int)FIRST_PIN, "port C");

/* Interrupts cut, the main loop drives: this stands between them. */
static volatile bool cut;

static void function(struct gpio_registers *port, uint32_t pin, uint32_t number)
{
    port->afr[pin / 8] |= number << pin % 8 * 4;
    port->ospeedr |= (uint32_t)FAST << pin * 2;
    port->moder |= (uint32_t)ALTERNATE << pin * 2;
}

static void output(uint32_t pin, bool high)
{
    GPIOC->bsrr = 1u << (high ? pin : pin + 16);
    GPIOC->ospeedr |= (uint32_t)FAST << pin * 2;
    GPIOC->moder |= (uint32_t)OUTPUT << pin * 2;
}

void wiring_start(struct wiring *wiring, const struct clock *clock)
{
    wiring->clock = clock;
    RCC->apb2enr |= RCC_APB2ENR_SPI1 | RCC_APB2ENR_TIM1;
    (void)RCC->apb2enr;
    TIM1->bdtr = OUTPUTS_OFF;
    TIM1->ccer = TIM_CCER_CC1E;
    function(GPIOA, PIN_DRIVE, TIMER_FUNCTION);
    GPIOB->pupdr |= 1u << PIN_EMERGENCY * 2;
    function(GPIOB, PIN_EMERGENCY, TIMER_FUNCTION);
    for (uint32_t device = 0; device < DEVICES; device++) {
        output(device, true);
    }
    for (uint32_t pin = 0; pin < PIN_ADC_BUSY; pin++) {
        output(FIRST_PIN + pin, false);
    }
    function(GPIOA, PIN_CLOCK, SPI_FUNCTION);
    function(GPIOA, PIN_MISO, SPI_FUNCTION);
    function(GPIOA, PIN_MOSI, SPI_FUNCTION);
    SPI1->cr1 = SPI_CR1_MSTR | SPI_CR1_CPOL | SPI_CR1_BY_8 | SPI_CR1_SSM | SPI_CR1_SSI | SPI_CR1_SPE;
}

static bool spi_becomes(uint32_t flag)
{
    for (uint32_t polls = 0; polls < SPI_POLLS; polls++) {
        if (SPI1->sr & flag) {
            return true;
        }
    }
    return false;
}

void wiring_transfer(struct wiring *wiring, enum device device, uint8_t *bytes, uint32_t count)
{
    (void)wiring;
    GPIOC->bsrr = 1u << (device + 16);
    for (uint32_t k = 0; k < count; k++) {
        /* The controller clocks by itself: a flag that never comes is a dead controller, and what is read then is no
         * ID. */
        SPI1->dr = bytes[k];
        bytes[k] = spi_becomes(SPI_SR_RXNE) ? (uint8_t)SPI1->dr : 0xFF;
    }
    GPIOC->bsrr = 1u << device;
}

void wiring_set(struct wiring *wiring, enum pin pin, bool high)
{
    (void)wiring;
    GPIOC->bsrr = 1u << (FIRST_PIN + pin + (high ? 0 : 16));
}

bool wiring_get(struct wiring *wiring, enum pin pin)
{
    (void)wiring;
    return GPIOC->idr >> (FIRST_PIN + pin) & 1;
}

void wiring_wait_nanos(struct wiring *wiring, uint32_t nanos)
{
    clock_wait_nanos(wiring->clock, nanos);
}

void array_cut(void)
{
    cut = true;
    TIM1->bdtr = OUTPUTS_OFF;
}

void array_allow(void)
{
    cut = false;
}

void wiring_ground(struct wiring *wiring)
{
    (void)wiring;
    TIM1->bdtr = OUTPUTS_OFF;
    TIM1->cr1 = 0;
}

/* Lets the timer have the pin, unless an interrupt has cut it. */
static enum status enable(void)
{
    __asm volatile("cpsid i" ::: "memory");
    bool allowed = !cut;
    if (allowed) {
        TIM1->bdtr = OUTPUTS_ON;
    }
    __asm volatile("cpsie i" ::: "memory");
    if (!allowed) {
        return STATUS_STOPPED;
    }
    (void)TIM1->bdtr; /* the bit reads right only after a moment */
    return TIM1->bdtr & TIM_BDTR_MOE ? STATUS_OK : STATUS_HARDWARE;
}

enum status wiring_drive(struct wiring *wiring)
{
    (void)wiring;
    TIM1->ccmr1 = TIM_CCMR1_OC1M_ACTIVE;
    return enable();
}

/* One pulse of the timer: low for one count, high for `counts`, and it stops itself. */
static void arm(uint32_t ticks)
{
    uint32_t divider = ticks / TIMER_COUNTS + 1;
    uint32_t counts = (ticks + divider / 2) / divider;
    TIM1->psc = divider - 1;
    TIM1->arr = counts;
    TIM1->ccr1 = 1;
    TIM1->cnt = 0;
    TIM1->egr = TIM_EGR_UG;
    /* Between PWM and a forced level the output keeps what it had; from frozen it takes what the counter says. */
    TIM1->ccmr1 = TIM_CCMR1_OC1M_INACTIVE;
    TIM1->ccmr1 = TIM_CCMR1_OC1M_FROZEN;
    TIM1->ccmr1 = TIM_CCMR1_OC1M_PWM2;
}

enum status wiring_pulse(struct wiring *wiring, double seconds)
{
    uint32_t timer_hertz = wiring->clock->core_hertz; /* APB2 at half the core's clock, its timers at twice that */
    arm((uint32_t)(seconds * timer_hertz + 0.5));
    enum status status = enable();
    if (status != STATUS_OK) {
        return status;
    }
    TIM1->cr1 = TIM_CR1_OPM | TIM_CR1_CEN;
    uint32_t most = (uint32_t)(seconds * 2e9) / PULSE_SLACK_NANOS + 2;
    for (uint32_t waits = 0; TIM1->cr1 & TIM_CR1_CEN && waits < most; waits++) {
        wiring_wait_nanos(wiring, PULSE_SLACK_NANOS);
    }
    bool over = !(TIM1->cr1 & TIM_CR1_CEN);
    bool whole = TIM1->bdtr & TIM_BDTR_MOE;
    wiring_ground(wiring);
    if (!whole) {
        return cut ? STATUS_STOPPED : STATUS_HARDWARE;
    }
    return over ? STATUS_OK : STATUS_HARDWARE;
}
