package org.mortal.bench.report;

import java.awt.Color;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Errors of several rules, as PNG files.
///
/// Every method throws [org.mortal.bench.run.RunException] if the file cannot be written.
public final class ErrorCharts {
  /// Shades of more rules than that would hide each other.
  private static final int MOST_SHADES = 6;

  private static final int TRANSLUCENT = 40;

  /// Pixels that a rule takes in the legend, and a little of those around it.
  private static final int LEGEND_PITCH = 27;

  /// Rules beyond the number of colours differ by these.
  private static final List<Marker> MARKERS =
      List.of(
          SeriesMarkers.CIRCLE,
          SeriesMarkers.SQUARE,
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.DIAMOND,
          SeriesMarkers.CROSS);

  private ErrorCharts() {}

  /// How the error of a rule falls with what training has cost.
  ///
  /// @param name for the legend
  /// @param cost so far; where it is not above 0 there is nothing to draw
  /// @param percent the error there
  /// @param least the error of the best chip there
  /// @param most the error of the worst chip there
  public record Curve(String name, double[] cost, double[] percent, double[] least, double[] most) {

    private Curve onPaper(double floor) {
      int[] drawn = IntStream.range(0, cost.length).filter(i -> cost[i] > 0).toArray();
      return new Curve(
          name,
          pick(cost, drawn),
          lifted(percent, drawn, floor),
          lifted(least, drawn, floor),
          lifted(most, drawn, floor));
    }

    private static double[] pick(double[] values, int[] indices) {
      return Arrays.stream(indices).mapToDouble(i -> values[i]).toArray();
    }

    private static double[] lifted(double[] percent, int[] indices, double floor) {
      return Arrays.stream(pick(percent, indices)).map(value -> Math.max(floor, value)).toArray();
    }
  }

  /// Validation errors against cost, both by powers of ten.
  ///
  /// @param cost what it is
  /// @param unit of cost, or an empty text
  /// @return whether there was anything to draw; if not, there is no file
  public static boolean againstCost(
      Path png, String title, String cost, String unit, List<Curve> curves) {
    return againstCost(png, title, cost, unit, "validation error", curves);
  }

  /// The same of other errors.
  ///
  /// @param error what it is of
  public static boolean againstCost(
      Path png, String title, String cost, String unit, String error, List<Curve> curves) {
    double[] costs =
        sortedPositive(curves.stream().flatMapToDouble(curve -> Arrays.stream(curve.cost())));
    if (costs.length == 0) {
      return false;
    }
    double[] errors =
        sortedPositive(
            curves.stream()
                .flatMapToDouble(curve ->
                    DoubleStream.concat(
                        Arrays.stream(curve.least()), Arrays.stream(curve.most()))));
    // Without a single error above 0 any floor will do.
    double floor = errors.length == 0 ? 0.1 : Paper.lowEnd(errors[0]);
    double most = errors.length == 0 ? 1 : errors[errors.length - 1];
    List<Curve> drawn =
        curves.stream()
            .map(curve -> curve.onPaper(floor))
            .filter(curve -> curve.cost().length > 0)
            .toList();
    boolean shaded = drawn.size() <= MOST_SHADES;
    XYChart chart =
        Paper.chart(
            title,
            cost,
            error + " in %, median over chips" + (shaded ? ", shaded from best to worst" : ""),
            Math.max(Paper.HEIGHT, drawn.size() * LEGEND_PITCH));
    Paper.logarithmicX(chart, costs[0], costs[costs.length - 1], unit);
    Paper.logarithmicY(chart, floor, most);
    for (int i = 0; shaded && i < drawn.size(); i++) {
      addShade(chart, drawn.get(i), color(i));
    }
    for (int i = 0; i < drawn.size(); i++) {
      addLine(chart, drawn.get(i), color(i), MARKERS.get(i / Paper.COLORS.length % MARKERS.size()));
    }
    Paper.write(png, chart);
    return true;
  }

  private static double[] sortedPositive(DoubleStream values) {
    return values.filter(value -> value > 0 && Double.isFinite(value)).sorted().toArray();
  }

  private static Color color(int index) {
    return Paper.COLORS[index % Paper.COLORS.length];
  }

  private static void addLine(XYChart chart, Curve curve, Color color, Marker marker) {
    XYSeries line = chart.addSeries(curve.name(), curve.cost(), curve.percent());
    line.setLineColor(color).setLineStyle(Paper.LINE);
    line.setMarker(marker).setMarkerColor(color);
  }

  /// From the best chip to the worst and back.
  private static void addShade(XYChart chart, Curve curve, Color color) {
    int n = curve.cost().length;
    double[] x = new double[2 * n];
    double[] y = new double[2 * n];
    for (int i = 0; i < n; i++) {
      x[i] = curve.cost()[i];
      y[i] = curve.least()[i];
      x[2 * n - 1 - i] = curve.cost()[i];
      y[2 * n - 1 - i] = curve.most()[i];
    }
    XYSeries shade = chart.addSeries(curve.name() + ", all chips", x, y);
    shade.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
    shade.setShowInLegend(false);
    shade.setMarker(SeriesMarkers.NONE);
    Color pale = new Color(color.getRed(), color.getGreen(), color.getBlue(), TRANSLUCENT);
    shade.setFillColor(pale);
    shade.setLineColor(pale).setLineStyle(SeriesLines.NONE);
  }

  /// The test errors of a rule.
  ///
  /// @param name of the row
  /// @param percent one for each chip, at least one
  public record Dots(String name, double[] percent) {}

  /// A row of dots for each rule, with a stroke at their median; the best rule is on top.
  public static void dots(Path png, String title, List<Dots> rows) {
    Paper.write(png, new DotPlot(rows).draw(title));
  }
}
