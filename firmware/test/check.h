/* Checks of the C tests. A failed check prints where it stands and goes on; a test's main ends with
 * `return check_report("name");`, which fails if a check failed or if there was none. */
#ifndef MORTAL_CHECK_H
#define MORTAL_CHECK_H

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static unsigned check_count;
static unsigned check_failures;

static inline bool check_that(bool passed, const char *file, int line, const char *text)
{
    check_count++;
    if (!passed) {
        check_failures++;
        fprintf(stderr, "%s:%d: not so: %s\n", file, line, text);
    }
    return passed;
}

static inline bool check_integers(int64_t expected, int64_t actual, const char *file, int line, const char *text)
{
    check_count++;
    if (expected != actual) {
        check_failures++;
        fprintf(stderr, "%s:%d: %s is %" PRId64 ", expected %" PRId64 "\n", file, line, text, actual, expected);
    }
    return expected == actual;
}

static inline bool check_doubles(double expected, double actual, double tolerance, const char *file, int line,
                                 const char *text)
{
    bool near = fabs(expected - actual) <= tolerance;
    check_count++;
    if (!near) {
        check_failures++;
        fprintf(stderr, "%s:%d: %s is %.17g, expected %.17g\n", file, line, text, actual, expected);
    }
    return near;
}

static inline bool check_memory(const void *expected, const void *actual, size_t count, const char *file, int line,
                                const char *text)
{
    const unsigned char *wanted = expected;
    const unsigned char *got = actual;
    size_t i = 0;
    check_count++;
    while (i < count && wanted[i] == got[i]) {
        i++;
    }
    if (i < count) {
        check_failures++;
        fprintf(stderr, "%s:%d: byte %zu of %s is %02x, expected %02x\n", file, line, i, text, got[i], wanted[i]);
    }
    return i == count;
}

#define CHECK(condition) check_that((condition), __FILE__, __LINE__, #condition)
#define CHECK_EQUAL(expected, actual) \
    check_integers((int64_t)(expected), (int64_t)(actual), __FILE__, __LINE__, #actual)
#define CHECK_NEAR(expected, actual, tolerance) \
    check_doubles((expected), (actual), (tolerance), __FILE__, __LINE__, #actual)
#define CHECK_BYTES(expected, actual, count) \
    check_memory((expected), (actual), (count), __FILE__, __LINE__, #actual)

/* Prints the sum and answers the exit code. */
static inline int check_report(const char *name)
{
    if (check_count == 0) {
        fprintf(stderr, "%s: nothing was checked\n", name);
        return 1;
    }
    if (check_failures > 0) {
        fprintf(stderr, "%s: %u of %u checks failed\n", name, check_failures, check_count);
        return 1;
    }
    printf("%s: %u checks\n", name, check_count);
    return 0;
}

#endif
