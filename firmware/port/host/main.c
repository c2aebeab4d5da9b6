/* The firmware as a process: its line is a pseudo-terminal, its array a simulator at the other end of standard input
 * and output. It ends when standard input does.
 *
 *   mortal-board --link PATH [--nonce N] [--settings FILE]  */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../core/link.h"
#include "host.h"
#include "terminal.h"

struct options {
    const char *link;
    const char *settings;
    bool has_nonce;
    uint32_t nonce;
};

/* The whole process; too large for a stack. */
struct process {
    struct hal hal;
    struct board board;
    struct link link;
    struct terminal terminal;
    int bell; /* written to when bytes came */
};

static volatile sig_atomic_t ended;

static void end(int signal)
{
    (void)signal;
    ended = 1;
}

static bool parse_nonce(const char *text, struct options *options)
{
    char *rest = NULL;
    errno = 0;
    unsigned long long value = strtoull(text, &rest, 0);
    options->has_nonce = true;
    options->nonce = (uint32_t)value;
    return errno == 0 && rest != text && *rest == 0 && value <= UINT32_MAX;
}

static bool parse(int count, char **arguments, struct options *options)
{
    static const struct option known[] = {{"link", required_argument, NULL, 'l'},
                                          {"nonce", required_argument, NULL, 'n'},
                                          {"settings", required_argument, NULL, 's'},
                                          {0}};
    bool valid = true;
    for (int option; valid && (option = getopt_long(count, arguments, "", known, NULL)) != -1;) {
        switch (option) {
        case 'l':
            options->link = optarg;
            break;
        case 'n':
            valid = parse_nonce(optarg, options);
            break;
        case 's':
            options->settings = optarg;
            break;
        default:
            valid = false;
        }
    }
    return valid && options->link != NULL && optind == count;
}

static bool write_all(int file, const uint8_t *bytes, uint32_t count)
{
    while (count > 0) {
        ssize_t written = write(file, bytes, count);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        bytes += written;
        count -= (uint32_t)written;
    }
    return true;
}

static bool read_all(int file, void *bytes, uint32_t count)
{
    for (uint8_t *at = bytes; count > 0;) {
        ssize_t taken = read(file, at, count);
        if (taken < 0 && errno == EINTR) {
            continue;
        }
        if (taken <= 0) {
            return false;
        }
        at += taken;
        count -= (uint32_t)taken;
    }
    return true;
}

/* One message to the simulator, and its answer. */
static bool exchange(void *context, const uint8_t *request, uint32_t count, uint8_t *reply, uint32_t reply_count)
{
    uint32_t length = 0;
    (void)context;
    bool answered = write_all(STDOUT_FILENO, request, count) &&
                    (reply_count == 0 || (read_all(STDIN_FILENO, &length, sizeof length) && length == reply_count &&
                                          read_all(STDIN_FILENO, reply, reply_count)));
    /* Without a simulator there is nothing to be a board of. */
    ended = ended || !answered;
    return answered;
}

/* The receive interrupt, as a thread: moves bytes, looks for STOP, and wakes the main loop. */
static void *receive(void *context)
{
    struct process *process = context;
    struct pollfd line = {.fd = process->terminal.board_end, .events = POLLIN};
    for (;;) {
        uint8_t bytes[4096];
        (void)poll(&line, 1, -1);
        ssize_t count = read(line.fd, bytes, sizeof bytes);
        if (count > 0) {
            (void)host_receive(&process->hal, bytes, (uint32_t)count);
            (void)!write(process->bell, "", 1);
        }
    }
    return NULL;
}

static bool start(struct process *process, enum cause cause, uint32_t nonce)
{
    struct description *description = &process->hal.description;
    bool keeps_settings = process->hal.settings_path != NULL;
    if (!backplane_boot(&process->hal.backplane, &process->hal, (struct backplane_port){exchange, NULL})) {
        fprintf(stderr, "mortal-board: no simulator answers on standard input\n");
        return false;
    }
    *description = process->hal.backplane.description;
    description->keeps_settings = keeps_settings;
    strcpy(description->board, "mortal-board");
    strcpy(description->firmware, "mortal 0.1.0 host process");
    host_start(&process->hal, cause, nonce);
    link_init(&process->link, &process->board, &process->hal);
    return true;
}

static bool simulator_gone(void)
{
    /* Every answer has been read, so all that can come is the end. */
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    return poll(&input, 1, 0) > 0;
}

static void run(struct process *process)
{
    struct hal *hal = &process->hal;
    while (!ended) {
        bool waiting = link_step(&process->link);
        if (hal->restart_wanted) {
            (void)start(process, CAUSE_SOFTWARE, hal->nonce + 1);
        } else if (waiting) {
            hal_idle(hal);
            ended = ended || simulator_gone();
        }
    }
    board_ground(&process->board);
}

/* A pipe by which the receive thread wakes the main loop; neither end ever waits. */
static bool make_bell(struct process *process)
{
    int ends[2];
    if (pipe(ends) != 0 || fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0 || fcntl(ends[1], F_SETFL, O_NONBLOCK) != 0) {
        return false;
    }
    process->hal.alarm = ends[0];
    process->bell = ends[1];
    return true;
}

static void heed_signals(void)
{
    struct sigaction action = {.sa_handler = end};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
}

int main(int count, char **arguments)
{
    static struct process process;
    struct options options = {0};
    pthread_t receiver;
    if (!parse(count, arguments, &options)) {
        fprintf(stderr, "usage: mortal-board --link PATH [--nonce N] [--settings FILE]\n");
        return 2;
    }
    process.hal.simulator = STDIN_FILENO;
    process.hal.settings_path = options.settings;
    heed_signals();
    if (!terminal_open(&process.terminal, options.link) || !make_bell(&process)) {
        fprintf(stderr, "mortal-board: no terminal at %s: %s\n", options.link, strerror(errno));
        return 1;
    }
    process.hal.line = process.terminal.board_end;
    bool started = start(&process, CAUSE_POWER, options.has_nonce ? options.nonce : host_nonce());
    if (started && pthread_create(&receiver, NULL, receive, &process) == 0) {
        fprintf(stderr, "mortal-board: ready at %s\n", options.link);
        run(&process);
    }
    terminal_close(&process.terminal);
    return started ? 0 : 1;
}
