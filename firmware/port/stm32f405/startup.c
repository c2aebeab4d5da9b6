/* From reset to main, and where every interrupt goes. */
#include <stdint.h>
#include <stdnoreturn.h>

#include "array.h"
#include "clock.h"
#include "registers.h"

enum { SYSTEM_VECTORS = 16, VECTORS = SYSTEM_VECTORS + 82, CPACR_FPU = 0xF << 20 };

extern uint32_t stack_top[];
extern uint32_t data_load[], data_start[], data_end[], bss_start[], bss_end[];

int main(void);
void systick_handler(void);
void usart1_handler(void);
noreturn void reset_handler(void);
noreturn void fault_handler(void);

typedef void (*vector)(void);

__attribute__((section(".vectors"), used)) static const struct {
    uint32_t *stack;
    vector handlers[VECTORS - 1];
} vectors = {
    .stack = stack_top,
    .handlers =
        {
            [0] = reset_handler,
            [1 ... 13] = fault_handler,
            [14] = systick_handler,
            [15 ... SYSTEM_VECTORS - 2 + USART1_IRQ] = fault_handler,
            [SYSTEM_VECTORS - 1 + USART1_IRQ] = usart1_handler,
            [SYSTEM_VECTORS + USART1_IRQ... VECTORS - 2] = fault_handler,
        },
};

noreturn void reset_handler(void)
{
    SCB_CPACR |= CPACR_FPU;
    __asm volatile("dsb\n isb" ::: "memory");
    const uint32_t *from = data_load;
    for (uint32_t *to = data_start; to < data_end; to++) {
        *to = *from++;
    }
    for (uint32_t *to = bss_start; to < bss_end; to++) {
        *to = 0;
    }
    main();
    fault_handler();
}

/* Faults, interrupts that nobody asked for, and failed assertions: the lines go to ground before anything else. */
noreturn void fault_handler(void)
{
    array_cut();
    clock_restart();
}

noreturn void __assert_func(const char *file, int line, const char *function, const char *expression);

noreturn void __assert_func(const char *file, int line, const char *function, const char *expression)
{
    (void)file;
    (void)line;
    (void)function;
    (void)expression;
    fault_handler();
}
