package org.mortal.chip.replay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.mortal.chip.Cell;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.Chips;
import org.mortal.chip.Crossbar;
import org.mortal.chip.ExactChip;
import org.mortal.chip.Fault;
import org.mortal.chip.Gate;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.ProgramRequest;
import org.mortal.chip.ProgramResult;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.chip.Refusals;
import org.mortal.chip.Sensing;
import org.mortal.chip.Telemetry;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Batches;
import org.mortal.kernel.Kernels;

/// A recorded session answers again to the bit, and says where a caller strays from it.
class RecordTest {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("session.jsonl");
  }

  private static Chip exact() {
    return new ExactChip(5, 6, Sensing.DIFFERENTIAL, 3);
  }

  private Chip replay() {
    return Chips.open("replay:" + file(), Kernels.plain());
  }

  private void record(Consumer<Chip> session) {
    try (Chip chip = new RecordingChip(exact(), file())) {
      session.accept(chip);
    }
  }

  private static Batch read(Chip chip, Batch inputs, int outputs) {
    Batch bias = Batches.uniform(8, 1, outputs, 0, 1e-6);
    Batch amps = Batch.zeros(inputs.rows(), outputs);
    Read read = new Read(inputs, 0.1, bias, Read.Sense.PLUS);
    chip.arrays().get(1).read(read, amps);
    return amps;
  }

  private static void pulse(Chip chip, int count) {
    Geometry geometry = chip.arrays().getFirst().geometry();
    PulseTrain train =
        PulseTrain.single(
            geometry, new Cell(2, 1), count, chip.arrays().getFirst().limits().write());
    chip.pulse(List.of(new Chip.ArrayPulses(1, train)));
  }

  private static ProgramResult program(Chip chip, float target) {
    Batch targets = Batches.filled(5, 6, target);
    return chip.arrays().get(2).program(new ProgramRequest(targets, 1e-6, 5, 1));
  }

  private static Batch together(Chip chip) {
    Batch shared = Batches.uniform(3, 4, 5, 0, 0.2);
    Batch one = Batch.zeros(4, 3);
    Batch two = Batch.zeros(4, 2);
    chip.read(
        List.of(
            new Chip.ArrayRead(2, Read.of(shared), one),
            new Chip.ArrayRead(1, Read.of(shared), two)));
    return one;
  }

  @Test
  void answersAsItWasRecorded() {
    Batch inputs = Batches.uniform(1, 3, 4, 0, 2);
    Batch[] read = new Batch[3];
    ProgramResult[] programmed = new ProgramResult[1];
    Telemetry[] told = new Telemetry[1];
    record(chip -> {
      chip.telemetry();
      pulse(chip, 7);
      read[0] = read(chip, inputs, 2);
      pulse(chip, -3);
      read[1] = read(chip, inputs, 2);
      told[0] = chip.telemetry();
      programmed[0] = program(chip, 40e-6f);
      read[2] = together(chip);
    });
    try (Chip chip = replay()) {
      assertEquals("exact-5x6", chip.id());
      assertEquals("none", chip.firmware());
      assertTrue(chip.arraysLimited());
      assertEquals(3, chip.arrays().size());
      assertEquals(exact().arrays().get(2).limits(), chip.arrays().get(2).limits());
      assertEquals(exact().arrays().get(2).geometry(), chip.arrays().get(2).geometry());
      pulse(chip, 7);
      Batches.assertSameBits(read[0], read(chip, inputs, 2), "first read");
      pulse(chip, -3);
      Batches.assertSameBits(read[1], read(chip, inputs, 2), "second read");
      assertEquals(told[0], chip.telemetry());
      assertEquals(told[0], chip.telemetry(), "it may be asked twice");
      ProgramResult again = program(chip, 40e-6f);
      assertArrayEquals(programmed[0].pulses(), again.pulses());
      assertArrayEquals(programmed[0].resets(), again.resets());
      assertArrayEquals(programmed[0].success(), again.success());
      Batches.assertSameBits(programmed[0].measuredSiemens(), again.measuredSiemens(), "siemens");
      Batches.assertSameBits(read[2], together(chip), "two arrays");
      strays(() -> pulse(chip, 1), "line 9", "the session ends here", "pulse");
    }
  }

  private static void strays(Executable call, Object... words) {
    ChipException refusal = Refusals.assertRefused(call, words);
    assertInstanceOf(Fault.Strayed.class, refusal.fault());
  }

  /// Records a read and a pulse, and replays with something else.
  private void straysWhen(Consumer<Chip> other, Object... words) {
    Path file = file();
    if (!Files.exists(file)) {
      record(chip -> {
        read(chip, Batches.filled(3, 4, 1.25f), 2);
        pulse(chip, 5);
        program(chip, 40e-6f);
      });
    }
    try (Chip chip = replay()) {
      strays(() -> other.accept(chip), words);
      // Once astray, always astray: what follows would be an answer to another question.
      strays(() -> read(chip, Batches.filled(3, 4, 1.25f), 2), words);
    }
  }

  @Test
  void saysWhereACallerStrays() {
    Batch different = Batches.filled(3, 4, 1.25f);
    different.set(2, 3, 1.5f);
    straysWhen(
        chip -> read(chip, different, 2),
        "line 2",
        "array 1",
        "row 3 of input vector 2 is 0.15 V, recorded was 0.125 V");
    straysWhen(chip -> read(chip, Batches.filled(2, 4, 1.25f), 2), "shape", "2 x 4", "3 x 4");
    straysWhen(chip -> read(chip, Batches.filled(3, 4, 1.25f), 1), "outputs sensed is 1");
    straysWhen(chip -> pulse(chip, 5), "the call is pulse, recorded was read");
    straysWhen(RecordTest::together, "arrays read is 2, recorded was 1");
    straysWhen(chip -> chip.telemetry(), "telemetry");
    Consumer<Chip> right = chip -> read(chip, Batches.filled(3, 4, 1.25f), 2);
    straysWhen(
        right.andThen(chip -> pulse(chip, 6)),
        "line 3",
        "pulses at row 2, column 1 is 6, recorded was 5");
    straysWhen(
        right.andThen(chip -> pulse(chip, 5)).andThen(chip -> program(chip, 41e-6f)),
        "line 4",
        "target at row 0, column 0 is 4.1E-5 S");
  }

  @Test
  void gatesAreKept() {
    Limits limits = ExactChip.gated(new Gate(0.6, 50e-6, 2));
    Geometry geometry = new Geometry(5, 6, Sensing.SINGLE);
    PulseTrain train = PulseTrain.single(geometry, new Cell(2, 1), 5, limits.write());
    try (Chip chip = new RecordingChip(new ExactChip(geometry, limits, 1), file())) {
      chip.arrays().getFirst().pulse(train.withGate(1.5));
    }
    try (Chip replay = replay()) {
      assertEquals(limits, replay.arrays().getFirst().limits());
      replay.arrays().getFirst().pulse(train.withGate(1.5));
    }
    try (Chip replay = replay()) {
      Crossbar crossbar = replay.arrays().getFirst();
      strays(() -> crossbar.pulse(train.withGate(1.25)), "gate volts is 1.25, recorded was 1.5");
    }
  }

  @Test
  void faultsComeAgain() {
    Executable[] calls = new Executable[2];
    record(chip -> {
      calls[0] = () -> read(chip, Batches.filled(1, 4, 9), 2);
      calls[1] = () -> pulse(chip, 501);
      Refusals.assertRefused(calls[0], "row voltage", "row 0");
      Refusals.assertRefused(calls[1], "pulse count");
    });
    try (Chip chip = replay()) {
      ChipException volts =
          Refusals.assertRefused(() -> read(chip, Batches.filled(1, 4, 9), 2), "row 0");
      assertEquals(0.9, assertInstanceOf(Fault.OutOfLimits.class, volts.fault()).actual(), 1e-6);
      Refusals.assertRefused(
          () -> pulse(chip, 501), "pulse count of 501", "limit 500", "row 2, column 1");
    }
  }

  @Test
  void everyFaultIsKept() {
    List<Fault> faults =
        List.of(
            new Fault.UnknownOutcome("a", "b", 2, new int[] {1, 5}, new float[] {1e-5f, Float.NaN}),
            new Fault.Interrupted("a", "stopped", 1, 7),
            new Fault.LinkTimeout("a", "READ", 500),
            new Fault.OutOfLimits("row voltage", Double.NaN, 0.2, "V", "row 1"));
    for (Fault fault : faults) {
      Entry entry = new Entry.Pulses(List.of(), fault);
      String line = JsonLine.write(entry.line());
      Fault again = assertInstanceOf(Entry.Pulses.class, parse(line)).fault();
      assertEquals(fault.getClass(), again.getClass());
      assertEquals(fault.message(), again.message());
    }
    Fault.UnknownOutcome kept =
        (Fault.UnknownOutcome)
            parse(JsonLine.write(new Entry.Pulses(List.of(), faults.getFirst()).line())).fault();
    assertArrayEquals(new int[] {1, 5}, kept.cells());
    assertArrayEquals(new float[] {1e-5f, Float.NaN}, kept.siemens());
  }

  private static Entry parse(String line) {
    try {
      return Entry.of(JsonLine.read(line), new Geometry(5, 6, Sensing.SINGLE));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aTornLastLineIsLeftOut() throws IOException {
    record(chip -> {
      pulse(chip, 1);
      pulse(chip, 2);
    });
    String text = Files.readString(file());
    for (int cut : new int[] {1, 30}) {
      Files.writeString(file(), text.substring(0, text.length() - cut));
      try (Chip chip = replay()) {
        pulse(chip, 1);
        strays(() -> pulse(chip, 2), "the session ends here");
      }
    }
  }

  @Test
  void everyCallIsInTheFileWhenItReturns() throws IOException {
    try (Chip chip = new RecordingChip(exact(), file())) {
      for (int call = 1; call <= 3; call++) {
        pulse(chip, call);
        String text = Files.readString(file());
        assertEquals(1 + call, text.lines().count());
        assertTrue(text.endsWith("\n"));
      }
    }
  }

  @Test
  void refusesWhatIsNoSession() throws IOException {
    Refusals.assertRefused(this::replay, "replay:", "there is no such file");
    Files.writeString(file(), "");
    Refusals.assertRefused(this::replay, "no whole line");
    Files.writeString(file(), "{\"format\":\"mortal session 2\"}\n");
    Refusals.assertRefused(this::replay, "mortal session 2", "mortal session 1");
    Files.writeString(file(), "vectors,java\n1,2\n");
    Refusals.assertRefused(this::replay, "line 1");
    Files.delete(file());
    record(chip -> pulse(chip, 1));
    Files.writeString(file(), Files.readString(file()).replace("\"counts\":\"", "\"counts\":\"?"));
    Refusals.assertRefused(this::replay, "line 2");
  }

  @Test
  void doesNotWriteOverASession() {
    record(chip -> pulse(chip, 1));
    Refusals.assertRefused(() -> new RecordingChip(exact(), file()), "exists already");
  }

  @Test
  void isAsClosedAsItsChip() {
    ExactChip below = (ExactChip) exact();
    Chip recording = new RecordingChip(below, file());
    recording.close();
    recording.close();
    assertTrue(below.closed());
    Refusals.assertRefused(() -> pulse(recording, 1), "closed");
    Chip replayed = replay();
    replayed.close();
    Refusals.assertRefused(() -> pulse(replayed, 1), "closed");
    assertFalse(replayed.arrays().isEmpty());
  }
}
