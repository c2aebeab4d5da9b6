package org.mortal.bench.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mortal.bench.emulate.EmulatedBoard;
import org.mortal.bench.emulate.EmulatedPort;
import org.mortal.bench.faults.KillCampaign;
import org.mortal.bench.faults.KillResult;
import org.mortal.bench.faults.KilledCalibration;
import org.mortal.bench.faults.KilledCharacterisation;
import org.mortal.bench.faults.KilledJob;
import org.mortal.bench.report.Progress;
import org.mortal.bench.report.TextTable;
import org.mortal.bench.report.Units;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.run.RunManifest;
import org.mortal.chip.Chip;
import org.mortal.chip.board.Backplane;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mortal measure kills`: whether a characterisation or calibration survives that its process is killed.
@Command(
    name = "kills",
    description =
        "Characterises or calibrates cells of an emulated board in processes that are killed at random"
            + " moments (SIGKILL) and go on, and looks at lines, files and pulses.",
    footer = {"", "Example:", "  bench/mortal measure kills --kills 100 --seed 1"})
public final class MeasureKillsCommand implements Callable<Integer> {
  private static final String CHIP = "sim:hfox-lab?seed=1&rows=8&columns=8&arrays=1";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int POINTS = 20;
  private static final int MOST_KILLS = 100_000;

  @Mixin private CommonOptions common;

  /// What is killed.
  enum Job {
    CHARACTERISE,
    CALIBRATE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    private KilledJob at(String address) {
      return switch (this) {
        case CHARACTERISE -> new KilledCharacterisation(address, POINTS);
        case CALIBRATE -> new KilledCalibration(address);
      };
    }

    /// What is true where there are no violations.
    private String praise() {
      return switch (this) {
        case CHARACTERISE ->
            "all files are whole, all runs are those of the plan, no pulse was given twice";
        case CALIBRATE ->
            "all files are whole, and what was found before a kill is found in the end";
      };
    }
  }

  @Option(
      names = "--job",
      paramLabel = "JOB",
      defaultValue = "characterise",
      description = "What is killed, characterise or calibrate; default: ${DEFAULT-VALUE}.")
  private Job job;

  @Option(
      names = "--kills",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many processes to kill; default: ${DEFAULT-VALUE}.")
  private int kills;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "host",
      description = "Where the firmware runs, host or stm32f405; default: ${DEFAULT-VALUE}.")
  private String port;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of the moments; default: ${DEFAULT-VALUE}.")
  private long seed;

  /// @param passed whether there are no violations
  record Result(KillResult campaign, boolean passed, String run) {}

  @Override
  public Integer call() {
    common.requireRange("--kills", kills, 1, MOST_KILLS);
    EmulatedPort emulated = EmulateCommand.port(port, common);
    RunManifest manifest =
        RunManifest.start(common.command(), Arguments.of(common.spec())).withSeed(seed);
    Kernels kernels = common.kernels();
    RunFolder folder = RunFolder.create(common.runs(), common.command());
    try (Chip chip = common.chipsForOthers().open(CHIP, kernels)) {
      KillResult campaign = kill(emulated, chip, folder.path(), kernels);
      folder.write(
          manifest
              .withRig(port + " over " + CHIP, chip.id(), kernels.products().description())
              .finished(campaign.seconds(), Map.of("campaign", campaign), false));
      boolean passed = campaign.violations().isEmpty();
      Result result = new Result(campaign, passed, folder.path().toString());
      common.finish(result, text(result));
      return passed ? 0 : 1;
    }
  }

  private KillResult kill(EmulatedPort emulated, Chip chip, Path folder, Kernels kernels) {
    Backplane backplane = new Backplane(chip, EmulatedBoard.converters(chip), Philox.key(seed, 1));
    try (EmulatedBoard board =
            EmulatedBoard.start(emulated, backplane, folder.resolve("board").toAbsolutePath());
        Progress progress = Progress.start("kills", kills)) {
      board.waitUntilReady(PATIENCE, kernels);
      return new KillCampaign(
              job.at(board.address()), chip, backplane, folder, new Philox(Philox.key(seed)))
          .run(kills, progress::step);
    }
  }

  private String text(Result result) {
    KillResult campaign = result.campaign();
    TextTable table = new TextTable("what", "number");
    row(table, "processes killed", campaign.kills());
    row(table, "  before there was a run to go on with", campaign.early());
    row(table, "  between the first step of a run and its last", campaign.resumptions());
    row(table, "    while pulses were under way", campaign.uncertain());
    row(table, "  while lines were driven", campaign.driven());
    row(table, "runs that were done in the end", campaign.runs());
    row(table, "violations", campaign.violations().size());
    return """
    the firmware on %s, seed %d; a run takes %s where nothing interrupts it

    %s
    lines were grounded within %s of a kill
    %s

    kept in %s
    """
        .formatted(
            port.toLowerCase(Locale.ROOT),
            seed,
            Units.format(campaign.wholeSeconds(), "s"),
            table,
            Units.format(campaign.mostGroundSeconds(), "s"),
            result.passed() ? job.praise() : String.join("\n", campaign.violations()),
            result.run());
  }

  private static void row(TextTable table, String what, long number) {
    table.add(what, String.valueOf(number));
  }
}
