/* The host port at the end of a wire: the library's own, and the process on its terminal, which is restarted and left
 * alone. A thread of the test is the process's simulator. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "../core/frame.h"
#include "../core/link.h"
#include "../core/schema.h"
#include "../port/host/mortal.h"
#include "check.h"

enum { SESSION = 0x600DF00D, BODY = 2048, PATIENCE_MILLIS = 10000 };

/* A way to a board, and the frames that come back. */
struct wire {
    uint32_t (*send)(void *context, const uint8_t *bytes, uint32_t count);
    uint32_t (*receive)(void *context, uint8_t *bytes, uint32_t capacity);
    void *context;
    uint32_t nonce; /* of the last greeting */
    struct cobs_decoder decoder;
    struct frame frame;
    uint8_t body[BODY];
};

static void send_frame(struct wire *wire, struct frame_header header, const void *payload, uint32_t length)
{
    uint8_t bytes[COBS_ENCODED_MAX(BODY)];
    struct frame_writer writer;
    frame_begin(&writer, bytes, header, frame_seed(schema_hash(), SESSION ^ wire->nonce));
    frame_put(&writer, payload, length);
    uint32_t count = frame_end(&writer);
    CHECK_EQUAL(count, wire->send(wire->context, bytes, count));
}

static void send_hello(struct wire *wire)
{
    const uint32_t numbers[3] = {1, schema_hash(), SESSION};
    send_frame(wire, (struct frame_header){.type = EVENT_HELLO}, numbers, sizeof numbers);
}

static bool parsed(struct wire *wire)
{
    uint32_t seed = frame_seed(schema_hash(), SESSION ^ wire->nonce);
    return frame_parse(&wire->frame, wire->decoder.bytes, wire->decoder.count, seed) == FRAME_GOOD;
}

/* Waits for a frame of this type. */
static bool await(struct wire *wire, uint8_t type)
{
    wire->decoder.bytes = wire->body;
    wire->decoder.capacity = BODY;
    for (int waited = 0; waited < PATIENCE_MILLIS; waited++) {
        uint8_t byte;
        while (wire->receive(wire->context, &byte, 1) == 1) {
            if (cobs_feed(&wire->decoder, byte) == COBS_FRAME && parsed(wire) && wire->frame.header.type == type) {
                return CHECK(true);
            }
        }
        poll(NULL, 0, 1);
    }
    return CHECK(!"an answer came in time");
}

static uint32_t greeting_u32(const struct wire *wire, unsigned at)
{
    uint32_t value;
    memcpy(&value, wire->frame.payload + at, 4);
    return value;
}

/* Waits for a greeting of this session; answers its nonce. */
static uint32_t await_greeting(struct wire *wire, uint32_t session)
{
    while (await(wire, EVENT_GREETING)) {
        if (greeting_u32(wire, 16) == session) {
            wire->nonce = greeting_u32(wire, 12);
            return wire->nonce;
        }
    }
    return 0;
}

/* --- the library --- */

static uint32_t library_send(void *board, const uint8_t *bytes, uint32_t count)
{
    return mortal_link_receive(board, bytes, count);
}

static uint32_t library_receive(void *board, uint8_t *bytes, uint32_t capacity)
{
    (void)mortal_link_step(board);
    return mortal_link_transmit(board, bytes, capacity);
}

static void test_library(void)
{
    static struct wire wire;
    struct mortal_board *board = mortal_open(1, 8, 8, 1);
    wire = (struct wire){.send = library_send, .receive = library_receive, .context = board};
    send_hello(&wire);
    await_greeting(&wire, SESSION);
    send_frame(&wire, (struct frame_header){.type = COMMAND_PING, .seq = 1}, "echo", 4);
    if (await(&wire, COMMAND_PING)) {
        CHECK(wire.frame.length == 4 && memcmp(wire.frame.payload, "echo", 4) == 0);
    }
    mortal_link_restart(board, 4711);
    CHECK_EQUAL(4711, await_greeting(&wire, 0));
    mortal_close(board);
}

/* --- the process --- */

struct process {
    pid_t id;
    int to_board;
    int from_board;
    int terminal;
    pthread_t simulator;
    const char *settings;
};

static bool read_all(int file, uint8_t *bytes, size_t count)
{
    for (ssize_t taken; count > 0; bytes += taken, count -= (size_t)taken) {
        taken = read(file, bytes, count);
        if (taken <= 0) {
            return false;
        }
    }
    return true;
}

/* Answers BOOT with an array of 1 x 1, and says nothing else: nothing is read here. */
static void *simulate(void *context)
{
    struct process *process = context;
    uint8_t message[64];
    for (uint32_t length; read_all(process->from_board, (uint8_t *)&length, 4) && length <= sizeof message &&
                          read_all(process->from_board, message, length);) {
        if (message[0] == 1) {
            const uint32_t count = 164;
            const uint16_t sizes[3] = {1, 1, 1};
            const uint32_t max_pulses = 10;
            const double numbers[13] = {0.2, 1, 1e-6, 0, 1, 0, 1, 0.5, 0.5, 1e-7, 0.1, 0, 0};
            uint8_t reply[168] = {0};
            memcpy(reply, &count, 4);
            memcpy(reply + 8, sizes, sizeof sizes);
            memcpy(reply + 20, &max_pulses, 4);
            memcpy(reply + 24, numbers, sizeof numbers);
            CHECK_EQUAL(sizeof reply, write(process->to_board, reply, sizeof reply));
        }
    }
    return NULL;
}

