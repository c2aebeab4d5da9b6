package org.mortal.bench.measure;

import org.mortal.chip.Geometry;
import org.mortal.chip.Sensing;
import org.mortal.chip.Telemetry;
import org.mortal.kernel.Batch;
import org.mortal.sim.Cost;
import org.mortal.sim.SimChip;
import org.mortal.tile.CrossbarTileBank;
import org.mortal.tile.TileLayout;

/// What one vector through a tile costs by the figures of its chip's profile, beside the same in digital.
///
/// @param chip its address
/// @param size inputs, and outputs
/// @param cellJoules currents through cells
/// @param dacJoules row converters
/// @param adcJoules output converters
/// @param analogJoules all of it; control, buffers and partial sums are not in the figures
/// @param analogSeconds arrays side by side
/// @param digitalJoules of [DigitalReference#INT8_SRAM]
/// @param ratio digital to analog: below 1 analog loses
/// @param bytesPerCell memory of the simulated chip
public record AnalogCost(
    String chip,
    int size,
    double cellJoules,
    double dacJoules,
    double adcJoules,
    double analogJoules,
    double analogSeconds,
    double digitalJoules,
    double ratio,
    double bytesPerCell) {

  /// Sends `x` through the only tile of `bank`, and takes the mean over its vectors.
  static AnalogCost measure(String name, SimChip chip, CrossbarTileBank bank, Batch x) {
    TileLayout layout = bank.layouts().getFirst();
    int outputs = layout.shape().outputs();
    Telemetry before = chip.telemetry();
    bank.tiles().getFirst().forward(x, Batch.zeros(x.rows(), outputs));
    Telemetry used = chip.telemetry().since(before);
    Cost cost = chip.profile().cost();
    double dac = 0;
    double adc = 0;
    double cells = 0;
    for (TileLayout.Block block : layout.blocks()) {
      dac += block.inputs() * cost.dacJoules();
      adc += sensed(chip.profile().geometry(), block) * cost.adcJoules();
      cells += chip.profile().geometry().cells();
    }
    double joules = used.energyJoules() / x.rows();
    double digital = DigitalReference.INT8_SRAM.joules((double) layout.shape().inputs() * outputs);
    return new AnalogCost(
        name,
        outputs,
        joules - dac - adc,
        dac,
        adc,
        joules,
        used.busySeconds() / x.rows(),
        digital,
        digital / joules,
        chip.bytes() / cells);
  }

  private static int sensed(Geometry geometry, TileLayout.Block block) {
    return geometry.sensing() == Sensing.DIFFERENTIAL ? block.outputs() : geometry.outputs();
  }
}
