package org.mortal.bench.report;

import java.awt.Color;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Curves, histograms and cumulative shares of quantities with units, as PNG files. Values are SI; axes choose their prefix.
///
/// Values that are no finite number are left out, and so are those not above 0 on a logarithmic axis. Every method throws
/// [org.mortal.bench.run.RunException] if the file cannot be written.
public final class Plot {
  private static final String PREFIXES = "afpnµm kMG";
  private static final int UNIT_PLACE = 6;
  private static final int MOST_BINS = 40;
  private static final Color FAINT = new Color(0xc4c9d1);
  private static final Color FILL = new Color(0x0b, 0x5f, 0xa5, 110);

  private Plot() {}

  /// What an axis shows.
  ///
  /// @param unit symbol, or an empty text
  public record Axis(String name, String unit, boolean logarithmic) {
    public static Axis linear(String name, String unit) {
      return new Axis(name, unit, false);
    }

    public static Axis logarithmic(String name, String unit) {
      return new Axis(name, unit, true);
    }
  }

  /// One curve.
  ///
  /// @param name for the legend, unlike the others
  /// @param faint in the background and not in the legend
  public record Line(String name, double[] x, double[] y, boolean faint) {}

  /// Curves over each other, in the order given.
  public static void curves(Path png, String title, Axis x, Axis y, List<Line> lines) {
    List<Line> drawn = lines.stream().map(line -> kept(line, x, y)).toList();
    double[] allX = drawn.stream().flatMapToDouble(line -> Arrays.stream(line.x())).toArray();
    double[] allY = drawn.stream().flatMapToDouble(line -> Arrays.stream(line.y())).toArray();
    Scale scaleX = Scale.of(allX, x);
    Scale scaleY = Scale.of(allY, y);
    XYChart chart = Paper.chart(title, scaleX.title(), scaleY.title(), Paper.HEIGHT);
    if (x.logarithmic() && allX.length > 0) {
      Paper.logarithmicX(chart, scaleX.least(allX), scaleX.most(allX), x.unit());
    }
    if (y.logarithmic() && allY.length > 0) {
      Paper.logarithmicY(chart, scaleY.least(allY), scaleY.most(allY));
    }
    int color = 0;
    for (Line line : drawn) {
      if (line.x().length > 0) {
        XYSeries series =
            chart.addSeries(
                line.name(),
                Paper.aHairLonger(scaleX.of(line.x())),
                Paper.lastTwice(scaleY.of(line.y())));
        series.setMarker(line.x().length == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
        series.setLineStyle(line.faint() ? SeriesLines.SOLID : Paper.LINE);
        series.setLineColor(line.faint() ? FAINT : Paper.COLORS[color++ % Paper.COLORS.length]);
        series.setShowInLegend(!line.faint());
      }
    }
    chart.getStyler().setLegendVisible(color > 1);
    Paper.write(png, chart);
  }

  /// A dot for each pair of values.
  public static void dots(
      Path png, String title, Axis x, Axis y, double[] valuesX, double[] valuesY) {
    Line dots = kept(new Line("cells", valuesX, valuesY, false), x, y);
    Scale scaleX = Scale.of(dots.x(), x);
    Scale scaleY = Scale.of(dots.y(), y);
    XYChart chart = Paper.chart(title, scaleX.title(), scaleY.title(), Paper.HEIGHT);
    chart.getStyler().setLegendVisible(false);
    if (dots.x().length > 0) {
      XYSeries series = chart.addSeries("cells", scaleX.of(dots.x()), scaleY.of(dots.y()));
      series.setMarker(SeriesMarkers.CIRCLE);
      series.setLineStyle(SeriesLines.NONE);
    }
    Paper.write(png, chart);
  }

  private static Line kept(Line line, Axis x, Axis y) {
    int[] places =
        IntStream.range(0, line.x().length)
            .filter(i -> fits(line.x()[i], x) && fits(line.y()[i], y))
            .toArray();
    return new Line(
        line.name(),
        Arrays.stream(places).mapToDouble(i -> line.x()[i]).toArray(),
        Arrays.stream(places).mapToDouble(i -> line.y()[i]).toArray(),
        line.faint());
  }

  private static boolean fits(double value, Axis axis) {
    return Double.isFinite(value) && (value > 0 || !axis.logarithmic());
  }

  /// A field of colour for each value; large ones as [Charts#heatMap].
  public static void map(Path png, String title, Axis axis, double[][] values) {
    double[] all = sorted(Arrays.stream(values).flatMapToDouble(Arrays::stream).toArray(), axis);
    Scale scale = Scale.of(all, axis);
    float[][] scaled = new float[values.length][];
    for (int r = 0; r < scaled.length; r++) {
      double[] row = scale.of(values[r]);
      scaled[r] = new float[row.length];
      for (int c = 0; c < row.length; c++) {
        scaled[r][c] = (float) row[c];
      }
    }
    Charts.heatMap(png, title, scaled, scale.prefix() + axis.unit());
  }

  /// How many values lie where.
  public static void histogram(Path png, String title, Axis axis, double[] values) {
    double[] sorted = sorted(values, axis);
    Scale scale = Scale.of(sorted, axis);
    XYChart chart = Paper.chart(title, scale.title(), "cells", Paper.HEIGHT);
    chart.getStyler().setLegendVisible(false);
    if (sorted.length > 0) {
      int bins = Math.clamp(Math.round(2 * Math.cbrt(sorted.length)), 1, MOST_BINS);
      double low = scale.of(sorted)[0];
      double high = scale.of(sorted)[sorted.length - 1];
      double width = high > low ? (high - low) / bins : Math.max(1e-3, Math.abs(low) / 10);
      addBars(chart, scale.of(sorted), low, width, high > low ? bins : 1);
    }
    Paper.write(png, chart);
  }

  /// The outline of the bars, from the ground and back to it.
  private static void addBars(XYChart chart, double[] values, double low, double width, int bins) {
    int[] counts = new int[bins];
    for (double value : values) {
      counts[Math.clamp((int) ((value - low) / width), 0, bins - 1)]++;
    }
    double[] x = new double[4 * bins];
    double[] y = new double[4 * bins];
    for (int b = 0; b < bins; b++) {
      for (int k = 0; k < 4; k++) {
        x[4 * b + k] = low + (k < 2 ? b : b + 1) * width;
        y[4 * b + k] = k == 1 || k == 2 ? counts[b] : 0;
      }
    }
    XYSeries series = chart.addSeries("cells", x, y);
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Area);
    series.setMarker(SeriesMarkers.NONE);
    series.setFillColor(FILL);
    series.setLineColor(Paper.COLORS[0]);
  }

