package org.mortal.bench.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.mortal.bench.report.Charts.Panel;

/// Draws matrices as fields of colour on one sheet, with one colour bar for all.
final class HeatMap {
  private static final int MARGIN = 24;
  private static final int GAP = 22;
  private static final int TITLE_HEIGHT = 40;
  private static final int LABEL_HEIGHT = 24;
  private static final int BAR_WIDTH = 20;
  private static final int BAR_SPACE = 110;
  private static final int LEAST_BAR_HEIGHT = 160;
  private static final MathContext LABEL_DIGITS = new MathContext(3);
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 18);
  private static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
  private static final Color INK = new Color(0x222222);
  private static final Color FRAME = new Color(0x888888);

  private final List<Panel> panels;
  private final List<float[][]> blocks;
  private final ValueScale scale;
  private final int cellPixels;
  private final int across;

  /// @param side the longest side of a panel in pixels
  /// @param across panels side by side
  HeatMap(List<Panel> panels, int side, int across) {
    this.panels = panels;
    this.across = across;
    this.blocks = panels.stream().map(panel -> Blocks.shrink(panel.values(), side)).toList();
    // Of the values that are shown, not of single cells that vanish in the mean of a block.
    this.scale = ValueScale.of(blocks);
    int longest = 1;
    for (float[][] block : blocks) {
      longest = Math.max(longest, Math.max(block.length, block[0].length));
    }
    this.cellPixels = Math.max(1, side / longest);
  }

  BufferedImage draw(String title, String unit) {
    int panelWidth = 0;
    int panelHeight = 0;
    for (float[][] block : blocks) {
      panelWidth = Math.max(panelWidth, block[0].length * cellPixels);
      panelHeight = Math.max(panelHeight, block.length * cellPixels);
    }
    int labelWidth = panels.stream().mapToInt(p -> textWidth(caption(p), LABEL)).max().orElse(0);
    int pitchX = Math.max(panelWidth, labelWidth) + GAP;
    int pitchY = panelHeight + LABEL_HEIGHT + GAP;
    int down = Math.ceilDiv(panels.size(), across);
    int sheetWidth = across * pitchX - GAP;
    int sheetHeight = Math.max(down * pitchY - GAP, LEAST_BAR_HEIGHT + LABEL_HEIGHT);
    int bodyWidth = sheetWidth + GAP + BAR_SPACE;
    int width = 2 * MARGIN + Math.max(bodyWidth, textWidth(title, TITLE));
    int height = 2 * MARGIN + TITLE_HEIGHT + sheetHeight;

    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    try {
      pen.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      pen.setColor(Color.WHITE);
      pen.fillRect(0, 0, width, height);
      pen.setColor(INK);
      pen.setFont(TITLE);
      pen.drawString(title, MARGIN, MARGIN + pen.getFontMetrics().getAscent());
      int top = MARGIN + TITLE_HEIGHT;
      for (int p = 0; p < panels.size(); p++) {
        drawPanel(pen, p, MARGIN + p % across * pitchX, top + p / across * pitchY);
      }
      drawBar(pen, MARGIN + sheetWidth + GAP, top + LABEL_HEIGHT, sheetHeight - LABEL_HEIGHT, unit);
    } finally {
      pen.dispose();
    }
    return image;
  }

  private static String caption(Panel panel) {
    String size = "%d x %d".formatted(panel.values().length, panel.values()[0].length);
    return panel.name().isEmpty() ? size : panel.name() + ", " + size;
  }

  private void drawPanel(Graphics2D pen, int index, int left, int top) {
    pen.setFont(LABEL);
    pen.setColor(INK);
    pen.drawString(caption(panels.get(index)), left, top + LABEL_HEIGHT - 8);
    float[][] block = blocks.get(index);
    for (int r = 0; r < block.length; r++) {
      for (int c = 0; c < block[r].length; c++) {
        pen.setColor(new Color(scale.rgb(block[r][c])));
        pen.fillRect(
            left + c * cellPixels, top + LABEL_HEIGHT + r * cellPixels, cellPixels, cellPixels);
      }
    }
    pen.setColor(FRAME);
    pen.drawRect(
        left - 1,
        top + LABEL_HEIGHT - 1,
        block[0].length * cellPixels + 1,
        block.length * cellPixels + 1);
  }

  private void drawBar(Graphics2D pen, int left, int top, int height, String unit) {
    for (int y = 0; y < height; y++) {
      double share = 1 - (y + 0.5) / height;
      pen.setColor(new Color(scale.palette().rgb(share)));
      pen.fillRect(left, top + y, BAR_WIDTH, 1);
    }
    pen.setColor(FRAME);
    pen.drawRect(left - 1, top - 1, BAR_WIDTH + 1, height + 1);
    pen.setFont(LABEL);
    int middle = pen.getFontMetrics().getAscent() / 2 - 1;
    for (double tick : scale.ticks(Math.clamp(height / 60, 2, 8))) {
      double share = (tick - scale.low()) / (scale.high() - scale.low());
      int y = top + (int) Math.round((1 - share) * (height - 1));
      pen.setColor(FRAME);
      pen.drawLine(left + BAR_WIDTH + 1, y, left + BAR_WIDTH + 5, y);
      pen.setColor(INK);
      pen.drawString(label(tick, unit), left + BAR_WIDTH + 9, y + middle);
    }
  }

  /// Numbers without a unit look odd with a prefix: a weight is 0.1, not 100 m.
  private static String label(double tick, String unit) {
    if (!unit.isEmpty()) {
      return Units.format(tick, unit);
    }
    return new BigDecimal(tick).round(LABEL_DIGITS).stripTrailingZeros().toPlainString();
  }

  private static int textWidth(String text, Font font) {
    BufferedImage probe = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = probe.createGraphics();
    try {
      return pen.getFontMetrics(font).stringWidth(text);
    } finally {
      pen.dispose();
    }
  }
}
