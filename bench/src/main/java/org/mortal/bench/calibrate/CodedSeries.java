package org.mortal.bench.calibrate;

/// What the passes of a code say of each cell behind each output.
///
/// @param siemens means, rows x outputs, with the sign that the code's way of sensing gives
/// @param variance of one pass's conductances around them
/// @param noise variance of the cell alone from read to read, in siemens squared; noisy itself, so that it may be negative
/// @param noiseError standard error of that, by outputs
/// @param memory correlation of each pass's conductances with the next pass's
record CodedSeries(
    double[][] siemens,
    double[][] variance,
    double[][] noise,
    double[] noiseError,
    double[][] memory) {

  /// @param lines amperes, passes x vectors, by outputs
  /// @param amplifier noise of a read with nothing driven, by outputs
  /// @param acting volts between a row that is driven and one that is not, by rows
  static CodedSeries of(Code code, double[][] lines, double[] amplifier, double[] acting) {
    int outputs = amplifier.length;
    CodedSeries series =
        new CodedSeries(
            new double[code.rows()][outputs],
            new double[code.rows()][outputs],
            new double[code.rows()][outputs],
            new double[outputs],
            new double[code.rows()][outputs]);
    for (int j = 0; j < outputs; j++) {
      series.fill(code, lines, j, amplifier[j], acting);
    }
    return series;
  }

  private void fill(Code code, double[][] lines, int output, double amplifier, double[] acting) {
    int vectors = code.vectors();
    int passes = lines.length / vectors;
    double[][] decoded = new double[passes][];
    double[] spread = new double[vectors];
    double[] mean = new double[vectors];
    for (int p = 0; p < passes; p++) {
      double[] pass = new double[vectors];
      for (int k = 0; k < vectors; k++) {
        pass[k] = lines[p * vectors + k][output];
        mean[k] += pass[k] / passes;
      }
      decoded[p] = code.decode(pass);
    }
    double squares = 0;
    for (int k = 0; k < vectors; k++) {
      for (int p = 0; p < passes; p++) {
        spread[k] += Math.pow(lines[p * vectors + k][output] - mean[k], 2) / (passes - 1);
      }
      squares += spread[k] * spread[k] / vectors;
      spread[k] -= amplifier * amplifier;
    }
    // The variances of cells that are driven together add up as their currents do.
    double[] own = code.decode(spread);
    double volts = acting[0];
    double weights = 4.0 * code.block() / Math.pow(code.block() + 1, 2);
    noiseError[output] = Math.sqrt(weights * 2 * squares / (passes - 1)) / (volts * volts);
    for (int r = 0; r < decoded[0].length; r++) {
      noise[r][output] = own[r] / (acting[r] * acting[r]);
      moments(decoded, r, output, acting[r]);
    }
  }

  private void moments(double[][] decoded, int row, int output, double volts) {
    int passes = decoded.length;
    double mean = 0;
    for (double[] pass : decoded) {
      mean += pass[row] / passes;
    }
    double squares = 0;
    double products = 0;
    for (int p = 0; p < passes; p++) {
      double rest = decoded[p][row] - mean;
      squares += rest * rest;
      products += p == 0 ? 0 : rest * (decoded[p - 1][row] - mean);
    }
    siemens[row][output] = mean / volts;
    variance[row][output] = squares / (passes - 1) / (volts * volts);
    memory[row][output] = squares == 0 ? 0 : products / squares;
  }
}
