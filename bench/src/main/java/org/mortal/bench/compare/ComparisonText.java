package org.mortal.bench.compare;

import java.util.List;
import java.util.Map;
import org.mortal.bench.report.TextTable;
import org.mortal.bench.report.Units;

/// A comparison for people.
///
/// @param heading what was compared, one line
/// @param recipes how recipes were come by, one line
/// @param chosen the trial that each rule was tuned to; empty without tuning
public record ComparisonText(String heading, String recipes, Map<String, Trial> chosen) {
  private static final String NOTHING = "-";

  /// The tables of rows, of pairs and of tuned recipes.
  public String of(List<RuleRow> rows, List<Pair> pairs) {
    StringBuilder text = new StringBuilder(heading).append('\n').append(recipes).append("\n\n");
    text.append(table(rows));
    if (!pairs.isEmpty()) {
      text.append(
          "\npairs on the same chip and seed, difference of test errors in points, 95 % by"
              + " Student's t\n\n");
      text.append(pairTable(pairs));
    }
    if (!chosen.isEmpty()) {
      text.append("\nrecipes chosen\n\n").append(recipeTable(rows));
    }
    return text.toString();
  }

  private static TextTable table(List<RuleRow> rows) {
    TextTable table =
        new TextTable(
            "rule",
            "chips",
            "median",
            "quartiles",
            "worst",
            "queries/example",
            "cell writes",
            "energy",
            "time");
    for (RuleRow row : rows) {
      table.add(
          row.rule(),
          String.valueOf(row.chips()),
          Units.percent(row.median()),
          "%.2f-%.2f".formatted(100 * row.lowerQuartile(), 100 * row.upperQuartile()),
          Units.percent(row.worst()),
          "%.2f".formatted(row.queries()),
          Units.format(row.cellWrites()),
          // Software's own joules are not known, so it has none to show.
          row.energyJoules() == 0 ? NOTHING : Units.format(row.energyJoules(), "J"),
          "%.1f s".formatted(row.seconds()));
    }
    return table;
  }

  private static TextTable pairTable(List<Pair> pairs) {
    TextTable table =
        new TextTable("rule", "against", "chips", "difference", "interval", "Wilcoxon p");
    for (Pair pair : pairs) {
      boolean alone = Double.isNaN(pair.lowPoints());
      table.add(
          pair.rule(),
          pair.against(),
          String.valueOf(pair.chips()),
          "%+.3f".formatted(pair.differencePoints()),
          alone ? NOTHING : "%+.3f to %+.3f".formatted(pair.lowPoints(), pair.highPoints()),
          "%.3g".formatted(pair.wilcoxonP()));
    }
    return table;
  }

  private TextTable recipeTable(List<RuleRow> rows) {
    TextTable table =
        new TextTable(
            "rule", "trial", "rate", "head rate", "dropout", "smoothing", "validation error");
    for (RuleRow row : rows) {
      Trial trial = chosen.get(row.rule());
      table.add(
          trial.rule(),
          String.valueOf(trial.number()),
          "%.2e".formatted(trial.rate()),
          "%.2f".formatted(trial.headRate()),
          "%s,%s".formatted(trial.dropoutInput(), trial.dropoutHidden()),
          "%.3f".formatted(trial.smoothing()),
          Units.percent(trial.validationError()));
    }
    return table;
  }
}
