package org.mortal.sim.circuit;

import org.mortal.kernel.Readout;
import org.mortal.sim.device.Numbers;

/// A transimpedance amplifier and its converter, one for each output.
///
/// The input current `i` of output `j` becomes `S tanh((gain_j (i + bias_j) + offset_j) / S)` with S the full scale, and
/// then the nearest of `2^bits` equal steps from -S to S. Gains and offsets differ from output to output. Optional parts, null
/// where absent, are what less perfect ones do besides.
///
/// @param adcBits 1 to 16, or 0 for a converter without steps
/// @param fullScaleAmps S; infinite for an amplifier that does not saturate, which then must have no steps either
/// @param gainSpread gains lie evenly within 1 plus or minus this
/// @param offsetAmps standard deviation of the offsets
/// @param noiseAmps standard deviation of the noise at the input, anew for each read
/// @param biasBits of the bias converter, over plus and minus `maxBiasAmps`; 0 for no steps
/// @param maxBiasAmps largest bias current, either sign
/// @param saturation null for [Saturation#TANH]
/// @param crosstalk share of each neighbouring output's current, noise included, that couples into an output
/// @param errors of each converter, which need 1 to 12 bits
/// @param multiplexer if outputs share converters, which need 1 to 12 bits
/// @param settling if lines do not settle wholly
/// @param thermal if temperature matters
public record SenseAmplifier(
    int adcBits,
    double fullScaleAmps,
    double gainSpread,
    double offsetAmps,
    double noiseAmps,
    int biasBits,
    double maxBiasAmps,
    Saturation saturation,
    double crosstalk,
    AdcErrors errors,
    Multiplexer multiplexer,
    Settling settling,
    Thermal thermal) {
  public SenseAmplifier {
    Converters.checkBits(adcBits);
    Converters.checkBits(biasBits);
    Numbers.requireNotNegative("gainSpread", gainSpread);
    Numbers.requireNotNegative("offsetAmps", offsetAmps);
    Numbers.requireNotNegative("noiseAmps", noiseAmps);
    Numbers.requireNotNegative("maxBiasAmps", maxBiasAmps);
    Numbers.requireNotNegative("crosstalk", crosstalk);
    if (!(fullScaleAmps > 0) || (Double.isInfinite(fullScaleAmps) && adcBits > 0)) {
      throw new IllegalArgumentException(
          "fullScaleAmps must be positive, and finite for a converter with steps, not %s"
              .formatted(fullScaleAmps));
    }
    if (gainSpread >= 1) {
      throw new IllegalArgumentException(
          "gainSpread must be below 1, or a gain could be 0, not %s".formatted(gainSpread));
    }
    if (errors != null || multiplexer != null) {
      Converters.checkTable(adcBits);
    }
  }

  /// An amplifier that saturates as tanh does, with none of the optional parts.
  public SenseAmplifier(
      int adcBits,
      double fullScaleAmps,
      double gainSpread,
      double offsetAmps,
      double noiseAmps,
      int biasBits,
      double maxBiasAmps) {
    this(
        adcBits,
        fullScaleAmps,
        gainSpread,
        offsetAmps,
        noiseAmps,
        biasBits,
        maxBiasAmps,
        null,
        0,
        null,
        null,
        null,
        null);
  }

  /// Whether its converters need [Adcs] to stand for each of them.
  public boolean convertersDiffer() {
    return errors != null || multiplexer != null;
  }

  /// Outputs that share a converter.
  public int columnsPerAdc() {
    return multiplexer == null ? 1 : multiplexer.columnsPerAdc();
  }

  /// Saturation and steps, as the kernels want them; without steps where [#convertersDiffer].
  public Readout.Converter converter() {
    int codes = adcBits == 0 || convertersDiffer() ? 0 : 1 << adcBits;
    return new Readout.Converter((float) fullScaleAmps, codes, saturation == Saturation.CLIP);
  }

  /// What went into the amplifier where it and its converter show `amps`, as `gain (i + bias) + offset`: the way back through
  /// saturation and droop. At the ends of the range it is what lies half a step within, or a thousandth without steps.
  ///
  /// @param output whose sample may have drooped
  public double undo(int output, double amps) {
    double held = multiplexer == null ? 1 : multiplexer.held(output);
    if (Double.isInfinite(fullScaleAmps)) {
      return amps / held;
    }
    double most = adcBits == 0 ? 1 - 1e-3 : 1 - 1.0 / (1 << adcBits);
    double share = Math.clamp(amps / held / fullScaleAmps, -most, most);
    return saturation == Saturation.CLIP
        ? share * fullScaleAmps
        : 0.5 * fullScaleAmps * Math.log((1 + share) / (1 - share));
  }

  /// The bias converter's nearest value, within its range.
  public float bias(float amps) {
    float limited = (float) Math.max(-maxBiasAmps, Math.min(maxBiasAmps, amps));
    if (biasBits == 0) {
      return limited;
    }
    double step = maxBiasAmps / (1 << (biasBits - 1));
    return (float) (Math.rint(limited / step) * step);
  }

  /// Adds to `shift` what the first `count` amplifiers make of their bias currents.
  ///
  /// @param amps as asked for, by output
  /// @param gain of each amplifier
  public void addBias(float[] amps, float[] gain, float[] shift, int count) {
    for (int j = 0; j < count; j++) {
      shift[j] += gain[j] * bias(amps[j]);
    }
  }

  /// The same amplifier with other noise.
  public SenseAmplifier withNoise(double otherNoiseAmps) {
    return new SenseAmplifier(
        adcBits,
        fullScaleAmps,
        gainSpread,
        offsetAmps,
        otherNoiseAmps,
        biasBits,
        maxBiasAmps,
        saturation,
        crosstalk,
        errors,
        multiplexer,
        settling,
        thermal);
  }

  /// The same amplifier with other optional parts.
  public SenseAmplifier with(
      Saturation otherSaturation,
      double otherCrosstalk,
      AdcErrors otherErrors,
      Multiplexer otherMultiplexer,
      Settling otherSettling,
      Thermal otherThermal) {
    return new SenseAmplifier(
        adcBits,
        fullScaleAmps,
        gainSpread,
        offsetAmps,
        noiseAmps,
        biasBits,
        maxBiasAmps,
        otherSaturation,
        otherCrosstalk,
        otherErrors,
        otherMultiplexer,
        otherSettling,
        otherThermal);
  }
}
