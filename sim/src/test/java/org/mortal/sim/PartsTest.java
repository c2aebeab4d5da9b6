package org.mortal.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mortal.chip.Refusals.assertIllegal;

import org.junit.jupiter.api.Test;
import org.mortal.sim.circuit.Dac;
import org.mortal.sim.circuit.SenseAmplifier;
import org.mortal.sim.device.CellModel;
import org.mortal.sim.device.ConstantStep;
import org.mortal.sim.device.Defects;
import org.mortal.sim.device.ReadNoise;
import org.mortal.sim.device.Switching;
import org.mortal.sim.device.Variation;
import org.mortal.sim.device.Window;

/// Drivers, amplifiers and cell models: nearest steps, full ranges, and figures that cannot be.
class PartsTest {
  private static final double NAN = Double.NaN;

  @Test
  void aDriverGivesItsNearestStep() {
    for (int bits = 1; bits <= 16; bits++) {
      Dac dac = new Dac(bits, 0.2);
      double step = 0.2 / ((1 << bits) - 1);
      for (double volts = 0; volts <= 0.2; volts += 0.2 / 999) {
        float[] one = {(float) volts, 7};
        dac.convert(one, 1);
        assertEquals(volts, one[0], 0.5 * step + 1e-7, bits + " bits");
        assertEquals(Math.rint(one[0] / step), one[0] / step, 0.01, "a whole step");
        assertEquals(7, one[1], "beyond the count");
      }
      float[] ends = {0, 0.2f};
      dac.convert(ends, 2);
      assertEquals(0, ends[0]);
      assertEquals(0.2, ends[1], 1e-7);
    }
  }

  @Test
  void aDriverWithoutStepsChangesNothing() {
    float[] volts = {0.123456f, 0.01f};
    new Dac(0, 0.2).convert(volts, 2);
    assertEquals(0.123456f, volts[0]);
  }

  @Test
  void aBiasIsItsNearestStepWithinItsRange() {
    SenseAmplifier amplifier = TestProfiles.PROFILE.sense();
    double step = 80e-6 / 1024;
    for (double amps = -50e-6; amps < 50e-6; amps += 0.13e-6) {
      float bias = amplifier.bias((float) amps);
      assertEquals(Math.clamp(amps, -40e-6, 40e-6), bias, 0.5001 * step);
      assertEquals(Math.rint(bias / step), bias / step, 1e-3);
    }
    assertEquals(1.2345e-6f, TestProfiles.IDEAL.sense().bias(1.2345e-6f));
  }

  @Test
  void refusesConvertersThatCannotBe() {
    for (int bits : new int[] {-1, 17}) {
      assertIllegal(() -> new Dac(bits, 1), "1 to 16", bits);
      assertIllegal(() -> new SenseAmplifier(bits, 1, 0, 0, 0, 0, 0), "1 to 16", bits);
      assertIllegal(() -> new SenseAmplifier(8, 1, 0, 0, 0, bits, 0), "1 to 16", bits);
    }
    for (double bad : new double[] {0, -1, NAN}) {
      assertIllegal(() -> new Dac(8, bad), "fullScaleVolts");
      assertIllegal(() -> new SenseAmplifier(8, bad, 0, 0, 0, 0, 0), "fullScaleAmps");
    }
    assertIllegal(() -> new SenseAmplifier(8, 1.0 / 0, 0, 0, 0, 0, 0), "finite");
    for (double bad : new double[] {-0.1, NAN}) {
      assertIllegal(() -> new SenseAmplifier(8, 1, bad, 0, 0, 0, 0), "negative");
      assertIllegal(() -> new SenseAmplifier(8, 1, 0, bad, 0, 0, 0), "negative");
      assertIllegal(() -> new SenseAmplifier(8, 1, 0, 0, bad, 0, 0), "negative");
      assertIllegal(() -> new SenseAmplifier(8, 1, 0, 0, 0, 0, bad), "negative");
    }
    assertIllegal(() -> new SenseAmplifier(8, 1, 1, 0, 0, 0, 0), "below 1");
  }

  @Test
  void refusesCellsThatCannotBe() {
    for (double bad : new double[] {-0.1, NAN}) {
      assertIllegal(() -> new Window(bad, 1, 0, 1), "window");
      assertIllegal(() -> new Window(0, bad, 0, 1), "window");
      assertIllegal(() -> new Window(0, 1, 0, bad), "high level");
      assertIllegal(() -> new ConstantStep(bad, 1, 0), "setStep", "positive");
      assertIllegal(() -> new ConstantStep(1, bad, 0), "resetStep", "positive");
      assertIllegal(() -> new ConstantStep(1, 1, bad), "cycleNoise", "negative");
      assertIllegal(() -> new Variation(bad, 0, false, 0, 0, 0, 0), "gain", "negative");
      assertIllegal(() -> new Variation(0, 0, false, 0, 0, 0, bad), "writeNoise", "negative");
      assertIllegal(() -> new Defects(bad, 0, 0, 0), "stuck", "0 to 1");
      assertIllegal(() -> new ReadNoise(bad, 0), "siemens", "negative");
      assertIllegal(() -> new ReadNoise(0, bad), "relative", "negative");
      assertIllegal(() -> new Switching(bad, 0), "voltsPerDecade", "positive");
    }
    assertIllegal(() -> new Window(1, 1, 0, 1), "window");
    assertIllegal(() -> new Defects(0.5, 0.3, 0.3, 0), "together");
  }

  @Test
  void harsherIsWorseInEverythingButTheWindow() {
    CellModel cells = TestProfiles.PROFILE.cells();
    CellModel harsh = TestProfiles.HARSH.cells();
    assertEquals(cells.window(), harsh.window());
    assertEquals(cells.stepSiemens(), harsh.stepSiemens());
    assertEquals(0.5, harsh.variation().gain(), 1e-12);
    assertEquals(0.025, harsh.defects().stuck(), 1e-12);
    assertEquals(0.75, harsh.update().cycleNoise(), 1e-12);
    assertEquals(2e-6, harsh.readNoise().siemens(), 1e-12);
    SenseAmplifier sense = TestProfiles.PROFILE.sense();
    SenseAmplifier harshSense = TestProfiles.HARSH.sense();
    assertEquals(2.5 * sense.gainSpread(), harshSense.gainSpread(), 1e-12);
    assertEquals(2.5 * sense.offsetAmps(), harshSense.offsetAmps(), 1e-15);
    assertEquals(2.5 * sense.noiseAmps(), harshSense.noiseAmps(), 1e-15);
    assertEquals(sense.fullScaleAmps(), harshSense.fullScaleAmps());
    assertTrue(harshSense.maxBiasAmps() == sense.maxBiasAmps());
  }

  @Test
  void stepsCrossTheWindow() {
    CellModel cells = TestProfiles.PROFILE.cells();
    assertEquals(cells.window().windowSiemens(), 250 * cells.stepSiemens(), 1e-15);
    assertEquals(101e-6, TestProfiles.PROFILE.limits().maxSiemens(), 1e-12);
    assertEquals(TestProfiles.PROFILE.write(), TestProfiles.PROFILE.limits().write());
  }
}
