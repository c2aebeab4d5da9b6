package org.mortal.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mortal.chip.Cell;
import org.mortal.chip.Chip;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Geometry;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.chip.Telemetry;
import org.mortal.chip.WriteMode;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Batches;
import org.mortal.kernel.Kernels;

/// Energy and time are the sums that a hand would do, over cells, converters and pulses.
class CostTest {
  private static final ChipProfile PROFILE = TestProfiles.withCells(30, 20, TestProfiles.HFOX);

  private final SimChip chip = new ChipPopulation(PROFILE).chip(2, 4, Kernels.select(2));

  private Crossbar written() {
    Crossbar crossbar = chip.arrays().get(0);
    // Several trains, so that whatever is kept up to date has something to keep up with.
    for (int round = 0; round < 30; round++) {
      short[] counts = new short[600];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = (short) ((i + round) % 9 - 3);
      }
      crossbar.pulse(PulseTrain.nominal(counts, PROFILE.write()));
    }
    return crossbar;
  }

  @Test
  void aReadCostsWhatItsCellsAndConvertersDo() {
    Crossbar crossbar = written();
    double[][] siemens = chip.truth(0).siemens();
    // More vectors than are driven at once, on some of the rows, into some of the outputs.
    Batch inputs = Batches.uniform(3, 300, 17, 0, 1);
    Telemetry before = chip.telemetry();
    crossbar.read(new Read(inputs, 0.2, null, Read.Sense.ALL), Batch.zeros(300, 7));
    Telemetry cost = chip.telemetry().since(before);
    double watts = 0;
    for (int n = 0; n < 300; n++) {
      for (int i = 0; i < 17; i++) {
        double volts = Math.rint(inputs.get(n, i) * 255) / 255 * 0.2;
        for (double cell : siemens[i]) {
          watts += volts * volts * cell;
        }
      }
    }
    double cells = watts * 100e-9;
    double converters = 300 * (17 * 0.5e-12 + 7 * 10e-12);
    assertEquals(cells + converters, cost.energyJoules(), 1e-4 * cells);
    assertEquals(300 * 100e-9, cost.busySeconds(), 1e-12);
    assertEquals(300, cost.arrayReads());
    assertTrue(cells > converters / 100, "cells would not show: " + cells);
  }

  @Test
  void arraysReadSideBySideTakeTheTimeOfOne() {
    Batch inputs = Batches.uniform(3, 10, 30, 0, 0.2);
    List<Chip.ArrayRead> reads =
        List.of(
            new Chip.ArrayRead(0, Read.of(inputs), Batch.zeros(10, 10)),
            new Chip.ArrayRead(1, Read.of(inputs), Batch.zeros(10, 10)),
            new Chip.ArrayRead(3, Read.of(inputs.rows(0, 4)), Batch.zeros(4, 10)));
    chip.read(reads);
    assertEquals(24, chip.telemetry().arrayReads());
    assertEquals(10 * 100e-9, chip.telemetry().busySeconds(), 1e-15);
  }

  @Test
  void pulsesCostWhatFlowsWhileTheyLast() {
    Crossbar crossbar = written();
    double[][] siemens = chip.truth(0).siemens();
    WriteMode mode = PROFILE.write();
    short[] counts = new short[600];
    counts[0] = 5;
    counts[1] = 2;
    counts[3] = -4;
    counts[20 * 7 + 6] = -3;
    Telemetry before = chip.telemetry();
    crossbar.pulse(new PulseTrain(counts, 0.8, 1.1, 2 * mode.seconds()));
    Telemetry cost = chip.telemetry().since(before);
    double set = 0.8 * 0.8 * (5 * siemens[0][0] + 2 * siemens[0][1]);
    double reset = 1.1 * 1.1 * (4 * siemens[0][3] + 3 * siemens[7][6]);
    double expected = (set + reset) * 2 * mode.seconds();
    assertEquals(expected, cost.energyJoules(), 1e-5 * expected);
    assertEquals(14, cost.pulses());
    assertEquals(4, cost.cellWrites());
    // Rows one after another; in a row the SET pulses together, then the RESET pulses.
    assertEquals((5 + 4 + 3) * 2 * mode.seconds(), cost.busySeconds(), 1e-15);
  }

  @Test
  void theEnergyOfAReadFollowsTheCells() {
    Crossbar crossbar = chip.arrays().get(0);
    Batch inputs = Batches.filled(1, 30, 0.2f);
    crossbar.read(inputs);
    double empty = chip.telemetry().energyJoules();
    PulseTrain train =
        PulseTrain.single(
            new Geometry(30, 20, PROFILE.geometry().sensing()),
            new Cell(4, 4),
            200,
            PROFILE.write());
    double before = chip.truth(0).siemens()[4][4];
    crossbar.pulse(train);
    double risen = chip.truth(0).siemens()[4][4] - before;
    Telemetry telemetry = chip.telemetry();
    crossbar.read(inputs);
    double full = chip.telemetry().since(telemetry).energyJoules();
    assertEquals(0.04 * risen * 100e-9, full - empty, 1e-6 * empty);
    assertTrue(risen > 20e-6, "risen by " + risen);
  }
}
