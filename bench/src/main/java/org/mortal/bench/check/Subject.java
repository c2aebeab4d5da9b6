package org.mortal.bench.check;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.mortal.learning.LearningRule;
import org.mortal.learning.rule.LocalCrossEntropy.Slope;
import org.mortal.learning.rule.Rules;

/// A rule and the size that its need of queries is said to depend on.
///
/// @param rule its name
/// @param swept what the size is of
/// @param cosineTheory the exponent that the squared cosine of a probe should have in that size, if it is large
/// @param queryTheory the same of queries to a fixed accuracy. A mutation's is usually given as 1, for steps that shrink as the
///     weights grow in number; the half here is for steps of one size, each of which gains as the root of `1 / N`. That
///     argument was made after such steps had been measured, so it explains and does not predict
/// @param batch examples a step: few, so that it is the perturbations that make estimates noisy, but enough to choose by for a
///     rule that keeps what helped
/// @param amplitude of a perturbation, or null for the rule's own
/// @param depth hidden layers of a student, all of one size: two for rules that send something back from one to the other
public record Subject(
    String rule,
    Swept swept,
    int cosineTheory,
    double queryTheory,
    int batch,
    Double amplitude,
    int depth) {

  /// One whose students have one hidden layer.
  private Subject(
      String rule, Swept swept, int cosineTheory, double queryTheory, int batch, Double amplitude) {
    this(rule, swept, cosineTheory, queryTheory, batch, amplitude, 1);
  }

  /// A rule that perturbs nothing at random, or a whole phase at once: what it needs should not depend on the size.
  private static Subject backward(String rule) {
    return new Subject(rule, Swept.NEURONS, 0, 0, 4, null, 2);
  }

  /// What a size is of.
  public enum Swept {
    WEIGHTS,
    NEURONS,
    GROUPS;

    private static final int UNITS_IN_GROUPS = 64;

    /// The units of each hidden layer of a student of that size.
    private int units(int size) {
      return switch (this) {
        case WEIGHTS -> size / Student.INPUTS;
        case NEURONS -> size;
        case GROUPS -> UNITS_IN_GROUPS;
      };
    }

    /// The neurons of a group, or null.
    Integer group(int size) {
      return this == GROUPS ? size : null;
    }

    /// Sizes that double. Layers begin at 64 neurons: below, the examples of a step average much of a perturbation's noise away,
    /// and from 16 to 256 queries of node perturbation grew by 0.56 ± 0.20 only.
    List<Integer> sizes(int count) {
      int first = this == WEIGHTS ? 16 * Student.INPUTS : this == NEURONS ? 64 : 4;
      return IntStream.range(0, count).mapToObj(i -> first << i).toList();
    }

    /// In words, for tables.
    public String words() {
      return switch (this) {
        case WEIGHTS -> "weights";
        case NEURONS -> "neurons";
        case GROUPS -> "neurons of a group";
      };
    }
  }

  /// The hidden layers of a student of that size.
  List<Integer> hidden(int size) {
    return Collections.nCopies(depth, swept.units(size));
  }

  /// The rules whose scaling theory knows.
  public static List<Subject> all() {
    return List.of(
        new Subject("weight-perturbation", Swept.WEIGHTS, -1, 0.5, 128, 0.2),
        new Subject("spsa", Swept.WEIGHTS, -1, 1, 4, null),
        new Subject("node-perturbation", Swept.NEURONS, -1, 1, 4, null),
        new Subject("local-activity-perturbation", Swept.GROUPS, -1, 1, 4, null),
        new Subject("local-cross-entropy", Swept.NEURONS, 0, 0, 4, null),
        backward("transposed-backprop"),
        backward("equilibrium-propagation"),
        backward("equilibrium-propagation-one-sided"),
        backward("contrastive-hebbian"),
        backward("generec"),
        backward("difference-target-propagation"));
  }

  /// The rule, new, with its slope measured for every example.
  ///
  /// @param probes or null for its own number
  LearningRule make(Integer probes, int size) {
    return Rules.named(
        rule, new Rules.Options(Slope.LIVE, probes, amplitude, swept.group(size), null));
  }
}
