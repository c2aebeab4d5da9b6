/* How much of the RAM is buffers, for the build's report. Never linked: the sizes of the symbols say it. */
#include "../../core/link.h"
#include "../backplane.h"
#include "serial.h"

#define SIZE_OF(type, member) sizeof(((struct type *)0)->member)

extern uint8_t link_buffers[], serial_buffers[], backplane_buffer[];

uint8_t link_buffers[SIZE_OF(link, body) + SIZE_OF(link, sent) + SIZE_OF(link, request) + SIZE_OF(link, reply) +
                     SIZE_OF(link, queue_bytes) + SIZE_OF(link, reply_bytes) + SIZE_OF(link, received)];
uint8_t serial_buffers[SIZE_OF(serial, received) + SIZE_OF(serial, transmitted)];
uint8_t backplane_buffer[SIZE_OF(backplane, buffer)];
