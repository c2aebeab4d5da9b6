package org.mortal.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.mortal.bench.measure.Quantiles;
import org.mortal.bench.report.ErrorCharts.Dots;

/// Draws one row of dots for each rule over an axis divided by powers of ten.
final class DotPlot {
  private static final int MARGIN = 24;
  private static final int TITLE_HEIGHT = 44;
  private static final int ROW_HEIGHT = 30;
  private static final int AXIS_HEIGHT = 64;
  private static final int GAP = 14;
  private static final double DOT = 9;
  private static final double MEDIAN_HEIGHT = 22;
  private static final int TRANSLUCENT = 130;
  private static final double[] STEPS = {1, 2, 5};
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 20);
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 15);
  private static final Color INK = new Color(0x222222);
  private static final Color GRID = new Color(0xdddddd);

  private final List<Dots> rows;
  private final double low;
  private final double high;
  private final BufferedImage image;
  private final Graphics2D pen;
  private final int left;
  private final int right;
  private final int bottom;

  DotPlot(List<Dots> rows) {
    this.rows = rows.stream().sorted(Comparator.comparingDouble(DotPlot::median)).toList();
    double[] positive =
        rows.stream()
            .flatMapToDouble(row -> Arrays.stream(row.percent()))
            .filter(value -> value > 0)
            .sorted()
            .toArray();
    // Without a single error above 0 any axis will do.
    this.low = positive.length == 0 ? 0.1 : Paper.lowEnd(positive[0]);
    this.high = positive.length == 0 ? 1 : Paper.highEnd(positive[positive.length - 1]);
    int height = MARGIN + TITLE_HEIGHT + rows.size() * ROW_HEIGHT + AXIS_HEIGHT;
    this.image = new BufferedImage(Paper.WIDTH, height, BufferedImage.TYPE_INT_RGB);
    this.pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    pen.setFont(TEXT);
    int widest =
        rows.stream().mapToInt(row -> pen.getFontMetrics().stringWidth(row.name())).max().orElse(0);
    this.left = MARGIN + widest + GAP;
    this.right = Paper.WIDTH - 2 * MARGIN;
    this.bottom = height - AXIS_HEIGHT;
  }

  private static double median(Dots row) {
    return Quantiles.of(row.percent(), 0.5);
  }

  BufferedImage draw(String title) {
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, image.getWidth(), image.getHeight());
    pen.setColor(INK);
    pen.setFont(TITLE);
    centre(title, image.getWidth() / 2, MARGIN + 14);
    pen.setFont(TEXT);
    drawAxis();
    for (int r = 0; r < rows.size(); r++) {
      drawRow(rows.get(r), MARGIN + TITLE_HEIGHT + r * ROW_HEIGHT + ROW_HEIGHT / 2);
    }
    pen.dispose();
    return image;
  }

  private void drawAxis() {
    int top = MARGIN + TITLE_HEIGHT;
    boolean decades = high / low > 1e3;
    for (double power = Math.pow(10, Math.floor(Math.log10(low))); power <= high; power *= 10) {
      for (double step : STEPS) {
        double value = step * power;
        // A thousandth of slack, since powers of ten are not exact.
        if (value > 0.999 * low && value < 1.001 * high && (step == 1 || !decades)) {
          pen.setColor(GRID);
          pen.draw(new Line2D.Double(x(value), top, x(value), bottom));
          pen.setColor(INK);
          centre(Paper.plain(value), (int) x(value), bottom + 22);
        }
      }
    }
    centre(
        "test error in %, a dot for each chip, a stroke at the median",
        (left + right) / 2, bottom + 46);
  }

  private void drawRow(Dots row, int y) {
    pen.setColor(INK);
    int width = pen.getFontMetrics().stringWidth(row.name());
    pen.drawString(row.name(), left - GAP - width, y + 5);
    Color color = Paper.COLORS[0];
    pen.setColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), TRANSLUCENT));
    for (double percent : row.percent()) {
      pen.fill(new Ellipse2D.Double(x(percent) - DOT / 2, y - DOT / 2, DOT, DOT));
    }
    pen.setColor(Paper.COLORS[1]);
    pen.setStroke(new BasicStroke(2.5f));
    double x = x(median(row));
    pen.draw(new Line2D.Double(x, y - MEDIAN_HEIGHT / 2, x, y + MEDIAN_HEIGHT / 2));
    pen.setStroke(new BasicStroke(1));
  }

  /// Errors of 0 lie on the left edge.
  private double x(double percent) {
    double share = Math.log(Math.max(low, percent) / low) / Math.log(high / low);
    return left + share * (right - left);
  }

  private void centre(String text, int x, int y) {
    pen.drawString(text, x - pen.getFontMetrics().stringWidth(text) / 2, y);
  }
}
