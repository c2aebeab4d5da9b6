package org.mortal.bench.faults;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.mortal.chip.board.FaultyLink;

/// When a board is restarted and its cable pulled: at a random moment of calls chosen beforehand.
final class Interruptions {
  private static final long CABLE_NANOS = 30_000_000;

  /// What is done to the board.
  enum Kind {
    RESTART,
    UNPLUG
  }

  private final Map<Integer, Kind> chosen = new HashMap<>();
  private final CampaignRig rig;
  private final RandomGenerator random;

  Interruptions(FaultPlan plan, CampaignRig rig, RandomGenerator random) {
    this.rig = rig;
    this.random = random;
    for (int i = 0; i < plan.restarts() + plan.unplugs(); i++) {
      Kind kind = i < plan.restarts() ? Kind.RESTART : Kind.UNPLUG;
      int command = random.nextInt(plan.commands());
      while (chosen.putIfAbsent(command, kind) != null) {
        command = random.nextInt(plan.commands());
      }
    }
  }

  /// What is to happen during a call, or null.
  Kind during(int command) {
    return chosen.get(command);
  }

  /// Does `work`, and something to the board at a moment between now and `nanos` later.
  ///
  /// @return whether `work` was still under way then
  boolean during(Kind kind, FaultyLink line, long nanos, Runnable work) {
    long moment = System.nanoTime() + (long) (random.nextDouble() * nanos);
    Thread thread =
        Thread.ofPlatform()
            .name("interruption")
            .start(() -> {
              LockSupport.parkNanos(moment - System.nanoTime());
              strike(kind, line);
            });
    work.run();
    boolean hit = System.nanoTime() - moment > 0;
    join(thread);
    return hit;
  }

  private void strike(Kind kind, FaultyLink line) {
    switch (kind) {
      case RESTART -> rig.restart();
      case UNPLUG -> {
        line.unplug();
        LockSupport.parkNanos(CABLE_NANOS);
        line.plug();
      }
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
