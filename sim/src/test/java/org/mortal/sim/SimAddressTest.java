package org.mortal.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mortal.chip.Refusals.assertIllegal;
import static org.mortal.chip.Refusals.assertRefused;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipProvider;
import org.mortal.chip.Chips;
import org.mortal.chip.Geometry;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;

/// `sim:` addresses open the chip they name, or say what is wrong.
class SimAddressTest {
  private static Chip open(String address) {
    return Chips.open(address, Kernels.plain());
  }

  @Test
  void opensWhatIsNamed() {
    Chip chip = open("sim:hfox?seed=-7&rows=12&columns=8&arrays=3");
    assertEquals("hfox-12x8--7", chip.id());
    assertEquals(3, chip.arrays().size());
    assertTrue(chip.arraysLimited());
    assertEquals(new Geometry(12, 8, Sensing.DIFFERENTIAL), chip.arrays().get(0).geometry());
  }

  @Test
  void noiseIsAMultipleOfTheProfiles() {
    ChipProfile own = ((SimChip) open("sim:hfox")).profile();
    ChipProfile scaled = ((SimChip) open("sim:hfox?noise=2.5")).profile();
    assertEquals(2.5 * own.cells().readNoise().siemens(), scaled.cells().readNoise().siemens());
    assertEquals(2.5 * own.sense().noiseAmps(), scaled.sense().noiseAmps());
    assertEquals(own, ((SimChip) open("sim:hfox?noise=1")).profile());
  }

  @Test
  void everyParameterHasADefault() {
    Chip chip = open("sim:hfox");
    assertEquals(open("sim:hfox?seed=1").id(), chip.id());
    assertEquals(new Geometry(256, 256, Sensing.DIFFERENTIAL), chip.arrays().get(0).geometry());
    assertFalse(chip.arraysLimited());
    assertTrue(chip.arrays().size() > 1000);
  }

  @Test
  void everyPresetOpensAndNamesItsSource() {
    ChipProvider provider =
        Chips.providers().stream()
            .filter(one -> one.scheme().equals("sim"))
            .findFirst()
            .orElseThrow();
    List<String> names = provider.presets().stream().map(ChipProvider.Preset::name).toList();
    assertEquals(Profiles.names(), names);
    for (ChipProvider.Preset preset : provider.presets()) {
      Chip chip = open("sim:" + preset.name() + "?rows=4&columns=4");
      int outputs = chip.arrays().get(0).geometry().outputs();
      assertEquals(outputs, chip.arrays().get(0).read(Batch.zeros(1, 4)).columns());
      assertFalse(preset.description().isBlank() || preset.source().isBlank(), preset.name());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sim:hfxo | unknown profile 'hfxo'; known are ideal, hfox, hfox-harsh",
        "sim: | unknown profile ''",
        "sim:hfox?clock=wall&rest=5 | rests in real time",
        "sim:hfox?rest=-5 | rest must be a whole number from 0",
        "sim:hfox?sed=1 | unknown parameter 'sed'; known are arrays, clock, columns, kelvin, noise, rest, rows, seed, state",
        "sim:hfox?noise=-1 | noise must be a number from 0.0 to 1000.0, not '-1'",
        "sim:hfox?noise=some | noise must be a number from 0.0 to 1000.0",
        "sim:hfox?seed=one | seed must be a whole number",
        "sim:hfox?seed=99999999999999999999 | seed must be a whole number",
        "sim:hfox?rows=0 | rows must be a whole number from 1 to 1024, not '0'",
        "sim:hfox?rows=1025 | rows must be a whole number from 1 to 1024, not '1025'",
        "sim:hfox?columns=1 | columns must be a whole number from 2 to 1024, not '1'",
        "sim:hfox?columns=7 | even, not 7",
        "sim:hfox?arrays=0 | arrays must be a whole number from 1 to 4096, not '0'",
        "sim:hfox?seed=1&seed=2 | 'seed' is given twice",
        "sim:hfox?seed | expected key=value, not 'seed'",
        "sims:hfox | unknown scheme 'sims'; known are lib, replay, serial, sim, tcp"
      })
  void saysWhatIsWrong(String address, String reason) {
    assertRefused(() -> open(address), "'" + address + "'", reason);
  }

  @Test
  void noArrayIsNamedTwice() {
    Chip chip = open("sim:ideal?rows=4&columns=4");
    Read read = Read.of(Batch.zeros(1, 4));
    Chip.ArrayRead one = new Chip.ArrayRead(1, read, Batch.zeros(1, 2));
    assertIllegal(() -> chip.read(List.of(one, one)), "array 1", "twice");
    PulseTrain train = PulseTrain.nominal(new short[16], TestProfiles.IDEAL.write());
    Chip.ArrayPulses pulses = new Chip.ArrayPulses(1, train);
    assertIllegal(() -> chip.pulse(List.of(pulses, pulses)), "array 1", "twice");
  }
}
