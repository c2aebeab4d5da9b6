#include "semihosting.h"

#include <string.h>

enum operation { SYS_OPEN = 0x01, SYS_WRITE = 0x05, SYS_READ = 0x06, SYS_EXIT = 0x18 };
enum mode { MODE_READ_BINARY = 1, MODE_WRITE_BINARY = 5 };
enum { APPLICATION_EXIT = 0x20026 };

static int32_t call(enum operation operation, uintptr_t argument)
{
    register uint32_t r0 __asm("r0") = (uint32_t)operation;
    register uintptr_t r1 __asm("r1") = argument;
    __asm volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
    return (int32_t)r0;
}

static int32_t open_file(const char *path, enum mode mode)
{
    uintptr_t block[] = {(uintptr_t)path, (uintptr_t)mode, strlen(path)};
    return call(SYS_OPEN, (uintptr_t)block);
}

int32_t semihosting_open_input(const char *path)
{
    return open_file(path, MODE_READ_BINARY);
}

int32_t semihosting_open_output(const char *path)
{
    return open_file(path, MODE_WRITE_BINARY);
}

/* Both operations answer how many bytes are left. */
static bool transfer(enum operation operation, int32_t file, uintptr_t bytes, uint32_t count)
{
    while (count > 0) {
        uintptr_t block[] = {(uintptr_t)file, bytes, count};
        int32_t left = call(operation, (uintptr_t)block);
        if (left < 0 || (uint32_t)left >= count) {
            return false;
        }
        bytes += count - (uint32_t)left;
        count = (uint32_t)left;
    }
    return true;
}

bool semihosting_write(int32_t file, const uint8_t *bytes, uint32_t count)
{
    return transfer(SYS_WRITE, file, (uintptr_t)bytes, count);
}

bool semihosting_read(int32_t file, uint8_t *bytes, uint32_t count)
{
    return transfer(SYS_READ, file, (uintptr_t)bytes, count);
}

noreturn void semihosting_exit(void)
{
    call(SYS_EXIT, APPLICATION_EXIT);
    for (;;) {
    }
}
