/* Opening and closing boards, and the end of their wire. */
#include <stdlib.h>
#include <string.h>

#include "mortal_board.h"

uint32_t mortal_abi_version(void)
{
    return MORTAL_ABI_VERSION;
}

static struct mortal_board *new_board(void)
{
    struct mortal_board *board = calloc(1, sizeof *board);
    if (board != NULL) {
        board->hal.line = -1;
        board->hal.alarm = -1;
        board->hal.simulator = -1;
        strcpy(board->hal.description.board, "libmortal");
        strcpy(board->hal.description.firmware, "mortal 0.1.0 host library");
    }
    return board;
}

struct mortal_board *mortal_open(uint32_t arrays, uint32_t rows, uint32_t columns, uint64_t seed)
{
    struct mortal_board *board = new_board();
    struct model *model = board == NULL ? NULL : model_create(arrays, rows, columns, seed);
    if (model == NULL) {
        free(board);
        return NULL;
    }
    board->hal.model = model;
    model_describe(model, &board->hal.description);
    host_start(&board->hal, CAUSE_POWER, host_nonce());
    link_init(&board->link, &board->board, &board->hal);
    return board;
}

static bool call_back(void *context, const uint8_t *request, uint32_t count, uint8_t *reply, uint32_t reply_count)
{
    struct mortal_board *board = context;
    return board->exchange(board->exchange_context, request, count, reply, reply_count) == reply_count;
}

/* Learns what the simulated chip is. */
static bool boot(struct mortal_board *board)
{
    struct description *description = &board->hal.description;
    struct description ours = *description;
    if (!backplane_boot(&board->hal.backplane, &board->hal, (struct backplane_port){call_back, board})) {
        return false;
    }
    *description = board->hal.backplane.description;
    memcpy(description->board, ours.board, sizeof ours.board);
    memcpy(description->firmware, ours.firmware, sizeof ours.firmware);
    return true;
}

struct mortal_board *mortal_open_simulated(mortal_exchange exchange, void *context)
{
    struct mortal_board *board = new_board();
    if (board == NULL) {
        return NULL;
    }
    board->exchange = exchange;
    board->exchange_context = context;
    if (!boot(board)) {
        free(board);
        return NULL;
    }
    host_start(&board->hal, CAUSE_POWER, host_nonce());
    link_init(&board->link, &board->board, &board->hal);
    return board;
}

void mortal_close(struct mortal_board *board)
{
    if (board != NULL) {
        board_ground(&board->board);
        model_free(board->hal.model);
        free(board);
    }
}

void mortal_describe(struct mortal_board *board, uint8_t *greeting)
{
    greeting_write(&board->board, 0, 1, greeting);
}

uint32_t mortal_link_receive(struct mortal_board *board, const uint8_t *bytes, uint32_t count)
{
    return host_receive(&board->hal, bytes, count);
}

int32_t mortal_link_step(struct mortal_board *board)
{
    bool waiting = link_step(&board->link);
    if (board->hal.restart_wanted) {
        mortal_link_restart(board, board->hal.nonce + 1);
    }
    return waiting;
}

uint32_t mortal_link_transmit(struct mortal_board *board, uint8_t *bytes, uint32_t capacity)
{
    return host_ring_take(&board->hal.sent, bytes, capacity);
}

void mortal_link_restart(struct mortal_board *board, uint32_t nonce)
{
    /* A simulator that is gone shows at the next command. */
    if (board->hal.model == NULL) {
        (void)boot(board);
    }
    host_start(&board->hal, CAUSE_SOFTWARE, nonce);
    link_init(&board->link, &board->board, &board->hal);
}
