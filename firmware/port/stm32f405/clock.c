#include "clock.h"

#include <stdbool.h>

#include "registers.h"

enum {
    HSI_HERTZ = 16000000,
    PLL_HERTZ = 168000000,
    READY_POLLS = 100000, /* more than the crystal's and the PLL's start-up times at 16 MHz */
    /* 168 MHz = 1 MHz x 336 / 2, and 48 MHz = 1 MHz x 336 / 7 for the random numbers. */
    PLL_N = 336 << 6,
    PLL_Q = 7 << 24,
    CRYSTAL_MEGAHERTZ = 8,
    HSI_MEGAHERTZ = 16,
    /* An emulated processor without a clock tree: QEMU's Netduino Plus 2. Its timers count nanoseconds. */
    EMULATED_HERTZ = 168000000,
    EMULATED_TIMER_HERTZ = 1000000000,
    WATCHDOG_BY_64 = 4,
    WATCHDOG_COUNTS = 2000, /* 4 s of a 32 kHz oscillator that may run anywhere from 17 to 47 kHz: at least 2.7 s */
    LOWEST_PRIORITY = 0xF0,
};

static bool becomes(volatile const uint32_t *reg, uint32_t mask, uint32_t value)
{
    for (uint32_t polls = 0; polls < READY_POLLS; polls++) {
        if ((*reg & mask) == value) {
            return true;
        }
    }
    return false;
}

/* Runs the core at 168 MHz from one source; false if the PLL does not lock. */
static bool run_from_pll(uint32_t source, uint32_t source_megahertz)
{
    RCC->pllcfgr = PLL_Q | PLL_N | source | source_megahertz;
    RCC->cr |= RCC_CR_PLLON;
    if (!becomes(&RCC->cr, RCC_CR_PLLRDY, RCC_CR_PLLRDY)) {
        RCC->cr &= ~(uint32_t)RCC_CR_PLLON;
        return false;
    }
    FLASH->acr = FLASH_ACR_CACHES | FLASH_ACR_5_WAITS;
    RCC->cfgr = RCC_CFGR_APB1_BY_4 | RCC_CFGR_APB2_BY_2;
    RCC->cfgr |= RCC_CFGR_PLL;
    return becomes(&RCC->cfgr, RCC_CFGR_SWS, RCC_CFGR_SWS_PLL);
}

static void choose_source(struct clock *clock)
{
    if (RCC->cr == 0) { /* the oscillator that runs after reset does not show */
        *clock = (struct clock){
            .core_hertz = EMULATED_HERTZ, .serial_hertz = EMULATED_HERTZ / 2, .timer_hertz = EMULATED_TIMER_HERTZ};
        return;
    }
    RCC->cr |= RCC_CR_HSEON;
    bool crystal = becomes(&RCC->cr, RCC_CR_HSERDY, RCC_CR_HSERDY);
    if ((crystal && run_from_pll(RCC_PLLCFGR_HSE, CRYSTAL_MEGAHERTZ)) || run_from_pll(0, HSI_MEGAHERTZ)) {
        *clock = (struct clock){
            .core_hertz = PLL_HERTZ, .serial_hertz = PLL_HERTZ / 2, .timer_hertz = PLL_HERTZ / 2};
    } else {
        *clock = (struct clock){.core_hertz = HSI_HERTZ, .serial_hertz = HSI_HERTZ, .timer_hertz = HSI_HERTZ};
    }
}

void clock_start(struct clock *clock)
{
    choose_source(clock);
    RCC->ahb1enr |= RCC_AHB1ENR_GPIO_ABC;
    RCC->apb1enr |= RCC_APB1ENR_TIM2;
    (void)RCC->apb1enr; /* the peripheral listens two cycles later */
    TIM2->psc = clock->timer_hertz / 1000000 - 1;
    TIM2->arr = 0xFFFFFFFFu;
    TIM2->egr = TIM_EGR_UG;
    TIM2->cr1 = TIM_CR1_CEN;
    SYSTICK->load = clock->core_hertz / 1000 - 1;
    SYSTICK->val = 0;
    SCB_SHPR3 |= (uint32_t)LOWEST_PRIORITY << 24;
    SYSTICK->ctrl = SYSTICK_CORE_CLOCK;
}

void systick_handler(void);

void systick_handler(void)
{
    /* Only wakes the main loop. */
}

uint64_t clock_micros(struct clock *clock)
{
    uint32_t now = TIM2->cnt;
    if (now < clock->micros_low) {
        clock->micros_high += (uint64_t)1 << 32;
    }
    clock->micros_low = now;
    return clock->micros_high + now;
}

void clock_wait_nanos(const struct clock *clock, uint32_t nanos)
{
    uint32_t cycles = (uint32_t)((uint64_t)nanos * clock->core_hertz / 1000000000u);
    /* Subtraction and branch take at least three cycles; the flash's cache serves both. */
    for (volatile uint32_t left = cycles / 3 + 1; left > 0; left--) {
    }
}

enum cause clock_reset_cause(void)
{
    uint32_t flags = RCC->csr;
    RCC->csr |= RCC_CSR_RMVF;
    if (flags & RCC_CSR_IWDGRSTF) {
        return CAUSE_WATCHDOG;
    }
    if (flags & RCC_CSR_SFTRSTF) {
        return CAUSE_SOFTWARE;
    }
    if (flags & RCC_CSR_PORRSTF) {
        return CAUSE_POWER;
    }
    return flags & RCC_CSR_PINRSTF ? CAUSE_PIN : CAUSE_UNKNOWN;
}

void clock_start_watchdog(void)
{
    IWDG->kr = IWDG_KEY_START;
    IWDG->kr = IWDG_KEY_UNLOCK;
    IWDG->pr = WATCHDOG_BY_64;
    IWDG->rlr = WATCHDOG_COUNTS;
    clock_feed_watchdog();
}

void clock_feed_watchdog(void)
{
    IWDG->kr = IWDG_KEY_FEED;
}

noreturn void clock_restart(void)
{
    __asm volatile("dsb" ::: "memory");
    SCB_AIRCR = SCB_AIRCR_SYSRESETREQ;
    for (;;) {
    }
}
