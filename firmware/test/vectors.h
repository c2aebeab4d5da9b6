/* Reads the golden vectors of protocol/vectors: lines of words, "#" before a comment. Tests run in the folder
 * `firmware`. */
#ifndef MORTAL_VECTORS_H
#define MORTAL_VECTORS_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

#ifndef VECTORS_FOLDER
#define VECTORS_FOLDER "protocol/vectors/"
#endif

enum { VECTOR_LINE = 16384, VECTOR_WORDS = 16 };

struct vectors {
    FILE *file;
    unsigned lines;
    unsigned count;             /* words of this line */
    char *words[VECTOR_WORDS];
    char line[VECTOR_LINE];
};

static inline void vectors_open(struct vectors *vectors, const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "%s%s", VECTORS_FOLDER, name);
    vectors->lines = 0;
    vectors->file = fopen(path, "r");
    if (vectors->file == NULL) {
        fprintf(stderr, "%s cannot be opened\n", path);
        exit(1);
    }
}

/* Goes to the next line that says something. At the end there must have been one. */
static inline bool vectors_next(struct vectors *vectors)
{
    while (fgets(vectors->line, VECTOR_LINE, vectors->file) != NULL) {
        vectors->count = 0;
        char *word = vectors->line[0] == '#' ? NULL : strtok(vectors->line, " \n");
        for (; word != NULL && vectors->count < VECTOR_WORDS; word = strtok(NULL, " \n")) {
            vectors->words[vectors->count++] = word;
        }
        if (vectors->count > 0) {
            vectors->lines++;
            return true;
        }
    }
    fclose(vectors->file);
    CHECK(vectors->lines > 0);
    return false;
}

/* Hexadecimal bytes, "-" for none. */
static inline uint32_t vector_bytes(const char *word, uint8_t *bytes, uint32_t capacity)
{
    uint32_t count = 0;
    for (; word[0] != '-' && word[0] != 0 && count < capacity; word += 2) {
        char pair[3] = {word[0], word[1], 0};
        bytes[count++] = (uint8_t)strtoul(pair, NULL, 16);
    }
    return count;
}

static inline uint32_t vector_number(const char *word, int base)
{
    return (uint32_t)strtoul(word, NULL, base);
}

#endif
