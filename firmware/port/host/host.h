/* The HAL of the host: a simulator or the built-in model as the array, byte rings or a terminal as the line. */
#ifndef MORTAL_HOST_H
#define MORTAL_HOST_H

#include <stdatomic.h>

#include "../../core/hal.h"
#include "../../core/stop.h"
#include "../backplane.h"
#include "model.h"

enum { HOST_RING_BYTES = 1 << 16 };

/* Bytes on their way from one thread to another. */
struct host_ring {
    atomic_uint written;
    atomic_uint taken;
    uint8_t bytes[HOST_RING_BYTES];
};

/* Both answer how many bytes they moved. */
uint32_t host_ring_put(struct host_ring *ring, const uint8_t *bytes, uint32_t count);
uint32_t host_ring_take(struct host_ring *ring, uint8_t *bytes, uint32_t capacity);

struct hal {
    struct description description;
    enum cause cause;
    uint32_t nonce;
    uint64_t begun_micros;
    struct model *model; /* NULL: a simulator behind the backplane */
    struct backplane backplane;
    struct pace pace;
    double pulse_seconds; /* of the open train */
    atomic_bool stopped;
    struct stop_matcher stop_matcher;
    struct host_ring received;
    struct host_ring sent;
    int line;         /* terminal to send to; -1: into the ring `sent` */
    int alarm;        /* readable when bytes came; -1: none */
    int simulator;    /* readable when the simulator has gone; -1: none */
    const char *settings_path; /* NULL: settings are not kept */
    bool restart_wanted;
};

/* Lines, rings and flags as after power-up; the array and `description` are the caller's. */
void host_start(struct hal *hal, enum cause cause, uint32_t nonce);
/* The receive interrupt: takes bytes as far as there is room, says how many, and looks for STOP in them. */
uint32_t host_receive(struct hal *hal, const uint8_t *bytes, uint32_t count);
/* A number that differs from one call to the next, and from one process to another. */
uint32_t host_nonce(void);

#endif
