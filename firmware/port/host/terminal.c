#include "terminal.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static const char TERMINALS[] = "/dev/pts/";

/* Where the link at `path` points to; false if there is none. */
static bool link_target(const char *path, char *target, size_t capacity)
{
    ssize_t length = readlink(path, target, capacity - 1);
    if (length < 0) {
        return false;
    }
    target[length] = 0;
    return true;
}

static bool make_link(const struct terminal *terminal)
{
    char target[TERMINAL_NAME_BYTES];
    if (link_target(terminal->link, target, sizeof target) &&
        strncmp(target, TERMINALS, sizeof TERMINALS - 1) == 0) {
        unlink(terminal->link);
    }
    return symlink(terminal->name, terminal->link) == 0;
}

static bool make_raw(int file)
{
    struct termios settings;
    if (tcgetattr(file, &settings) != 0) {
        return false;
    }
    cfmakeraw(&settings);
    return tcsetattr(file, TCSANOW, &settings) == 0;
}

bool terminal_open(struct terminal *terminal, const char *link)
{
    terminal->link = link;
    terminal->board_end = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK);
    if (terminal->board_end < 0 || grantpt(terminal->board_end) != 0 || unlockpt(terminal->board_end) != 0) {
        return false;
    }
    const char *name = ptsname(terminal->board_end);
    if (name == NULL || (size_t)snprintf(terminal->name, sizeof terminal->name, "%s", name) >= sizeof terminal->name) {
        return false;
    }
    terminal->host_end = open(terminal->name, O_RDWR | O_NOCTTY);
    return terminal->host_end >= 0 && make_raw(terminal->host_end) && make_link(terminal);
}

void terminal_close(struct terminal *terminal)
{
    char target[TERMINAL_NAME_BYTES];
    if (link_target(terminal->link, target, sizeof target) && strcmp(target, terminal->name) == 0) {
        unlink(terminal->link);
    }
    close(terminal->host_end);
    close(terminal->board_end);
}
