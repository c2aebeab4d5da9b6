/* The host's array model against protocol/vectors/model.txt, which the Java simulator made. */
#include "../port/host/model.h"
#include "../port/host/philox.h"
#include "check.h"
#include "vectors.h"

/* What the vectors drive. */
struct bench {
    struct vectors vectors;
    struct model *model;
    uint32_t rows;
    uint32_t columns;
    float volts[MAX_LINES];
    float bias_amps[MAX_LINES];
    struct read_block block;
};

static uint64_t hexadecimal(const struct bench *bench, unsigned word)
{
    return strtoull(bench->vectors.words[word], NULL, 16);
}

static uint32_t decimal(const struct bench *bench, unsigned word)
{
    return vector_number(bench->vectors.words[word], 10);
}

static float float_at(const struct bench *bench, unsigned word)
{
    uint32_t bits = (uint32_t)hexadecimal(bench, word);
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static double double_at(const struct bench *bench, unsigned word)
{
    uint64_t bits = hexadecimal(bench, word);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static void check_philox(struct bench *bench)
{
    uint32_t words[4];
    philox_block(hexadecimal(bench, 1), (uint32_t)hexadecimal(bench, 2), (uint32_t)hexadecimal(bench, 3),
                 (uint32_t)hexadecimal(bench, 4), words);
    for (unsigned i = 0; i < 4; i++) {
        CHECK_EQUAL(hexadecimal(bench, 5 + i), words[i]);
    }
}

static void check_key(struct bench *bench)
{
    CHECK(hexadecimal(bench, 4) == philox_key(hexadecimal(bench, 1), decimal(bench, 2), decimal(bench, 3)));
}

static void check_normals(struct bench *bench)
{
    float normals[NORMALS_CHUNK];
    philox_normals(hexadecimal(bench, 1), (uint32_t)hexadecimal(bench, 2), normals, NORMALS_CHUNK);
    for (unsigned i = 4; i < bench->vectors.count; i++) {
        CHECK(float_at(bench, i) == normals[decimal(bench, 3) + i - 4]);
    }
}

static void make_chip(struct bench *bench)
{
    model_free(bench->model);
    bench->rows = decimal(bench, 2);
    bench->columns = decimal(bench, 3);
    bench->model = model_create(decimal(bench, 1), bench->rows, bench->columns, hexadecimal(bench, 4));
    CHECK(bench->model != NULL);
}

static void check_stuck(struct bench *bench)
{
    uint16_t array = (uint16_t)decimal(bench, 1);
    uint32_t found = 0;
    for (uint32_t cell = 0; cell < bench->rows * bench->columns; cell++) {
        if (model_stuck(bench->model, array, (uint16_t)(cell / bench->columns), (uint16_t)(cell % bench->columns))) {
            CHECK(3 + found >= bench->vectors.count || decimal(bench, 3 + found) == cell);
            found++;
        }
    }
    CHECK_EQUAL(decimal(bench, 2), found);
}

static void give_train(struct bench *bench)
{
    struct train_shape shape = {(uint16_t)decimal(bench, 1), double_at(bench, 2), double_at(bench, 3),
                                double_at(bench, 4)};
    model_train_begin(bench->model, &shape);
    for (unsigned i = 5; i + 1 < bench->vectors.count; i += 2) {
        uint32_t cell = decimal(bench, i);
        model_pulse(bench->model, (uint16_t)(cell / bench->columns), (uint16_t)(cell % bench->columns),
                    (int16_t)strtol(bench->vectors.words[i + 1], NULL, 10));
    }
}

static void check_siemens(struct bench *bench)
{
    uint32_t cell = decimal(bench, 2);
    double siemens = model_siemens(bench->model, (uint16_t)decimal(bench, 1), (uint16_t)(cell / bench->columns),
                                   (uint16_t)(cell % bench->columns));
    CHECK_NEAR(double_at(bench, 3), siemens, 0);
}

static void take_lines(struct bench *bench)
{
    const char *sense = bench->vectors.words[2];
    bench->block = (struct read_block){.array = (uint16_t)decimal(bench, 1),
                                       .sense = sense[0] == 'P'   ? SENSE_PLUS
                                                : sense[0] == 'M' ? SENSE_MINUS
                                                                  : SENSE_ALL,
                                       .vectors = 1,
                                       .lines = (uint16_t)(bench->vectors.count - 3),
                                       .volts = bench->volts};
    for (unsigned i = 3; i < bench->vectors.count; i++) {
        bench->volts[i - 3] = float_at(bench, i);
    }
}

static void take_bias(struct bench *bench)
{
    for (unsigned i = 1; i < bench->vectors.count; i++) {
        bench->bias_amps[i - 1] = float_at(bench, i);
    }
    bench->block.bias_amps = bench->bias_amps;
}

static void check_amps(struct bench *bench)
{
    float amps[MAX_LINES];
    bench->block.outputs = (uint16_t)(bench->vectors.count - 1);
    model_read(bench->model, &bench->block, amps);
    for (unsigned j = 0; j < bench->block.outputs; j++) {
        CHECK_NEAR((double)float_at(bench, 1 + j), (double)amps[j], 0);
    }
}

static void follow_vectors(void)
{
    static const struct {
        const char *kind;
        void (*follow)(struct bench *bench);
    } kinds[] = {{"philox", check_philox}, {"key", check_key},   {"normals", check_normals}, {"chip", make_chip},
                 {"stuck", check_stuck},   {"train", give_train}, {"siemens", check_siemens}, {"lines", take_lines},
                 {"bias", take_bias},      {"amps", check_amps}};
    static struct bench bench;
    vectors_open(&bench.vectors, "model.txt");
    while (vectors_next(&bench.vectors)) {
        bool known = false;
        for (unsigned i = 0; i < sizeof kinds / sizeof *kinds && !known; i++) {
            known = strcmp(kinds[i].kind, bench.vectors.words[0]) == 0;
            if (known) {
                kinds[i].follow(&bench);
            }
        }
        CHECK(known);
    }
    model_free(bench.model);
}

static void check_sizes(void)
{
    CHECK(model_create(0, 8, 8, 1) == NULL);
    CHECK(model_create(1, 257, 8, 1) == NULL);
    CHECK(model_create(1, 8, 7, 1) == NULL);
    CHECK(model_create(MODEL_ARRAYS_MOST + 1, 8, 8, 1) == NULL);
}

static void check_costs(void)
{
    float volts[8] = {0.1f};
    float amps[4];
    double before[2];
    double after[2];
    struct model *model = model_create(1, 8, 8, 3);
    struct read_block block = {.vectors = 1, .lines = 8, .outputs = 4, .volts = volts};
    model_cost(model, &before[0], &before[1]);
    CHECK(before[0] == 0 && before[1] == 0);
    model_read(model, &block, amps);
    model_cost(model, &before[0], &before[1]);
    CHECK(before[0] > 0 && before[1] > 0);
    model_train_begin(model, &(struct train_shape){0, 0.9, 0.9, 1e-7});
    model_pulse(model, 0, 0, -5);
    model_cost(model, &after[0], &after[1]);
    CHECK(after[0] > before[0]);
    CHECK_NEAR(before[1] + 5e-7, after[1], 1e-12);
    model_free(model);
}

int main(void)
{
    follow_vectors();
    check_sizes();
    check_costs();
    return check_report("model");
}
