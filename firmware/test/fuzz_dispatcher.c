/* A script of frames with right CRCs, made of the input's bytes, to the whole firmware over the fake port: commands
 * good and bad, repeats, gaps, STOP, new sessions, garbage, slow lines, failing hardware. The port asserts that nothing
 * leaves the limits; here it is required that lines end on ground, that a number has one answer, and that the answers
 * add up to the pulses that the cells have got. Linked with libFuzzer, or with standalone.c. */
#include "fuzz_rig.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { STEPS_MAX = 48, WAIT_STEPS = 10000 };

/* Numbers the next command and forgets what was known of that number long ago. */
static struct answer *put_command(uint8_t type, const uint8_t *payload, uint32_t count)
{
    struct answer *answer = &rig.answers[rig.next % ANSWERS];
    /* A host waits when its window is full; what is dropped here is sent by the script's repeats. */
    if ((uint16_t)(rig.next - rig.ack) > LINK_WINDOW_FRAMES) {
        return answer;
    }
    *answer = (struct answer){0};
    put((struct frame_header){.type = type, .seq = rig.next, .ack = rig.ack}, payload, count);
    rig.next++;
    return answer;
}

static uint8_t next_u8(void)
{
    return read_u8(&rig.script);
}

/* A double that is mostly sensible: `sensible` itself, or whatever 8 bytes make. */
static double next_f64(double sensible)
{
    return next_u8() < 250 ? sensible : read_f64(&rig.script);
}

static uint32_t next_bytes(uint8_t *bytes, uint32_t most)
{
    uint32_t count = next_u8();
    count = count < most ? count : most;
    count = count < rig.script.left ? count : rig.script.left;
    memcpy(bytes, rig.script.bytes, count);
    rig.script.bytes += count;
    rig.script.left -= count;
    return count;
}

static void put_raw_command(void)
{
    uint8_t payload[256];
    uint8_t type = (uint8_t)(FRAME_FIRST_COMMAND + next_u8() % 12);
    put_command(type, payload, next_bytes(payload, sizeof payload));
}

static void put_read(void)
{
    uint8_t payload[2048];
    struct writer writer = writer_to(payload, sizeof payload);
    uint8_t formats = next_u8();
    uint16_t vectors = (uint16_t)(1 + next_u8() % 40);
    uint16_t lines = (uint16_t)(1 + next_u8() % 9);
    uint16_t outputs = (uint16_t)(1 + next_u8() % 5);
    uint8_t input = formats & 3 ? FORMAT_U8 : FORMAT_F32;
    write_u16(&writer, formats >> 7);
    write_u8(&writer, next_u8() % 4);
    write_u8(&writer, formats >> 2 & 1);
    write_u8(&writer, input);
    write_u8(&writer, formats & 8 ? FORMAT_I16 : FORMAT_F32);
    write_u16(&writer, vectors);
    write_u16(&writer, lines);
    write_u16(&writer, outputs);
    write_f32(&writer, formats & 16 ? 0.0013f : 1e-3f);
    write_f32(&writer, 1e-8f);
    for (uint32_t i = 0; i < (uint32_t)vectors * lines; i++) {
        if (input == FORMAT_U8) {
            write_u8(&writer, (uint8_t)(rig.script.left > 0 ? next_u8() : i));
        } else {
            write_f32(&writer, (float)(i % 300) * 1e-3f);
        }
    }
    put_command(COMMAND_READ, payload, writer.count);
}

static void put_bias(void)
{
    uint8_t payload[64];
    struct writer writer = writer_to(payload, sizeof payload);
    uint8_t outputs = next_u8() % 6;
    write_u16(&writer, next_u8() & 1);
    write_u16(&writer, outputs);
    for (uint8_t j = 0; j < outputs; j++) {
        write_f32(&writer, (float)(int8_t)next_u8() * 0.7e-6f);
    }
    put_command(COMMAND_BIAS, payload, writer.count);
}

static void put_pulse(void)
{
    uint8_t payload[256];
    struct writer writer = writer_to(payload, sizeof payload);
    uint8_t head = next_u8();
    write_u16(&writer, head & 1);
    write_u8(&writer, head >> 1 & 3);
    write_u8(&writer, 0);
    write_u32(&writer, 1u + next_u8());
    write_f64(&writer, next_f64(1.1));
    write_f64(&writer, next_f64(0.9));
    write_f64(&writer, head & 8 ? 2e-4 : next_f64(1e-6));
    write_u32(&writer, next_u8() % 70);
    uint32_t asked = 0;
    for (uint32_t i = next_u8() % STEPS_MAX; i > 0 && rig.script.left > 0; i--) {
        uint8_t gap = next_u8();
        int16_t count = (int8_t)next_u8();
        write_u8(&writer, gap < 200 ? gap % 4 : gap);
        if (gap < 255) {
            write_u8(&writer, (uint8_t)count);
        }
        if (gap < 255 && count == -128) {
            count = (int16_t)(next_u8() << 3);
            write_u16(&writer, (uint16_t)count);
        }
        if (gap < 255) {
            asked += (uint32_t)abs(count);
        }
    }
    uint16_t seq = rig.next;
    struct answer *answer = put_command(COMMAND_PULSE, payload, writer.count);
    if (rig.next != seq) {
        answer->pulse = true;
        answer->asked = asked;
    }
}

static void put_program(void)
{
    uint8_t payload[256];
    struct writer writer = writer_to(payload, sizeof payload);
    uint8_t columns = (uint8_t)(1 + next_u8() % 8);
    write_u16(&writer, next_u8() & 1);
    write_u16(&writer, next_u8() % 9);
    write_u16(&writer, next_u8() % 8);
    write_u16(&writer, columns);
    write_u16(&writer, next_u8() % 32);
    write_u16(&writer, next_u8() % 4);
    write_u32(&writer, next_u8());
    write_f64(&writer, next_f64(1e-6));
    for (uint8_t j = 0; j < columns; j++) {
        write_f32(&writer, (float)next_u8() * 0.4e-6f);
    }
    put_command(COMMAND_PROGRAM, payload, writer.count);
}

