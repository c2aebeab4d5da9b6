package org.mortal.sim.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.fitting.PolynomialCurveFitter;
import org.apache.commons.math3.fitting.WeightedObservedPoints;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;
import org.mortal.sim.device.Conduction;
import org.mortal.sim.device.Cubic;

/// Laws of conduction fitted to measured currents by least squares, each device with a conductance of its own.
///
/// Currents count in parts of the device's largest. The laws are compared by Schwarz's Bayesian information criterion.
///
/// @param laws the best first
/// @param siemens conductance of each device at low voltage, by the best law
/// @param points that were fitted
public record IvFit(List<FittedConduction> laws, double[] siemens, int points) {
  private static final int FEWEST = 5;

  /// The squares of what remains, at least: below it is rounding.
  private static final double LEAST_SQUARE = 1e-24;

  /// One device's points, its currents in parts of the largest.
  private record Curve(double[] volts, double[] parts, double mostAmps) {}

  /// A law with the conductance of each device.
  private record Candidate(Conduction law, double[] siemens, int figures) {}

  /// Fits all laws.
  ///
  /// @throws FitException if a device has too few points, or carries no current
  public static IvFit of(List<IvPoint> points) {
    List<Curve> curves = curves(points);
    List<Candidate> candidates = new ArrayList<>();
    Conduction ohmic = new Conduction.Ohmic();
    candidates.add(new Candidate(ohmic, siemens(ohmic, curves), 0));
    candidates.add(sinh(curves));
    Candidate cubic = cubic(curves);
    if (cubic != null) {
      candidates.add(cubic);
    }
    List<FittedConduction> laws =
        candidates.stream().map(candidate -> judged(candidate, curves)).toList();
    int best =
        IntStream.range(0, laws.size())
            .boxed()
            .min(Comparator.comparingDouble(k -> laws.get(k).criterion()))
            .orElseThrow();
    return new IvFit(
        laws.stream().sorted(Comparator.comparingDouble(FittedConduction::criterion)).toList(),
        candidates.get(best).siemens(),
        points.size());
  }

  /// The law to use.
  public Conduction best() {
    return laws.getFirst().law();
  }

  private static List<Curve> curves(List<IvPoint> points) {
    Map<String, List<IvPoint>> byDevice = new LinkedHashMap<>();
    points.forEach(p -> byDevice.computeIfAbsent(p.device(), _ -> new ArrayList<>()).add(p));
    List<Curve> curves = new ArrayList<>();
    byDevice.forEach((device, own) -> {
      double most = own.stream().mapToDouble(p -> Math.abs(p.amps())).max().orElseThrow();
      long driven = own.stream().filter(p -> p.volts() != 0).count();
      if (driven < FEWEST || most == 0) {
        throw new FitException(
            "device '%s' has %d points off 0 V, its largest current is %g A: measure %d at least"
                .formatted(device, driven, most, FEWEST));
      }
      double[] volts = own.stream().mapToDouble(IvPoint::volts).toArray();
      double[] parts = own.stream().mapToDouble(p -> p.amps() / most).toArray();
      curves.add(new Curve(volts, parts, most));
    });
    return curves;
  }

  /// The conductance of each device under a law that is in proportion to it.
  private static double[] siemens(Conduction law, List<Curve> curves) {
    return curves.stream().mapToDouble(curve -> siemens(law, curve)).toArray();
  }

  private static double siemens(Conduction law, Curve curve) {
    double product = 0;
    double square = 0;
    for (int k = 0; k < curve.volts.length; k++) {
      double shape = law.amps(curve.volts[k], 1);
      product += shape * curve.parts[k];
      square += shape * shape;
    }
    return curve.mostAmps * product / square;
  }

  private static Candidate sinh(List<Curve> curves) {
    double most = mostVolts(curves);
    double logarithm =
        new BrentOptimizer(1e-10, 1e-12)
            .optimize(
                new UnivariateObjectiveFunction(log -> {
                  Conduction law = new Conduction.Sinh(most * Math.exp(log));
                  return squares(law, siemens(law, curves), curves);
                }),
                GoalType.MINIMIZE,
                // From a current that one volt multiplies to one that is straight.
                new SearchInterval(Math.log(0.02), Math.log(20), Math.log(1)),
                new MaxEval(1000))
            .getPoint();
    Conduction law = new Conduction.Sinh(most * Math.exp(logarithm));
    return new Candidate(law, siemens(law, curves), 1);
  }

  private static double mostVolts(List<Curve> curves) {
    return curves.stream()
        .flatMapToDouble(curve -> Arrays.stream(curve.volts).map(Math::abs))
        .max()
        .orElseThrow();
  }

  /// A cubic for each device, and polynomials of the conductance through their bends; null where that would not rise.
  private static Candidate cubic(List<Curve> curves) {
    int degree = Math.min(curves.size() - 1, 3);
    double[] siemens = new double[curves.size()];
    WeightedObservedPoints square = new WeightedObservedPoints();
    WeightedObservedPoints cube = new WeightedObservedPoints();
    for (int d = 0; d < siemens.length; d++) {
      Curve curve = curves.get(d);
      double[][] powers =
          Arrays.stream(curve.volts)
              .mapToObj(v -> new double[] {v, v * v, v * v * v})
              .toArray(double[][]::new);
      OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
      regression.setNoIntercept(true);
      regression.newSampleData(curve.parts, powers);
      double[] found = regression.estimateRegressionParameters();
      siemens[d] = found[0] * curve.mostAmps;
      if (!(siemens[d] > 0)) {
        return null;
      }
      square.add(Math.log10(siemens[d]), found[1] * curve.mostAmps);
      cube.add(Math.log10(siemens[d]), found[2] * curve.mostAmps);
    }
    try {
      Conduction law =
          new Cubic(
              polynomial(square, degree),
              polynomial(cube, degree),
              mostVolts(curves),
              Arrays.stream(siemens).min().orElseThrow(),
              Arrays.stream(siemens).max().orElseThrow());
      return new Candidate(law, siemens, 2 * (degree + 1));
    } catch (IllegalArgumentException e) {
      // The currents do not rise with the voltage everywhere, which the law demands.
      return null;
    }
  }

  private static Cubic.Polynomial polynomial(WeightedObservedPoints points, int degree) {
    double[] c = Arrays.copyOf(PolynomialCurveFitter.create(degree).fit(points.toList()), 4);
    return new Cubic.Polynomial(c[0], c[1], c[2], c[3]);
  }

  private static FittedConduction judged(Candidate candidate, List<Curve> curves) {
    int count = curves.stream().mapToInt(curve -> curve.volts.length).sum();
    double square = squares(candidate.law, candidate.siemens, curves) / count;
    int figures = candidate.figures + curves.size();
    double criterion = count * Math.log(Math.max(square, LEAST_SQUARE)) + figures * Math.log(count);
    return new FittedConduction(candidate.law, Math.sqrt(square), criterion);
  }

  private static double squares(Conduction law, double[] siemens, List<Curve> curves) {
    double sum = 0;
    for (int d = 0; d < siemens.length; d++) {
      Curve curve = curves.get(d);
      for (int k = 0; k < curve.volts.length; k++) {
        double part = law.amps(curve.volts[k], siemens[d]) / curve.mostAmps;
        sum += (part - curve.parts[k]) * (part - curve.parts[k]);
      }
    }
    return sum;
  }
}
