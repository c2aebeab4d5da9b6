package org.mortal.chip.calibrated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.Crossbar;
import org.mortal.chip.ExactChip;
import org.mortal.chip.Fault;
import org.mortal.chip.Geometry;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;

/// A chip with every quirk answers like the exact one behind it.
class CalibratedChipTest {
  private static final double FULL_SCALE = ExactChip.LIMITS.fullScaleAmps();

  private final SplittableRandom random = new SplittableRandom(5);
  private final Kernels kernels = Kernels.select(2);

  private ExactChip exact(Sensing sensing, int arrays) {
    ExactChip chip = new ExactChip(24, 12, sensing, arrays);
    for (Crossbar crossbar : chip.arrays()) {
      short[] counts = new short[crossbar.geometry().cells()];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = (short) random.nextInt(250);
      }
      crossbar.pulse(PulseTrain.nominal(counts, crossbar.limits().write()));
    }
    return chip;
  }

  private Batch inputs(int vectors, int rows) {
    return Batch.of(Calibrations.matrix(random, vectors, rows, 1));
  }

  private static void assertClose(Batch expected, Batch actual) {
    for (int n = 0; n < expected.rows(); n++) {
      for (int j = 0; j < expected.columns(); j++) {
        assertEquals(expected.get(n, j), actual.get(n, j), 2e-5 * FULL_SCALE, n + ", " + j);
      }
    }
  }

  private static Batch read(Chip chip, Read read, int outputs) {
    Batch amps = Batch.zeros(read.inputs().rows(), outputs);
    chip.arrays().getFirst().read(read, amps);
    return amps;
  }

  @ParameterizedTest
  @EnumSource(Sensing.class)
  void answersAsTheExactChipInEveryWayOfReading(Sensing sensing) {
    ExactChip exact = exact(sensing, 1);
    Calibration calibration = Calibrations.quirky(exact, 3, null);
    int outputs = exact.arrays().getFirst().geometry().outputs();
    Batch bias = Batch.of(Calibrations.matrix(random, 70, outputs, 40e-6));
    List<Read> reads = new ArrayList<>();
    reads.add(new Read(inputs(70, 24), 0.2, bias, Read.Sense.ALL));
    reads.add(new Read(inputs(70, 24), 0.2, bias.rows(0, 1), Read.Sense.ALL));
    reads.add(new Read(inputs(1, 5), 0.1, null, Read.Sense.ALL));
    if (sensing == Sensing.DIFFERENTIAL) {
      reads.add(new Read(inputs(3, 24), 0.2, null, Read.Sense.PLUS));
      reads.add(new Read(inputs(130, 24), 0.2, null, Read.Sense.MINUS));
    }
    QuirkyChip quirky = new QuirkyChip(exact, calibration);
    try (CalibratedChip chip = new CalibratedChip(quirky, calibration, kernels)) {
      for (Read read : reads) {
        assertClose(read(exact, read, outputs), read(chip, read, outputs));
      }
      Read few = new Read(inputs(9, 24), 0.2, bias.rows(0, 1).columns(0, 3), Read.Sense.ALL);
      assertClose(read(exact, few, 3), read(chip, few, 3));
      // What the outputs that were not sensed carry is known all the same.
      assertClose(read(exact, reads.getFirst(), outputs), read(chip, reads.getFirst(), outputs));
    }
  }

  @Test
  void readsSeveralArraysInOneCall() {
    ExactChip exact = exact(Sensing.DIFFERENTIAL, 3);
    Calibration calibration = Calibrations.quirky(exact, 4, null);
    QuirkyChip quirky = new QuirkyChip(exact, calibration);
    Batch inputs = inputs(100, 24);
    List<Chip.ArrayRead> wanted = new ArrayList<>();
    List<Chip.ArrayRead> reads = new ArrayList<>();
    for (int a = 0; a < 3; a++) {
      Read read = new Read(inputs, 0.2, null, Read.Sense.ALL);
      wanted.add(new Chip.ArrayRead(a, read, Batch.zeros(100, 6)));
      reads.add(new Chip.ArrayRead(a, read, Batch.zeros(100, 6)));
    }
    exact.read(wanted);
    try (CalibratedChip chip = new CalibratedChip(quirky, calibration, kernels)) {
      chip.read(reads);
    }
    assertEquals(1, quirky.calls);
    for (int a = 0; a < 3; a++) {
      assertClose(wanted.get(a).amps(), reads.get(a).amps());
    }
  }

  @Test
  void asksForWhatIsWantedWhereNoRowBends() {
    ExactChip exact = exact(Sensing.SINGLE, 1);
    Geometry geometry = exact.arrays().getFirst().geometry();
    CalibratedCrossbar crossbar =
        new CalibratedCrossbar(exact.arrays().getFirst(), Calibrations.none(0, geometry), kernels);
    Read read = new Read(inputs(4, 24), 0.2, null, Read.Sense.ALL);
    Batch amps = Batch.zeros(4, 12);
    CalibratedCrossbar.Asked asked = crossbar.ask(read, amps);
    assertSame(read.inputs(), asked.behind().inputs());
    assertSame(amps, asked.correction().shown());
  }

  @Test
  void scalesBackWhatHasDriftedBeyondNoise() {
    ExactChip exact = exact(Sensing.SINGLE, 1);
    float[][] inputs = Calibrations.matrix(random, 6, 24, 1);
    Calibration before = Calibrations.quirky(exact, 6, null);
    QuirkyChip quirky = new QuirkyChip(exact, before);
    ReferenceMagnitude then =
        ReferenceMagnitude.of(
            new CalibratedChip(quirky, before, kernels).arrays().getFirst(), inputs, 2);
    DriftReference reference =
        new DriftReference(
            inputs, then.amps(), 2, then.meanAmps(), 0.001 * then.meanAmps(), 0, 0, new double[0]);
    Calibration calibration = Calibrations.quirky(exact, 6, reference);
    Read read = new Read(inputs(50, 24), 0.2, null, Read.Sense.ALL);

    CalibratedChip fresh = new CalibratedChip(quirky, calibration, kernels);
    assertFalse(fresh.drift(0).used(), () -> fresh.drift(0).toString());
    assertEquals(1, fresh.drift(0).applied());

    quirky.drifted = 0.9;
    CalibratedChip late = new CalibratedChip(quirky, calibration, kernels);
    assertTrue(late.drift(0).used());
    assertEquals(1 / 0.9, late.drift(0).value(), 1e-3);
    assertClose(read(exact, read, 12), read(late, read, 12));
    CalibratedChip asItIs = CalibratedChip.withoutDrift(quirky, calibration, kernels);
    assertEquals(
        0.9 * read(exact, read, 12).get(7, 3), read(asItIs, read, 12).get(7, 3), 2e-5 * FULL_SCALE);
  }

  @Test
  void tellsCellsThatWereWrittenFromSuchThatDrifted() {
    ExactChip exact = exact(Sensing.SINGLE, 1);
    float[][] inputs = Calibrations.matrix(random, 6, 24, 1);
    ReferenceMagnitude then = ReferenceMagnitude.of(exact.arrays().getFirst(), inputs, 2);
    DriftReference reference =
        new DriftReference(inputs, then.amps(), 2, then.meanAmps(), 0, 0, 0, new double[0]);
    DriftFactor same = DriftFactor.measure(exact.arrays().getFirst(), reference);
    assertEquals(1, same.likeness(), 1e-5);
    assertFalse(same.written());
    ExactChip other = exact(Sensing.SINGLE, 1);
    Geometry geometry = other.arrays().getFirst().geometry();
    short[] counts = new short[geometry.cells()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (short) (100 * random.nextGaussian());
    }
    other
        .arrays()
        .getFirst()
        .pulse(PulseTrain.nominal(counts, other.arrays().getFirst().limits().write()));
    DriftFactor factor = DriftFactor.measure(other.arrays().getFirst(), reference);
    assertTrue(factor.written(), factor::toString);
    assertEquals(1, factor.applied());
  }

  @Test
  void refusesOtherChipsAndArraysThatItLeavesOut() {
    ExactChip exact = exact(Sensing.SINGLE, 3);
    Calibration calibration =
        Calibrations.of(exact, List.of(Calibrations.none(1, exact.arrays().getFirst().geometry())));
    ChipException other =
        assertThrows(
            ChipException.class,
            () ->
                new CalibratedChip(new ExactChip(24, 8, Sensing.SINGLE, 1), calibration, kernels));
    assertTrue(other.fault() instanceof Fault.OtherCalibration);
    CalibratedChip chip = new CalibratedChip(exact, calibration, kernels);
    chip.arrays().get(1).read(Batch.zeros(1, 24));
    for (int array : new int[] {0, 2}) {
      ChipException left =
          assertThrows(ChipException.class, () -> chip.arrays().get(array).geometry());
      assertEquals(new Fault.NotCalibrated(exact.id(), array, 1), left.fault());
    }
  }

  @Test
  void aRefusedReadHasReadNothing() {
    ExactChip exact = exact(Sensing.SINGLE, 1);
    Calibration calibration = Calibrations.quirky(exact, 3, null);
    QuirkyChip quirky = new QuirkyChip(exact, calibration);
    CalibratedChip chip = new CalibratedChip(quirky, calibration, kernels);
    long before = exact.telemetry().arrayReads();
    Batch tooHigh = Batch.zeros(1, 24);
    tooHigh.set(0, 3, 0.21f);
    assertThrows(ChipException.class, () -> chip.arrays().getFirst().read(tooHigh));
    assertEquals(before, exact.telemetry().arrayReads());
  }
}
