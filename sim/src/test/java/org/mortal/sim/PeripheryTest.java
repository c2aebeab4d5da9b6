package org.mortal.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mortal.chip.Chip;
import org.mortal.chip.Crossbar;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Batches;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;
import org.mortal.sim.circuit.AdcErrors;
import org.mortal.sim.circuit.Dac;
import org.mortal.sim.circuit.DacErrors;
import org.mortal.sim.circuit.Multiplexer;
import org.mortal.sim.circuit.Saturation;
import org.mortal.sim.circuit.SenseAmplifier;
import org.mortal.sim.circuit.Settling;
import org.mortal.sim.circuit.Thermal;
import org.mortal.sim.device.Ambient;
import org.mortal.sim.device.CellModel;

/// Every quirk of the periphery does what its plain twin does, alone and with all others.
class PeripheryTest {
  private static final Kernels KERNELS = Kernels.select(2);
  private static final int READS = 4000;
  private static final DacErrors DRIVERS = new DacErrors(0.02, 1e-3, 0.7, 0.3, 0);
  private static final Multiplexer SHARED = new Multiplexer(4, 50e-9, 20e-9, 2e-6);

  /// One quirk each, and all of them.
  enum Quirk {
    DRIVERS(PeripheryTest.DRIVERS, 0, null, 0, null, null, null, null),
    COUPLED_ROWS(null, 0.03, null, 0, null, null, null, null),
    CLIPPING(null, 0, Saturation.CLIP, 0, null, null, null, null),
    COUPLED_OUTPUTS(null, 0, null, 0.05, null, null, null, null),
    CONVERTERS(null, 0, null, 0, new AdcErrors(1.5, 0.4), null, null, null),
    MULTIPLEXER(null, 0, null, 0, null, SHARED, null, null),
    SETTLING(null, 0, null, 0, null, null, new Settling(100e-9, 60e-9), null),
    THERMAL(null, 0, null, 0, null, null, null, new Thermal(2e-3, 1e-8)),
    ALL(
        PeripheryTest.DRIVERS,
        0.03,
        Saturation.CLIP,
        0.05,
        new AdcErrors(1.5, 0.4),
        SHARED,
        new Settling(100e-9, 60e-9),
        new Thermal(2e-3, 1e-8));

    private final Dac dac;
    private final SenseAmplifier sense;

    Quirk(
        DacErrors drivers,
        double rows,
        Saturation saturation,
        double outputs,
        AdcErrors converters,
        Multiplexer multiplexer,
        Settling settling,
        Thermal thermal) {
      dac = new Dac(8, 0.2, rows, drivers);
      sense =
          amplifier(9, 80e-6, 0)
              .with(saturation, outputs, converters, multiplexer, settling, thermal);
    }

    ChipProfile profile(int rows, int columns, Sensing sensing, CellModel cells) {
      return TestProfiles.of(rows, columns, sensing, cells, dac, sense);
    }
  }

  private static SenseAmplifier amplifier(int bits, double fullScale, double noise) {
    return TestProfiles.amplifiers(bits, fullScale, noise);
  }

  private static CellModel cells(double uniform, double relative) {
    return TestProfiles.cells(0.2, 0.01, 0.3, uniform, relative);
  }

  private static SimChip written(ChipProfile profile, Kernels kernels) {
    SimChip chip = new ChipPopulation(profile).chip(11, 2, kernels);
    Crossbar crossbar = chip.arrays().get(0);
    Philox random = new Philox(8);
    short[] counts = new short[crossbar.geometry().cells()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (short) random.nextInt(200);
    }
    crossbar.pulse(PulseTrain.nominal(counts, crossbar.limits().write()));
    return chip;
  }

  private static Batch reads(SimChip chip, Batch inputs, Read.Sense sense) {
    Batch amps = Batch.zeros(inputs.rows(), chip.profile().geometry().outputs());
    chip.arrays().get(0).read(new Read(inputs, 1, null, sense), amps);
    return amps;
  }

  @ParameterizedTest
  @EnumSource
  void withoutNoiseBothReadTheSame(Quirk quirk) {
    for (Sensing sensing : Sensing.values()) {
      ChipProfile profile = quirk.profile(41, 22, sensing, cells(0, 0));
      Batch inputs = Batches.uniform(1, 70, 37, 0, 0.2);
      Read.Sense sense = sensing == Sensing.SINGLE ? Read.Sense.ALL : Read.Sense.PLUS;
      SimChip chip = written(profile, KERNELS);
      Batch fast = reads(chip, inputs, sense);
      PlainPeriphery plain = new PlainPeriphery(chip, 0, null, 300);
      double step = PlainCrossbar.adcStep(profile);
      int different = 0;
      for (int n = 0; n < inputs.rows(); n++) {
        double[] slow = plain.read(inputs, n, sense);
        for (int j = 0; j < slow.length; j++) {
          assertEquals(slow[j], fast.get(n, j), 1.001 * step, quirk + ", output " + j);
          different += Math.abs(slow[j] - fast.get(n, j)) > 0.01 * step ? 1 : 0;
        }
      }
      int all = fast.rows() * fast.columns();
      // A current close to a threshold may fall to either side, but few are that close.
      assertTrue(different <= 0.02 * all, different + " of " + all);
    }
  }

