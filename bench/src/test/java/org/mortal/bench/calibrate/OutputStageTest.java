package org.mortal.bench.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mortal.chip.Chip;
import org.mortal.chip.Read;
import org.mortal.chip.calibrated.OutputCurve;
import org.mortal.chip.calibrated.Saturation;
import org.mortal.kernel.Philox;
import org.mortal.sim.ArrayTruth;
import org.mortal.sim.SimChip;

/// Gains, offsets and saturations are those of the hidden truth, within the errors that are stated.
@Timeout(60)
class OutputStageTest {
  private static final int READS = 64;

  @TempDir Path folder;

  private Outputs find(String profile, String quirk) {
    try (Chip chip = WrittenChip.of(profile, quirk, 2, 24, 32, folder)) {
      Outputs found = find(chip);
      assertNear(found, ((SimChip) chip.bare()).truth(0));
      return found;
    }
  }

  private static Outputs find(Chip chip) {
    ArrayReader reader = new ArrayReader(chip.arrays().getFirst());
    return new OutputStage(reader, READS, new Philox(Philox.key(5))).run();
  }

  private static void assertNear(Outputs found, ArrayTruth truth) {
    double gains = 0;
    double offsets = 0;
    int outputs = found.curves().length;
    for (int j = 0; j < outputs; j++) {
      OutputCurve curve = found.curves()[j];
      gains += Math.pow((curve.gain() - truth.gains()[j]) / curve.gainError(), 2);
      offsets += Math.pow((curve.offsetAmps() - truth.offsets()[j]) / curve.offsetError(), 2);
    }
    // Mean squares of a few dozen deviations that the errors account for.
    assertTrue(gains / outputs < 3, "gains are off by %g errors".formatted(gains / outputs));
    assertTrue(offsets / outputs < 3, "offsets are off by %g errors".formatted(offsets / outputs));
  }

  @Test
  void theUsualAmplifier() {
    Outputs found = find("hfox", "");
    assertTrue(found.gainReference());
    assertEquals(Saturation.TANH, found.curves()[0].saturation());
    assertEquals(80e-6, found.curves()[0].fullScaleAmps());
    for (OutputCurve curve : found.curves()) {
      assertTrue(curve.gainError() < 1e-3, curve.toString());
    }
    for (double noise : found.noiseAmps()) {
      assertEquals(0.41e-6, noise, 0.05e-6);
    }
    // Random pairs of cells drive 24 rows not far enough to need less.
    assertTrue(found.share() > 0.5);
  }

  @Test
  void anAmplifierThatDoesNotBend() {
    Outputs found = find("hfox", "[sense]\nsaturation = \"clip\"");
    assertEquals(Saturation.NONE, found.curves()[0].saturation());
  }

  @Test
  void noNoiseAndNoEnd() {
    try (Chip chip = WrittenChip.of("ideal", "", 2, 24, 32, folder)) {
      Outputs found = find(chip);
      for (OutputCurve curve : found.curves()) {
        assertEquals(Saturation.NONE, curve.saturation());
        assertEquals(1, curve.gain(), 1e-5);
        assertEquals(0, curve.offsetAmps(), 1e-9);
      }
    }
  }

  @Test
  void withoutBiasGainsCountAsOne() {
    try (Chip chip = WrittenChip.of("hfox", "[sense]\nmaxBiasAmps = 0", 2, 24, 32, folder)) {
      Outputs found = find(chip);
      assertFalse(found.gainReference());
      ArrayTruth truth = ((SimChip) chip.bare()).truth(0);
      for (int j = 0; j < found.curves().length; j++) {
        assertEquals(1, found.curves()[j].gain());
        assertEquals(truth.offsets()[j], found.curves()[j].offsetAmps(), 0.1e-6);
      }
    }
  }

  @Test
  void vectorsStayWithinTheRangeOfTheOutputs() {
    try (Chip chip = WrittenChip.of("hfox-harsh", "", 4, 96, 32, folder)) {
      ArrayReader reader = new ArrayReader(chip.arrays().getFirst());
      double share = find(chip).share();
      float[][] vectors = InputRange.vectors(reader, share, 200, new Philox(Philox.key(9)));
      int beyond = 0;
      for (float[] shown : reader.read(vectors, null, Read.Sense.ALL)) {
        for (float one : shown) {
          beyond += Math.abs(one) > 0.7 * 80e-6 ? 1 : 0;
        }
      }
      assertTrue(share < 1);
      assertTrue(beyond < 0.02 * 200 * 16, beyond + " currents");
    }
  }
}
