package org.mortal.sim.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each law against what its formula says, and against what every law promises.
class ConductionTest {
  private static final double[] VOLTS = {-3, -0.7, -0.1, -1e-6, 0, 1e-9, 0.02, 0.5, 0.6, 2};
  private static final double[] SIEMENS = {1e-8, 2e-5, 60e-6, 2e-4, 1e-2};

  static Stream<Conduction> laws() {
    return Stream.of(
        new Conduction.Ohmic(),
        new Conduction.Sinh(0.25),
        Cubic.milo(),
        Selector.of(1, 1e-4, 1e4),
        new Selector(1e-17, 0.037));
  }

  @ParameterizedTest
  @MethodSource("laws")
  void theSlopeIsTheDerivative(Conduction law) {
    for (double siemens : SIEMENS) {
      for (double volts : VOLTS) {
        double h = 1e-5;
        double slope = (law.amps(volts + h, siemens) - law.amps(volts - h, siemens)) / (2 * h);
        assertEquals(1, slope / law.slope(volts, siemens), 1e-5, siemens + " S, " + volts + " V");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("laws")
  void theCurrentRises(Conduction law) {
    for (double siemens : SIEMENS) {
      for (double volts = -1; volts < 1; volts += 0.01) {
        assertTrue(law.amps(volts + 0.01, siemens) > law.amps(volts, siemens));
        assertTrue(law.slope(volts, siemens) > 0);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("laws")
  void nothingFlowsWithoutVoltageOrConductance(Conduction law) {
    assertEquals(0, law.amps(0, 1e-4));
    assertEquals(0, law.amps(1, 0));
    assertEquals(0, law.slope(1, 0));
  }

  @ParameterizedTest
  @MethodSource("laws")
  void allCellsAtOnceAreAsOneByOne(Conduction law) {
    double[] siemens = new double[VOLTS.length];
    for (int cell = 0; cell < siemens.length; cell++) {
      siemens[cell] = cell == 5 ? 0 : SIEMENS[cell % SIEMENS.length];
    }
    double[] amps = new double[VOLTS.length];
    double[] slopes = new double[VOLTS.length];
    law.solve(VOLTS, siemens, amps, slopes);
    for (int cell = 0; cell < VOLTS.length; cell++) {
      double one = law.amps(VOLTS[cell], siemens[cell]);
      assertEquals(one, amps[cell], 1e-14 * Math.abs(one));
      double slope = law.slope(VOLTS[cell], siemens[cell]);
      assertEquals(slope, slopes[cell], 1e-14 * slope);
    }
  }

  @ParameterizedTest
  @MethodSource("laws")
  void settingsSurviveAFile(Conduction law) throws Exception {
    ObjectMapper json = new ObjectMapper();
    assertEquals(law, json.readValue(json.writeValueAsString(law), Conduction.class));
  }

  @Test
  void aFileNamesTheLaw() throws Exception {
    Conduction read =
        new ObjectMapper().readValue("{\"law\":\"sinh\",\"scaleVolts\":0.3}", Conduction.class);
    assertEquals(new Conduction.Sinh(0.3), read);
  }

  @Test
  void sinhIsOhmicAtLowVoltage() {
    Conduction law = new Conduction.Sinh(0.25);
    assertEquals(1e-4 * 1e-4, law.amps(1e-4, 1e-4), 1e-15);
    assertEquals(1e-4 * 0.25 * 1.1752011936438014, law.amps(0.25, 1e-4), 1e-18);
  }

  @Test
  void sinhGoesOnStraightWhereNoCellWouldStandIt() {
    Conduction law = new Conduction.Sinh(0.1);
    double slope = law.slope(2, 1e-6);
    assertEquals(1e-6 * Math.cosh(20), slope, 1e-9 * slope);
    assertEquals(law.amps(2, 1e-6) + 3 * slope, law.amps(5, 1e-6), 1e-9 * slope);
    assertEquals(-law.amps(5, 1e-6), law.amps(-5, 1e-6));
  }

  @Test
  void cubicIsThePublishedPolynomial() {
    // By hand: log10(1e-4) = -4 makes both polynomials round numbers.
    double square = .007063 - 4 * .005711 + 16 * .001541 - 64 * .0001388;
    double cube = 1.2968e-3 - 4 * 6.7919e-4 + 16 * 8.871e-5;
    Conduction law = Cubic.milo();
    for (double volts : new double[] {-0.5, 0.2, 0.5}) {
      double amps = 1e-4 * volts + square * volts * volts + cube * volts * volts * volts;
      assertEquals(amps, law.amps(volts, 1e-4), 1e-17);
    }
    assertEquals(-0.041, law.amps(0.5, 1e-4) / 0.5e-4 - 1, 0.002);
  }

  @Test
  void cubicGoesOnStraightOutsideItsRange() {
    Conduction law = Cubic.milo();
    double slope = law.slope(0.5, 1e-4);
    assertEquals(law.amps(0.5, 1e-4) + 1.5 * slope, law.amps(2, 1e-4), 1e-16);
    assertEquals(law.amps(0.3, 50e-6) / 50, law.amps(0.3, 1e-6), 1e-18);
  }

  @Test
  void selectorAndResistorShareTheVoltage() {
    Selector law = new Selector(2e-12, 0.054);
    for (double siemens : SIEMENS) {
      for (double volts : VOLTS) {
        double amps = law.amps(volts, siemens);
        double ratio = amps / law.saturationAmps();
        double ofSelector =
            law.slopeVolts()
                * Math.copySign(Math.log(Math.abs(ratio) + Math.sqrt(ratio * ratio + 1)), ratio);
        assertEquals(volts, amps / siemens + ofSelector, 1e-14 + 1e-14 * Math.abs(volts));
      }
    }
  }

  @Test
  void selectorHasTheStatedSelectivity() {
    Selector law = Selector.of(1, 1e-4, 1e4);
    double full = law.amps(1, 1e6);
    assertEquals(1e-4, full, 1e-10);
    assertEquals(1e4, full / law.amps(0.5, 1e6), 1);
  }

  @Test
  void lawsThatFallAreRefused() {
    Cubic milo = Cubic.milo();
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Cubic(milo.square(), milo.cube(), 0.5, 20e-6, 225e-6));
    assertTrue(refused.getMessage().contains("must rise"), refused.getMessage());
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Conduction.Sinh(0));
    assertThrows(IllegalArgumentException.class, () -> new Conduction.Sinh(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new Selector(0, 0.1));
    assertThrows(IllegalArgumentException.class, () -> new Selector(1e-9, -0.1));
    assertThrows(IllegalArgumentException.class, () -> Selector.of(1, 1e-4, 2));
    Cubic milo = Cubic.milo();
    assertThrows(
        IllegalArgumentException.class,
        () -> new Cubic(milo.square(), milo.cube(), 0.5, 0, 225e-6));
  }
}
