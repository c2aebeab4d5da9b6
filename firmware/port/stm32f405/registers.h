/* The registers of the STM32F405 that this port uses, named as in its reference manual (RM0090). */
#ifndef MORTAL_REGISTERS_H
#define MORTAL_REGISTERS_H

#include <stdint.h>

struct rcc_registers {
    volatile uint32_t cr, pllcfgr, cfgr, cir, ahb1rstr, ahb2rstr, ahb3rstr, reserved_1c, apb1rstr, apb2rstr;
    volatile uint32_t reserved_28[2], ahb1enr, ahb2enr, ahb3enr, reserved_3c, apb1enr, apb2enr, reserved_48[11], csr;
};

struct gpio_registers {
    volatile uint32_t moder, otyper, ospeedr, pupdr, idr, odr, bsrr, lckr, afr[2];
};

struct usart_registers {
    volatile uint32_t sr, dr, brr, cr1, cr2, cr3;
};

struct spi_registers {
    volatile uint32_t cr1, cr2, sr, dr;
};

struct timer_registers {
    volatile uint32_t cr1, cr2, smcr, dier, sr, egr, ccmr1, ccmr2, ccer, cnt, psc, arr, rcr;
    volatile uint32_t ccr1, ccr2, ccr3, ccr4, bdtr;
};

struct flash_registers {
    volatile uint32_t acr, keyr, optkeyr, sr, cr;
};

struct iwdg_registers {
    volatile uint32_t kr, pr, rlr, sr;
};

struct rng_registers {
    volatile uint32_t cr, sr, dr;
};

struct systick_registers {
    volatile uint32_t ctrl, load, val;
};

_Static_assert(sizeof(struct rcc_registers) == 0x78, "RCC_CSR is at 0x74");
_Static_assert(sizeof(struct gpio_registers) == 0x28, "GPIOx_AFRH is at 0x24");
_Static_assert(sizeof(struct timer_registers) == 0x48, "TIMx_BDTR is at 0x44");

#define TIM2 ((struct timer_registers *)0x40000000u)
#define IWDG ((struct iwdg_registers *)0x40003000u)
#define TIM1 ((struct timer_registers *)0x40010000u)
#define USART1 ((struct usart_registers *)0x40011000u)
#define SPI1 ((struct spi_registers *)0x40013000u)
#define GPIOA ((struct gpio_registers *)0x40020000u)
#define GPIOB ((struct gpio_registers *)0x40020400u)
#define GPIOC ((struct gpio_registers *)0x40020800u)
#define RCC ((struct rcc_registers *)0x40023800u)
#define FLASH ((struct flash_registers *)0x40023C00u)
#define RNG ((struct rng_registers *)0x50060800u)
#define SYSTICK ((struct systick_registers *)0xE000E010u)
#define NVIC_ISER ((volatile uint32_t *)0xE000E100u)
#define NVIC_IPR ((volatile uint8_t *)0xE000E400u)
#define SCB_AIRCR (*(volatile uint32_t *)0xE000ED0Cu)
#define SCB_SHPR3 (*(volatile uint32_t *)0xE000ED20u)
#define SCB_CPACR (*(volatile uint32_t *)0xE000ED88u)

enum {
    RCC_CR_HSION = 1 << 0,
    RCC_CR_HSEON = 1 << 16,
    RCC_CR_HSERDY = 1 << 17,
    RCC_CR_PLLON = 1 << 24,
    RCC_CR_PLLRDY = 1 << 25,
    RCC_PLLCFGR_HSE = 1 << 22,
    RCC_CFGR_PLL = 2,
    RCC_CFGR_SWS_PLL = 2 << 2,
    RCC_CFGR_SWS = 3 << 2,
    RCC_CFGR_APB1_BY_4 = 5 << 10,
    RCC_CFGR_APB2_BY_2 = 4 << 13,
    RCC_AHB1ENR_GPIO_ABC = 7,
    RCC_AHB2ENR_RNG = 1 << 6,
    RCC_APB1ENR_TIM2 = 1 << 0,
    RCC_APB2ENR_TIM1 = 1 << 0,
    RCC_APB2ENR_USART1 = 1 << 4,
    RCC_APB2ENR_SPI1 = 1 << 12,
    RCC_CSR_RMVF = 1 << 24,
    RCC_CSR_PINRSTF = 1 << 26,
    RCC_CSR_PORRSTF = 1 << 27,
    RCC_CSR_SFTRSTF = 1 << 28,
    RCC_CSR_IWDGRSTF = 1 << 29,

    USART_SR_ORE = 1 << 3,
    USART_SR_RXNE = 1 << 5,
    USART_SR_TC = 1 << 6,
    USART_SR_TXE = 1 << 7,
    USART_CR1_RE = 1 << 2,
    USART_CR1_TE = 1 << 3,
    USART_CR1_RXNEIE = 1 << 5,
    USART_CR1_TXEIE = 1 << 7,
    USART_CR1_UE = 1 << 13,
    USART1_IRQ = 37,

    SPI_CR1_CPHA = 1 << 0,
    SPI_CR1_CPOL = 1 << 1,
    SPI_CR1_MSTR = 1 << 2,
    SPI_CR1_BY_8 = 2 << 3,
    SPI_CR1_SPE = 1 << 6,
    SPI_CR1_SSI = 1 << 8,
    SPI_CR1_SSM = 1 << 9,
    SPI_SR_RXNE = 1 << 0,
    SPI_SR_TXE = 1 << 1,

    TIM_CR1_CEN = 1 << 0,
    TIM_CR1_OPM = 1 << 3,
    TIM_EGR_UG = 1 << 0,
    TIM_CCMR1_OC1M_FROZEN = 0 << 4,
    TIM_CCMR1_OC1M_INACTIVE = 4 << 4,
    TIM_CCMR1_OC1M_ACTIVE = 5 << 4,
    TIM_CCMR1_OC1M_PWM2 = 7 << 4,
    TIM_CCER_CC1E = 1 << 0,
    TIM_BDTR_OSSI = 1 << 10,
    TIM_BDTR_BKE = 1 << 12,
    TIM_BDTR_BKP = 1 << 13,
    TIM_BDTR_MOE = 1 << 15,

    FLASH_ACR_5_WAITS = 5,
    FLASH_ACR_CACHES = 7 << 8,
    FLASH_ACR_DCEN = 1 << 10,
    FLASH_ACR_DCRST = 1 << 12,
    FLASH_SR_ERRORS = 0xF0,
    FLASH_SR_BSY = 1 << 16,
    FLASH_CR_PG = 1 << 0,
    FLASH_CR_SER = 1 << 1,
    FLASH_CR_SECTOR_SHIFT = 3,
    FLASH_CR_BY_WORD = 2 << 8,
    FLASH_CR_STRT = 1 << 16,

    RNG_CR_RNGEN = 1 << 2,
    RNG_SR_DRDY = 1 << 0,

    SYSTICK_CORE_CLOCK = 7, /* counter, interrupt and the core's clock */
};

#define FLASH_CR_LOCK (1u << 31)
#define FLASH_KEY_1 0x45670123u
#define FLASH_KEY_2 0xCDEF89ABu
#define IWDG_KEY_START 0xCCCCu
#define IWDG_KEY_UNLOCK 0x5555u
#define IWDG_KEY_FEED 0xAAAAu
#define SCB_AIRCR_SYSRESETREQ 0x05FA0004u

#endif