  /// Which share of the values lies at or below each.
  public static void cumulative(Path png, String title, Axis axis, double[] values) {
    double[] sorted = sorted(values, axis);
    Scale scale = Scale.of(sorted, axis);
    XYChart chart =
        Paper.chart(title, scale.title(), "share of cells at or below, in %", Paper.HEIGHT);
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setYAxisMax(100.0);
    if (sorted.length > 0) {
      int count = sorted.length;
      // Each value in the middle of its own share, and both ends.
      double[] x =
          IntStream.rangeClosed(-1, count)
              .mapToDouble(i -> sorted[Math.clamp(i, 0, count - 1)])
              .toArray();
      double[] shares =
          IntStream.rangeClosed(-1, count)
              .mapToDouble(i -> Math.clamp(100 * (i + 0.5) / count, 0.0, 100.0))
              .toArray();
      XYSeries series = chart.addSeries("cells", scale.of(x), shares);
      series.setMarker(sorted.length > 1000 ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
      series.setLineStyle(Paper.LINE);
    }
    Paper.write(png, chart);
  }

  private static double[] sorted(double[] values, Axis axis) {
    return Arrays.stream(values).filter(value -> fits(value, axis)).sorted().toArray();
  }

  /// An axis with the prefix that suits its values.
  private record Scale(Axis axis, double factor, String prefix) {
    static Scale of(double[] values, Axis axis) {
      double most = Arrays.stream(values).map(Math::abs).max().orElse(0);
      // Labels of a logarithmic axis have prefixes of their own.
      boolean plain = axis.unit().isEmpty() || axis.logarithmic() || most == 0;
      int step = plain ? 0 : (int) Math.floor(Math.log10(most * (1 + 1e-9)) / 3);
      int place = Math.clamp(UNIT_PLACE + step, 0, PREFIXES.length() - 1);
      String prefix = PREFIXES.substring(place, place + 1).strip();
      return new Scale(axis, Math.pow(10, -3.0 * (place - UNIT_PLACE)), prefix);
    }

    String title() {
      return axis.unit().isEmpty() || axis.logarithmic()
          ? axis.name()
          : "%s in %s%s".formatted(axis.name(), prefix, axis.unit());
    }

    double[] of(double[] values) {
      return Arrays.stream(values).map(value -> value * factor).toArray();
    }

    double least(double[] values) {
      return Arrays.stream(values).min().orElseThrow() * factor;
    }

    double most(double[] values) {
      return Arrays.stream(values).max().orElseThrow() * factor;
    }
  }
}
