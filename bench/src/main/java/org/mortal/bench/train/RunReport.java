package org.mortal.bench.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.mortal.bench.report.Charts;
import org.mortal.bench.run.CsvTable;
import org.mortal.bench.run.RunException;
import org.mortal.bench.run.RunFolder;
import org.mortal.chip.Chip;
import org.mortal.chip.ProgramVerify;
import org.mortal.learning.Learned;
import org.mortal.learning.Sampler;
import org.mortal.learning.Tensors;
import org.mortal.learning.Trainer;
import org.mortal.learning.rule.FastWeights;
import org.mortal.learning.task.FamilyTrees;
import org.mortal.learning.task.Goal;
import org.mortal.learning.task.Picture;
import org.mortal.tile.CrossbarTileBank;

/// What a training run leaves in its folder: the curve as CSV and picture, the conductances, and what was learned.
public final class RunReport {
  /// Arrays on the conductance sheet.
  private static final int PANELS = 6;

  private static final int READS = 4;

  /// Rows and columns of patterns on their sheet.
  private static final int PATTERNS = 12;

  private final RunFolder folder;
  private final TrainingRun run;
  private final String title;

  private RunReport(RunFolder folder, TrainingRun run, String title) {
    this.folder = folder;
    this.run = run;
    this.title = title;
  }

  /// Writes everything about a run that has ended: what was learned first, as it cannot be made again from the rest.
  ///
  /// @param title of the learning curve
  /// @param attempts that keep what fails
  public static void write(RunFolder folder, TrainingRun run, String title, Attempts attempts) {
    RunReport report = new RunReport(folder, run, title);
    attempts.run(report::saveNetwork);
    attempts.run(() -> writeCurve(folder, run.result().epochs()));
    attempts.run(report::drawCurve);
    attempts.run(report::drawConductances);
    report.drawWhatTheTaskAsks(attempts);
  }

  private void drawWhatTheTaskAsks(Attempts attempts) {
    switch (run.task().goal()) {
      case Goal.Labels() -> {
        if (run.task().name().equals("family-trees")) {
          attempts.run(this::drawPeople);
        }
      }
      case Goal.Patterns() -> attempts.run(this::drawPatterns);
      case Goal.Recall(_) -> {
        // A rule of the user's own may recall by other means than memories that can be listened to
        // one by one.
        if (run.rule() instanceof FastWeights rule) {
          attempts.run(() -> new RecallReport(run, rule).write(folder));
        }
      }
      case Goal.Control(var environment) -> {
        attempts.run(() -> ControlReport.drawReturns(folder, run, environment));
        attempts.run(() -> ControlReport.drawEpisode(folder, run, environment));
      }
    }
  }

  private void drawCurve() {
    List<Trainer.Epoch> epochs = run.result().epochs();
    Charts.learningCurve(
        folder.file("learning-curve.png"),
        title,
        Charts.ErrorAxis.LOGARITHMIC,
        List.of(
            new Charts.Series(
                "validation",
                epochs.stream().mapToDouble(Trainer.Epoch::number).toArray(),
                epochs.stream().mapToDouble(epoch -> 100 * epoch.validationError()).toArray()),
            new Charts.Series(
                "test",
                new double[] {epochs.getLast().number()},
                new double[] {100 * run.result().testError()})));
  }

  private void saveNetwork() {
    try {
      Learned.save(run.network(), folder.path());
    } catch (IOException e) {
      throw RunException.of(
          "cannot save what was learned in", folder.path(), e, "make room, or choose --runs DIR");
    }
  }

  /// Writes what is known of the learning curve, during training too.
  public static void writeCurve(RunFolder folder, List<Trainer.Epoch> epochs) {
    CsvTable table =
        new CsvTable(
            "epoch", "validationError", "deviceQueries", "cellWrites", "energyJoules", "seconds");
    epochs.forEach(epoch ->
        table.add(
            epoch.number(),
            epoch.validationError(),
            epoch.queries(),
            epoch.cellWrites(),
            epoch.energyJoules(),
            epoch.seconds()));
    folder.write("curve.csv", table);
  }

  private void drawConductances() {
    if (run.rig().bank() instanceof CrossbarTileBank bank) {
      run.rig().chip().ifPresent(chip -> drawConductances(chip, bank));
    }
  }

  /// Arrays spread evenly over those that the network lies on.
  private void drawConductances(Chip chip, CrossbarTileBank bank) {
    int used = bank.layouts().stream().mapToInt(layout -> layout.blocks().size()).sum();
    int shown = Math.min(PANELS, used);
    List<Charts.Panel> panels = new ArrayList<>();
    for (int p = 0; p < shown; p++) {
      int array = p * used / shown;
      float[][] siemens = new ProgramVerify(chip.arrays().get(array)).measure(READS).toArrays();
      panels.add(Charts.Panel.ofSiemens("array " + array, siemens));
    }
    Charts.heatMaps(
        folder.file("conductances.png"),
        "Conductances as measured, " + run.rig().chipId(),
        panels,
        "µS");
  }

  /// What the units of the first layer have learned of people: the English above the Italian who are like them.
  private void drawPeople() {
    int people = FamilyTrees.ENGLISH.size();
    float[][] weights =
        run.network().layer(0).tile().measureWeights(READS).rows(0, 2 * people).toArrays();
    List<Charts.Panel> panels = new ArrayList<>();
    for (int unit = 0; unit < Math.ceilDiv(weights[0].length, 2); unit++) {
      float[][] values = new float[2][people];
      for (int person = 0; person < 2 * people; person++) {
        values[person / people][person % people] = weights[person][unit];
      }
      panels.add(new Charts.Panel("unit " + (unit + 1), values));
    }
    Charts.heatMaps(
        folder.file("people.png"),
        "Weights of people, English above Italian, %s to %s"
            .formatted(FamilyTrees.ENGLISH.getFirst(), FamilyTrees.ENGLISH.getLast()),
        panels,
        "");
  }

  /// Patterns that the network made, with a gap between two of them.
  private void drawPatterns() {
    Sampler sampler = (Sampler) run.rule();
    Picture picture = run.task().picture();
    float[][] made = Tensors.batch(sampler.sample(run.network(), PATTERNS * PATTERNS)).toArrays();
    int across = picture.width() + 1;
    int down = picture.height() + 1;
    float[][] sheet = new float[PATTERNS * down - 1][PATTERNS * across - 1];
    for (int y = 0; y < sheet.length; y++) {
      for (int x = 0; x < sheet[y].length; x++) {
        boolean gap = x % across == picture.width() || y % down == picture.height();
        int pixel = y % down * picture.width() + x % across;
        sheet[y][x] = gap ? Float.NaN : made[y / down * PATTERNS + x / across][pixel];
      }
    }
    Charts.heatMap(
        folder.file("patterns.png"),
        "Patterns made by %s on %s".formatted(run.rule().name(), run.rig().chipId()),
        sheet,
        "");
  }
}
