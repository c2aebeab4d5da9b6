package org.mortal.bench.command;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mortal.bench.emulate.EmulatedBoard;
import org.mortal.bench.emulate.EmulatedPort;
import org.mortal.bench.emulate.Firmware;
import org.mortal.bench.faults.CampaignResult;
import org.mortal.bench.faults.CampaignRig;
import org.mortal.bench.faults.EmulatedRig;
import org.mortal.bench.faults.FaultCampaign;
import org.mortal.bench.faults.FaultPlan;
import org.mortal.bench.faults.LibraryRig;
import org.mortal.bench.faults.PulseLedger;
import org.mortal.bench.report.Progress;
import org.mortal.bench.report.TextTable;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.run.RunManifest;
import org.mortal.chip.Chip;
import org.mortal.chip.board.Backplane;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mortal measure faults`: whether any pulse suffers from a bad line, restarts and pulled cables.
@Command(
    name = "faults",
    description =
        "Uses an emulated board over a line that flips, loses, doubles, cuts and delays bytes, restarts it and pulls its"
            + " cable while it writes, and compares the pulses that its cells were given with what the host was told.",
    footer = {
      "",
      "Example:",
      "  bench/mortal measure faults --commands 1000 --restarts 5 --unplugs 5 --seed 1"
    })
public final class MeasureFaultsCommand implements Callable<Integer> {
  private static final String CHIP = "sim:ideal?rows=16&columns=16&arrays=2";

  /// Where the firmware runs.
  enum Board {
    LIBRARY,
    HOST,
    STM32F405;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private CommonOptions common;

  @Option(
      names = "--commands",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Reads, pulse trains and others; default: ${DEFAULT-VALUE}.")
  private int commands;

  @Option(
      names = "--restarts",
      paramLabel = "N",
      defaultValue = "100",
      description = "Restarts of the firmware while it writes; default: ${DEFAULT-VALUE}.")
  private int restarts;

  @Option(
      names = "--unplugs",
      paramLabel = "N",
      defaultValue = "100",
      description = "Pulled cables while it writes; default: ${DEFAULT-VALUE}.")
  private int unplugs;

  @Option(
      names = "--board",
      paramLabel = "BOARD",
      defaultValue = "library",
      description = "Where the firmware runs: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private Board board;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of all that is random; default: ${DEFAULT-VALUE}.")
  private long seed;

  /// @param passed whether no account is violated
  record Result(CampaignResult campaign, boolean passed, String run) {}

  @Override
  public Integer call() throws Exception {
    FaultPlan plan = plan();
    // Read when the link's logger is made: that a cable was pulled is no news here.
    System.setProperty("org.slf4j.simpleLogger.log.org.mortal.chip.board", "error");
    RunManifest manifest =
        RunManifest.start(common.command(), Arguments.of(common.spec())).withSeed(seed);
    Kernels kernels = common.kernels();
    RunFolder folder = RunFolder.create(common.runs(), common.command());
    CampaignResult campaign;
    String id;
    try (Progress progress = Progress.start("commands", commands);
        Chip chip = common.chips().open(CHIP, kernels);
        Chip twin = common.chips().open(CHIP, kernels)) {
      id = chip.id();
      PulseLedger ledger = PulseLedger.of(chip, twin);
      Backplane backplane =
          new Backplane(chip, EmulatedBoard.converters(chip), Philox.key(seed, 4), ledger);
      try (CampaignRig rig = rig(backplane, folder.path().resolve("link"), kernels)) {
        campaign = new FaultCampaign(plan, rig, ledger, twin, progress::step).run();
      }
    }
    folder.write(
        manifest
            .withRig(board + " over " + CHIP, id, kernels.products().description())
            .finished(campaign.seconds(), Map.of("campaign", campaign), false));
    boolean passed = campaign.violations().isEmpty();
    Result result = new Result(campaign, passed, folder.path().toString());
    common.finish(result, text(result));
    return passed ? 0 : 1;
  }

  private FaultPlan plan() {
    try {
      return new FaultPlan(commands, restarts, unplugs, FaultPlan.BAD_LINE, seed);
    } catch (IllegalArgumentException e) {
      throw common.wrong(e.getMessage());
    }
  }

  private CampaignRig rig(Backplane backplane, Path path, Kernels kernels) {
    return switch (board) {
      case LIBRARY ->
          new LibraryRig(Firmware.library(), backplane, new Philox(Philox.key(seed, 5)));
      case HOST -> new EmulatedRig(EmulatedPort.HOST, backplane, path, kernels);
      case STM32F405 -> new EmulatedRig(EmulatedPort.STM32F405, backplane, path, kernels);
    };
  }

  private String text(Result result) {
    CampaignResult campaign = result.campaign();
    TextTable table = new TextTable("what", "number");
    row(table, "commands", campaign.commands());
    row(table, "  batches of reads, equal to the twin's", campaign.reads());
    row(table, "  trains done", campaign.done());
    row(table, "  trains beyond a limit, refused by the firmware", campaign.refused());
    row(table, "  reported as of unknown outcome, or ended early", campaign.unknown());
    row(table, "  failed with nothing written", campaign.lost());
    row(table, "restarts of the firmware", campaign.restarts());
    row(table, "pulled cables", campaign.unplugs());
    row(table, "  of both, while cells were being written", campaign.hits());
    row(table, "flipped bits", campaign.injected().flips());
    row(table, "lost pieces", campaign.injected().drops());
    row(table, "doubled pieces", campaign.injected().duplicates());
    row(table, "cut pieces", campaign.injected().truncations());
    row(table, "delayed pieces", campaign.injected().delays());
    row(table, "frames sent again", campaign.retries());
    row(table, "pulses that cells were given", campaign.pulses());
    row(table, "violations", campaign.violations().size());
    return """
    the firmware (%s) over a bad line, seed %d, %.0f s

    %s
    %s

    kept in %s
    """
        .formatted(
            board,
            seed,
            campaign.seconds(),
            table,
            result.passed()
                ? "no pulse applied twice, none lost without a report, none outside the limits"
                : String.join("\n", campaign.violations()),
            result.run());
  }

  private static void row(TextTable table, String what, long number) {
    table.add(what, String.valueOf(number));
  }
}
