package org.mortal.bench.noise;

import java.util.ArrayList;
import java.util.List;
import org.mortal.bench.measure.Quantiles;
import org.mortal.bench.noise.NoiseStudy.Row;
import org.mortal.bench.report.Charts;
import org.mortal.bench.report.TextTable;
import org.mortal.bench.report.Units;
import org.mortal.bench.run.CsvTable;
import org.mortal.bench.run.RunFolder;

/// What a study of read noise has to say.
///
/// @param levels of noise, as multiples of the profile's
/// @param rows of all chips
public record NoiseReport(List<Double> levels, List<Row> rows) {

  /// All chips that were trained at one level and tested at another.
  ///
  /// @param median test error
  /// @param medianValidation validation error
  public record Spot(
      double trainLevel,
      double testLevel,
      int chips,
      double median,
      double worst,
      double medianValidation) {}

  /// Writes `noise.csv`.
  public static void writeTable(RunFolder folder, List<Row> rows) {
    CsvTable table =
        new CsvTable("chip", "trainLevel", "testLevel", "testError", "validationError");
    for (Row row : rows) {
      table.add(
          row.chip(), row.trainLevel(), row.testLevel(), row.testError(), row.validationError());
    }
    folder.write("noise.csv", table);
  }

  /// A spot for each pair of levels that has rows.
  public List<Spot> spots() {
    List<Spot> spots = new ArrayList<>();
    for (double train : levels) {
      for (double test : levels) {
        List<Row> group =
            rows.stream()
                .filter(row -> row.trainLevel() == train && row.testLevel() == test)
                .toList();
        if (!group.isEmpty()) {
          spots.add(spot(train, test, group));
        }
      }
    }
    return spots;
  }

  private static Spot spot(double train, double test, List<Row> group) {
    double[] errors = group.stream().mapToDouble(Row::testError).toArray();
    double[] validation = group.stream().mapToDouble(Row::validationError).toArray();
    return new Spot(
        train,
        test,
        group.size(),
        Quantiles.of(errors, 0.5),
        Quantiles.of(errors, 1),
        Quantiles.of(validation, 0.5));
  }

  /// Draws error against the noise of the test, a curve for each level of training.
  public void draw(RunFolder folder, String title) {
    List<Charts.Series> series = new ArrayList<>();
    for (double train : levels) {
      List<Spot> points = spots().stream().filter(spot -> spot.trainLevel() == train).toList();
      series.add(
          new Charts.Series(
              "trained at " + Units.format(train),
              points.stream().mapToDouble(Spot::testLevel).toArray(),
              points.stream().mapToDouble(spot -> 100 * spot.median()).toArray()));
    }
    Charts.errorCurves(
        folder.file("error-noise.png"),
        title,
        "read noise of the test, multiples of the profile's",
        Charts.ErrorAxis.LOGARITHMIC,
        series);
  }

  /// Medians over chips: a row for each level of training, a column for each of the test.
  public String text() {
    List<String> header = new ArrayList<>(List.of("trained at"));
    levels.forEach(level -> header.add("tested at " + Units.format(level)));
    TextTable table = new TextTable(header.toArray(String[]::new));
    List<Spot> spots = spots();
    for (double train : levels) {
      List<String> row = new ArrayList<>(List.of(Units.format(train)));
      for (double test : levels) {
        row.add(
            spots.stream()
                .filter(spot -> spot.trainLevel() == train && spot.testLevel() == test)
                .findFirst()
                .map(spot -> Units.percent(spot.median()))
                .orElse(""));
      }
      table.add(row.toArray(String[]::new));
    }
    return table.toString();
  }
}
