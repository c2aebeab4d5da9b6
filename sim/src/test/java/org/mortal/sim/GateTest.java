package org.mortal.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Gate;
import org.mortal.chip.PulseTrain;
import org.mortal.kernel.Kernels;

/// SET pulses through transistors that let them go only so far, under each law of writing.
class GateTest {
  private static final String CELLS =
      """
      name = "test-gate"
      [geometry]
      rows = 8
      columns = 8
      [cells.variation]
      gain = 0
      step = 0
      asymmetry = 0
      high = 0
      writeNoise = 0
      low = 0
      [cells.defects]
      stuck = 0
      [cells.gate]
      thresholdVolts = 0.6
      siemensPerVolt = 50e-6
      maxVolts = 3
      [cells.update]
      cycleNoise = 0.3
      """;

  /// Steps that depend on nothing.
  private static final String TRAINS = "extends = \"hfox\"\n" + CELLS;

  /// Steps that depend on the level.
  private static final String SINGLE =
      "extends = \"reram-sb\"\n"
          + CELLS
          + """
          [cells.window]
          minSiemens = 1e-6
          maxSiemens = 101e-6
          """;

  private static final String WIRES =
      """
      [wiring]
      write = "isolated"
      [wiring.wires]
      rowSegmentOhms = 0.1
      columnSegmentOhms = 0.1
      rowDriverOhms = 0.1
      columnTerminalOhms = 0.1
      perKelvin = 0
      [wiring.idle]
      rows = "grounded"
      columns = "grounded"
      """;

  private SimChip chip;

  private void pulse(int count, double gateVolts) {
    Crossbar array = chip.arrays().getFirst();
    short[] counts = new short[array.geometry().cells()];
    Arrays.fill(counts, (short) count);
    array.pulse(PulseTrain.nominal(counts, array.limits().write()).withGate(gateVolts));
  }

  private double[] siemens() {
    return Arrays.stream(chip.truth(0).siemens()).flatMapToDouble(Arrays::stream).toArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {TRAINS, SINGLE, TRAINS + WIRES})
  void setPulsesGoAsFarAsTheGateLetsThem(String profile) {
    chip = new ChipPopulation(ProfileFile.parse(profile, "test")).chip(1, 1, Kernels.select(1));
    assertEquals(new Gate(0.6, 50e-6, 3), chip.arrays().getFirst().limits().gate());
    pulse(-1000, 0);
    pulse(1000, 1.8);
    for (double one : siemens()) {
      assertEquals(60e-6, one, 1e-9);
    }
    pulse(1000, 1.2);
    for (double one : siemens()) {
      assertEquals(60e-6, one, 1e-9, "a lower gate takes nothing back");
    }
    pulse(-50, 1.2);
    double[] down = siemens();
    pulse(1, 1.8);
    double[] up = siemens();
    for (int i = 0; i < down.length; i++) {
      assertTrue(down[i] < 59e-6, "RESET pulses do not mind the gate: " + down[i]);
      assertTrue(up[i] < 60e-6 && up[i] != down[i], "one pulse is still one step");
    }
    pulse(1000, 0);
    assertTrue(Arrays.stream(siemens()).min().orElseThrow() > 70e-6, "open transistors");
  }
}
