/* Runs a fuzz target where there is no libFuzzer: the corpus first, then seeded mutations of it. It knows nothing of
 * coverage. Options as libFuzzer's: [-runs=n] [-seed=n] [-max_len=n] folder or file ... */
#define _POSIX_C_SOURCE 200809L
#include <dirent.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 4096, CORPUS_MAX = 1024 };

struct input {
    uint8_t bytes[INPUT_MAX];
    size_t count;
};

static struct input corpus[CORPUS_MAX];
static size_t corpus_count;
static struct input current;

/* Keeps the input that failed. */
static void save_current(int signal)
{
    FILE *file = fopen("crash-input", "wb");
    if (file != NULL) {
        fwrite(current.bytes, 1, current.count, file);
        fclose(file);
    }
    static const char text[] = "the input that failed is in crash-input\n";
    ssize_t written = write(STDERR_FILENO, text, sizeof text - 1);
    _exit(written > 0 ? 128 + signal : 1);
}

static uint32_t random_below(uint64_t *state, size_t limit)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((*state >> 33) % limit);
}

static void load_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file != NULL && corpus_count < CORPUS_MAX) {
        struct input *input = &corpus[corpus_count++];
        input->count = fread(input->bytes, 1, INPUT_MAX, file);
        fclose(file);
    }
}

static void load(const char *path)
{
    DIR *folder = opendir(path);
    if (folder == NULL) {
        load_file(path);
        return;
    }
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        char name[1024];
        snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        if (entry->d_name[0] != '.') {
            load_file(name);
        }
    }
    closedir(folder);
}

/* Opens a hole of `count` bytes at `at`, or closes one. */
static void shift(size_t at, size_t count, int open, size_t max)
{
    if (open && current.count + count <= max) {
        memmove(current.bytes + at + count, current.bytes + at, current.count - at);
        current.count += count;
    } else if (!open && at + count <= current.count) {
        memmove(current.bytes + at, current.bytes + at + count, current.count - at - count);
        current.count -= count;
    }
}

static void mutate(uint64_t *state, size_t max)
{
    size_t at = random_below(state, current.count + 1);
    size_t count = 1 + random_below(state, 16);
    const struct input *other = &corpus[random_below(state, corpus_count)];
    switch (random_below(state, 6)) {
    case 0:
    case 1:
        if (at < current.count) {
            current.bytes[at] ^= (uint8_t)(1u << random_below(state, 8));
        }
        break;
    case 2:
        if (at < current.count) {
            current.bytes[at] = (uint8_t)random_below(state, 256);
        }
        break;
    case 3:
        shift(at, count, 0, max);
        break;
    case 4:
        shift(at, count, 1, max);
        break;
    default:
        if (other->count > 0) {
            size_t from = random_below(state, other->count);
            count = other->count - from < count ? other->count - from : count;
            shift(at, count, 1, max);
            count = current.count - at < count ? current.count - at : count;
            memcpy(current.bytes + at, other->bytes + from, count);
        }
        break;
    }
}

int main(int argc, char **argv)
{
    uint64_t runs = 100000;
    uint64_t state = 1;
    size_t max = INPUT_MAX;
    for (int i = 1; i < argc; i++) {
        unsigned long long number = 0;
        if (sscanf(argv[i], "-runs=%llu", &number) == 1) {
            runs = number;
        } else if (sscanf(argv[i], "-seed=%llu", &number) == 1) {
            state = number;
        } else if (sscanf(argv[i], "-max_len=%llu", &number) == 1) {
            max = number < INPUT_MAX ? number : INPUT_MAX;
        } else if (argv[i][0] != '-') {
            load(argv[i]);
        }
    }
    if (corpus_count == 0) {
        corpus_count = 1;
    }
    signal(SIGABRT, save_current);
    for (uint64_t run = 0; run < runs; run++) {
        current = corpus[run < corpus_count ? run : random_below(&state, corpus_count)];
        for (uint32_t i = run < corpus_count ? 0 : 1 + random_below(&state, 8); i > 0; i--) {
            mutate(&state, max);
        }
        LLVMFuzzerTestOneInput(current.bytes, current.count);
    }
    printf("%llu inputs, no finding\n", (unsigned long long)runs);
    return 0;
}
