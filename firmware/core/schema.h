/* The hash by which two sides know that they were built from the same commands.def. */
#ifndef MORTAL_SCHEMA_H
#define MORTAL_SCHEMA_H

#include <stdint.h>

uint32_t schema_hash(void);

#endif
