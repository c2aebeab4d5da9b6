#include "schema.h"

#include "crc32c.h"

#define COMMAND(name, number, request, reply) "COMMAND " #name " " #number " " request " -> " reply "\n"
#define EVENT(name, number) "EVENT " #name " " #number "\n"
#define STATUS(name, number) "STATUS " #name " " #number "\n"
#define QUANTITY(name, number) "QUANTITY " #name " " #number "\n"
#define FORMAT(name, number) "FORMAT " #name " " #number "\n"
#define SENSE(name, number) "SENSE " #name " " #number "\n"
#define COUNTER(name, number) "COUNTER " #name " " #number "\n"
#define SETTING(name, number) "SETTING " #name " " #number "\n"
#define CAUSE(name, number) "CAUSE " #name " " #number "\n"
#define LEVEL(name, number) "LEVEL " #name " " #number "\n"

static const uint8_t TEXT[] =
#include "../protocol/commands.def"
    ;

uint32_t schema_hash(void)
{
    return crc32c(TEXT, sizeof TEXT - 1, 0);
}
