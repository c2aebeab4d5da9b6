package org.mortal.bench.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.mortal.bench.measure.Quantiles;
import org.mortal.bench.report.ErrorCharts;
import org.mortal.bench.report.Page;
import org.mortal.bench.run.CsvTable;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.train.Attempts;
import org.mortal.learning.Trainer.Epoch;

/// What a comparison leaves in its folder: tables, pictures, and one page with all of it.
///
/// @param title of pictures and page
public record ComparisonReport(RunFolder folder, String title) {

  /// What a curve can be drawn over.
  private enum Cost {
    QUERIES("error-queries.png", "queries, vectors sent through tiles", "", Epoch::queries),
    WRITES("error-writes.png", "cell writes", "", Epoch::cellWrites),
    ENERGY("error-energy.png", "energy of the chip", "J", Epoch::energyJoules),
    TIME("error-time.png", "time of training", "s", Epoch::seconds);

    private final String file;
    private final String axis;
    private final String unit;
    private final ToDoubleFunction<Epoch> figure;

    Cost(String file, String axis, String unit, ToDoubleFunction<Epoch> figure) {
      this.file = file;
      this.axis = axis;
      this.unit = unit;
      this.figure = figure;
    }
  }

  /// Writes `rows.csv` and `pairs.csv`.
  public void writeTables(List<RuleRow> rows, List<Pair> pairs) {
    CsvTable table =
        new CsvTable(
            "rule",
            "chips",
            "median",
            "lowerQuartile",
            "upperQuartile",
            "iqr",
            "worst",
            "queries",
            "cellWrites",
            "energyJoules",
            "digitalJoules",
            "seconds");
    for (RuleRow row : rows) {
      table.add(
          row.rule(),
          row.chips(),
          row.median(),
          row.lowerQuartile(),
          row.upperQuartile(),
          row.iqr(),
          row.worst(),
          row.queries(),
          row.cellWrites(),
          row.energyJoules(),
          row.digitalJoules(),
          row.seconds());
    }
    folder.write("rows.csv", table);
    CsvTable pairTable =
        new CsvTable(
            "rule", "against", "chips", "differencePoints", "lowPoints", "highPoints", "wilcoxonP");
    for (Pair pair : pairs) {
      pairTable.add(
          pair.rule(),
          pair.against(),
          pair.chips(),
          pair.differencePoints(),
          pair.lowPoints(),
          pair.highPoints(),
          pair.wilcoxonP());
    }
    folder.write("pairs.csv", pairTable);
  }

  /// Draws all there is to draw, and writes `report.html`.
  ///
  /// @param runs of each rule
  /// @param text of the comparison
  /// @param attempts that keep what fails
  public void draw(List<List<ChipRun>> runs, String text, Attempts attempts) {
    List<Path> pictures = new ArrayList<>();
    attempts.run(() -> pictures.add(drawDots(runs)));
    for (Cost cost : Cost.values()) {
      Path png = folder.file(cost.file);
      List<ErrorCharts.Curve> curves = runs.stream().map(one -> curve(one, cost)).toList();
      attempts.run(() -> {
        if (ErrorCharts.againstCost(png, title, cost.axis, cost.unit, curves)) {
          pictures.add(png);
        }
      });
    }
    attempts.run(() -> Page.write(folder.file("report.html"), title, text, pictures));
  }

  private Path drawDots(List<List<ChipRun>> runs) {
    Path png = folder.file("errors.png");
    ErrorCharts.dots(
        png,
        title,
        runs.stream()
            .map(one ->
                new ErrorCharts.Dots(
                    one.getFirst().rule(),
                    one.stream().mapToDouble(run -> 100 * run.figures().testError()).toArray()))
            .toList());
    return png;
  }

  /// Medians over chips, epoch by epoch, as far as all of them came.
  private static ErrorCharts.Curve curve(List<ChipRun> runs, Cost cost) {
    int epochs = runs.stream().mapToInt(run -> run.epochs().size()).min().orElse(0);
    double[] x = new double[epochs];
    double[] median = new double[epochs];
    double[] least = new double[epochs];
    double[] most = new double[epochs];
    for (int e = 0; e < epochs; e++) {
      x[e] = Quantiles.of(values(runs, e, cost.figure), 0.5);
      double[] percent = values(runs, e, epoch -> 100 * epoch.validationError());
      median[e] = Quantiles.of(percent, 0.5);
      least[e] = Quantiles.of(percent, 0);
      most[e] = Quantiles.of(percent, 1);
    }
    return new ErrorCharts.Curve(runs.getFirst().rule(), x, median, least, most);
  }

  private static double[] values(List<ChipRun> runs, int e, ToDoubleFunction<Epoch> figure) {
    return runs.stream().mapToDouble(run -> figure.applyAsDouble(run.epochs().get(e))).toArray();
  }
}
