/* What the files of the link know of each other. */
#ifndef MORTAL_LINK_PARTS_H
#define MORTAL_LINK_PARTS_H

#include "link.h"

/* The entry of a command that has not been forgotten. */
struct link_entry *link_entry(struct link *link, uint16_t seq);

/* receive.c: takes what came and queues commands; never carries one out. True when something came. */
bool link_receive(struct link *link);

/* transmit.c: sends what is due, as far as there is room. True when nothing is left. */
bool link_transmit(struct link *link);
/* Says something to people; dropped while another word waits. */
void link_log(struct link *link, enum level level, const char *text);

/* link.c: STOP was recognised. */
void link_stop(struct link *link);

/* ring.c */
struct ring ring_of(uint8_t *bytes, uint32_t capacity);
uint32_t ring_room(const struct ring *ring);
/* Adds bytes for which there is room; answers where they begin. */
uint32_t ring_put(struct ring *ring, const uint8_t *bytes, uint32_t count);
void ring_drop(struct ring *ring, uint32_t count);
/* The part from `at` on that lies in one piece, at most `count`; the rest, if any, begins at 0. */
uint32_t ring_piece(const struct ring *ring, uint32_t at, uint32_t count);

#endif
