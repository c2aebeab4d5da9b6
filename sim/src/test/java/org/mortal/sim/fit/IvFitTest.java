package org.mortal.sim.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mortal.kernel.Philox;
import org.mortal.sim.device.Conduction;
import org.mortal.sim.device.Cubic;

/// Currents of a law, with noise upon them, give the law back.
class IvFitTest {
  private static final double[] SIEMENS = {50e-6, 80e-6, 120e-6, 160e-6, 225e-6};
  private static final double NOISE = 1e-3;

  private static List<IvPoint> measure(Conduction law, double... siemens) {
    Philox random = new Philox(5);
    List<IvPoint> points = new ArrayList<>();
    for (double g : siemens) {
      for (int k = -50; k <= 50; k++) {
        double volts = 0.01 * k;
        double scatter = NOISE * law.amps(0.5, g) * random.nextGaussian();
        points.add(new IvPoint("cell of " + g, volts, law.amps(volts, g) + scatter));
      }
    }
    return points;
  }

  @Test
  void straightLines() {
    IvFit fit = IvFit.of(measure(new Conduction.Ohmic(), SIEMENS));
    assertInstanceOf(Conduction.Ohmic.class, fit.best());
    for (int d = 0; d < SIEMENS.length; d++) {
      assertEquals(SIEMENS[d], fit.siemens()[d], 1e-3 * SIEMENS[d]);
    }
    assertEquals(NOISE, fit.laws().getFirst().rmse(), 4 * NOISE / Math.sqrt(1010));
  }

  @Test
  void hyperbolicSines() {
    for (double scale : new double[] {0.1, 0.25, 0.6}) {
      IvFit fit = IvFit.of(measure(new Conduction.Sinh(scale), 10e-6, 90e-6));
      Conduction.Sinh law = assertInstanceOf(Conduction.Sinh.class, fit.best());
      assertEquals(scale, law.scaleVolts(), 0.01 * scale);
      assertEquals(90e-6, fit.siemens()[1], 0.01 * 90e-6);
    }
  }

  @Test
  void cubics() {
    Cubic milo = Cubic.milo();
    IvFit fit = IvFit.of(measure(milo, SIEMENS));
    Cubic law = assertInstanceOf(Cubic.class, fit.best());
    for (double g = 60e-6; g < 220e-6; g += 20e-6) {
      for (double volts = -0.5; volts <= 0.5; volts += 0.1) {
        double largest = milo.amps(0.5, g);
        assertEquals(milo.amps(volts, g), law.amps(volts, g), 0.01 * largest, g + " S, " + volts);
      }
    }
    assertInstanceOf(Cubic.class, IvFit.of(measure(milo, 100e-6)).best());
  }

  @Test
  void theSectionNamesItsSource() {
    IvFit fit = IvFit.of(measure(new Conduction.Sinh(0.25), 90e-6));
    String text = FittedProfile.conduction("iv.csv", fit);
    assertTrue(text.startsWith("# Fitted to iv.csv: 101 points of 1 device; "), text);
    assertTrue(text.contains("[cells.conduction]\nlaw = \"sinh\"\nscaleVolts = 0.2"), text);
  }

  @Test
  void whatCannotBeFittedIsRefused() {
    List<IvPoint> few = measure(new Conduction.Ohmic(), 1e-6).subList(48, 53);
    assertTrue(
        assertThrows(FitException.class, () -> IvFit.of(few)).getMessage().contains("4 points"));
    List<IvPoint> none = new ArrayList<>();
    for (int k = 1; k < 20; k++) {
      none.add(new IvPoint("", k, 0));
    }
    assertThrows(FitException.class, () -> IvFit.of(none));
  }
}
