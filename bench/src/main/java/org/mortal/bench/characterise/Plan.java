package org.mortal.bench.characterise;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;
import org.mortal.chip.ChipException;
import org.mortal.chip.Fault;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.board.LinkBytes;

/// All that will be done to a region, known before anything is.
public record Plan(Geometry geometry, Region region, List<Step> steps) {
  public Plan {
    steps = List.copyOf(steps);
  }

  /// Throws if any step is beyond the array's limits.
  ///
  /// @throws ChipException for the first step that is
  public void check(Limits limits) {
    for (Step step : steps) {
      switch (step) {
        case Step.Read read -> checkRead(read.volts(), limits);
        case Step.Pulse pulse -> {
          short[] counts = new short[geometry.cells()];
          counts[geometry.index(region.cell(0))] = (short) pulse.count();
          limits.check(
              geometry, new PulseTrain(counts, pulse.volts(), pulse.volts(), pulse.seconds()));
        }
        case Step.Offsets _, Step.Wait _ -> {}
      }
    }
  }

  private static void checkRead(double volts, Limits limits) {
    // Written so that NaN is refused too.
    if (!(volts > 0 && volts <= limits.maxReadVolts())) {
      throw new ChipException(
          new Fault.OutOfLimits("row voltage", volts, limits.maxReadVolts(), "V", null));
    }
  }

  /// What it will come to.
  ///
  /// @param link of the board that will carry it out
  public PlanCost cost(LinkBytes link) {
    return PlanCost.of(this, link);
  }

  /// Readings that are kept of each cell.
  long readings() {
    return steps.stream().mapToLong(s -> s instanceof Step.Read read ? read.kept() : 0).sum();
  }

  /// Tells this plan from others, across processes.
  long fingerprint() {
    CRC32C crc = new CRC32C();
    crc.update((geometry + " " + region + " " + steps).getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }
}
