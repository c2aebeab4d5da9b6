package org.mortal.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Geometry;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Sensing;
import org.mortal.chip.WriteMode;
import org.mortal.kernel.Kernels;
import org.mortal.sim.device.CellModel;
import org.mortal.sim.device.Variation;
import org.mortal.sim.device.Window;

/// The presets that are known in weight units do what the published table says, cell by cell and pulse by pulse.
///
/// The table is typed in here. What differs between cells is measured on chips whose pulses do not scatter, what differs
/// between pulses on chips whose cells are alike; everything goes through pulses and the conductances they leave.
class WeightPresetTest {
  private static final Kernels KERNELS = Kernels.select(1);
  private static final int SIDE = 64;
  private static final int CELLS = SIDE * SIDE;

  /// Steps without noise at a level between bounds, of a cell whose step is 1.
  private interface Shape {
    double of(double level, double low, double high);
  }

  /// Standard deviation of a step of mean `step` at a level, for a cell whose step is `dw`.
  private interface Scatter {
    double of(double step, double dw, double level);
  }

  private record Row(
      String name,
      double dw,
      double upDown,
      double most,
      double least,
      Shape up,
      Shape down,
      double[] deviceSpread,
      boolean logNormal,
      double writeNoise,
      Scatter cycleNoise,
      double stuck) {
    double setStep() {
      return dw;
    }

    double resetStep() {
      return dw * (1 - upDown);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Shape linear(double gamma, double bound) {
    return (w, low, high) -> 1 - gamma / bound * w;
  }

  private static Shape exponential(double a, double b, double factor, double gamma) {
    return (w, low, high) ->
        Math.max(1 - factor * Math.exp(gamma * (2 * a * w / (high - low) + b)), 0);
  }

  private static Scatter ofStepAtZero(double sigma) {
    return (step, dw, w) -> sigma * dw;
  }

  private static Scatter ofStep(double sigma) {
    return (step, dw, w) -> sigma * step;
  }

  private static final Shape SOFT_UP = (w, low, high) -> 1 - w / high;
  private static final Shape SOFT_DOWN = (w, low, high) -> 1 - w / low;

  // The spreads are of dw, up against down, max and min, as the table has them.
  private static final Row[] TABLE = {
    new Row(
        "reram-es",
        .00135,
        .259359,
        1,
        -1,
        exponential(-.5, -.5, -1.18445, 5),
        exponential(-.5, -.5, -.081404, -5),
        new double[] {.2, .05, .3, .3},
        false,
        75,
        ofStep(5),
        0),
    new Row(
        "reram-sb",
        .002,
        0,
        1.25,
        -.75,
        SOFT_UP,
        SOFT_DOWN,
        new double[] {.3, .01, .24, .4},
        false,
        56,
        ofStepAtZero(3.75),
        0),
    new Row(
        "capacitor",
        .005,
        0,
        1,
        -1,
        linear(.05, 1),
        linear(.05, -1),
        new double[] {.1, .06, .07, .07},
        false,
        0,
        ofStepAtZero(.3),
        0),
    new Row(
        "ecram",
        .002,
        0,
        1.1724,
        -.8276,
        linear(.1153, 1.1724),
        linear(.5085, -.8276),
        new double[] {.1, .01, .05, .05},
        false,
        0,
        ofStep(.3),
        0),
    new Row(
        "ecram-mo",
        2.8214e-4,
        0,
        1.1714,
        -.8286,
        linear(.4152, 1.1714),
        linear(.7342, -.8286),
        new double[] {.1, .01, .05, .05},
        false,
        0,
        ofStep(2),
        0),
    new Row(
        "pcm-gst",
        .01,
        0,
        2,
        0,
        exponential(-1, 0, -27.235, 2.5),
        exponential(-1, 0, -2.235, -2.5),
        new double[] {.2, .05, .1, 0},
        false,
        0,
        (step, dw, w) -> .6 * (step + .042 + .108 * Math.abs(w)),
        0),
    new Row(
        "reram-array-om",
        .0949,
        0,
        1,
        -1,
        SOFT_UP,
        SOFT_DOWN,
        new double[] {.7829, .01, .3499, .5695},
        true,
        1.4113,
        ofStepAtZero(.4158),
        .1348),
    new Row(
        "reram-array-hfo2",
        .4622,
        0,
        1,
        -1,
        SOFT_UP,
        SOFT_DOWN,
        new double[] {.7125, .01, .4295, .5990},
        true,
        .5841,
        ofStepAtZero(.2174),
        .0977)
  };

  private static final Row[] REFERENCED = {TABLE[6], TABLE[7]};

  /// The preset with arrays for these tests.
  private static ChipProfile preset(Row row) {
    return Profiles.named(row.name).orElseThrow().with(new Geometry(SIDE, SIDE, Sensing.SINGLE));
  }

  /// The preset with some of its figures replaced, as a user would write it.
  private static CellModel cells(Row row, String... replaced) {
    String text = "extends = \"%s\"\n%s\n".formatted(row.name, String.join("\n", replaced));
    return ProfileFile.parse(text, "test.toml").cells();
  }

  private static final String NO_DEAD_CELLS = "[cells.defects]\nstuck = 0";
  private static final String QUIET =
      "[cells.update]\ncycleNoise = 0\n[cells.variation]\nwriteNoise = 0";

  private static CellModel withoutReference(CellModel cells) {
    Variation v = cells.variation();
    return cells.with(
        new Variation(
            v.gain(),
            v.step(),
            v.stepLogNormal(),
            v.asymmetry(),
            v.high(),
            v.low(),
            v.writeNoise()));
  }

  private static CellModel alike(CellModel cells) {
    return cells.with(new Variation(0, 0, false, 0, 0, 0, cells.variation().writeNoise()));
  }

  private static SimChip chip(ChipProfile profile, CellModel cells, long seed) {
    return new ChipPopulation(profile.with(cells)).chip(seed, KERNELS);
  }

  private static void pulse(SimChip chip, int count) {
    pulse(chip, count, 1);
  }

  /// Pulses of all cells, `widths` times as long as nominal ones.
  private static void pulse(SimChip chip, int count, double widths) {
    Crossbar crossbar = chip.arrays().get(0);
    short[] counts = new short[CELLS];
    Arrays.fill(counts, (short) count);
    WriteMode nominal = crossbar.limits().write();
    crossbar.pulse(
        new PulseTrain(
            counts, nominal.setVolts(), nominal.resetVolts(), widths * nominal.seconds()));
  }

  private static double[] levels(SimChip chip) {
    Window window = chip.profile().cells().window();
    return Stream.of(chip.truth(0).siemens())
        .flatMapToDouble(Arrays::stream)
        .map(window::level)
        .toArray();
  }

  private static SummaryStatistics over(IntStream cells, java.util.function.IntToDoubleFunction f) {
    SummaryStatistics statistics = new SummaryStatistics();
    cells.mapToDouble(f).forEach(statistics::addValue);
    return statistics;
  }

  /// Mean and standard deviation within four standard errors; those of the deviation hold for tails like a normal one's.
  private static void assertSpread(
      double mean, double deviation, SummaryStatistics found, String what) {
    double cells = found.getN();
    assertEquals(mean, found.getMean(), 4 * deviation / Math.sqrt(cells) + 1e-5, what + ", mean");
    assertEquals(
        deviation,
        found.getStandardDeviation(),
        4 * deviation / Math.sqrt(2 * cells) + 1e-3 * deviation,
        what + ", deviation");
  }

  /// What the law and its spreads make of each cell, worked out from what pulses without noise did to it.
  private record Measured(double[] up, double[] down, double[] high, double[] low) {}

  private static Measured measure(Row row, CellModel cells, long seed) {
    SimChip chip = chip(preset(row), cells, seed);
    double[] low = ends(chip, -1);
    double[] up = steps(row, row.up, 1, chip, low);
    double[] high = ends(chip, 1);
    double[] down = steps(row, row.down, -1, chip, high);
    for (int i = 0; i < CELLS; i++) {
      up[i] /= row.up.of(low[i], low[i], high[i]);
      down[i] /= row.down.of(high[i], low[i], high[i]);
    }
    return new Measured(up, down, high, low);
  }

  /// What a nominal pulse would move each cell by, from what a short one does that stays off the bounds.
  private static double[] steps(Row row, Shape shape, int sign, SimChip chip, double[] from) {
    double end = sign > 0 ? row.least : row.most;
    double widths = 0.004 / row.dw / shape.of(end, row.least, row.most);
    pulse(chip, sign, widths);
    double[] to = levels(chip);
    double[] steps = new double[CELLS];
    Arrays.setAll(steps, i -> sign * (to[i] - from[i]) / widths);
    return steps;
  }

  /// All cells driven to one end by long pulses; soft bounds are approached exponentially.
  private static double[] ends(SimChip chip, int sign) {
    pulse(chip, sign * 300, 100);
    return levels(chip);
  }

  @ParameterizedTest
  @FieldSource("TABLE")
  void cellsDifferAsTheTableSays(Row row) {
    CellModel cells = withoutReference(cells(row, QUIET, NO_DEAD_CELLS));
    Measured measured = measure(row, cells, 3);
    double[] spread = row.deviceSpread;
    assertSpread(
        folded(spread[2])[0] * row.most,
        folded(spread[2])[1] * Math.abs(row.most),
        over(IntStream.range(0, CELLS), i -> measured.high[i]),
        "upper bound");
    assertSpread(
        folded(spread[3])[0] * row.least,
        folded(spread[3])[1] * Math.abs(row.least),
        over(IntStream.range(0, CELLS), i -> measured.low[i]),
        "lower bound");
    // Where soft bounds lie near 0 their steps are huge, and end at the other bound.
    int[] some =
        IntStream.range(0, CELLS)
            .filter(i -> measured.high[i] > 0.2 && (measured.low[i] < -0.2 || row.least == 0))
            .toArray();
    assertTrue(some.length > 0.8 * CELLS, some.length + " cells");
    if (row.logNormal) {
      assertSpread(
          0,
          spread[0],
          over(
              Arrays.stream(some), i -> Math.log((measured.up[i] + measured.down[i]) / 2 / row.dw)),
          "logarithm of steps");
    } else {
      double deviation = Math.hypot(spread[0], spread[1]);
      SummaryStatistics up = over(Arrays.stream(some), i -> measured.up[i] / row.dw);
      SummaryStatistics down = over(Arrays.stream(some), i -> measured.down[i] / row.dw);
      assertSpread(1, deviation, up, "SET steps");
      assertSpread(1 - row.upDown, deviation, down, "RESET steps");
    }
    SummaryStatistics skew =
        over(Arrays.stream(some), i -> (measured.up[i] - measured.down[i]) / 2 / row.dw);
    assertSpread(row.upDown / 2, spread[1], skew, "up against down");
  }

  /// Mean and standard deviation of the size of a normal number of mean 1.
  private static double[] folded(double sigma) {
    if (sigma == 0) {
      return new double[] {1, 0};
    }
    double mean =
        sigma * Math.sqrt(2 / Math.PI) * Math.exp(-1 / (2 * sigma * sigma))
            + org.apache.commons.math3.special.Erf.erf(1 / (sigma * Math.sqrt(2)));
    return new double[] {mean, Math.sqrt(1 + sigma * sigma - mean * mean)};
  }

  @ParameterizedTest
  @FieldSource("TABLE")
  void pulsesMoveAndScatterAsTheTableSays(Row row) {
    CellModel cells = alike(cells(row, "[cells.variation]\nwriteNoise = 0", NO_DEAD_CELLS));
    SimChip chip = chip(preset(row), cells, 4);
    double middle = row.up.of(row.least, row.least, row.most) + row.up.of(0, row.least, row.most);
    int half = (int) Math.round((row.most - row.least) / row.dw / middle);
    for (int left = half; left > 0; left -= 1000) {
      pulse(chip, Math.min(left, 1000));
    }
    SummaryStatistics set = new SummaryStatistics();
    SummaryStatistics reset = new SummaryStatistics();
    for (int round = 0; round < 8; round++) {
      standardise(row, chip, 1, set);
      standardise(row, chip, -1, reset);
    }
    assertTrue(set.getN() > CELLS && reset.getN() > CELLS, set.getN() + " steps");
    assertSpread(0, 1, set, "SET");
    assertSpread(0, 1, reset, "RESET");
  }

  /// Collects the steps of one pulse of all cells in standard deviations from what the table expects at their levels.
  private static void standardise(Row row, SimChip chip, int sign, SummaryStatistics found) {
    double[] before = levels(chip);
    pulse(chip, sign);
    double[] after = levels(chip);
    double dw = sign > 0 ? row.setStep() : row.resetStep();
    Shape shape = sign > 0 ? row.up : row.down;
    for (int i = 0; i < CELLS; i++) {
      double step = dw * shape.of(before[i], row.least, row.most);
      double deviation = row.cycleNoise.of(step, dw, before[i]);
      // Cells that a bound could have held would show a narrower spread.
      double reach = 3.7 * deviation;
      double expected = before[i] + sign * step;
      if (expected - reach > row.least && expected + reach < row.most) {
        found.addValue((after[i] - expected) / deviation);
      }
    }
  }

  @ParameterizedTest
  @FieldSource("TABLE")
  void whatACellShowsScattersAsTheTableSays(Row row) {
    CellModel cells = alike(cells(row, "[cells.update]\ncycleNoise = 0", NO_DEAD_CELLS));
    SimChip chip = chip(preset(row), cells, 5);
    SimChip quiet = chip(preset(row), cells.with(Variation.NONE), 5);
    for (SimChip one : new SimChip[] {chip, quiet}) {
      pulse(one, 3);
    }
    double[] noisy = levels(chip);
    double[] exact = levels(quiet);
    double deviation = row.writeNoise * row.dw;
    SummaryStatistics found = over(IntStream.range(0, CELLS), i -> noisy[i] - exact[i]);
    assertSpread(0, deviation, found, "write noise");
    // The noise is of the last write, not of all of them.
    pulse(chip, 3);
    pulse(quiet, 3);
    double[] later = levels(chip);
    double[] last = levels(quiet);
    assertSpread(0, deviation, over(IntStream.range(0, CELLS), i -> later[i] - last[i]), "again");
  }

  @ParameterizedTest
  @FieldSource("TABLE")
  void asManyCellsAreDeadAsTheTableSays(Row row) {
    SimChip chip = chip(preset(row), preset(row).cells(), 6);
    long dead =
        Stream.of(chip.truth(0).stuck())
            .flatMapToInt(cells -> IntStream.range(0, SIDE).filter(c -> cells[c]))
            .count();
    double expected = row.stuck * CELLS;
    assertEquals(expected, dead, 4 * Math.sqrt(expected * (1 - row.stuck)));
  }

  @ParameterizedTest
  @FieldSource("TABLE")
  void hardlyACellIsCutOffAtZero(Row row) {
    ChipProfile profile = preset(row);
    SimChip chip = chip(profile, profile.cells(), 7);
    pulse(chip, -300, 100);
    long none =
        Stream.of(chip.truth(0).siemens())
            .flatMapToDouble(Arrays::stream)
            .filter(g -> g == 0)
            .count();
    boolean lowestIsZero = profile.cells().window().minSiemens() == 0;
    assertTrue(lowestIsZero || none < 1e-3 * CELLS, none + " cells of " + CELLS);
  }

  @ParameterizedTest
  @FieldSource("REFERENCED")
  void referencesHoldThePointOfSymmetry(Row row) {
    CellModel cells = cells(row, QUIET, NO_DEAD_CELLS);
    // The same seed has the same cells with and without references.
    Measured raw = measure(row, withoutReference(cells), 8);
    double[] shown = ends(chip(preset(row), cells, 8), -1);
    int[] some =
        IntStream.range(0, CELLS)
            .filter(i -> raw.high[i] > 0.2 && raw.low[i] < -0.2)
            .filter(i -> raw.up[i] + raw.down[i] < row.dw)
            .toArray();
    SummaryStatistics error =
        over(
            Arrays.stream(some),
            i -> {
              double slopes = raw.up[i] / raw.high[i] - raw.down[i] / raw.low[i];
              double point = (raw.up[i] - raw.down[i]) / slopes;
              return raw.low[i] - shown[i] - point;
            });
    assertTrue(some.length > 0.1 * CELLS, some.length + " cells");
    assertSpread(0, 0.05, error, "reference");
  }
}
