#include "../../core/link.h"
#include "hal_start.h"

int main(void)
{
    static struct link link;
    static struct board board;
    struct hal *hal = hal_start();
    link_init(&link, &board, hal);
    for (;;) {
        if (link_step(&link)) {
            hal_idle(hal);
        }
    }
}
