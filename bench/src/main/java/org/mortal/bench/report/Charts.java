package org.mortal.bench.report;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Pictures as PNG files. They are drawn in memory and need no display.
///
/// Every method throws [org.mortal.bench.run.RunException] if the file cannot be written.
public final class Charts {
  private static final double MICRO = 1e-6;
  private static final int MAP_SIDE = 800;
  private static final int SMALL_MAP_SIDE = 200;

  /// Pixels, enough for numbers of six digits.
  private static final int WIDE_TICKS = 120;

  private Charts() {}

  /// How the error axis is divided.
  public enum ErrorAxis {
    LINEAR,
    LOGARITHMIC
  }

  /// One line of a learning curve.
  ///
  /// @param name for the legend
  /// @param epochs where it was measured, may be fractions; or what else errors are drawn against
  /// @param percent the error there, 0 to 100; a value that is no finite number leaves a gap
  public record Series(String name, double[] epochs, double[] percent) {
    public Series {
      if (epochs.length != percent.length) {
        throw new IllegalArgumentException(
            "%d epochs and %d errors".formatted(epochs.length, percent.length));
      }
    }
  }

  /// One matrix of a sheet.
  ///
  /// @param name its caption
  /// @param values one array per row, all of one length, not empty
  public record Panel(String name, float[][] values) {
    public Panel {
      if (values.length == 0 || values[0].length == 0) {
        throw new IllegalArgumentException("a heat map needs at least one cell");
      }
    }

    /// Measured conductances in microsiemens; what noise made negative is drawn as nothing.
    ///
    /// @param siemens left as they are
    public static Panel ofSiemens(String name, float[][] siemens) {
      float[][] micro = new float[siemens.length][];
      for (int r = 0; r < micro.length; r++) {
        micro[r] = siemens[r].clone();
        for (int c = 0; c < micro[r].length; c++) {
          micro[r][c] = (float) Math.max(0, micro[r][c] / MICRO);
        }
      }
      return new Panel(name, micro);
    }
  }

  /// Errors against epochs. Series that hold no finite error are left out.
  public static void learningCurve(Path png, String title, ErrorAxis axis, List<Series> series) {
    errorCurves(png, title, "epoch", axis, series);
  }

  /// Errors against something else than epochs. Series that hold no finite error are left out.
  public static void errorCurves(
      Path png, String title, String xTitle, ErrorAxis axis, List<Series> series) {
    double[] positive =
        series.stream()
            .flatMapToDouble(one -> Arrays.stream(one.percent()))
            .filter(value -> value > 0 && Double.isFinite(value))
            .sorted()
            .toArray();
    // A logarithmic axis has no place for zero, nor for nothing at all.
    boolean logarithmic = axis == ErrorAxis.LOGARITHMIC && positive.length > 0;
    double floor = logarithmic ? Paper.lowEnd(positive[0]) : 0;
    double most = positive.length == 0 ? 1 : positive[positive.length - 1];
    boolean lifted =
        logarithmic
            && series.stream()
                .flatMapToDouble(one -> Arrays.stream(one.percent()))
                .anyMatch(value -> value == 0);
    XYChart chart =
        Paper.chart(
            title,
            xTitle,
            lifted ? "error in % (0 is drawn on the lower edge)" : "error in %",
            Paper.HEIGHT);
    if (logarithmic) {
      Paper.logarithmicY(chart, floor, most);
    } else {
      chart.getStyler().setYAxisMin(0.0);
      chart.getStyler().setYAxisMax(1.08 * most);
    }
    boolean any = false;
    for (Series one : series) {
      any |= add(chart, one, floor);
    }
    chart.getStyler().setLegendVisible(any);
    Paper.write(png, chart);
  }

  /// @return whether there was anything to draw
  private static boolean add(XYChart chart, Series series, double floor) {
    int[] finite =
        IntStream.range(0, series.percent().length)
            .filter(i -> Double.isFinite(series.percent()[i] + series.epochs()[i]))
            .toArray();
    if (finite.length == 0) {
      return false;
    }
    double[] x = Arrays.stream(finite).mapToDouble(i -> series.epochs()[i]).toArray();
    double[] y =
        Arrays.stream(finite).mapToDouble(i -> Math.max(floor, series.percent()[i])).toArray();
    XYSeries line = chart.addSeries(series.name(), x, y);
    line.setMarker(SeriesMarkers.CIRCLE);
    line.setLineStyle(Paper.LINE);
    return true;
  }

  /// Points, or the line through them.
  ///
  /// @param name for the legend
  public record Curve(String name, double[] x, double[] y, boolean line) {}

