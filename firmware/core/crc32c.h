/* CRC-32C (Castagnoli): reflected polynomial 82F63B78, initial and final FFFFFFFF. */
#ifndef MORTAL_CRC32C_H
#define MORTAL_CRC32C_H

#include <stdint.h>

/* The CRC of what `crc` is the CRC of, and these bytes behind it. Begin with 0, the CRC of nothing. */
uint32_t crc32c(const uint8_t *bytes, uint32_t count, uint32_t crc);

#endif