static void put_hello(void)
{
    uint8_t payload[12];
    struct writer writer = writer_to(payload, sizeof payload);
    uint8_t choice = next_u8();
    uint32_t session = choice & 1 ? rig.session : rig.session + 1;
    write_u32(&writer, choice & 2 ? LINK_PROTOCOL : choice);
    write_u32(&writer, choice & 4 ? rig.link.schema : choice);
    write_u32(&writer, session);
    put((struct frame_header){.type = EVENT_HELLO}, payload, sizeof payload);
    if ((choice & 6) == 6 && session != rig.session) {
        rig.books_complete = false;
        rig.session = session;
        begin_session();
        rig.kept_count = 0;
    }
}

static void put_repeat(void)
{
    uint32_t count = rig.kept_count < KEPT ? rig.kept_count : KEPT;
    uint8_t choice = next_u8();
    if (count > 0) {
        const struct kept *kept = &rig.kept[choice % count];
        fake_receive(&rig.hal, kept->bytes, kept->count);
    }
}

/* Bytes that are no frame, or a frame that lost some of its bytes. */
static void put_garbage(void)
{
    uint8_t bytes[256];
    uint32_t count = next_bytes(bytes, sizeof bytes);
    fake_receive(&rig.hal, bytes, count);
    fake_receive(&rig.hal, (const uint8_t[]){0}, 1);
}

static void put_event(uint8_t type)
{
    struct frame_header header = {.type = type};
    header.ack = type < FRAME_FIRST_SESSION_TYPE ? 0 : rig.ack;
    uint8_t bytes[32];
    struct frame_writer writer;
    frame_begin(&writer, bytes, header, rig.seed);
    uint32_t count = frame_end(&writer);
    uint8_t later = next_u8();
    for (uint32_t i = 0; i < FAKE_LATER; i++) {
        if (later > 0 && rig.hal.later[i].count == 0) {
            fake_receive_later(&rig.hal, hal_micros(&rig.hal) + later * 200u, bytes, count);
            return;
        }
    }
    fake_receive(&rig.hal, bytes, count);
}

/* A command whose number is, or is not, the one that is expected. */
static void put_numbered(uint16_t seq)
{
    put((struct frame_header){.type = COMMAND_PULSE, .seq = seq, .ack = rig.ack}, NULL, 0);
}

static void fail_hardware(void)
{
    uint8_t choice = next_u8();
    rig.hal.failure = choice & 1 ? STATUS_OK : choice & 2 ? STATUS_HARDWARE : STATUS_COMPLIANCE;
    rig.hal.fail_after = choice >> 2;
}

static void follow_script(void)
{
    uint8_t choice = next_u8();
    switch (choice % 20) {
    case 0:
    case 1:
        put_raw_command();
        break;
    case 2:
        put_read();
        break;
    case 3:
        put_bias();
        break;
    case 4:
    case 5:
    case 6:
        put_pulse();
        break;
    case 7:
        put_program();
        break;
    case 8:
        put_command(COMMAND_RESUME, NULL, 0);
        break;
    case 9:
        put_hello();
        break;
    case 10:
        put_repeat();
        break;
    case 11:
        put_garbage();
        break;
    case 12:
        put_event(EVENT_STOP);
        break;
    case 13:
        put_event(EVENT_ALIVE);
        break;
    case 14:
        rig.ack = rig.answered;
        break;
    case 15:
        fail_hardware();
        break;
    case 16:
        rig.hal.out_room = choice & 128 ? UINT32_MAX : next_u8() * 8u;
        break;
    case 17:
        fake_advance(&rig.hal, next_u8() * 1000.0);
        break;
    case 18:
        put_numbered((uint16_t)(rig.next + next_u8() % 4));
        break;
    default:
        step();
        break;
    }
}

static void begin(const uint8_t *data, size_t size)
{
    fake_hal_init(&rig.hal);
    rig.hal.description.rows = 8;
    rig.hal.description.columns = 8;
    rig.hal.read_micros = 500;
    link_init(&rig.link, &rig.board, &rig.hal);
    rig.board.settings.silence_millis = 30;
    rig.script = reader_of(data, (uint32_t)size);
    rig.kept_count = 0;
    rig.books_complete = true;
    rig.pulses_answered = 0;
    rig.decoder = (struct cobs_decoder){.bytes = rig.body, .capacity = sizeof rig.body};
    rig.restarts = 0;
    rig.session = 1;
    begin_session();
    uint8_t payload[12];
    struct writer writer = writer_to(payload, sizeof payload);
    write_u32(&writer, LINK_PROTOCOL);
    write_u32(&writer, rig.link.schema);
    write_u32(&writer, rig.session);
    put((struct frame_header){.type = EVENT_HELLO}, payload, sizeof payload);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    begin(data, size);
    while (rig.script.left > 0) {
        follow_script();
    }
    rig.hal.out_room = UINT32_MAX;
    for (uint32_t i = 0; i < WAIT_STEPS && !step(); i++) {
    }
    assert(rig.pulses_answered <= rig.hal.pulses);
    assert(!rig.books_complete || rig.pulses_answered == rig.hal.pulses);
    /* However it went, what is left open is closed in time. */
    fake_advance(&rig.hal, rig.board.settings.silence_millis * 1000.0 + 1);
    step();
    assert(rig.hal.grounded && !rig.board.train_open);
    return 0;
}
