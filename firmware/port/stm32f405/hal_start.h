#ifndef MORTAL_HAL_START_H
#define MORTAL_HAL_START_H

#include "../../core/hal.h"

/* Brings the board up with all lines grounded. */
struct hal *hal_start(void);

#endif
