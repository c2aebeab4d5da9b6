package org.mortal.sim;

import java.util.random.RandomGenerator;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.sim.circuit.Dac;
import org.mortal.sim.circuit.SenseAmplifier;
import org.mortal.sim.device.CellModel;

/// The plain twin of a read: in double precision, cell by cell, each with a noise of its own.
final class PlainCrossbar {
  private final ChipProfile profile;
  private final ArrayTruth truth;
  private final RandomGenerator random;

  /// @param random draws the noise, or null for a read without noise
  PlainCrossbar(ChipProfile profile, ArrayTruth truth, RandomGenerator random) {
    this.profile = profile;
    this.truth = truth;
    this.random = random;
  }

  /// The step of the converter, or 0 if it has none.
  static double adcStep(ChipProfile profile) {
    int bits = profile.sense().adcBits();
    return bits == 0 ? 0 : 2 * profile.sense().fullScaleAmps() / (1 << bits);
  }

  /// What output `j` reads.
  double read(double[] inputVolts, double biasAmps, Read.Sense sense, int j) {
    boolean pairs = profile.geometry().sensing() == Sensing.DIFFERENTIAL;
    double current = biasConverter(biasAmps);
    for (int i = 0; i < inputVolts.length; i++) {
      double volts = driver(inputVolts[i]);
      if (sense != Read.Sense.MINUS) {
        current += volts * cell(i, j);
      }
      if (pairs && sense != Read.Sense.PLUS) {
        current -= volts * cell(i, j + profile.geometry().outputs());
      }
    }
    SenseAmplifier amplifier = profile.sense();
    current += normal() * amplifier.noiseAmps();
    double x = truth.gains()[j] * current + truth.offsets()[j];
    double scale = amplifier.fullScaleAmps();
    if (Double.isInfinite(scale)) {
      return x;
    }
    double y = scale * Math.tanh(x / scale);
    if (amplifier.adcBits() == 0) {
      return y;
    }
    double step = adcStep(profile);
    return Math.min(Math.rint(y / step) * step, scale - step);
  }

  private double cell(int row, int column) {
    CellModel model = profile.cells();
    double siemens = truth.siemens()[row][column];
    return siemens
        + normal() * model.readNoise().siemens()
        + normal() * model.readNoise().relative() * siemens;
  }

  private double normal() {
    return random == null ? 0 : random.nextGaussian();
  }

  private double driver(double volts) {
    Dac dac = profile.dac();
    if (dac.bits() == 0) {
      return volts;
    }
    double step = dac.fullScaleVolts() / ((1 << dac.bits()) - 1);
    return Math.rint(volts / step) * step;
  }

  private double biasConverter(double amps) {
    SenseAmplifier amplifier = profile.sense();
    if (amplifier.biasBits() == 0) {
      return amps;
    }
    double step = 2 * amplifier.maxBiasAmps() / (1 << amplifier.biasBits());
    return Math.rint(amps / step) * step;
  }
}