  /// A quirk that did nothing would pass every comparison with a twin that did nothing.
  @ParameterizedTest
  @EnumSource(names = "THERMAL", mode = EnumSource.Mode.EXCLUDE)
  void eachQuirkShows(Quirk quirk) {
    Batch inputs = Batches.uniform(1, 20, 41, 0, 0.2);
    ChipProfile quirky = quirk.profile(41, 22, Sensing.SINGLE, cells(0, 0));
    ChipProfile plain =
        TestProfiles.of(
            41, 22, Sensing.SINGLE, cells(0, 0), new Dac(8, 0.2), amplifier(9, 80e-6, 0));
    Batch with = reads(written(quirky, KERNELS), inputs, Read.Sense.ALL);
    Batch without = reads(written(plain, KERNELS), inputs, Read.Sense.ALL);
    int different = 0;
    for (int i = 0; i < 20 * 22; i++) {
      different += with.get(i / 22, i % 22) != without.get(i / 22, i % 22) ? 1 : 0;
    }
    assertTrue(different > 20, quirk + " changed " + different);
  }

  @Test
  void temperatureChangesGainAndOffset() {
    ChipProfile profile = Quirk.THERMAL.profile(20, 12, Sensing.DIFFERENTIAL, cells(0, 0));
    SimChip chip = written(profile, KERNELS);
    Batch inputs = Batches.uniform(1, 5, 20, 0, 0.2);
    PlainPeriphery warm = new PlainPeriphery(chip, 0, null, 340);
    Batch fast = at(340, profile, inputs);
    Batch cool = at(300, profile, inputs);
    double change = 0;
    for (int n = 0; n < 5; n++) {
      double[] slow = warm.read(inputs, n, Read.Sense.ALL);
      for (int j = 0; j < slow.length; j++) {
        assertEquals(slow[j], fast.get(n, j), 1.001 * PlainCrossbar.adcStep(profile));
        change = Math.max(change, Math.abs(fast.get(n, j) - cool.get(n, j)));
      }
    }
    assertTrue(change > 2 * PlainCrossbar.adcStep(profile), "changed by " + change);
  }

  private static Batch at(double kelvin, ChipProfile profile, Batch inputs) {
    return reads(written(profile.with(new Ambient(kelvin, 0, 1)), KERNELS), inputs, Read.Sense.ALL);
  }

