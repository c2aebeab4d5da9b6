package org.mortal.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mortal.bench.report.Charts.ErrorAxis;
import org.mortal.bench.report.Charts.Panel;
import org.mortal.bench.report.Charts.Series;
import org.mortal.bench.run.RunException;

@Timeout(30)
class ChartsTest {
  private static final List<Series> CURVES =
      List.of(
          new Series("validation", new double[] {1, 2, 3}, new double[] {50, 10, 5}),
          new Series("training", new double[] {1, 2, 3}, new double[] {40, Double.NaN, 0}));

  @TempDir Path folder;

  private BufferedImage image(Path png) throws IOException {
    BufferedImage image = ImageIO.read(png.toFile());
    assertTrue(colours(image).size() > 3, png + " is blank");
    return image;
  }

  private static Set<Integer> colours(BufferedImage image) {
    Set<Integer> colours = new HashSet<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        colours.add(image.getRGB(x, y) & 0xffffff);
      }
    }
    return colours;
  }

  @Test
  void learningCurvesAreDrawnOnBothAxes() throws IOException {
    for (ErrorAxis axis : ErrorAxis.values()) {
      Path png = folder.resolve(axis + ".png");
      Charts.learningCurve(png, "digits", axis, CURVES);
      BufferedImage image = image(png);
      assertEquals(960, image.getWidth());
      assertEquals(600, image.getHeight());
      assertTrue(colours(image).contains(0x0b5fa5), "the first series has its colour");
      assertTrue(colours(image).contains(0xd9541e), "so has the second");
    }
  }

  @Test
  void curvesWithNothingToShowAreDrawnToo() throws IOException {
    double[] one = {1};
    for (ErrorAxis axis : ErrorAxis.values()) {
      Path png = folder.resolve("none.png");
      Charts.learningCurve(png, "", axis, List.of());
      image(png);
      Charts.learningCurve(
          png, "", axis, List.of(new Series("none", one, new double[] {Double.NaN})));
      image(png);
      Charts.learningCurve(png, "", axis, List.of(new Series("zero", one, new double[] {0})));
      image(png);
      Charts.learningCurve(png, "", axis, List.of(new Series("one", one, new double[] {9.8})));
      image(png);
    }
    assertThrows(IllegalArgumentException.class, () -> new Series("", one, new double[2]));
  }

  @Test
  void smallCellsAreSquaresOfTheirColour() throws IOException {
    Path png = folder.resolve("map.png");
    Charts.heatMap(png, "weights", new float[][] {{-1, 0, 1}, {Float.NaN, 0.5f, -0.5f}}, "");
    Set<Integer> colours = colours(image(png));
    for (double value : new double[] {0, 0.25, 0.5, 0.75, 1}) {
      assertTrue(colours.contains(Palette.DIVERGING.rgb(value)), "colour of " + value);
    }
    assertTrue(colours.contains(Palette.NONE));
  }

  @Test
  void largeMatricesFitOnTheSheet() throws IOException {
    Path png = folder.resolve("large.png");
    Charts.heatMap(png, "large", new float[2000][3000], "S");
    BufferedImage image = image(png);
    assertTrue(image.getWidth() < 1100, image.getWidth() + " wide");
    float[][] means = Blocks.shrink(new float[][] {{1, 3, 5}, {1, Float.NaN, 7}}, 2);
    assertEquals(5f / 3, means[0][0], 1e-6);
    assertEquals(6, means[0][1], 1e-6);
  }

  @Test
  void sheetsHoldEveryPanel() throws IOException {
    Path png = folder.resolve("sheet.png");
    Panel panel = new Panel("array", new float[64][64]);
    Charts.heatMaps(png, "one", List.of(panel), "S");
    int alone = image(png).getHeight();
    Charts.heatMaps(png, "seven", List.of(panel, panel, panel, panel, panel, panel, panel), "S");
    assertTrue(image(png).getHeight() > 1.5 * alone);
    assertThrows(IllegalArgumentException.class, () -> Charts.heatMaps(png, "", List.of(), ""));
    assertThrows(IllegalArgumentException.class, () -> new Panel("", new float[0][0]));
  }

  @Test
  void aPictureThatCannotBeWrittenIsNamed() {
    Path png = folder.resolve("none/curve.png");
    RunException error =
        assertThrows(
            RunException.class, () -> Charts.learningCurve(png, "", ErrorAxis.LINEAR, CURVES));
    assertTrue(error.getMessage().contains(png.toString()), error.getMessage());
    assertTrue(Files.notExists(png));
  }

  @Test
  void coloursFollowTheSign() {
    ValueScale positive = ValueScale.of(List.<float[][]>of(new float[][] {{1, 2}}));
    assertEquals(Palette.SEQUENTIAL, positive.palette());
    ValueScale signed = ValueScale.of(List.<float[][]>of(new float[][] {{-1, 4}}));
    assertEquals(Palette.DIVERGING, signed.palette());
    assertEquals(-4, signed.low());
    assertEquals(List.of(-4.0, -2.0, 0.0, 2.0, 4.0), signed.ticks(4));
  }
}
