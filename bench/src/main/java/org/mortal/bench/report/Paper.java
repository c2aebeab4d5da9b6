package org.mortal.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.mortal.bench.run.WholeFile;

/// What all charts are drawn on: size, fonts, colours, axes, and the file.
final class Paper {
  static final int WIDTH = 960;
  static final int HEIGHT = 600;
  static final BasicStroke LINE =
      new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 20);
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 15);

  /// Told apart by people who see few colours, and by their lightness in grey.
  static final Color[] COLORS = {
    new Color(0x0b5fa5), new Color(0xd9541e), new Color(0x1d8a5a),
    new Color(0xa23b87), new Color(0x6b6b6b), new Color(0xb8860b)
  };

  private Paper() {}

  static XYChart chart(String title, String xAxis, String yAxis, int height) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(height)
            .title(title)
            .xAxisTitle(xAxis)
            .yAxisTitle(yAxis)
            .build();
    style(chart.getStyler());
    return chart;
  }

  private static void style(XYStyler styler) {
    styler.setSeriesColors(COLORS);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setChartTitleFont(TITLE);
    styler.setChartTitleBoxVisible(false);
    styler.setChartTitlePadding(12);
    styler.setAxisTicksLineVisible(false);
    styler.setAxisTickPadding(8);
    styler.setAxisTitleFont(TEXT);
    styler.setAxisTickLabelsFont(TEXT);
    styler.setLegendFont(TEXT);
    styler.setLegendPosition(Styler.LegendPosition.OutsideE);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setPlotGridLinesColor(new Color(0xdddddd));
    styler.setPlotBorderColor(new Color(0x888888));
    styler.setMarkerSize(6);
    styler.setChartPadding(14);
    styler.setXAxisTickMarkSpacingHint(80);
    styler.setYAxisTickMarkSpacingHint(50);
    styler.setXAxisDecimalPattern("0.##");
    styler.setYAxisDecimalPattern("0.###");
    styler.setLocale(Locale.ROOT);
  }

  /// Divides the vertical axis by powers of ten, from `least` to `most` rounded outwards.
  static void logarithmicY(XYChart chart, double least, double most) {
    XYStyler styler = chart.getStyler();
    styler.setYAxisLogarithmic(true);
    styler.setYAxisLogarithmicDecadeOnly(false);
    styler.setYAxisTickLabelsFormattingFunction(value -> isRound(value) ? plain(value) : " ");
    styler.setYAxisMin(lowEnd(least));
    styler.setYAxisMax(highEnd(most));
  }

  /// The same for the horizontal axis, labelled in `unit`; over many powers only these are labelled.
  static void logarithmicX(XYChart chart, double least, double most, String unit) {
    double low = lowEnd(least);
    double high = highEnd(most);
    XYStyler styler = chart.getStyler();
    styler.setXAxisLogarithmic(true);
    styler.setXAxisLogarithmicDecadeOnly(high / low > 1e3);
    styler.setXAxisTickLabelsFormattingFunction(
        value -> isRound(value) ? Units.format(value, unit) : " ");
    styler.setXAxisMin(low);
    styler.setXAxisMax(high);
  }

  /// The places of points with one more, a hair beyond the last: where all are equally far apart XChart labels these in place of
  /// round numbers, room or not.
  static double[] aHairLonger(double[] x) {
    double least = Arrays.stream(x).min().orElseThrow();
    double most = Arrays.stream(x).max().orElseThrow();
    double[] longer = Arrays.copyOf(x, x.length + 1);
    longer[x.length] = x[x.length - 1] + 1e-3 * (most - least);
    return longer;
  }

  /// The heights that go with it.
  static double[] lastTwice(double[] y) {
    double[] longer = Arrays.copyOf(y, y.length + 1);
    longer[y.length] = y[y.length - 1];
    return longer;
  }

  /// A number as it is, without a prefix: per cent take none.
  static String plain(double value) {
    return rounded(value).toPlainString();
  }

  /// Decades alone may leave an axis with one label, and every step would crowd them.
  private static boolean isRound(double value) {
    return Set.of(1, 2, 5).contains(rounded(value).unscaledValue().intValue());
  }

  private static BigDecimal rounded(double value) {
    return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros();
  }

  /// 1, 2 or 5 times a power of ten, at most `value`.
  static double lowEnd(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(value)));
    return value >= 5 * power ? 5 * power : value >= 2 * power ? 2 * power : power;
  }

  /// The same, at least `value`.
  static double highEnd(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(value)));
    return value <= 2 * power ? 2 * power : value <= 5 * power ? 5 * power : 10 * power;
  }

  static void write(Path png, XYChart chart) {
    write(png, BitmapEncoder.getBufferedImage(chart));
  }

  static void write(Path png, BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // ImageIO's own stream registers a shutdown hook, which fails for a run that Ctrl-C has ended.
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, "png", stream);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail to be written", e);
    }
    WholeFile.write(png, bytes.toByteArray());
  }
}
