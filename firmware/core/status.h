/* The codes of protocol/commands.def as C enums: STATUS_OK, COMMAND_READ, EVENT_STOP, FORMAT_F32, and so on. */
#ifndef MORTAL_STATUS_H
#define MORTAL_STATUS_H

#include <stdint.h>

#define COMMAND(name, number, request, reply)
#define EVENT(name, number)
#define STATUS(name, number)
#define QUANTITY(name, number)
#define FORMAT(name, number)
#define SENSE(name, number)
#define COUNTER(name, number)
#define SETTING(name, number)
#define CAUSE(name, number)
#define LEVEL(name, number)

#undef COMMAND
#define COMMAND(name, number, request, reply) COMMAND_##name = number,
enum command {
#include "../protocol/commands.def"
};
#undef COMMAND
#define COMMAND(name, number, request, reply)

#undef EVENT
#define EVENT(name, number) EVENT_##name = number,
enum event {
#include "../protocol/commands.def"
};
#undef EVENT
#define EVENT(name, number)

#undef STATUS
#define STATUS(name, number) STATUS_##name = number,
enum status {
#include "../protocol/commands.def"
};
#undef STATUS
#define STATUS(name, number)

#undef QUANTITY
#define QUANTITY(name, number) QUANTITY_##name = number,
enum quantity {
#include "../protocol/commands.def"
};
#undef QUANTITY
#define QUANTITY(name, number)

#undef FORMAT
#define FORMAT(name, number) FORMAT_##name = number,
enum format {
#include "../protocol/commands.def"
};
#undef FORMAT
#define FORMAT(name, number)

#undef SENSE
#define SENSE(name, number) SENSE_##name = number,
enum sense {
#include "../protocol/commands.def"
};
#undef SENSE
#define SENSE(name, number)

#undef COUNTER
#define COUNTER(name, number) COUNTER_##name = number,
enum counter {
#include "../protocol/commands.def"
    COUNTERS
};
#undef COUNTER
#define COUNTER(name, number)

#undef SETTING
#define SETTING(name, number) SETTING_##name = number,
enum setting {
#include "../protocol/commands.def"
};
#undef SETTING
#define SETTING(name, number)

#undef CAUSE
#define CAUSE(name, number) CAUSE_##name = number,
enum cause {
#include "../protocol/commands.def"
};
#undef CAUSE
#define CAUSE(name, number)

#undef LEVEL
#define LEVEL(name, number) LEVEL_##name = number,
enum level {
#include "../protocol/commands.def"
};
#undef LEVEL

#undef COMMAND
#undef EVENT
#undef STATUS
#undef QUANTITY
#undef FORMAT
#undef SENSE
#undef COUNTER
#undef SETTING
#undef CAUSE

#endif
