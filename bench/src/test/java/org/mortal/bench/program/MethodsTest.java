package org.mortal.bench.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mortal.bench.run.RunException;

/// What each method promises, on simulated chips.
@Timeout(60)
class MethodsTest {
  private static final double TOLERANCE = 1e-6;

  static Stream<String> names() {
    return Methods.names().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void exactCellsAllComeToTheirTargets(String method, @TempDir Path folder) throws IOException {
    Path profile =
        Files.writeString(
            folder.resolve("ideal.toml"),
            """
            extends = "ideal"
            name = "test-ideal"
            [cells.gate]
            thresholdVolts = 0.6
            siemensPerVolt = 50e-6
            maxVolts = 3
            """);
    Trial trial = Bench.trial("uniform:0.05..0.6", TOLERANCE, Recipe.USUAL);
    String address = "sim:%s?rows=16&columns=16".formatted(profile);
    Trial.Row row = Bench.run(method, address, trial).row();
    assertEquals(1, row.successAllCells());
    assertTrue(row.rmseSiemensAllCells() < TOLERANCE, row.toString());
    assertTrue(row.trueRmseSiemens() < TOLERANCE, row.toString());
    assertEquals(0, row.stuck() + row.spared());
  }

  @Test
  void risingPulsesNeedFarFewerThanPulsesOfOneHeight() {
    String address = "sim:neurram?seed=4&rows=32&columns=32";
    Trial trial = Bench.trial("uniform:0..0.9", TOLERANCE, Recipe.USUAL);
    Trial.Row step = Bench.run("step", address, trial).row();
    Trial.Row ispp = Bench.run("ispp", address, trial).row();
    Trial.Row vipi = Bench.run("vipi", address, trial).row();
    assertTrue(step.success() > 0.99 && ispp.success() > 0.99 && vipi.success() > 0.99);
    assertTrue(ispp.pulsesMean() < step.pulsesMean() / 5, ispp + " against " + step);
    assertTrue(vipi.pulsesMean() < ispp.pulsesMean(), vipi + " against " + ispp);
  }

  @Test
  void gatesThatNobodyCanSetAreRefused() {
    Trial trial = Bench.trial("uniform", TOLERANCE, Recipe.USUAL);
    RunException refused =
        assertThrows(
            RunException.class,
            () -> Bench.run("gate-voltage", "sim:hfox?rows=8&columns=8", trial));
    assertTrue(refused.getMessage().contains("cells.gate"), refused.getMessage());
  }

  @Test
  void eachFurtherPassNarrowsWhatRelaxationLeaves() {
    String address = "sim:neurram?seed=4&rows=32&columns=32";
    double before = Double.POSITIVE_INFINITY;
    for (int repeats : new int[] {0, 1, 3}) {
      Trial trial = new Trial(new Targets("uniform:0..0.9", 1), 0, TOLERANCE, 0, Recipe.USUAL, 60);
      String method = "relaxation-aware:" + repeats;
      double after = Bench.run(method, address, trial).row().rmseSiemensAfterWait();
      assertTrue(after < 0.9 * before, repeats + " repeats: " + after + " after " + before);
      before = after;
    }
  }

  @Test
  void aSecondDeviceHoldsWhatTheFirstHasLeft() {
    Trial trial = Bench.trial("uniform:0.1..0.9", TOLERANCE, Recipe.USUAL);
    String address = "sim:ideal?rows=16&columns=16";
    double one = Bench.run("step", address, trial).row().trueRmseSiemens();
    Trial.Result two = Bench.run("multi-device", address, trial);
    assertEquals(2, two.programmed().stack().parts().size());
    assertTrue(two.row().trueRmseSiemens() < one / 10, two.row() + " against " + one);
  }

  @Test
  void tuningByProductsTakesBackWhatWiresTake(@TempDir Path folder) throws IOException {
    Path profile =
        Files.writeString(
            folder.resolve("wires.toml"),
            """
            extends = "ideal"
            name = "test-wires"
            [geometry]
            rows = 32
            columns = 32
            sensing = "single"
            [wiring]
            write = "isolated"
            [wiring.wires]
            rowSegmentOhms = 10
            columnSegmentOhms = 10
            rowDriverOhms = 10
            columnTerminalOhms = 10
            perKelvin = 0
            [wiring.idle]
            rows = "grounded"
            columns = "grounded"
            """);
    Trial trial = Bench.trial("uniform:0.05..0.5", 0.3e-6, Recipe.USUAL);
    String address = "sim:%s?seed=1".formatted(profile);
    Trial.Row once = Bench.run("mvm:0", address, trial).row();
    Trial.Row row = Bench.run("mvm", address, trial).row();
    assertTrue(row.lossExact() > 0.1, row.toString());
    // Cells that were raised later have taken current from those that were done.
    assertTrue(once.within() < 0.98 && row.within() > 0.99, row + " after " + once);
    assertTrue(row.loss() < 0.05 * row.lossExact(), row.toString());
  }

  @Test
  void codedVerifyingIsQuieterWhereConductancesAreLow() {
    String address = "sim:neurram?seed=4&rows=32&columns=32";
    Trial trial = Bench.trial("uniform:0..0.1", 0.4e-6, Recipe.USUAL);
    Trial.Row step = Bench.run("step", address, trial).row();
    Trial.Row coded = Bench.run("hadamard", address, trial).row();
    assertTrue(coded.trueRmseSiemens() < 0.85 * step.trueRmseSiemens(), coded + " to " + step);
    assertTrue(coded.reads() < step.reads(), coded + " to " + step);
  }
}