static void start(struct process *process, const char *program, const char *link)
{
    int in[2];
    int out[2];
    CHECK(pipe(in) == 0 && pipe(out) == 0);
    process->to_board = in[1];
    process->from_board = out[0];
    fcntl(process->to_board, F_SETFD, FD_CLOEXEC);
    fcntl(process->from_board, F_SETFD, FD_CLOEXEC);
    process->id = fork();
    if (process->id == 0) {
        dup2(in[0], STDIN_FILENO);
        dup2(out[1], STDOUT_FILENO);
        close(in[0]);
        close(out[1]);
        dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
        execl(program, program, "--link", link, "--nonce", "100", "--settings", process->settings, (char *)NULL);
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    CHECK_EQUAL(0, pthread_create(&process->simulator, NULL, simulate, process));
}

/* Closes the process's standard input, and answers how it ended. */
static int finish(struct process *process)
{
    int status = 0;
    close(process->to_board);
    CHECK(waitpid(process->id, &status, 0) == process->id);
    pthread_join(process->simulator, NULL);
    close(process->from_board);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static bool open_terminal(struct process *process, const char *link)
{
    struct termios settings;
    for (int waited = 0; waited < PATIENCE_MILLIS; waited++) {
        process->terminal = open(link, O_RDWR | O_NOCTTY | O_NONBLOCK);
        if (process->terminal >= 0 && tcgetattr(process->terminal, &settings) == 0) {
            cfmakeraw(&settings);
            return CHECK(tcsetattr(process->terminal, TCSANOW, &settings) == 0);
        }
        poll(NULL, 0, 1);
    }
    return CHECK(!"the terminal came in time");
}

static uint32_t terminal_send(void *context, const uint8_t *bytes, uint32_t count)
{
    struct process *process = context;
    ssize_t sent = write(process->terminal, bytes, count);
    return sent < 0 ? 0 : (uint32_t)sent;
}

static uint32_t terminal_receive(void *context, uint8_t *bytes, uint32_t capacity)
{
    struct process *process = context;
    ssize_t taken = read(process->terminal, bytes, capacity);
    return taken < 0 ? 0 : (uint32_t)taken;
}

static void test_process(const char *program, const char *link, const char *settings)
{
    static struct wire wire;
    struct process process = {.settings = settings};
    /* As a board leaves it that was killed. */
    CHECK_EQUAL(0, symlink("/dev/pts/999999", link));
    start(&process, program, link);
    wire = (struct wire){.send = terminal_send, .receive = terminal_receive, .context = &process};
    if (open_terminal(&process, link)) {
        send_hello(&wire);
        CHECK_EQUAL(100 + LINK_NONCE_STEP, await_greeting(&wire, SESSION));
        /* A host that went and came again finds its session. */
        close(process.terminal);
    }
    if (open_terminal(&process, link)) {
        send_frame(&wire, (struct frame_header){.type = COMMAND_PING, .seq = 1}, "x", 1);
        await(&wire, COMMAND_PING);
        send_frame(&wire, (struct frame_header){.type = COMMAND_SETTING_SET, .seq = 2, .ack = 1}, "\1left", 5);
        await(&wire, COMMAND_SETTING_SET);
        send_frame(&wire, (struct frame_header){.type = COMMAND_RESET, .seq = 3, .ack = 2}, NULL, 0);
        await(&wire, COMMAND_RESET);
        CHECK_EQUAL(101, await_greeting(&wire, 0));
        /* The name outlived the restart. */
        CHECK(strcmp((const char *)wire.frame.payload + 156, "left") == 0);
        close(process.terminal);
    }
    CHECK_EQUAL(0, finish(&process));
    CHECK(access(link, F_OK) != 0 && errno == ENOENT);
    CHECK_EQUAL(0, unlink(settings));
}

/* What is not a link to a terminal is left alone. */
static void test_occupied_link(const char *program, const char *link)
{
    struct process process = {.settings = "/dev/null"};
    CHECK_EQUAL(0, symlink("/dev/null", link));
    start(&process, program, link);
    CHECK_EQUAL(1, finish(&process));
    CHECK_EQUAL(0, unlink(link));
}

int main(int count, char **arguments)
{
    char program[4096];
    char folder[] = "/tmp/mortal-test-XXXXXX";
    char link[64];
    char settings[64];
    (void)count;
    snprintf(program, sizeof program, "%.*smortal-board", (int)(strrchr(arguments[0], '/') + 1 - arguments[0]),
             arguments[0]);
    CHECK(mkdtemp(folder) != NULL);
    snprintf(link, sizeof link, "%s/board", folder);
    snprintf(settings, sizeof settings, "%s/settings", folder);
    test_library();
    test_process(program, link, settings);
    test_occupied_link(program, link);
    rmdir(folder);
    return check_report("host link");
}
