package org.mortal.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mortal.chip.Crossbar;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Batches;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;

/// What the truth says of a read is what the read shows, but for noise and steps.
class TruthTest {
  private static final Kernels KERNELS = Kernels.select(2);

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

  private static Batch shown(SimChip chip, Read read) {
    Batch amps = Batch.zeros(read.inputs().rows(), chip.profile().geometry().outputs());
    chip.arrays().get(0).read(read, amps);
    return amps;
  }

  /// Converters' errors stay hidden, so with them currents are known to a few steps only.
  @ParameterizedTest
  @EnumSource
  void currentsAreThoseThatReadsShow(PeripheryTest.Quirk quirk) {
    for (Sensing sensing : Sensing.values()) {
      ChipProfile profile =
          quirk.profile(21, 22, sensing, TestProfiles.cells(0.2, 0.01, 0.3, 0, 0));
      SimChip chip = written(profile);
      double most = profile.sense().fullScaleAmps();
      Batch bias = Batches.uniform(3, 1, profile.geometry().outputs(), -4e-6f, 4e-6f);
      Read read = new Read(Batches.uniform(1, 300, 17, 0, 0.02f), 1, bias, Read.Sense.ALL);
      Batch shown = shown(chip, read);
      ArrayTruth truth = chip.truth(0);
      double[][] amps = chip.truthAmps(0, read);
      double step = 2 * most / (1 << profile.sense().adcBits());
      double steps = profile.sense().errors() == null ? 0.51 : 25;
      int compared = 0;
      for (int n = 0; n < amps.length; n++) {
        for (int j = 0; j < amps[n].length; j++) {
          if (Math.abs(shown.get(n, j)) < most / 2) {
            // A step of the converter is more before an amplifier that bends, and after a sample
            // has drooped.
            double allowed = 1.6 * steps * step / truth.gains()[j];
            assertEquals(amps[n][j], truth.lineAmps(j, shown.get(n, j)), allowed);
            compared++;
          }
        }
      }
      assertTrue(compared > 1000, compared + " compared");
    }
  }

  @Test
  void askingChangesNothing() {
    SimChip asked =
        new ChipPopulation(Profiles.named("hfox-lab").orElseThrow()).chip(3, 1, KERNELS);
    SimChip other =
        new ChipPopulation(Profiles.named("hfox-lab").orElseThrow()).chip(3, 1, KERNELS);
    Read read = Read.of(Batches.uniform(1, 20, 256, 0, 0.05f));
    double[][] first = asked.truthAmps(0, read);
    asked.truth(0);
    assertArrayEquals(first, asked.truthAmps(0, read));
    Batch one = shown(asked, read);
    Batch two = shown(other, read);
    assertArrayEquals(one.toArrays(), two.toArrays());
  }

  @Test
  void noiseIsAllThatIsLeft() {
    SimChip chip = new ChipPopulation(Profiles.named("hfox").orElseThrow()).chip(3, 1, KERNELS);
    Read read = Read.of(Batches.uniform(1, 400, 256, 0, 0.05f));
    Batch shown = shown(chip, read);
    ArrayTruth truth = chip.truth(0);
    double[][] amps = chip.truthAmps(0, read);
    double squares = 0;
    double sum = 0;
    for (int n = 0; n < amps.length; n++) {
      for (int j = 0; j < 128; j++) {
        double noise = truth.lineAmps(j, shown.get(n, j)) - amps[n][j];
        squares += noise * noise;
        sum += noise;
      }
    }
    int count = amps.length * 128;
    // 256 pairs of 0.8 µS each under 29 mV root mean square, the amplifier's 0.4 µA, and steps of
    // 0.31 µA.
    double cells = 2 * 256 * Math.pow(0.8e-6 * 0.05 / Math.sqrt(3), 2);
    double expected = Math.sqrt(cells + 0.16e-12 + Math.pow(0.3125e-6, 2) / 12);
    assertEquals(expected, Math.sqrt(squares / count), 0.03 * expected);
    assertEquals(0, sum / count, 5 * expected / Math.sqrt(count));
  }
}
