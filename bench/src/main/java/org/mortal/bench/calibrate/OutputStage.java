package org.mortal.bench.calibrate;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.mortal.chip.Limits;
import org.mortal.chip.Read;
import org.mortal.chip.calibrated.OutputCurve;
import org.mortal.chip.calibrated.Saturation;

/// Finds offset, gain and saturation of every output.
///
/// The bias converters are the board's reference: random biases, spread evenly over their range, first with all rows at ground
/// and then on top of a few vectors that bring the outputs farther out, whatever these give. Random biases are a dither too,
/// so that steps of the converters average out. Without bias converters gains count as 1 and only offsets are measured.
final class OutputStage {
  /// Reads with nothing driven for each read of a cell: gains and offsets are to be much better known than cells.
  private static final int QUIET = 16;

  private static final int VECTORS = 8;

  /// Reads of each vector for each read of a cell.
  private static final int DRIVEN = 1;

  /// F statistic, of one degree of freedom, from which another full scale than the nominal one is believed: one false alarm
  /// in ten thousand.
  private static final double BELIEVED = 15;

  /// And the least part of the misfit that it must explain.
  private static final double WORTH = 1e-3;

  /// Up to where an amplifier that saturates is followed.
  private static final double FOLLOWED = 0.97;

  private final ArrayReader reader;
  private final int reads;
  private final RandomGenerator random;

  OutputStage(ArrayReader reader, int reads, RandomGenerator random) {
    this.reader = reader;
    this.reads = reads;
    this.random = random;
  }

  Outputs run() {
    double share = InputRange.find(reader, Read.Sense.ALL, random);
    boolean reference = reader.limits().maxBiasAmps() > 0;
    CurveFit fit = read(share, reference);
    Shape shape = reference ? shape(fit) : new Shape(Saturation.NONE, scale());
    CurveFit.Line[] lines = new CurveFit.Line[fit.outputs()];
    Arrays.setAll(lines, j -> fit.line(j, shape.saturation(), shape.scale()));
    OutputCurve[] curves = new OutputCurve[lines.length];
    Arrays.setAll(curves, j -> curve(lines[j], shape));
    double[] noise = Arrays.stream(lines).mapToDouble(CurveFit.Line::noiseAmps).toArray();
    return new Outputs(curves, noise, reference, share);
  }

  private double scale() {
    // A number that files can hold.
    return Math.min(reader.limits().fullScaleAmps(), Float.MAX_VALUE);
  }

  private CurveFit read(double share, boolean reference) {
    int quiet = QUIET * reads;
    int driven = reference ? DRIVEN * reads : 0;
    int count = quiet + VECTORS * driven;
    int[] group = new int[count];
    float[][] shares = new float[count][];
    float[][] vectors = InputRange.vectors(reader, share, VECTORS, random);
    float[] ground = new float[reader.geometry().rows()];
    for (int n = 0; n < count; n++) {
      group[n] = n < quiet ? 0 : 1 + (n - quiet) / driven;
      shares[n] = group[n] == 0 ? ground : vectors[group[n] - 1];
    }
    float[][] bias = biases(count);
    float[][] shown = reader.read(shares, reference ? bias : null, Read.Sense.ALL);
    return new CurveFit(bias, group, 1 + VECTORS, shown, scale());
  }

  /// Independent between outputs, so that what couples into an output is no part of its gain.
  private float[][] biases(int count) {
    Limits limits = reader.limits();
    float most = (float) limits.maxBiasAmps();
    float[][] biases = new float[count][reader.geometry().outputs()];
    for (float[] row : biases) {
      for (int j = 0; j < row.length; j++) {
        row[j] = most * (2 * random.nextFloat() - 1);
      }
    }
    return biases;
  }

  private record Shape(Saturation saturation, double scale) {}

  private Shape shape(CurveFit fit) {
    double scale = scale();
    if (!Double.isFinite(reader.limits().fullScaleAmps())) {
      return new Shape(Saturation.NONE, scale);
    }
    double straight = fit.misfit(Saturation.NONE, scale);
    double nominal = fit.misfit(Saturation.TANH, scale);
    double best = fit.bestScale(Saturation.TANH);
    double fitted = fit.misfit(Saturation.TANH, best);
    if (better(straight, Math.min(nominal, fitted), fit.freedom())) {
      return new Shape(Saturation.TANH, better(nominal, fitted, fit.freedom()) ? best : scale);
    }
    return new Shape(Saturation.NONE, scale);
  }

  private static boolean better(double misfit, double less, long freedom) {
    double gained = misfit - less;
    return gained > BELIEVED * less / freedom && gained > WORTH * misfit;
  }

  private static OutputCurve curve(CurveFit.Line line, Shape shape) {
    return new OutputCurve(
        line.gain(),
        line.gainError(),
        line.offset(),
        line.offsetError(),
        shape.saturation(),
        shape.scale(),
        shape.saturation() == Saturation.NONE ? shape.scale() : FOLLOWED * shape.scale());
  }
}
