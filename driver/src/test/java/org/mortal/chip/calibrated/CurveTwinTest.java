package org.mortal.chip.calibrated;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What is done for whole rows at once agrees with what is done for one number.
class CurveTwinTest {
  private static final int COUNT = 4000;

  private final SplittableRandom random = new SplittableRandom(8);

  @Test
  void outputs() {
    OutputCurve[] curves = new OutputCurve[COUNT];
    float[] shown = new float[COUNT];
    for (int j = 0; j < COUNT; j++) {
      Saturation saturation = j % 2 == 0 ? Saturation.NONE : Saturation.TANH;
      double full = random.nextDouble(1e-6, 1e-3);
      curves[j] =
          new OutputCurve(
              random.nextDouble(0.5, 2),
              0.01,
              random.nextDouble(-0.1, 0.1) * full,
              1e-9,
              saturation,
              full,
              0.999 * full);
      shown[j] = (float) (full * random.nextDouble(-1.1, 1.1));
    }
    float[] lines = shown.clone();
    new OutputCurves(curves).toLines(lines, COUNT);
    for (int j = 0; j < COUNT; j++) {
      double expected = curves[j].lineAmps(shown[j]);
      double scale = curves[j].fullScaleAmps() / curves[j].gain();
      // Near full scale a last place of what is shown is amplified 500-fold.
      assertEquals(expected, lines[j], 3e-4 * scale, curves[j] + " shows " + shown[j]);
      if (Math.abs(shown[j]) < 0.97 * curves[j].fullScaleAmps()) {
        assertEquals(expected, lines[j], 5e-6 * scale, curves[j] + " shows " + shown[j]);
      }
    }
  }

  @Test
  void rows() {
    InputBend[] bends = new InputBend[COUNT];
    float[] asked = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      bends[i] = new InputBend(random.nextDouble(-0.4, 0.4), random.nextDouble(-0.3, 0.3));
      asked[i] = random.nextInt(50) == 0 ? i % 2 : (float) random.nextDouble();
    }
    float[] acting = asked.clone();
    new InputBends(bends).ask(asked, new float[COUNT], COUNT);
    for (int i = 0; i < COUNT; i++) {
      assertEquals(bends[i].ask(acting[i]), asked[i], 1e-6, bends[i] + " at " + acting[i]);
      assertEquals(acting[i], bends[i].acts(asked[i]), 2e-4, bends[i] + " at " + acting[i]);
    }
  }
}
