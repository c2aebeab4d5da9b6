package org.mortal.bench.compare;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.mortal.bench.run.CsvColumns;
import org.mortal.bench.run.CsvTable;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.train.TrainingRun.Figures;
import org.mortal.learning.Trainer.Epoch;

/// The runs of a comparison that are done: `runs.csv` and `curves.csv` of its folder, whole after every run. Several threads may add
/// to it.
///
/// Numbers are written with all their digits, so a comparison that goes on from its folder ends with the same bits.
public final class RunLog {
  private static final String RUNS = "runs.csv";
  private static final String CURVES = "curves.csv";

  private static final String[] RUN_COLUMNS = {
    "rule",
    "chip",
    "seed",
    "testError",
    "validationError",
    "deviceQueries",
    "queriesPerSample",
    "cellWrites",
    "energyJoules",
    "digitalJoules",
    "seconds",
    "chipSeconds",
    "examples"
  };

  private static final String[] CURVE_COLUMNS = {
    "rule",
    "chip",
    "seed",
    "epoch",
    "validationError",
    "deviceQueries",
    "cellWrites",
    "energyJoules",
    "seconds"
  };

  private final RunFolder folder;
  private final List<ChipRun> runs = new ArrayList<>();

  private RunLog(RunFolder folder) {
    this.folder = folder;
  }

  /// The log in `folder`, with what it holds already.
  ///
  /// @throws org.mortal.bench.run.RunException if it cannot be read
  public static RunLog open(RunFolder folder) {
    RunLog log = new RunLog(folder);
    if (Files.exists(folder.file(RUNS))) {
      List<CurvePoint> points =
          CsvColumns.read(folder.file(CURVES), List.of(CURVE_COLUMNS), CurvePoint::of);
      log.runs.addAll(
          CsvColumns.read(folder.file(RUNS), List.of(RUN_COLUMNS), line -> run(line, points)));
    }
    return log;
  }

  private record CurvePoint(String rule, String chip, long seed, Epoch epoch) {
    static CurvePoint of(CsvColumns.Line line) {
      return new CurvePoint(
          line.text("rule"),
          line.text("chip"),
          line.whole("seed"),
          new Epoch(
              line.finite("epoch"),
              line.finite("validationError"),
              line.whole("deviceQueries"),
              line.whole("cellWrites"),
              line.finite("energyJoules"),
              line.finite("seconds")));
    }
  }

  private static ChipRun run(CsvColumns.Line line, List<CurvePoint> points) {
    String rule = line.text("rule");
    String chip = line.text("chip");
    long seed = line.whole("seed");
    return new ChipRun(
        rule,
        chip,
        seed,
        new Figures(
            line.finite("testError"),
            line.finite("validationError"),
            line.whole("deviceQueries"),
            line.finite("queriesPerSample"),
            line.whole("cellWrites"),
            line.finite("energyJoules"),
            line.finite("digitalJoules"),
            line.finite("seconds"),
            line.finite("chipSeconds"),
            line.whole("examples")),
        points.stream()
            .filter(at -> at.rule().equals(rule) && at.chip().equals(chip) && at.seed() == seed)
            .map(CurvePoint::epoch)
            .toList());
  }

  /// Keeps a run that is done, on disk too.
  ///
  /// @throws org.mortal.bench.run.RunException if it cannot be written
  public synchronized void add(ChipRun run) {
    runs.add(run);
    // The curve first: a run that is listed has one, whenever the process ends.
    folder.write(CURVES, curves());
    folder.write(RUNS, table());
  }

  /// Whether `rule` was trained on the chip with the seed.
  public boolean has(String rule, String chip, long seed) {
    return of(rule).stream().anyMatch(run -> run.chip().equals(chip) && run.seed() == seed);
  }

  /// The runs of a rule, in the order of their seeds.
  public synchronized List<ChipRun> of(String rule) {
    return runs.stream()
        .filter(run -> run.rule().equals(rule))
        .sorted(Comparator.comparingLong(ChipRun::seed))
        .toList();
  }

  private CsvTable table() {
    CsvTable table = new CsvTable(RUN_COLUMNS);
    for (ChipRun run : runs) {
      Figures figures = run.figures();
      table.add(
          run.rule(),
          run.chip(),
          run.seed(),
          figures.testError(),
          figures.validationError(),
          figures.deviceQueries(),
          figures.queriesPerSample(),
          figures.cellWrites(),
          figures.energyJoules(),
          figures.digitalJoules(),
          figures.seconds(),
          figures.chipSeconds(),
          figures.examples());
    }
    return table;
  }

  private CsvTable curves() {
    CsvTable table = new CsvTable(CURVE_COLUMNS);
    for (ChipRun run : runs) {
      for (Epoch epoch : run.epochs()) {
        table.add(
            run.rule(),
            run.chip(),
            run.seed(),
            epoch.number(),
            epoch.validationError(),
            epoch.queries(),
            epoch.cellWrites(),
            epoch.energyJoules(),
            epoch.seconds());
      }
    }
    return table;
  }
}
