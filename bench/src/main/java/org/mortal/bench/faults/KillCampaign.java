package org.mortal.bench.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.mortal.bench.run.RunFolder;
import org.mortal.chip.Chip;
import org.mortal.chip.board.Backplane;

/// Kills a command that works on an emulated board, again and again, and lets it go on each time until its run is done; then
/// another run begins.
///
/// A quarter of the moments is spread evenly over the time that a run takes, from the start of the program to its end. The
/// others come soon after its steps have begun, so that a run is killed some twenty times from its first step to its last.
///
/// After each kill all lines must go to ground and no file may be half written; a run that is done must be what one is that
/// nothing interrupted.
public final class KillCampaign {
  /// The firmware's own time of silence, and what a busy machine may add.
  private static final double GROUND_SECONDS = 2;

  private static final long LOOK_NANOS = 1_000_000;
  private static final double ANY_TIME = 0.25;

  /// Of the time that all steps take: how much of it passes at most before a kill.
  private static final double STRETCH = 0.1;

  private final KilledJob job;
  private final Chip chip;
  private final Backplane backplane;
  private final Path folder;
  private final Killer killer;
  private final RandomGenerator random;
  private final List<String> violations = new ArrayList<>();
  private Killer.End whole;
  private Path wholeFolder;
  private double stepSeconds;
  private int kills;
  private int early;
  private int runs;
  private int resumptions;
  private int uncertain;
  private int driven;
  private double mostGroundSeconds;

  /// @param chip below the board, used by nobody else
  /// @param backplane between both
  /// @param folder for runs and their book
  /// @param random of the moments
  public KillCampaign(
      KilledJob job, Chip chip, Backplane backplane, Path folder, RandomGenerator random) {
    this.job = job;
    this.chip = chip;
    this.backplane = backplane;
    this.folder = folder;
    this.killer = new Killer(folder);
    this.random = random;
  }

  /// @param wanted how many kills
  /// @param step called after each
  public KillResult run(int wanted, Runnable step) {
    long started = System.nanoTime();
    whole = killer.run(job.begin(folder));
    if (whole.code() == 0) {
      wholeFolder = runs().getLast();
      stepSeconds = stepSeconds(job.steps(wholeFolder));
      while (kills < wanted && violations.isEmpty()) {
        oneRun(wanted, step);
      }
    } else {
      violations.add("not even without a kill: " + whole.error());
    }
    return new KillResult(
        kills,
        early,
        runs,
        resumptions,
        uncertain,
        driven,
        mostGroundSeconds,
        whole.seconds(),
        (System.nanoTime() - started) / 1e9,
        List.copyOf(violations));
  }

  /// From its first call until it is done.
  private void oneRun(int wanted, Runnable step) {
    List<Path> before = runs();
    long pulses = chip.telemetry().pulses();
    Optional<Path> run = Optional.empty();
    while (true) {
      List<String> args = run.map(job::goOn).orElseGet(() -> job.begin(folder));
      Killer.End end = kills < wanted ? kill(args) : killer.run(args);
      if (!end.killed()) {
        finished(run, before, end, chip.telemetry().pulses() - pulses);
        return;
      }
      kills++;
      awaitGround();
      run = runs().stream().filter(one -> !before.contains(one)).findFirst();
      run.ifPresentOrElse(one -> violations.addAll(job.checkKilled(one)), () -> early++);
      step.run();
    }
  }

  private Killer.End kill(List<String> args) {
    if (random.nextDouble() < ANY_TIME) {
      return killer.run(args, () -> true, upTo(whole.seconds()));
    }
    long before = stepBytes();
    return killer.run(args, () -> stepBytes() > before, upTo(STRETCH * stepSeconds));
  }

  private Duration upTo(double seconds) {
    return Duration.ofNanos((long) (1e9 * seconds * random.nextDouble()));
  }

  /// From the first step to the last.
  private static double stepSeconds(List<Path> steps) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    try {
      for (Path step : steps) {
        BasicFileAttributes times = Files.readAttributes(step, BasicFileAttributes.class);
        first = Math.min(first, times.creationTime().toMillis());
        last = Math.max(last, times.lastModifiedTime().toMillis());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (last - first) / 1e3;
  }

  /// The length of all files of steps.
  private long stepBytes() {
    return runs().stream()
        .flatMap(run -> job.steps(run).stream())
        .mapToLong(step -> step.toFile().length())
        .sum();
  }

  private void finished(Optional<Path> known, List<Path> before, Killer.End end, long pulses) {
    if (end.code() != 0) {
      violations.add("it did not go on: " + end.error());
      return;
    }
    Path run =
        known.orElseGet(
            () -> runs().stream().filter(one -> !before.contains(one)).findFirst().orElseThrow());
    KilledJob.Verdict verdict = job.judge(wholeFolder, run, end.lastLine(), pulses);
    runs++;
    resumptions += verdict.resumptions();
    uncertain += verdict.uncertain();
    verdict.violations().forEach(violation -> violations.add(run + ": " + violation));
  }

  private void awaitGround() {
    driven += backplane.grounded() ? 0 : 1;
    long killed = System.nanoTime();
    double waited = 0;
    while (!backplane.grounded()) {
      LockSupport.parkNanos(LOOK_NANOS);
      waited = (System.nanoTime() - killed) / 1e9;
      if (waited > GROUND_SECONDS) {
        violations.add("lines were still driven %.1f s after a kill".formatted(waited));
        return;
      }
    }
    mostGroundSeconds = Math.max(mostGroundSeconds, waited);
  }

  /// Runs that can be gone on with, in the order of their beginning.
  private List<Path> runs() {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(one -> Files.exists(one.resolve(RunFolder.MANIFEST))).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
