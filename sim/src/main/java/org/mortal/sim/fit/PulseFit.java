package org.mortal.sim.fit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.mortal.sim.device.Variation;

/// Laws of pulses fitted to measured ones, and how the measured devices differ.
///
/// Every law's mean steps are fitted by least squares, weighted by the noise that the law has at each level; the noise has
/// the greatest likelihood. The laws are compared by Schwarz's Bayesian information criterion, so that a law
/// with more figures must earn them. Where points scatter around the level that pulses move, as the part of the scatter shows
/// that the next step takes back, so many points are averaged that the rest is 1 % of the window.
///
/// Source: Schwarz, The Annals of Statistics 6, 461 (1978).
///
/// @param laws the best first
/// @param variation of the devices; nothing but write noise for one device
/// @param bins measured steps beside the best law's, for a picture
/// @param devices measured
/// @param setPulses that were fitted; those that the end of the window may have cut off are not
/// @param resetPulses that were fitted
/// @param averaged points that were averaged into one
public record PulseFit(
    List<FittedLaw> laws,
    Variation variation,
    List<StepBin> bins,
    int devices,
    int setPulses,
    int resetPulses,
    int averaged) {
  /// What is left of the scatter of single points after averaging, in parts of the window.
  private static final double CALM = 0.01;

  private static final int MOST_AVERAGED = 64;

  /// Averages that remain of a run of pulses in one direction.
  private static final int POINTS_A_RUN = 8;

  /// Deviations that a step must stay off the ends of its window, where it could have been cut off; less where few do.
  private static final double[] CLEARANCES = {2.5, 1.5, 0.5};

  /// Fits all laws.
  ///
  /// @param points those of a device in the order in which they were measured
  /// @throws FitException if there are too few pulses of a direction, or nothing changes
  public static PulseFit of(List<PulsePoint> points) {
    return of(points, 0);
  }

  /// The same for points that were measured with a known noise, which is none of the pulses'.
  ///
  /// @param readVariance of a point, in siemens squared
  public static PulseFit of(List<PulsePoint> points, double readVariance) {
    PulseSteps single = PulseSteps.of(points);
    double shown = Math.max(single.shownVariance(), readVariance / square(single.windowSiemens()));
    int most = Math.clamp(single.meanRun() / POINTS_A_RUN, 1, MOST_AVERAGED);
    int block = (int) Math.clamp(Math.ceil(shown / (CALM * CALM)), 1, most);
    PulseSteps all = block == 1 ? single : PulseSteps.blocks(points, block);
    double rescaled = shown * square(single.windowSiemens() / all.windowSiemens());
    PulseSteps steps = offTheEnds(all, rescaled);
    List<FittedLaw> laws =
        Arrays.stream(Family.values())
            .map(family -> fit(family, steps, rescaled))
            .filter(law -> Double.isFinite(law.criterion()))
            .sorted(Comparator.comparingDouble(FittedLaw::criterion))
            .toList();
    if (laws.isEmpty()) {
      throw new FitException("no law follows these pulses: look at them in a plot first");
    }
    return new PulseFit(
        laws,
        new DeviceSpread(laws.getFirst(), steps).variation(rescaled),
        StepBin.of(laws.getFirst(), steps),
        steps.devices().size(),
        count(steps, 1),
        count(steps, -1),
        block);
  }

  /// The steps that the ends of the window hardly cut off, by where they begin and what measured steps do there: where they
  /// end would be a biased choice.
  private static PulseSteps offTheEnds(PulseSteps all, double shown) {
    LawFit measured = new LawFit(Family.PIECEWISE, all);
    FittedLaw law;
    try {
      law = measured.fit(shown);
    } catch (MathIllegalStateException | IllegalArgumentException e) {
      // Noise hides what the steps are: no end can be told from the middle.
      return all;
    }
    double[] landing = LawFit.predicted(law.law(), Family.PIECEWISE.lowLevel(), all);
    double[] deviations = measured.deviations();
    for (double clearance : CLEARANCES) {
      boolean[] clear = new boolean[landing.length];
      int count = 0;
      for (int k = 0; k < clear.length; k++) {
        PulseSteps.Ends ends = all.ends(all.steps().get(k));
        double reach = clearance * deviations[k];
        clear[k] = landing[k] - reach > ends.low() && landing[k] + reach < ends.high();
        count += clear[k] ? 1 : 0;
      }
      if (count > clear.length / 3) {
        return all.only(clear);
      }
    }
    return all;
  }

  private static double square(double value) {
    return value * value;
  }

  private static FittedLaw fit(Family family, PulseSteps steps, double shown) {
    LawFit fit = new LawFit(family, steps);
    try {
      return fit.fit(shown);
    } catch (MathIllegalStateException | IllegalArgumentException e) {
      // A law that these steps drive out of its range does not follow them: it is left out.
      return fit.none();
    }
  }

  private static int count(PulseSteps steps, int sign) {
    return steps.steps().stream()
        .mapToInt(PulseSteps.Step::pulses)
        .filter(pulses -> Integer.signum(pulses) == sign)
        .map(Math::abs)
        .sum();
  }

  /// The law to use.
  public FittedLaw best() {
    return laws.getFirst();
  }
}
