package org.mortal.bench.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.mortal.bench.measure.Quantiles;
import org.mortal.bench.train.ChipOpener;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Minibatch;
import org.mortal.learning.Network;
import org.mortal.learning.Optimiser;
import org.mortal.learning.Recipe;
import org.mortal.learning.Writer;
import org.mortal.learning.Writing;

/// How the quality of estimates, and the queries to a fixed accuracy, go with the size of what is perturbed.
///
/// Students are trained by plain gradient steps on ever new examples, a few at a time, until they are wrong on at most
/// [#TARGET]. A rule's rate is the best of a few at the smallest size; from there it falls with the size as theory says that
/// the noise of its estimates grows, so that no size has a better tuned rate than another.
public final class ScalingStudy {
  /// The share of wrong answers that a student is trained down to; chance is 0.75.
  public static final double TARGET = 0.1;

  private static final double HIGHEST_RATE = 0.4;
  private static final double LOWEST_SHARE = 300;

  /// A student is judged each time it has had a tenth more queries.
  private static final double JUDGED_EVERY = 1.1;

  private final Settings settings;
  private final Kernels kernels;
  private final ChipOpener chips;

  /// How much is measured.
  ///
  /// @param chip address of a simulated chip
  /// @param sizes for each rule
  /// @param repeats estimates for a cosine
  /// @param students for the median of queries
  /// @param mostQueries after which a student is given up
  /// @param mostTuning the same while rates are tried
  public record Settings(
      String chip,
      int sizes,
      int repeats,
      int students,
      long mostQueries,
      long mostTuning,
      long seed) {}

  /// A rule's points and the powers through them.
  ///
  /// @param cosineSquares of single estimates by one probe, mean over repeats, for each size
  /// @param predicted by [Theory], or empty where there is none
  /// @param queries vectors sent through tiles until the target was reached, median of the students; NaN where it was not
  /// @param rate at the smallest size
  public record Line(
      Subject subject,
      List<Integer> sizes,
      List<Double> cosineSquares,
      List<Double> predicted,
      PowerFit cosineFit,
      List<Double> queries,
      PowerFit queryFit,
      double rate) {}

  public ScalingStudy(Settings settings, Kernels kernels, ChipOpener chips) {
    this.settings = settings;
    this.kernels = kernels;
    this.chips = chips;
  }

  /// Measures one rule.
  ///
  /// @param step called after each size
  public Line line(Subject subject, Runnable step) {
    List<Integer> sizes = subject.swept().sizes(settings.sizes());
    List<Double> cosineSquares = new ArrayList<>();
    List<Double> predicted = new ArrayList<>();
    List<Double> queries = new ArrayList<>();
    double rate = Double.NaN;
    for (int size : sizes) {
      EstimateStudy.Row row = cosine(subject, size);
      cosineSquares.add(row.cosine() * row.cosine());
      if (row.predicted() != null) {
        predicted.add(row.predicted() * row.predicted());
      }
      if (size == sizes.getFirst()) {
        rate = bestRate(subject, size, cosineSquares.getFirst());
      }
      double there = rate * Math.pow((double) sizes.getFirst() / size, subject.queryTheory());
      queries.add(median(subject, size, there));
      step.run();
    }
    return new Line(
        subject,
        sizes,
        cosineSquares,
        predicted,
        fit(sizes, cosineSquares),
        queries,
        fit(sizes, queries),
        rate);
  }

  /// The power through the points that are there, or null if they are fewer than two.
  static PowerFit fit(List<Integer> sizes, List<Double> values) {
    int[] kept =
        IntStream.range(0, sizes.size()).filter(i -> Double.isFinite(values.get(i))).toArray();
    return kept.length < 2
        ? null
        : PowerFit.of(
            Arrays.stream(kept).mapToDouble(sizes::get).toArray(),
            Arrays.stream(kept).mapToDouble(values::get).toArray());
  }

  private Student student(Subject subject, int size, int number) {
    long seed = settings.seed() + number;
    return new Student(settings.chip(), subject.hidden(size), seed, kernels, chips);
  }

  private EstimateStudy.Row cosine(Subject subject, int size) {
    try (Student student = student(subject, size, 0)) {
      int group = subject.swept() == Subject.Swept.GROUPS ? size : 1;
      return new EstimateStudy(student.specimen(), settings.repeats(), settings.seed())
          .row(subject.make(1, size), null, 1, group);
    }
  }

  /// Halves the rate until that helps no more, from one that is too high for estimates so noisy. A rule that writes by itself
  /// takes none.
  private double bestRate(Subject subject, int size, double cosineSquared) {
    double highest = HIGHEST_RATE * Math.min(1, 4 * cosineSquared);
    double best = highest;
    double least = Double.POSITIVE_INFINITY;
    int worse = 0;
    for (double rate = highest; worse < 2 && rate > highest / LOWEST_SHARE; rate /= 2) {
      double queries = median(subject, size, rate, Math.min(2 * least, settings.mostTuning()));
      if (queries < least) {
        least = queries;
        best = rate;
        worse = 0;
      } else if (Double.isFinite(least)) {
        worse++;
      }
    }
    return best;
  }

  private double median(Subject subject, int size, double rate) {
    return median(subject, size, rate, settings.mostQueries());
  }

  private double median(Subject subject, int size, double rate, double most) {
    double[] queries = new double[settings.students()];
    for (int number = 0; number < queries.length; number++) {
      try (Student student = student(subject, size, number)) {
        queries[number] = queries(student, subject, size, rate, most);
      }
    }
    double median = Quantiles.of(queries, 0.5);
    return Double.isFinite(median) ? median : Double.NaN;
  }

  /// The queries that training took, or infinity if it did not get there.
  private double queries(Student student, Subject subject, int size, double rate, double most) {
    LearningRule rule = subject.make(null, size);
    Network network = student.network();
    Recipe recipe =
        rule.recipe()
            .withRate(rate)
            .withHeadRate(0)
            .withWriting(new Writing.Accumulated(Optimiser.Kind.SGD, 1));
    Writer writer = Writing.writer(network, recipe);
    Philox random = new Philox(Philox.key(settings.seed(), 1));
    network.grant(rule);
    rule.beginEpoch(network, student.specimen().samples(), random);
    long spent = 0;
    double judgement = 0;
    while (spent < most) {
      Minibatch batch = student.draw(subject.batch());
      long before = network.bank().usage().queries();
      writer.write(rule.estimate(network, batch, random), 1);
      spent += network.bank().usage().queries() - before;
      if (spent >= judgement) {
        if (student.error() <= TARGET) {
          return spent;
        }
        judgement = spent * JUDGED_EVERY;
      }
    }
    return Double.POSITIVE_INFINITY;
  }
}
