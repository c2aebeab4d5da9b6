/* Files of the machine that the emulator runs on (Arm's semihosting, version 2.0). */
#ifndef MORTAL_SEMIHOSTING_H
#define MORTAL_SEMIHOSTING_H

#include <stdbool.h>
#include <stdint.h>
#include <stdnoreturn.h>

/* A handle, or -1. */
int32_t semihosting_open_input(const char *path);
int32_t semihosting_open_output(const char *path);
/* All bytes, or false when the other end is gone. */
bool semihosting_write(int32_t file, const uint8_t *bytes, uint32_t count);
bool semihosting_read(int32_t file, uint8_t *bytes, uint32_t count);
/* Ends the emulator. */
noreturn void semihosting_exit(void);

#endif
