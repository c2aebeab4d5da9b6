/* A pseudo-terminal under a name of one's choice. */
#ifndef MORTAL_TERMINAL_H
#define MORTAL_TERMINAL_H

#include <stdbool.h>

enum { TERMINAL_NAME_BYTES = 64 };

struct terminal {
    int board_end; /* does not wait */
    int host_end;  /* kept open, so that hosts may come and go */
    const char *link;
    char name[TERMINAL_NAME_BYTES]; /* what the link points to */
};

/* Makes a terminal without line discipline, and `link` a symbolic link to it. A link to another terminal, which a board
 * that was killed leaves behind, is replaced; anything else there is not touched. False with errno. */
bool terminal_open(struct terminal *terminal, const char *link);
/* Takes the link away, if it still points here. */
void terminal_close(struct terminal *terminal);

#endif
