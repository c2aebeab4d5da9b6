package org.mortal.bench.twin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Geometry;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.calibrated.CalibratedChip;
import org.mortal.chip.calibrated.Calibration;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;
import org.mortal.sim.ArrayTruth;
import org.mortal.sim.ChipPopulation;
import org.mortal.sim.ChipProfile;
import org.mortal.sim.ProfileFile;
import org.mortal.sim.Profiles;
import org.mortal.sim.SimChip;
import org.mortal.sim.Twin;
import org.mortal.sim.TwinArray;
import org.mortal.sim.device.ConstantStep;

/// A chip is measured through the port alone, and what comes out foretells what it does.
class TwinMakerTest {
  private static final Kernels KERNELS = Kernels.select(1);
  private static final int ROWS = 32;
  private static final int COLUMNS = 32;

  private static SimChip chip(String profile, long seed, int arrays) {
    ChipProfile base = Profiles.named(profile).orElseThrow();
    return chip(base, seed, arrays);
  }

  private static SimChip chip(ChipProfile base, long seed, int arrays) {
    Geometry geometry = new Geometry(ROWS, COLUMNS, base.geometry().sensing());
    return new ChipPopulation(base.with(geometry)).chip(seed, arrays, KERNELS);
  }

  private static TwinMaker.Made make(SimChip chip, Effort effort) {
    return new TwinMaker(
            chip, StandIn.of(chip), Profiles.hfox(), effort, KERNELS, () -> false, step -> {})
        .run("a-twin")
        .orElseThrow();
  }

  /// Cells anywhere in their windows.
  private static void scatter(SimChip chip) {
    Crossbar crossbar = chip.arrays().get(0);
    Philox random = new Philox(Philox.key(11));
    short[] counts = new short[crossbar.geometry().cells()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (short) random.nextInt(250);
    }
    crossbar.pulse(PulseTrain.nominal(counts, crossbar.limits().write()));
  }

  @ParameterizedTest
  @CsvSource({"hfox-lab, 24", "neurram, 25"})
  void theTwinForetellsWhatItWasNotFittedTo(String profile, long seed) {
    SimChip chip = chip(profile, seed, 1);
    TwinMaker.Made made = make(chip, new Effort(32, true, 60, 1));
    Fidelity fidelity = made.fidelity();
    assertTrue(fidelity.reads() < 1.2, () -> "reads " + fidelity);
    assertTrue(fidelity.reads() > 0.97, () -> "reads " + fidelity);
    assertTrue(fidelity.pulses() < 1.1, () -> "pulses " + fidelity);
    assertTrue(fidelity.times() < 1.15, () -> "times " + fidelity);
    assertEquals(1, fidelity.readTwinAmps() / fidelity.readFloorAmps(), 0.05);
    assertEquals(1, fidelity.pulseTwinSiemens() / fidelity.pulseFloorSiemens(), 0.1);
    assertEquals(
        Math.max(fidelity.reads(), Math.max(fidelity.pulses(), fidelity.times())),
        fidelity.worst());
    // Of what time does, only what happens before the first read is not seen.
    double hidden = spread(chip.profile());
    double found = spread(made.profile());
    assertTrue(found > 0.6 * hidden && found < 1.2 * hidden, found + " against " + hidden);
  }

  /// Standard deviation of half-open cells one second after a write, in siemens.
  private static double spread(ChipProfile profile) {
    double middle = (profile.limits().minSiemens() + profile.limits().maxSiemens()) / 2;
    return profile.cells().aging().relaxation().anchors().getFirst().sigma().sigma(middle, middle);
  }

  @Test
  void whatIsFoundIsTheHiddenTruth() {
    SimChip chip = chip("hfox", 31, 1);
    scatter(chip);
    ArrayTruth before = chip.truth(0);
    TwinMaker.Made made = make(chip, new Effort(64, true, 0, 1));
    TwinArray twin = made.profile().twin().arrays().getFirst();
    TwinScore score = TwinScore.of(chip, made.profile(), made.places());
    assertTrue(score.siemens() < 0.4e-6, () -> "cells " + score);
    assertTrue(score.offsetAmps() < 0.1e-6, () -> "offsets " + score);
    assertEquals(1, score.stuckPrecision(), 0.01);
    assertEquals(1, score.stuckRecall(), 0.01);
    ChipProfile profile = made.profile();
    assertEquals(0.8e-6, profile.cells().readNoise().siemens(), 0.06e-6);
    assertEquals(0.4e-6, profile.sense().noiseAmps(), 0.02e-6);
    assertEquals(9, profile.sense().adcBits());
    ConstantStep law = (ConstantStep) profile.cells().update();
    double step = law.setStep() * profile.cells().window().slope();
    assertEquals(0.4e-6, step, 0.01e-6);
    assertEquals(0.3, law.cycleNoise(), 0.05);
    assertNull(twin.setSteps());
    assertNull(profile.cells().aging().relaxation());
    assertEquals(chip.profile().limits(), profile.limits());
    double off = 0;
    double moved = 0;
    for (int r = 0; r < ROWS; r++) {
      for (int c = 0; c < COLUMNS; c++) {
        if (!before.stuck()[r][c]) {
          double high = 1e-6 + 100e-6 * before.gain()[r][c];
          off += Math.pow(twin.highSiemens()[r][c] - high, 2) / (ROWS * COLUMNS);
          double now = chip.truth(0).siemens()[r][c];
          moved += Math.pow(now - before.siemens()[r][c], 2) / (ROWS * COLUMNS);
        }
      }
    }
    assertTrue(Math.sqrt(off) < 1e-6, "windows are off by " + Math.sqrt(off));
    assertTrue(Math.sqrt(moved) < 1e-6, "cells were left " + Math.sqrt(moved) + " S off");
  }

