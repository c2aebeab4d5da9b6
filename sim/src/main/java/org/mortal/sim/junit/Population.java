package org.mortal.sim.junit;

import java.util.ArrayList;
import java.util.List;
import org.mortal.sim.junit.SequentialPlan.Verdict;

/// How the chips of one test fare, and what that says about a claim if there is one.
final class Population {
  /// Null where each chip must pass for itself.
  private final SequentialPlan plan;

  private final List<String> failed = new ArrayList<>();
  private int passed;
  private boolean broken;

  /// Each chip must pass.
  Population() {
    this(null);
  }

  /// A share of the chips must pass.
  Population(SequentialPlan plan) {
    this.plan = plan;
  }

  void pass() {
    passed++;
  }

  void fail(String address) {
    failed.add(address);
  }

  /// A chip could not even be opened: neither its fault nor the others', so nobody else is asked.
  void breakOff() {
    broken = true;
  }

  /// Whether a chip that fails may do so within the claim.
  boolean hasClaim() {
    return plan != null;
  }

  boolean hasVerdict() {
    return hasClaim() && !broken;
  }

  /// Whether another chip is to be asked.
  boolean open() {
    return !broken && (plan == null || verdict() == Verdict.OPEN);
  }

  private int asked() {
    return passed + failed.size();
  }

  private Verdict verdict() {
    return plan.verdict(asked(), failed.size());
  }

  boolean shown() {
    return verdict() == Verdict.SHOWN;
  }

  /// The verdict in a few words.
  String headline() {
    String found =
        switch (verdict()) {
          case SHOWN -> "shown";
          case REFUTED -> "refuted";
          case OPEN, UNDECIDED -> "undecided";
        };
    return "%s: %s by %d chips, of which %d failed".formatted(plan, found, asked(), failed.size());
  }

  /// Why the claim is not shown, in one line.
  String complaint() {
    String mend =
        verdict() == Verdict.REFUTED
            ? ""
            : "; of %d, %d may: give more seeds, or claim less"
                .formatted(plan.chips(), plan.mostFailures());
    return "%s (%s)%s".formatted(headline(), String.join(", ", failed), mend);
  }
}
