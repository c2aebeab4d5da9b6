package org.mortal.bench.calibrate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.mortal.bench.report.Page;
import org.mortal.bench.report.Plot;
import org.mortal.bench.report.Plot.Axis;
import org.mortal.bench.run.RunFolder;
import org.mortal.chip.calibrated.ArrayCalibration;
import org.mortal.chip.calibrated.InputBend;
import org.mortal.chip.calibrated.OutputCurve;

/// A page about a calibration: text, then pictures of each array.
public final class CalibrationReport {
  /// Arrays that are drawn; the others are much the same.
  private static final int DRAWN = 4;

  /// Dots in a picture.
  private static final int DOTS = 4000;

  private static final int BEND_POINTS = 33;

  private final RunFolder folder;
  private final List<Path> pictures = new ArrayList<>();

  /// @param folder where pictures and the page go
  public CalibrationReport(RunFolder folder) {
    this.folder = folder;
  }

  /// Writes `report.html`.
  public void write(Calibrator.Outcome outcome, String text) {
    for (ArrayOutcome one : outcome.arrays().subList(0, Math.min(DRAWN, outcome.arrays().size()))) {
      outputs(one);
      products(one);
      cells(one);
      if (Arrays.stream(one.found().rows()).anyMatch(bend -> !bend.equals(InputBend.NONE))) {
        bends(one.found());
      }
    }
    String title = "Calibration of " + outcome.calibration().chipId();
    Page.write(folder.file("report.html"), title, text, pictures);
  }

  private Path picture(int array, String name) {
    Path png = folder.file("array%d-%s.png".formatted(array, name));
    pictures.add(png);
    return png;
  }

  private void outputs(ArrayOutcome one) {
    OutputCurve[] curves = one.found().outputs();
    int array = one.found().array();
    Plot.dots(
        picture(array, "outputs"),
        "Array %d: gain and offset of each output".formatted(array),
        Axis.linear("gain", ""),
        Axis.linear("offset", "A"),
        each(curves.length, j -> curves[j].gain()),
        each(curves.length, j -> curves[j].offsetAmps()));
    double[] place = each(curves.length, j -> j);
    double[][] predicted = one.evidence().prediction().amps();
    float[][] plain = one.evidence().heldOut().plain().toArrays();
    Verdict verdict = one.evidence().verdict();
    Plot.curves(
        picture(array, "errors"),
        "Array %d: error of each output on held-out vectors".formatted(array),
        Axis.linear("output", ""),
        Axis.linear("root mean square", "A"),
        List.of(
            new Plot.Line(
                "as shown", place, each(curves.length, j -> error(plain, predicted, j)), false),
            new Plot.Line("corrected", place, verdict.heldOutAmps(), false),
            new Plot.Line("expected of noise", place, verdict.expectedAmps(), false)));
  }

  private static double error(float[][] amps, double[][] predicted, int output) {
    double squares = 0;
    for (int n = 0; n < amps.length; n++) {
      squares += Math.pow(amps[n][output] - predicted[n][output], 2) / amps.length;
    }
    return Math.sqrt(squares);
  }

  private void products(ArrayOutcome one) {
    double[] predicted = some(one.evidence().prediction().amps());
    VectorReads vectors = one.evidence().heldOut();
    double[] plain = some(Floats.doubles(vectors.plain()));
    double[] corrected = some(Floats.doubles(vectors.corrected()));
    int array = one.found().array();
    Axis x = Axis.linear("by the map of cells", "A");
    String title = "Array %d: currents of held-out vectors, ".formatted(array);
    Plot.dots(
        picture(array, "shown"),
        title + "as shown",
        x,
        Axis.linear("shown", "A"),
        predicted,
        plain);
    Plot.dots(
        picture(array, "corrected"),
        title + "corrected",
        x,
        Axis.linear("corrected", "A"),
        predicted,
        corrected);
    Plot.histogram(
        picture(array, "left"),
        "Array %d: errors of held-out products, corrected".formatted(array),
        Axis.linear("corrected minus predicted", "A"),
        each(predicted.length, i -> corrected[i] - predicted[i]));
  }

  /// Evenly spread ones of all values.
  private static double[] some(double[][] values) {
    int outputs = values[0].length;
    int all = values.length * outputs;
    int step = Math.ceilDiv(all, DOTS);
    return each(all / step, i -> values[i * step / outputs][i * step % outputs]);
  }

  private void cells(ArrayOutcome one) {
    int array = one.found().array();
    double[][] siemens = doubles(one.found().cells().siemens());
    Axis axis = Axis.linear("conductance", "S");
    Plot.map(
        picture(array, "cells"),
        "Array %d: conductance of each cell".formatted(array),
        axis,
        siemens);
    Plot.histogram(
        picture(array, "conductances"),
        "Array %d: conductances".formatted(array),
        axis,
        flat(siemens));
    if (one.found().cells().stuck() != null) {
      Plot.map(
          picture(array, "steps"),
          "Array %d: change by one pulse; nothing where stuck".formatted(array),
          Axis.linear("change", "S"),
          doubles(one.found().cells().stepSiemens()));
    }
  }

  private void bends(ArrayCalibration found) {
    List<Plot.Line> lines = new ArrayList<>();
    double[] asked = each(BEND_POINTS, k -> k / (BEND_POINTS - 1.0));
    for (int r = 0; r < found.rows().length; r++) {
      InputBend bend = found.rows()[r];
      lines.add(
          new Plot.Line(
              "row " + r, asked, each(BEND_POINTS, k -> bend.acts(asked[k]) - asked[k]), r > 0));
    }
    Plot.curves(
        picture(found.array(), "drives"),
        "Array %d: how rows act, minus what is asked".formatted(found.array()),
        Axis.linear("share of the highest voltage", ""),
        Axis.linear("too much", ""),
        lines);
  }

  private static double[] each(int count, IntToDoubleFunction value) {
    double[] values = new double[count];
    Arrays.setAll(values, value);
    return values;
  }

  private static double[][] doubles(float[][] values) {
    return Floats.doubles(Packed.of(values));
  }

  private static double[] flat(double[][] values) {
    return Arrays.stream(values).flatMapToDouble(Arrays::stream).toArray();
  }
}
