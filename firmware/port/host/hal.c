#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "host.h"

enum { IDLE_MILLIS = 1, PATH_BYTES = 4096 };

uint32_t host_ring_put(struct host_ring *ring, const uint8_t *bytes, uint32_t count)
{
    unsigned written = atomic_load_explicit(&ring->written, memory_order_relaxed);
    unsigned room = HOST_RING_BYTES - (written - atomic_load_explicit(&ring->taken, memory_order_acquire));
    uint32_t moved = count < room ? count : room;
    for (uint32_t i = 0; i < moved; i++) {
        ring->bytes[(written + i) % HOST_RING_BYTES] = bytes[i];
    }
    atomic_store_explicit(&ring->written, written + moved, memory_order_release);
    return moved;
}

uint32_t host_ring_take(struct host_ring *ring, uint8_t *bytes, uint32_t capacity)
{
    unsigned taken = atomic_load_explicit(&ring->taken, memory_order_relaxed);
    unsigned there = atomic_load_explicit(&ring->written, memory_order_acquire) - taken;
    uint32_t moved = capacity < there ? capacity : there;
    for (uint32_t i = 0; i < moved; i++) {
        bytes[i] = ring->bytes[(taken + i) % HOST_RING_BYTES];
    }
    atomic_store_explicit(&ring->taken, taken + moved, memory_order_release);
    return moved;
}

static uint64_t clock_micros(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u;
}

uint32_t host_nonce(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    uint64_t mixed = ((uint64_t)now.tv_sec << 30 ^ (uint64_t)now.tv_nsec) * 0x9E3779B97F4A7C15u;
    return (uint32_t)(mixed >> 32) ^ (uint32_t)getpid() * 0x85EBCA6Bu;
}

void host_start(struct hal *hal, enum cause cause, uint32_t nonce)
{
    hal->cause = cause;
    hal->nonce = nonce;
    hal->begun_micros = clock_micros();
    hal->pace = (struct pace){0};
    hal->restart_wanted = false;
    hal->stop_matcher = (struct stop_matcher){0};
    atomic_store(&hal->stopped, false);
    /* What is in the rings is lost, as in a receive buffer. */
    atomic_store(&hal->received.taken, atomic_load(&hal->received.written));
    atomic_store(&hal->sent.taken, atomic_load(&hal->sent.written));
}

uint32_t host_receive(struct hal *hal, const uint8_t *bytes, uint32_t count)
{
    uint32_t taken = host_ring_put(&hal->received, bytes, count);
    for (uint32_t i = 0; i < taken; i++) {
        if (stop_feed(&hal->stop_matcher, bytes[i])) {
            atomic_store(&hal->stopped, true);
        }
    }
    return taken;
}

const struct description *hal_description(struct hal *hal)
{
    return &hal->description;
}

enum cause hal_reset_cause(struct hal *hal)
{
    return hal->cause;
}

uint32_t hal_nonce(struct hal *hal)
{
    return hal->nonce;
}

uint64_t hal_micros(struct hal *hal)
{
    return clock_micros() - hal->begun_micros;
}

void hal_idle(struct hal *hal)
{
    struct pollfd fds[2] = {{.fd = hal->alarm, .events = POLLIN}, {.fd = hal->simulator, .events = POLLIN}};
    uint8_t rung[64];
    if (poll(fds, 2, IDLE_MILLIS) > 0 && (fds[0].revents & POLLIN) != 0) {
        (void)!read(hal->alarm, rung, sizeof rung);
    }
}

void hal_restart(struct hal *hal)
{
    hal->restart_wanted = true;
}

uint32_t hal_receive(struct hal *hal, uint8_t *bytes, uint32_t capacity)
{
    return host_ring_take(&hal->received, bytes, capacity);
}

uint32_t hal_transmit(struct hal *hal, const uint8_t *bytes, uint32_t count)
{
    if (hal->line < 0) {
        return host_ring_put(&hal->sent, bytes, count);
    }
    ssize_t written = write(hal->line, bytes, count);
    return written > 0 ? (uint32_t)written : 0;
}

bool hal_stopped(struct hal *hal)
{
    return atomic_load_explicit(&hal->stopped, memory_order_relaxed);
}

void hal_clear_stop(struct hal *hal)
{
    atomic_store(&hal->stopped, false);
}

enum status hal_read(struct hal *hal, const struct read_block *block, float *amps)
{
    if (hal_stopped(hal)) {
        return STATUS_STOPPED;
    }
    if (hal->model == NULL) {
        return backplane_read(&hal->backplane, block, amps);
    }
    model_read(hal->model, block, amps);
    return STATUS_OK;
}

enum status hal_train_begin(struct hal *hal, const struct train_shape *shape)
{
    hal->pulse_seconds = shape->seconds;
    if (hal->model == NULL) {
        return backplane_train_begin(&hal->backplane, shape);
    }
    model_train_begin(hal->model, shape);
    return STATUS_OK;
}

enum status hal_pulse(struct hal *hal, uint16_t row, uint16_t column, int16_t count)
{
    if (hal_stopped(hal)) {
        return STATUS_STOPPED;
    }
    if (hal->model == NULL) {
        return backplane_pulse(&hal->backplane, row, column, count);
    }
    model_pulse(hal->model, row, column, count);
    pace_spend(&hal->pace, hal, fabs((double)count) * hal->pulse_seconds);
    return STATUS_OK;
}

enum status hal_train_end(struct hal *hal)
{
    return hal->model == NULL ? backplane_train_end(&hal->backplane) : STATUS_OK;
}

void hal_ground(struct hal *hal)
{
    /* The model has no lines to ground: it is driven by whole reads and pulses. */
    if (hal->model == NULL) {
        backplane_ground(&hal->backplane);
    }
}

void hal_cost(struct hal *hal, double *joules, double *busy_seconds)
{
    if (hal->model == NULL) {
        backplane_cost(&hal->backplane, joules, busy_seconds);
    } else {
        model_cost(hal->model, joules, busy_seconds);
    }
}

bool hal_settings_load(struct hal *hal, uint8_t *bytes, uint32_t count)
{
    FILE *file = hal->settings_path == NULL ? NULL : fopen(hal->settings_path, "rb");
    if (file == NULL) {
        return false;
    }
    size_t read = fread(bytes, 1, count, file);
    fclose(file);
    return read == count;
}

bool hal_settings_store(struct hal *hal, const uint8_t *bytes, uint32_t count)
{
    char path[PATH_BYTES];
    if (hal->settings_path == NULL ||
        (size_t)snprintf(path, sizeof path, "%s.new", hal->settings_path) >= sizeof path) {
        return false;
    }
    FILE *file = fopen(path, "wb");
    if (file == NULL) {
        return false;
    }
    bool written = fwrite(bytes, 1, count, file) == count && fflush(file) == 0 && fsync(fileno(file)) == 0;
    /* Renaming is one step: whoever looks finds the old file or the new one. */
    return (fclose(file) == 0) && written && rename(path, hal->settings_path) == 0;
}
