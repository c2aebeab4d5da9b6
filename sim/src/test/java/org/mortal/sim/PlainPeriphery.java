package org.mortal.sim;

import java.util.random.RandomGenerator;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Batch;
import org.mortal.sim.circuit.Dac;
import org.mortal.sim.circuit.Saturation;
import org.mortal.sim.circuit.SenseAmplifier;
import org.mortal.sim.circuit.Thermal;
import org.mortal.sim.device.CellModel;

/// The plain twin of a read in either direction with every quirk of the periphery: vector by vector in double precision, each cell with a noise of
/// its own.
///
/// It takes what the converters of the array were drawn with, and nothing else, from the fast path.
final class PlainPeriphery {
  private final ChipProfile profile;
  private final ArrayTruth truth;
  private final Direction direction;
  private final float[] gains;
  private final float[] offsets;
  private final double[][] levels;
  private final double[][] thresholds;
  private final RandomGenerator random;
  private final double kelvin;
  private final double[] settled;

  /// @param random draws the noise, or null for reads without noise
  PlainPeriphery(SimChip chip, int array, RandomGenerator random, double kelvin) {
    this(chip, array, random, kelvin, Direction.FORWARD);
  }

  PlainPeriphery(
      SimChip chip, int array, RandomGenerator random, double kelvin, Direction direction) {
    this.profile = chip.profile();
    this.truth = chip.truth(array);
    this.direction = direction;
    ReadPath path = ((SimCrossbar) chip.arrays().get(array)).path(direction);
    this.gains = path.gains(Thermal.REFERENCE_KELVIN);
    this.offsets = path.offsets(Thermal.REFERENCE_KELVIN);
    this.levels = path.drivers() == null ? null : path.drivers().levels();
    this.thresholds = path.adcs() == null ? null : path.adcs().thresholds();
    this.random = random;
    this.kelvin = kelvin;
    this.settled = new double[direction.outputs(profile.geometry())];
  }

  /// What all outputs read for row `n` of `inputs`, in volts.
  double[] read(Batch inputs, int n, Read.Sense sense) {
    double[] amps = currents(inputs, n, sense);
    for (int j = 0; j < amps.length; j++) {
      amps[j] = convert(j, amplify(j, amps[j]));
    }
    return amps;
  }

  /// The same for amplifiers that neither saturate nor have steps.
  double[] readLinear(Batch inputs, int n) {
    double[] amps = currents(inputs, n, Read.Sense.ALL);
    for (int j = 0; j < amps.length; j++) {
      amps[j] = gains[j] * amps[j] + offsets[j];
    }
    return amps;
  }

  private double[] currents(Batch inputs, int n, Read.Sense sense) {
    double[] volts = drive(inputs, n);
    int outputs = settled.length;
    double[] currents = new double[outputs];
    for (int j = 0; j < outputs; j++) {
      double mean = 0;
      double noise = normal() * profile.sense().noiseAmps();
      for (int i = 0; i < volts.length; i++) {
        int row = direction == Direction.FORWARD ? i : j;
        int column = direction == Direction.FORWARD ? j : i;
        if (sense != Read.Sense.MINUS) {
          mean += volts[i] * truth.siemens()[row][column];
          noise += volts[i] * cellNoise(row, column);
        }
        if (profile.geometry().sensing() == Sensing.DIFFERENTIAL && sense != Read.Sense.PLUS) {
          int second = column + profile.geometry().outputs();
          mean -= volts[i] * truth.siemens()[row][second];
          noise -= volts[i] * cellNoise(row, second);
        }
      }
      currents[j] = settle(j, mean) + noise;
    }
    return couple(currents, profile.sense().crosstalk());
  }

  private double[] drive(Batch inputs, int n) {
    Dac dac = profile.dac();
    double[] volts = new double[inputs.columns()];
    double step = dac.fullScaleVolts() / ((1 << dac.bits()) - 1);
    for (int i = 0; i < volts.length; i++) {
      double wanted = inputs.get(n, i);
      int code = (int) Math.rint(Math.abs(wanted) / step);
      volts[i] = Math.signum(wanted) * (levels == null ? code * step : levels[i][code]);
      volts[i] += levels == null ? 0 : normal() * dac.errors().noiseVolts();
    }
    return couple(volts, dac.crosstalk());
  }

  private double settle(int j, double mean) {
    if (profile.sense().settling() == null) {
      return mean;
    }
    var settling = profile.sense().settling();
    double left = Math.exp(-settling.windowSeconds() / settling.poleSeconds());
    settled[j] = left * settled[j] + (1 - left) * mean;
    return settled[j];
  }

  private static double[] couple(double[] values, double share) {
    double[] coupled = values.clone();
    for (int i = 0; i < values.length; i++) {
      coupled[i] += i > 0 ? share * values[i - 1] : 0;
      coupled[i] += i + 1 < values.length ? share * values[i + 1] : 0;
    }
    return coupled;
  }

  private double amplify(int j, double current) {
    SenseAmplifier sense = profile.sense();
    double gain = gains[j];
    double offset = offsets[j];
    if (sense.thermal() != null) {
      gain *= 1 + sense.thermal().gainPerKelvin() * (kelvin - 300);
      offset += sense.thermal().offsetAmpsPerKelvin() * (kelvin - 300);
    }
    double x = gain * current + offset;
    double scale = sense.fullScaleAmps();
    return sense.saturation() == Saturation.CLIP
        ? Math.clamp(x, -scale, scale)
        : scale * Math.tanh(x / scale);
  }

  private double convert(int j, double amps) {
    double step = PlainCrossbar.adcStep(profile);
    int half = 1 << profile.sense().adcBits() - 1;
    if (thresholds == null) {
      return Math.min(Math.rint(amps / step), half - 1) * step;
    }
    var multiplexer = profile.sense().multiplexer();
    int shared = multiplexer == null ? 1 : multiplexer.columnsPerAdc();
    double wait = multiplexer == null ? 0 : j % shared * multiplexer.conversionSeconds();
    double held = wait == 0 ? amps : amps * Math.exp(-wait / multiplexer.droopSeconds());
    int code = 0;
    for (double threshold : thresholds[j / shared]) {
      code += held >= threshold ? 1 : 0;
    }
    return (code - half) * step;
  }

  private double cellNoise(int row, int column) {
    CellModel model = profile.cells();
    return normal() * model.readNoise().siemens()
        + normal() * model.readNoise().relative() * truth.siemens()[row][column];
  }

  private double normal() {
    return random == null ? 0 : random.nextGaussian();
  }
}