  /// Steps of conductance against conductance, both in microsiemens.
  public static void steps(Path png, String title, List<Curve> curves) {
    XYChart chart = Paper.chart(title, "conductance in µS", "mean step in µS", Paper.HEIGHT);
    // Conductances of some devices are nanosiemens.
    chart.getStyler().setXAxisDecimalPattern("0.######");
    chart.getStyler().setYAxisDecimalPattern("0.#########");
    draw(chart, curves);
    Paper.write(png, chart);
  }

  /// Curves on two linear axes; that of values which are all above 0 begins there.
  public static void curves(Path png, String title, String xTitle, String yTitle, List<Curve> all) {
    XYChart chart = Paper.chart(title, xTitle, yTitle, Paper.HEIGHT);
    if (all.stream().flatMapToDouble(curve -> Arrays.stream(curve.y())).allMatch(y -> y > 0)) {
      chart.getStyler().setYAxisMin(0.0);
    }
    chart.getStyler().setXAxisTickMarkSpacingHint(WIDE_TICKS);
    draw(chart, all.stream().map(Charts::unevenly).toList());
    Paper.write(png, chart);
  }

  /// Curves on two logarithmic axes. Points that are not above 0 are left out. A line that follows points has their colour.
  public static void powers(Path png, String title, String xTitle, String yTitle, List<Curve> all) {
    List<Curve> curves = all.stream().map(Charts::positive).filter(c -> c.x().length > 0).toList();
    XYChart chart = Paper.chart(title, xTitle, yTitle, Paper.HEIGHT);
    double[] x = curves.stream().flatMapToDouble(c -> Arrays.stream(c.x())).sorted().toArray();
    double[] y = curves.stream().flatMapToDouble(c -> Arrays.stream(c.y())).sorted().toArray();
    if (x.length > 0) {
      Paper.logarithmicX(chart, x[0], x[x.length - 1], "");
      Paper.logarithmicY(chart, y[0], y[y.length - 1]);
    }
    draw(chart, curves);
    chart.getStyler().setLegendVisible(!curves.isEmpty());
    Paper.write(png, chart);
  }

  /// Shares in per cent, from 0 to 100, against a time that spans decades.
  public static void shares(Path png, String title, String xTitle, String yTitle, List<Curve> all) {
    XYChart chart = Paper.chart(title, xTitle, yTitle, Paper.HEIGHT);
    double[] x = all.stream().flatMapToDouble(c -> Arrays.stream(c.x())).sorted().toArray();
    Paper.logarithmicX(chart, x[0], x[x.length - 1], "s");
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setYAxisMax(100.0);
    draw(chart, all);
    Paper.write(png, chart);
  }

  private static void draw(XYChart chart, List<Curve> curves) {
    int color = -1;
    boolean points = false;
    for (Curve curve : curves) {
      color += curve.line() && points ? 0 : 1;
      points = !curve.line();
      XYSeries series = chart.addSeries(curve.name(), curve.x(), curve.y());
      series.setLineColor(Paper.COLORS[color % Paper.COLORS.length]);
      series.setMarkerColor(Paper.COLORS[color % Paper.COLORS.length]);
      series.setMarker(curve.line() ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
      series.setLineStyle(curve.line() ? Paper.LINE : SeriesLines.NONE);
    }
  }

  private static Curve unevenly(Curve curve) {
    return new Curve(
        curve.name(), Paper.aHairLonger(curve.x()), Paper.lastTwice(curve.y()), curve.line());
  }

  private static Curve positive(Curve curve) {
    int[] kept =
        IntStream.range(0, curve.x().length)
            .filter(i -> curve.x()[i] > 0 && curve.y()[i] > 0)
            .filter(i -> Double.isFinite(curve.x()[i] * curve.y()[i]))
            .toArray();
    return new Curve(
        curve.name(),
        Arrays.stream(kept).mapToDouble(i -> curve.x()[i]).toArray(),
        Arrays.stream(kept).mapToDouble(i -> curve.y()[i]).toArray(),
        curve.line());
  }

  /// One matrix: from dark to light if it holds no value below zero, else blue below zero and red
  /// above. Large ones are shown by the means of square blocks; cells without a finite number are
  /// grey.
  ///
  /// @param unit of the values, or an empty text
  public static void heatMap(Path png, String title, float[][] values, String unit) {
    Paper.write(png, new HeatMap(List.of(new Panel("", values)), MAP_SIDE, 1).draw(title, unit));
  }

  /// Several matrices, small, under one scale of colours.
  public static void heatMaps(Path png, String title, List<Panel> panels, String unit) {
    if (panels.isEmpty()) {
      throw new IllegalArgumentException("a sheet needs at least one heat map");
    }
    int across = (int) Math.ceil(Math.sqrt(1.5 * panels.size()));
    HeatMap map = new HeatMap(panels, SMALL_MAP_SIDE, Math.min(across, panels.size()));
    Paper.write(png, map.draw(title, unit));
  }
}
