package org.mortal.chip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Batches;

/// What every chip does: it has an identity, counts what it did, and reads many arrays as it reads
/// one.
public abstract class ChipContract {

  /// A chip just opened, of at least 3 arrays, the same one each time.
  protected abstract Chip open();

  /// Whether the same chip, opened anew and asked the same, answers the same bits.
  protected abstract boolean deterministic();

  @Test
  void theIdentityStays() {
    try (Chip one = open();
        Chip two = open()) {
      assertFalse(one.id().isBlank());
      assertFalse(one.firmware().isBlank());
      assertEquals(one.id(), two.id());
      assertEquals(one.firmware(), two.firmware());
      pulse(one);
      assertEquals(two.id(), one.id());
    }
  }

  @Test
  void arraysAreOfOneShape() {
    try (Chip chip = open()) {
      assertTrue(chip.arrays().size() >= 3);
      for (int array = 0; array < 3; array++) {
        assertEquals(chip.arrays().get(0).geometry(), chip.arrays().get(array).geometry());
        assertEquals(chip.arrays().get(0).limits(), chip.arrays().get(array).limits());
      }
    }
  }

  @Test
  void countsReadsAndPulses() {
    try (Chip chip = open()) {
      assertNothingDone(chip.telemetry());
      read(chip, true);
      Telemetry reads = chip.telemetry();
      assertEquals(3 * 7, reads.arrayReads());
      assertEquals(0, reads.pulses());
      assertEquals(0, reads.cellWrites());
      assertCosts(reads);
      pulse(chip);
      Telemetry pulses = chip.telemetry().since(reads);
      long cells = chip.arrays().get(0).geometry().cells();
      // Counts go round 0, 1, -2 over the cells of the first and the third array.
      assertEquals(2 * (cells - Math.ceilDiv(cells, 3)), pulses.cellWrites());
      assertEquals(2 * (cells / 3 * 3 + (cells % 3 == 2 ? 1 : 0)), pulses.pulses());
      assertEquals(0, pulses.arrayReads());
      assertCosts(pulses);
      chip.read(List.of());
      chip.pulse(List.of());
      assertEquals(pulses, chip.telemetry().since(reads));
    }
  }

  /// Counts are 0; energy and time are too, where they are measured.
  static void assertNothingDone(Telemetry telemetry) {
    Telemetry expected =
        new Telemetry(
            0,
            0,
            0,
            Double.isNaN(telemetry.energyJoules()) ? Double.NaN : 0,
            Double.isNaN(telemetry.busySeconds()) ? Double.NaN : 0);
    assertEquals(expected, telemetry);
  }

  /// Something, or not measured.
  private static void assertCosts(Telemetry used) {
    assertTrue(used.energyJoules() > 0 || Double.isNaN(used.energyJoules()), used.toString());
    assertTrue(used.busySeconds() > 0 || Double.isNaN(used.busySeconds()), used.toString());
  }

  @Test
  void aListOfReadsGivesWhatSingleReadsGive() {
    try (Chip one = open();
        Chip two = open()) {
      pulse(one);
      pulse(two);
      List<Batch> together = read(one, true);
      List<Batch> apart = read(two, false);
      assertEquals(two.telemetry().arrayReads(), one.telemetry().arrayReads());
      double energy = two.telemetry().energyJoules();
      assertEquals(energy, one.telemetry().energyJoules(), 1e-9 * energy);
      double busy = two.telemetry().busySeconds();
      assertFalse(one.telemetry().busySeconds() > busy * (1 + 1e-9));
      for (int i = 0; deterministic() && i < together.size(); i++) {
        Batches.assertSameBits(apart.get(i), together.get(i), "read " + i);
      }
    }
  }

  @Test
  void aListOfPulsesDoesWhatSingleTrainsDo() {
    try (Chip one = open();
        Chip two = open()) {
      pulse(one);
      for (Chip.ArrayPulses pulses : trains(two)) {
        two.arrays().get(pulses.array()).pulse(pulses.train());
      }
      assertEquals(two.telemetry().pulses(), one.telemetry().pulses());
      assertEquals(two.telemetry().cellWrites(), one.telemetry().cellWrites());
      List<Batch> together = read(one, true);
      List<Batch> apart = read(two, true);
      for (int i = 0; deterministic() && i < together.size(); i++) {
        Batches.assertSameBits(apart.get(i), together.get(i), "array " + i);
      }
    }
  }

  @Test
  void aClosedChipRefuses() {
    Chip chip = open();
    read(chip, true);
    Telemetry before = chip.telemetry();
    chip.close();
    chip.close();
    Crossbar crossbar = chip.arrays().get(0);
    Geometry geometry = crossbar.geometry();
    Batch targets =
        Batches.filled(geometry.rows(), geometry.columns(), (float) crossbar.limits().maxSiemens());
    Refusals.assertRefused(() -> read(chip, true), chip.id(), "closed");
    Refusals.assertRefused(() -> read(chip, false), chip.id(), "closed");
    Refusals.assertRefused(() -> pulse(chip), chip.id(), "closed");
    Refusals.assertRefused(
        () ->
            crossbar.pulse(
                PulseTrain.single(geometry, new Cell(0, 0), 1, crossbar.limits().write())),
        chip.id(),
        "closed");
    Refusals.assertRefused(
        () -> crossbar.program(new ProgramRequest(targets, 1e-6, 1, 1)), chip.id(), "closed");
    assertEquals(before, chip.telemetry());
  }

  /// Seven vectors through arrays 0, 2 and 1, the first two of the same inputs.
  private static List<Batch> read(Chip chip, boolean together) {
    Geometry geometry = chip.arrays().get(0).geometry();
    double volts = chip.arrays().get(0).limits().maxReadVolts() / 4;
    Batch shared = Batches.uniform(1, 7, geometry.rows(), 0, 1);
    Batch other = Batches.uniform(2, 7, geometry.rows() / 2, 0, 1);
    List<Chip.ArrayRead> reads = new ArrayList<>();
    for (int array : new int[] {0, 2, 1}) {
      Batch inputs = array == 1 ? other : shared;
      int outputs = array == 1 ? geometry.outputs() - 1 : geometry.outputs();
      Read read = new Read(inputs, volts, null, Read.Sense.ALL);
      reads.add(new Chip.ArrayRead(array, read, Batch.zeros(7, outputs)));
    }
    if (together) {
      chip.read(reads);
    } else {
      for (Chip.ArrayRead one : reads) {
        chip.arrays().get(one.array()).read(one.read(), one.amps());
      }
    }
    return reads.stream().map(Chip.ArrayRead::amps).toList();
  }

  private static void pulse(Chip chip) {
    chip.pulse(trains(chip));
  }

  private static List<Chip.ArrayPulses> trains(Chip chip) {
    List<Chip.ArrayPulses> trains = new ArrayList<>();
    for (int array : new int[] {2, 0}) {
      Crossbar crossbar = chip.arrays().get(array);
      short[] counts = new short[crossbar.geometry().cells()];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = (short) (i % 3 == 2 ? -2 : i % 3);
      }
      trains.add(
          new Chip.ArrayPulses(array, PulseTrain.nominal(counts, crossbar.limits().write())));
    }
    return trains;
  }
}
