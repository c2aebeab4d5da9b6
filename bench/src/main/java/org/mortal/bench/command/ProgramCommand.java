package org.mortal.bench.command;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.mortal.bench.measure.Quantiles;
import org.mortal.bench.program.Targets;
import org.mortal.bench.report.Units;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.run.RunManifest;
import org.mortal.bench.train.Interruption;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Fault;
import org.mortal.chip.ProgramRequest;
import org.mortal.chip.ProgramResult;
import org.mortal.chip.ProgramVerify;
import org.mortal.chip.board.BoardChip;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.mortal.sim.SimChip;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mortal program CHIP --target G.csv`: brings the cells of one array to given conductances.
@Command(
    name = "program",
    description =
        "Programs one array to given conductances, closed loop. With --method, does so by methods of"
            + " your choice, on as many chips as you like, and compares them.",
    footer = {
      "",
      "Example:",
      "  printf '2e-5,5e-5,1e-5,8e-5\\n4e-5,3e-5,6e-5,1e-5\\n' > targets.csv",
      "  bench/mortal program 'sim:hfox?seed=1&rows=2&columns=4' --target targets.csv",
      "",
      "To compare methods: --method step,ispp --chips 'sim:neurram?seed=1..3' --target uniform",
      "Ctrl-C stops a board at once, others when they are done; what the cells then have is kept."
    })
public final class ProgramCommand implements Callable<Integer> {
  private static final int SECONDS = 60;
  private static final int MOST_WAIT = 86_400;
  private static final int PASSES = 24;
  private static final int MOST_PASSES = 1000;
  private static final long LOOK_NANOS = Duration.ofMillis(50).toNanos();

  /// The tolerance if none is given, as part of the window.
  private static final double TOLERANCE = 0.02;

  @Mixin private CommonOptions common;
  @Mixin private MethodOptions methods;

  @Parameters(
      paramLabel = "CHIP",
      arity = "0..1",
      defaultValue = CommonOptions.DEFAULT_CHIP,
      description = "Its address; default: ${DEFAULT-VALUE}.")
  private String address;

  @Option(
      names = "--target",
      paramLabel = "G.csv",
      required = true,
      description =
          "Conductances in siemens, one row of the array a line; or uniform, uniform:0.1..0.5 for conductances drawn"
              + " from the window or a part of it.")
  private String target;

  @Option(
      names = "--target-seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of what is drawn; default: ${DEFAULT-VALUE}.")
  private long targetSeed;

  @Option(
      names = "--tolerance",
      paramLabel = "S",
      description =
          "Siemens; a cell is done when it was measured this near, twice; default: 2 %% of the"
              + " window.")
  private Double tolerance;

  @Option(
      names = "--array",
      paramLabel = "N",
      defaultValue = "0",
      description = "Which of the chip's arrays, from 0 on; default: ${DEFAULT-VALUE}.")
  private int array;

  @Option(
      names = "--passes",
      paramLabel = "N",
      description =
          "Most rounds of measuring and pulsing; default: 24, or as many as the method needs.")
  private Integer passes;

  @Option(
      names = "--reads",
      paramLabel = "N",
      defaultValue = "16",
      description = "Reads averaged for each measurement; default: ${DEFAULT-VALUE}.")
  private int reads;

  @Option(
      names = "--wait-seconds",
      paramLabel = "N",
      description =
          "Measure once more after so many seconds; default: 60 on a simulated chip, whose time costs nothing, and not at all"
              + " on a board.")
  private Integer waitAsked;

  private int waitSeconds;

  /// Pulses that a cell was given.
  record Pulses(double median, double p95) {}

  /// Errors are over all cells, stuck ones too, and from a measurement of their own: that of the closed loop ended where
  /// it was favourable.
  ///
  /// @param success the fraction of cells that were measured within tolerance, twice; once after Ctrl-C
  /// @param successAtEnd the fraction that is within tolerance when all cells are done: later writes disturb cells, and reads
  ///     are noisy
  /// @param pulsesPerCell null after Ctrl-C: the board has said only how many there were in all
  /// @param rmseSiemensAfterWait the error after `waitedSeconds`, or null if none were asked for
  /// @param rmseSiemensAfter60s the same if those were 60
  record Result(
      String id,
      int array,
      double success,
      double successAtEnd,
      double rmseSiemens,
      Pulses pulsesPerCell,
      Double rmseSiemensAfter60s,
      int waitedSeconds,
      Double rmseSiemensAfterWait,
      double toleranceSiemens,
      boolean interrupted,
      String run) {}

  @Override
  public Integer call() throws Exception {
    if (passes != null) {
      common.requireRange("--passes", passes, 1, MOST_PASSES);
    }
    common.requireRange("--reads", reads, 1, MOST_PASSES);
    if (waitAsked != null) {
      common.requireRange("--wait-seconds", waitAsked, 0, MOST_WAIT);
    }
    if (tolerance != null && !(tolerance > 0 && tolerance < Double.POSITIVE_INFINITY)) {
      throw common.wrong("--tolerance must be a positive number of siemens, not " + tolerance);
    }
    RunManifest manifest = RunManifest.start(common.command(), Arguments.of(common.spec()));
    Kernels kernels = common.kernels();
    if (methods.chosen(common)) {
      MethodsRun side = methods.run(common, asked());
      common.requireChips(side.chips(), kernels);
      return common.interruptible(interruption -> side.run(kernels, manifest, interruption));
    }
    return common.interruptible(interruption -> {
      try (Chip chip = common.chips().open(address, kernels)) {
        String products = kernels.products().description();
        return run(chip, manifest.withRig(address, chip.id(), products), interruption);
      }
    });
  }

  private MethodOptions.Asked asked() {
    return new MethodOptions.Asked(
        address,
        new Targets(target, targetSeed),
        array,
        tolerance == null ? 0 : tolerance,
        reads,
        passes == null ? 0 : passes,
        waitAsked);
  }

  private int run(Chip chip, RunManifest manifest, Interruption interruption) {
    long started = System.nanoTime();
    boolean free = chip.bare() instanceof SimChip sim && sim.virtualTime();
    waitSeconds = waitAsked != null ? waitAsked : free ? SECONDS : 0;
    common.requireRange("--array", array, 0, chip.arrays().size() - 1L);
    Crossbar crossbar = chip.arrays().get(array);
    Batch targets = new Targets(target, targetSeed).of(crossbar);
    double within = tolerance == null ? TOLERANCE * crossbar.limits().windowSiemens() : tolerance;
    ProgramRequest request =
        new ProgramRequest(targets, within, passes == null ? PASSES : passes, reads);
    request.check(crossbar.geometry(), crossbar.limits());
    RunFolder folder = RunFolder.create(common.runs(), common.command());
    folder.write(manifest.finished(0, Map.of(), true));
    ProgramFiles files = new ProgramFiles(folder, chip.id(), targets);
    ProgramVerify meter = new ProgramVerify(crossbar);
    ProgramResult programmed = program(chip, request, files, interruption);
    Batch measured = meter.measure(reads);
    boolean stopped = programmed == null;
    boolean[] success = stopped ? files.within(measured, within) : programmed.success();
    files.write(measured, success, stopped ? null : programmed.pulses());
    boolean waited = waitSeconds > 0 && !stopped && waited(chip, interruption);
    Double later = waited ? (Double) files.rmse(meter.measure(reads)) : null;
    Result result =
        new Result(
            chip.id(),
            array,
            ProgramFiles.share(success),
            ProgramFiles.share(files.within(measured, within)),
            files.rmse(measured),
            stopped ? null : pulses(programmed.pulses()),
            waitSeconds == SECONDS ? later : null,
            waited ? waitSeconds : 0,
            later,
            within,
            stopped || waitSeconds > 0 && !waited,
            folder.path().toString());
    double seconds = (System.nanoTime() - started) / 1e9;
    folder.write(manifest.finished(seconds, figures(result), result.interrupted()));
    return common.finish(result, text(result));
  }

  /// Programs the cells; after any other fault than Ctrl-C what they have is kept, if it can still be measured.
  ///
  /// @return null if Ctrl-C stopped it
  private ProgramResult program(
      Chip chip, ProgramRequest request, ProgramFiles files, Interruption interruption) {
    Crossbar crossbar = chip.arrays().get(array);
    try {
      return chip.bare() instanceof BoardChip board
          ? interruption.during(() -> crossbar.program(request), board::stop)
          : crossbar.program(request);
    } catch (ChipException e) {
      try {
        if (interruption.requested() && chip.bare() instanceof BoardChip board) {
          board.resume();
          if (e.fault() instanceof Fault.Interrupted) {
            return null;
          }
        }
        Batch measured = new ProgramVerify(crossbar).measure(reads);
        files.write(measured, files.within(measured, request.toleranceSiemens()), null);
      } catch (ChipException later) {
        e.addSuppressed(later);
      }
      throw e;
    }
  }

  /// @return whether all of the time went by before Ctrl-C
  private boolean waited(Chip chip, Interruption interruption) {
    if (chip.bare() instanceof SimChip sim && sim.virtualTime()) {
      sim.advance(waitSeconds);
      return true;
    }
    long end = System.nanoTime() + Duration.ofSeconds(waitSeconds).toNanos();
    while (!interruption.requested() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return !interruption.requested();
  }

  private static Pulses pulses(int[] perCell) {
    double[] all = Arrays.stream(perCell).asDoubleStream().toArray();
    return new Pulses(Quantiles.of(all, 0.5), Quantiles.of(all, 0.95));
  }

  private static Map<String, Object> figures(Result result) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("success", result.success());
    figures.put("successAtEnd", result.successAtEnd());
    figures.put("rmseSiemens", result.rmseSiemens());
    if (result.pulsesPerCell() != null) {
      figures.put("pulsesPerCell.median", result.pulsesPerCell().median());
      figures.put("pulsesPerCell.p95", result.pulsesPerCell().p95());
    }
    if (result.rmseSiemensAfterWait() != null) {
      figures.put("rmseSiemensAfterWait", result.rmseSiemensAfterWait());
    }
    return figures;
  }

  private static String text(Result result) {
    Pulses pulses = result.pulsesPerCell();
    StringBuilder text = new StringBuilder();
    text.append(
        """
        array %d of %s
        within %-10s %.2f %% of the cells, %s; %.2f %% at the end
        error             %s root mean square, of all cells
        """
            .formatted(
                result.array(),
                result.id(),
                Units.format(result.toleranceSiemens(), "S"),
                100 * result.success(),
                pulses == null ? "when it was stopped" : "twice running",
                100 * result.successAtEnd(),
                Units.format(result.rmseSiemens(), "S")));
    if (pulses != null) {
      text.append(
          "pulses            %s a cell at the median, %s at the 95th percentile%n"
              .formatted(Units.format(pulses.median()), Units.format(pulses.p95())));
    }
    text.append(
        result.rmseSiemensAfterWait() == null
            ? "error after 60 s  not measured: --wait-seconds 60 does\n"
            : "%-16s  %s%n"
                .formatted(
                    "error after %d s".formatted(result.waitedSeconds()),
                    Units.format(result.rmseSiemensAfterWait(), "S")));
    return text.append(result.interrupted() ? "interrupted; " : "")
        .append("kept in ")
        .append(result.run())
        .append('\n')
        .toString();
  }
}
