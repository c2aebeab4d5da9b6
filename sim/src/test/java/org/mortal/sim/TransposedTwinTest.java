package org.mortal.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.stat.correlation.Covariance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mortal.chip.ColumnRead;
import org.mortal.chip.Crossbar;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.chip.Telemetry;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Batches;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;
import org.mortal.sim.circuit.Dac;
import org.mortal.sim.circuit.DacErrors;
import org.mortal.sim.circuit.SenseAmplifier;
import org.mortal.sim.device.CellModel;

/// Transposed reads do what their plain twin does: to a converter's step without noise, and in distribution with it.
class TransposedTwinTest {
  private static final Kernels KERNELS = Kernels.select(2);
  private static final int READS = 4000;

  private static SimChip written(ChipProfile profile) {
    SimChip chip = new ChipPopulation(profile).chip(11, 1, KERNELS);
    Crossbar crossbar = chip.arrays().get(0);
    Philox random = new Philox(8);
    short[] counts = new short[crossbar.geometry().cells()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (short) random.nextInt(200);
    }
    crossbar.pulse(PulseTrain.nominal(counts, crossbar.limits().write()));
    return chip;
  }

  private static CellModel cells(double uniform, double relative) {
    return TestProfiles.cells(0.2, 0.01, 0.3, uniform, relative);
  }

  private static Batch rows(SimChip chip, Batch volts) {
    Batch amps = Batch.zeros(volts.rows(), chip.profile().geometry().rows());
    chip.arrays().get(0).readTransposed(ColumnRead.of(volts), amps);
    return amps;
  }

  @ParameterizedTest
  @EnumSource
  void withoutNoiseBothReadTheSame(PeripheryTest.Quirk quirk) {
    for (Sensing sensing : Sensing.values()) {
      ChipProfile profile = quirk.profile(41, 22, sensing, cells(0, 0));
      // Not all outputs are driven.
      Batch volts = Batches.uniform(1, 70, profile.geometry().outputs() - 1, -0.1, 0.1);
      SimChip chip = written(profile);
      Batch fast = rows(chip, volts);
      PlainPeriphery plain = new PlainPeriphery(chip, 0, null, 300, Direction.TRANSPOSED);
      double step = PlainCrossbar.adcStep(profile);
      int different = 0;
      int clear = 0;
      for (int n = 0; n < volts.rows(); n++) {
        double[] slow = plain.read(volts, n, Read.Sense.ALL);
        for (int i = 0; i < slow.length; i++) {
          assertEquals(slow[i], fast.get(n, i), 1.001 * step, quirk + ", row " + i);
          different += Math.abs(slow[i] - fast.get(n, i)) > 0.01 * step ? 1 : 0;
          clear += Math.abs(slow[i]) > 10 * step ? 1 : 0;
        }
      }
      int all = fast.rows() * fast.columns();
      // A current close to a threshold may fall to either side, but few are that close.
      assertTrue(different <= 0.02 * all, different + " of " + all);
      assertTrue(clear > all / 4, "currents would not show: " + clear);
    }
  }

  /// Noise that is the same for all cells needs no product of its own, noise in proportion to conductance does; that of a
  /// converter reaches all rows.
  @Test
  void noiseHasTheCovarianceOfItsTwin() {
    SenseAmplifier sense =
        TestProfiles.amplifiers(0, Double.POSITIVE_INFINITY, 0.1)
            .with(null, 0.1, null, null, null, null);
    DacErrors errors = new DacErrors(0.02, 1e-3, 0.7, 0.3, 5e-3);
    assertSameCovariance(sense, new Dac(8, 0.2), cells(0.8e-6, 0));
    assertSameCovariance(sense, new Dac(8, 0.2, 0.03, errors), cells(0.8e-6, 0.05));
  }

  private static void assertSameCovariance(SenseAmplifier sense, Dac dac, CellModel cells) {
    ChipProfile profile = TestProfiles.of(6, 18, Sensing.DIFFERENTIAL, cells, dac, sense);
    SimChip chip = written(profile);
    Batch one = Batches.uniform(5, 1, 9, -0.2, 0.2);
    Batch volts = Batch.zeros(READS, 9);
    for (int n = 0; n < READS; n++) {
      volts.rows(n, n + 1).copyFrom(one);
    }
    double[][] fast = doubles(rows(chip, volts));
    PlainPeriphery plain = new PlainPeriphery(chip, 0, new Philox(123), 300, Direction.TRANSPOSED);
    double[][] slow = new double[READS][];
    for (int n = 0; n < READS; n++) {
      slow[n] = plain.readLinear(volts, n);
    }
    double[][] a = new Covariance(fast).getCovarianceMatrix().getData();
    double[][] b = new Covariance(slow).getCovarianceMatrix().getData();
    for (int i = 0; i < 6; i++) {
      double error = Math.sqrt((a[i][i] + b[i][i]) / READS);
      assertEquals(mean(slow, i), mean(fast, i), 4 * error, "mean of row " + i);
      for (int j = 0; j < 6; j++) {
        double scale = Math.sqrt(b[i][i] * b[j][j]);
        assertEquals(b[i][j], a[i][j], 4 * scale * Math.sqrt(4.0 / READS), i + ", " + j);
      }
    }
  }

  private static double mean(double[][] reads, int row) {
    double sum = 0;
    for (double[] read : reads) {
      sum += read[row];
    }
    return sum / reads.length;
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

  @Test
  void costsWhatItsCellsAndConvertersDo() {
    ChipProfile profile = TestProfiles.withCells(30, 20, TestProfiles.HFOX);
    SimChip chip = written(profile);
    double[][] siemens = chip.truth(0).siemens();
    Batch inputs = Batches.uniform(3, 300, 7, -1, 1);
    Telemetry before = chip.telemetry();
    chip.arrays().get(0).readTransposed(new ColumnRead(inputs, 0.2), Batch.zeros(300, 17));
    Telemetry cost = chip.telemetry().since(before);
    double watts = 0;
    for (int n = 0; n < 300; n++) {
      for (int j = 0; j < 7; j++) {
        double volts = Math.rint(Math.abs(inputs.get(n, j)) * 255) / 255 * 0.2;
        for (double[] row : siemens) {
          watts += volts * volts * (row[j] + row[10 + j]);
        }
      }
    }
    double cells = watts * 100e-9;
    // Both columns of a pair are driven.
    double converters = 300 * (14 * 0.5e-12 + 17 * 10e-12);
    assertEquals(cells + converters, cost.energyJoules(), 1e-4 * cells);
    assertEquals(300 * 100e-9, cost.busySeconds(), 1e-12);
    assertEquals(300, cost.arrayReads());
  }
}