  /// The noise of a row driver goes to all columns of its row: outputs are correlated as their conductances have it. Coupling
  /// mixes neighbours, noise included.
  @Test
  void noiseHasTheCovarianceOfItsTwin() {
    SenseAmplifier sense =
        amplifier(0, Double.POSITIVE_INFINITY, 0.1).with(null, 0.1, null, null, null, null);
    DacErrors errors = new DacErrors(0.02, 1e-3, 0.7, 0.3, 5e-3);
    ChipProfile profile =
        TestProfiles.of(
            18, 6, Sensing.SINGLE, cells(0.8e-6, 0.05), new Dac(8, 0.2, 0.03, errors), sense);
    SimChip chip = written(profile, KERNELS);
    Batch one = Batches.uniform(5, 1, 18, 0, 0.2);
    Batch inputs = Batch.zeros(READS, 18);
    for (int n = 0; n < READS; n++) {
      inputs.rows(n, n + 1).copyFrom(one);
    }
    double[][] fast = doubles(reads(chip, inputs, Read.Sense.ALL));
    PlainPeriphery plain = new PlainPeriphery(chip, 0, new Philox(123), 300);
    double[][] slow = new double[READS][];
    for (int n = 0; n < READS; n++) {
      slow[n] = plain.readLinear(inputs, n);
    }
    double[][] a = new Covariance(fast).getCovarianceMatrix().getData();
    double[][] b = new Covariance(slow).getCovarianceMatrix().getData();
    double leastCorrelation = 1;
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 6; j++) {
        double scale = Math.sqrt(b[i][i] * b[j][j]);
        // Four standard errors of the difference of two sample covariances.
        assertEquals(b[i][j], a[i][j], 4 * scale * Math.sqrt(4.0 / READS), i + ", " + j);
        leastCorrelation = Math.min(leastCorrelation, a[i][j] / scale);
      }
    }
    assertTrue(leastCorrelation > 0.2, "drivers' noise would not show: " + leastCorrelation);
  }

  private static double[][] doubles(Batch batch) {
    double[][] copy = new double[batch.rows()][batch.columns()];
    for (int n = 0; n < copy.length; n++) {
      for (int j = 0; j < copy[n].length; j++) {
        copy[n][j] = batch.get(n, j);
      }
    }
    return copy;
  }

  /// The same bits on any number of threads, in whatever parts a batch comes, and after its state was kept.
  @Test
  void threadsSplitsAndRestoredStatesChangeNothing() throws IOException {
    SenseAmplifier quirky = Quirk.ALL.sense;
    SenseAmplifier noisy =
        amplifier(9, 80e-6, 1)
            .with(
                quirky.saturation(),
                quirky.crosstalk(),
                quirky.errors(),
                quirky.multiplexer(),
                quirky.settling(),
                quirky.thermal());
    DacErrors errors = new DacErrors(0.02, 1e-3, 0.7, 0.3, 1e-3);
    ChipProfile profile =
        TestProfiles.of(
            70,
            96,
            Sensing.DIFFERENTIAL,
            cells(0.8e-6, 0.05),
            new Dac(8, 0.2, 0.03, errors),
            noisy);
    Batch inputs = Batches.uniform(1, 600, 70, 0, 0.2);
    Batch whole = reads(written(profile, Kernels.select(1)), inputs, Read.Sense.ALL);
    for (int threads : new int[] {2, 4}) {
      Batch other = reads(written(profile, Kernels.select(threads)), inputs, Read.Sense.ALL);
      Batches.assertSameBits(whole, other, threads + " threads");
    }
    double step = Kernels.select(1).single().description().contains("SkylakeX") ? 0 : 1;
    for (int size : new int[] {300, 77, 1}) {
      SimChip chip = written(profile, KERNELS);
      for (int from = 0; from < 600; from += size) {
        int to = Math.min(600, from + size);
        Batch part = reads(chip, inputs.rows(from, to), Read.Sense.ALL);
        double tolerance = step * PlainCrossbar.adcStep(profile);
        Batches.assertClose(whole.rows(from, to), part, tolerance, "in parts of " + size);
        assertEquals(to, path(chip).vectors());
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        path(chip).save(new DataOutputStream(kept));
        chip = written(profile, KERNELS);
        path(chip).restore(new DataInputStream(new ByteArrayInputStream(kept.toByteArray())));
      }
    }
  }

  private static ReadPath path(SimChip chip) {
    return ((SimCrossbar) chip.arrays().get(0)).path();
  }

  /// Each array has drivers of its own, so reads that share their inputs are not driven alike.
  @Test
  void everyArrayHasItsOwnDrivers() {
    ChipProfile profile = Quirk.DRIVERS.profile(20, 12, Sensing.SINGLE, cells(0, 0));
    SimChip chip = new ChipPopulation(profile).chip(11, 2, KERNELS);
    Batch inputs = Batches.uniform(1, 3, 20, 0, 0.2);
    List<Chip.ArrayRead> both =
        List.of(
            new Chip.ArrayRead(0, Read.of(inputs), Batch.zeros(3, 12)),
            new Chip.ArrayRead(1, Read.of(inputs), Batch.zeros(3, 12)));
    chip.read(both);
    SimChip twin = new ChipPopulation(profile).chip(11, 2, KERNELS);
    Batch alone = twin.arrays().get(1).read(inputs);
    Batches.assertSameBits(alone, both.get(1).amps(), "array 1, read with array 0");
    double first = path(chip).drivers().levels()[3][100];
    double second = ((SimCrossbar) chip.arrays().get(1)).path().drivers().levels()[3][100];
    assertNotEquals(first, second);
  }

  @Test
  void aSharedConverterTakesItsTurns() {
    ChipProfile profile = Quirk.MULTIPLEXER.profile(20, 12, Sensing.SINGLE, cells(0, 0));
    SimChip chip = new ChipPopulation(profile).chip(11, 1, KERNELS);
    Batch inputs = Batches.filled(10, 20, 0.2f);
    chip.arrays().get(0).read(inputs);
    assertEquals(10 * (50e-9 + 4 * 20e-9), chip.telemetry().busySeconds(), 1e-15);
    double watts = 0;
    for (double[] row : chip.truth(0).siemens()) {
      for (double siemens : row) {
        watts += 0.04 * siemens;
      }
    }
    // Once samples are held, the rows rest.
    double expected = 10 * (watts * 50e-9 + 20 * 0.5e-12 + 12 * 10e-12);
    assertEquals(expected, chip.telemetry().energyJoules(), 1e-5 * expected);
  }
}
