package org.mortal.bench.twin;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.mortal.chip.Chip;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Limits;
import org.mortal.chip.calibrated.ArrayCalibration;
import org.mortal.chip.calibrated.CellMap;
import org.mortal.chip.calibrated.OutputCurve;
import org.mortal.kernel.Philox;
import org.mortal.sim.TwinArray;
import org.mortal.sim.device.Relaxation;

/// One array, measured for its twin, step by step in the order of the methods.
final class MeasuredArray {
  /// Moments in parts of the longest wait.
  private static final double[] WAITS = {1.0 / 60, 1.0 / 8, 1};

  private static final MathContext DIGITS = new MathContext(5);

  private final Chip chip;
  private final Crossbar shown;
  private final ArrayCalibration calibration;
  private final Effort effort;
  private final ArrayMeter meter;
  private final Philox random;
  private final List<CellReads> maps = new ArrayList<>();
  private float[][] first;
  private float[][] siemens;
  private Windows windows;
  private StepFit steps;
  private Relaxation relaxation;

  /// @param chip that the array is of
  /// @param shown the array as its amplifiers show it
  /// @param exact the same array, answering in true amperes
  MeasuredArray(
      Chip chip, Crossbar shown, Crossbar exact, ArrayCalibration calibration, Effort effort) {
    this.chip = chip;
    this.shown = shown;
    this.calibration = calibration;
    this.effort = effort;
    this.meter = new ArrayMeter(exact);
    this.random = new Philox(Philox.key(effort.seed(), calibration.array()));
  }

  /// Reads the cells as they are found.
  void look() {
    CellReads cells = meter.cells(effort.reads());
    maps.add(cells);
    first = Refinement.of(meter, cells, random);
    siemens = first;
    windows = nominal();
  }

  /// Takes all cells through their windows.
  ///
  /// @param like of the chip's first array, whose law this one has too; null for that one itself
  void pulse(MeasuredArray like) {
    PulseTrial trial = PulseTrial.run(meter, effort.readsBetweenPulses());
    maps.add(trial.points().getFirst().cells());
    maps.add(trial.points().get(trial.top()).cells());
    windows = Windows.of(trial, meter);
    steps =
        like == null
            ? StepFit.of(trial, windows, random)
            : StepFit.like(like.steps, trial, windows);
  }

  /// Leaves the cells alone after pulses.
  void rest() {
    double[] seconds = WAITS.clone();
    for (int k = 0; k < seconds.length; k++) {
      seconds[k] *= effort.waitSeconds();
    }
    WaitTrial trial = waitTrial(seconds);
    relaxation = RelaxationFit.of(trial, windows.frozen(), meter.limits().maxSiemens());
  }

  WaitTrial waitTrial(double[] seconds) {
    return WaitTrial.run(
        chip, meter, windows, steps.stepSiemens(), seconds, effort.readsBetweenPulses(), random);
  }

  /// Brings the cells back to where they were found, and reads them again.
  void restore() {
    if (steps != null) {
      Restore.run(meter, first, steps.stepSiemens(), windows.frozen(), effort.readsBetweenPulses());
      siemens = Refinement.of(meter, meter.cells(effort.reads()), random);
    }
  }

  NoiseSplit noise() {
    return NoiseSplit.of(meter, maps);
  }

  int converterBits() {
    return ConverterSteps.bits(shown, calibration.outputs()[0].fullScaleAmps(), random);
  }

  Crossbar shown() {
    return shown;
  }

  ArrayMeter meter() {
    return meter;
  }

  Philox random() {
    return random;
  }

  ArrayCalibration calibration() {
    return calibration;
  }

  Effort effort() {
    return effort;
  }

  Windows windows() {
    return windows;
  }

  /// Null without pulses.
  StepFit steps() {
    return steps;
  }

  /// Null where cells stay where they are.
  Relaxation relaxation() {
    return relaxation;
  }

  /// Conductances as they were read last, rows x columns.
  float[][] siemens() {
    return siemens;
  }

  /// Windows where no pulses may be given: what the calibration saw of steps, else the same for all.
  private Windows nominal() {
    Limits limits = meter.limits();
    int rows = meter.geometry().rows();
    int columns = meter.geometry().columns();
    CellMap map = calibration.cells();
    boolean[][] stuck =
        map == null || map.stuck() == null ? new boolean[rows][columns] : map.stuck();
    Windows nominal = new Windows(new float[rows][columns], new float[rows][columns], stuck);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        boolean known = map != null && map.stepSiemens() != null && map.stepSiemens()[r][c] > 0;
        double size = known ? map.stepSiemens()[r][c] / limits.write().stepSiemens() : 1;
        nominal.low()[r][c] = (float) limits.minSiemens();
        nominal.high()[r][c] = (float) (limits.minSiemens() + size * limits.windowSiemens());
      }
    }
    return nominal;
  }

  RowBends bends() {
    return RowBends.of(calibration.rows(), meter.limits().maxReadVolts());
  }

  /// What was found, as a simulated array is told it.
  TwinArray array() {
    OutputCurve[] outputs = calibration.outputs();
    double[] more = meter.offsets();
    float[] gains = new float[outputs.length];
    float[] offsets = new float[outputs.length];
    for (int j = 0; j < outputs.length; j++) {
      gains[j] = rounded(outputs[j].gain());
      offsets[j] = rounded(outputs[j].offsetAmps() + outputs[j].gain() * more[j]);
    }
    RowBends bends = bends();
    return new TwinArray(
        gains,
        offsets,
        bends.bows(),
        bends.skews(),
        rounded(siemens),
        rounded(windows.low()),
        rounded(windows.high()),
        steps == null ? null : rounded(steps.setSteps()),
        steps == null ? null : rounded(steps.resetSteps()),
        stuck());
  }

  private int[] stuck() {
    int columns = meter.geometry().columns();
    return IntStream.range(0, meter.geometry().cells())
        .filter(cell -> windows.frozen()[cell / columns][cell % columns])
        .toArray();
  }

  private static float[][] rounded(float[][] values) {
    if (values == null) {
      return null;
    }
    float[][] rounded = new float[values.length][values[0].length];
    for (int r = 0; r < values.length; r++) {
      for (int c = 0; c < values[r].length; c++) {
        rounded[r][c] = rounded(values[r][c]);
      }
    }
    return rounded;
  }

  /// Five digits, more than was measured: files are shorter so.
  private static float rounded(double value) {
    return new BigDecimal(value).round(DIGITS).floatValue();
  }
}
