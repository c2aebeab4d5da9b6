package org.mortal.bench.faults;

import java.util.ArrayList;
import java.util.List;
import org.mortal.chip.board.FaultyLink;
import org.mortal.chip.board.LinkCounters;

/// What has happened so far in a campaign.
final class Tally {
  /// Violations that are told one by one.
  private static final int TOLD = 20;

  private final List<String> violations = new ArrayList<>();
  private int hidden;
  int reads;
  int done;
  int refused;
  int unknown;
  int lost;
  private int restarts;
  private int unplugs;
  private int hits;
  private long retries;
  private FaultyLink.Injected injected = FaultyLink.Injected.NONE;

  void violation(String what) {
    if (violations.size() < TOLD) {
      violations.add(what);
    } else {
      hidden++;
    }
  }

  void interrupted(Interruptions.Kind kind, boolean hit) {
    switch (kind) {
      case RESTART -> restarts++;
      case UNPLUG -> unplugs++;
    }
    hits += hit ? 1 : 0;
  }

  void line(FaultyLink.Injected faults, LinkCounters counters) {
    injected = injected.plus(faults);
    retries += counters.retries();
  }

  CampaignResult result(FaultPlan plan, long pulses, double seconds) {
    if (hidden > 0) {
      violations.add("and %d more".formatted(hidden));
    }
    return new CampaignResult(
        plan.commands(),
        reads,
        pulses,
        done,
        refused,
        unknown,
        lost,
        restarts,
        unplugs,
        hits,
        injected,
        retries,
        seconds,
        List.copyOf(violations));
  }
}