  @Test
  void stepsThatDifferAreFoundCellByCell() {
    ChipProfile own =
        ProfileFile.parse(
            "extends = 'hfox'\nname = 'own'\n[cells.variation]\nstep = 0.3\nasymmetry = 0.1",
            "own.toml");
    SimChip chip = chip(own, 41, 1);
    TwinMaker.Made made = make(chip, new Effort(32, true, 0, 1));
    assertNotNull(made.profile().twin().arrays().getFirst().setSteps());
    assertTrue(made.fidelity().pulses() < 1.1, () -> "pulses " + made.fidelity());
  }

  @Test
  void withoutPulsesCellsStayAndReadsAreForetold() {
    SimChip chip = chip("hfox", 61, 1);
    scatter(chip);
    double[][] before = chip.truth(0).siemens();
    Fidelity fidelity = make(chip, new Effort(64, false, 60, 1)).fidelity();
    for (int r = 0; r < ROWS; r++) {
      assertArrayEquals(before[r], chip.truth(0).siemens()[r]);
    }
    assertEquals(0, chip.telemetry().pulses() - ROWS * COLUMNS * 124, ROWS * COLUMNS * 10);
    assertTrue(fidelity.reads() < 1.2, () -> "reads " + fidelity);
    assertNull(fidelity.pulses());
    assertNull(fidelity.times());
  }

  @Test
  void allArraysAreMeasured() {
    SimChip chip = chip("hfox", 71, 2);
    TwinMaker.Made made = make(chip, new Effort(32, true, 0, 1));
    assertEquals(2, made.profile().twin().arrays().size());
    assertArrayEquals(new int[] {0, 1}, made.places());
    assertTrue(TwinScore.of(chip, made.profile(), made.places()).siemens() < 0.5e-6);
    assertTrue(made.fidelity().worst() < 1.2, () -> made.fidelity().toString());
  }

  @Test
  void whatIsStoppedBringsTheCellsBack() {
    SimChip chip = chip("hfox", 75, 1);
    scatter(chip);
    double[][] before = chip.truth(0).siemens();
    List<String> begun = new ArrayList<>();
    Optional<TwinMaker.Made> made =
        new TwinMaker(
                chip,
                StandIn.of(chip),
                Profiles.hfox(),
                new Effort(16, true, 60, 1),
                KERNELS,
                () -> begun.contains("pulses, array 0"),
                begun::add)
            .run("a-twin");
    assertTrue(made.isEmpty());
    assertEquals(List.of("cells of array 0", "pulses, array 0"), begun);
    double moved = 0;
    for (int r = 0; r < ROWS; r++) {
      for (int c = 0; c < COLUMNS; c++) {
        double now = chip.truth(0).siemens()[r][c];
        moved += Math.pow(now - before[r][c], 2) / (ROWS * COLUMNS);
      }
    }
    assertTrue(Math.sqrt(moved) < 1.5e-6, "cells were left " + Math.sqrt(moved) + " S off");
  }

  @Test
  void theSameSeedMakesTheSameTwin() {
    Twin one = make(chip("hfox", 81, 1), new Effort(8, false, 0, 1)).profile().twin();
    Twin again = make(chip("hfox", 81, 1), new Effort(8, false, 0, 1)).profile().twin();
    assertEquals(one.digest(), again.digest());
  }

  /// What is judged can fail: the twin of another chip, and a twin with one quirk spoiled.
  @Test
  void aWrongTwinIsFoundOut() {
    SimChip chip = chip("hfox", 91, 1);
    scatter(chip);
    Calibration calibration = StandIn.of(chip);
    Crossbar exact = CalibratedChip.withoutDrift(chip, calibration, KERNELS).arrays().getFirst();
    MeasuredArray measured =
        new MeasuredArray(
            chip,
            chip.arrays().getFirst(),
            exact,
            calibration.arrays().getFirst(),
            new Effort(64, false, 0, 1));
    measured.look();
    TwinArray right = measured.array();
    assertTrue(reads(measured, right) < 1.2);
    assertTrue(reads(measured, spoiled(right, new float[COLUMNS / 2], 1)) > 1.5, "offsets");
    assertTrue(reads(measured, spoiled(right, right.offsetAmps(), 1.1f)) > 1.5, "gains");
    float[][] turned = right.siemens().clone();
    turned[0] = right.siemens()[1];
    turned[1] = right.siemens()[0];
    assertTrue(reads(measured, cells(right, turned)) > 1.5, "cells");
  }

  private static TwinArray spoiled(TwinArray array, float[] offsets, float factor) {
    float[] gains = array.gains().clone();
    for (int j = 0; j < gains.length; j++) {
      gains[j] *= factor;
    }
    return new TwinArray(
        gains,
        offsets,
        null,
        null,
        array.siemens(),
        array.lowSiemens(),
        array.highSiemens(),
        null,
        null,
        array.stuck());
  }

  private static TwinArray cells(TwinArray array, float[][] siemens) {
    return new TwinArray(
        array.gains(),
        array.offsetAmps(),
        null,
        null,
        siemens,
        array.lowSiemens(),
        array.highSiemens(),
        null,
        null,
        array.stuck());
  }

  private static double reads(MeasuredArray measured, TwinArray array) {
    Twin twin = Twin.of("chip", "simulator", "now", Map.of(), List.of(array));
    ChipProfile profile =
        TwinProfile.of("a-twin", Profiles.hfox(), measured, measured.noise(), twin);
    return new HeldOut(profile, KERNELS, measured, 0).reads().ratio();
  }
}
