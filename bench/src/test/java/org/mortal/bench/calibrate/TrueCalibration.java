package org.mortal.bench.calibrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.calibrated.ArrayCalibration;
import org.mortal.chip.calibrated.Calibration;
import org.mortal.chip.calibrated.CellMap;
import org.mortal.chip.calibrated.Compensation;
import org.mortal.chip.calibrated.InputBend;
import org.mortal.chip.calibrated.OutputCurve;
import org.mortal.chip.calibrated.Saturation;
import org.mortal.kernel.Philox;
import org.mortal.sim.ArrayTruth;
import org.mortal.sim.SimChip;

/// What a good calibration of a simulated chip of kind `hfox` comes to: its hidden truth, with errors as they are stated.
public final class TrueCalibration {
  private static final double GAIN_ERROR = 0.002;
  private static final double OFFSET_ERROR = 3e-8;
  private static final double CELL_ERROR = 0.2e-6;
  private static final double CELL_NOISE = 0.8e-6;

  private TrueCalibration() {}

  /// The first `arrays` arrays of `chip`.
  public static Calibration of(SimChip chip, int arrays, long seed) {
    Geometry geometry = chip.arrays().getFirst().geometry();
    List<ArrayCalibration> found = new ArrayList<>();
    for (int a = 0; a < arrays; a++) {
      found.add(array(chip, a, new Philox(seed + a)));
    }
    return new Calibration(
        chip.id(),
        chip.firmware(),
        Calibration.firmwareHash(chip),
        geometry.rows(),
        geometry.columns(),
        "mvm",
        Map.of("seed", Long.toString(seed)),
        null,
        "2026-11-01T10:00:00Z",
        "2126-11-01T10:00:00Z",
        true,
        found);
  }

  private static ArrayCalibration array(SimChip chip, int array, Philox random) {
    Geometry geometry = chip.arrays().get(array).geometry();
    Limits limits = chip.arrays().get(array).limits();
    ArrayTruth truth = chip.truth(array);
    OutputCurve[] outputs = new OutputCurve[geometry.outputs()];
    for (int j = 0; j < outputs.length; j++) {
      outputs[j] =
          new OutputCurve(
              truth.gains()[j] + GAIN_ERROR * random.nextGaussian(),
              GAIN_ERROR,
              truth.offsets()[j] + OFFSET_ERROR * random.nextGaussian(),
              OFFSET_ERROR,
              Saturation.TANH,
              limits.fullScaleAmps(),
              0.99 * limits.fullScaleAmps());
    }
    InputBend[] rows = new InputBend[geometry.rows()];
    Arrays.fill(rows, InputBend.NONE);
    boolean[] success = new boolean[outputs.length];
    Arrays.fill(success, true);
    return new ArrayCalibration(
        array,
        outputs,
        rows,
        0,
        Compensation.NONE,
        success,
        new double[outputs.length],
        cells(truth, geometry, limits.write().stepSiemens(), random),
        null,
        null,
        null);
  }

  private static CellMap cells(
      ArrayTruth truth, Geometry geometry, double stepSiemens, Philox random) {
    int rows = geometry.rows();
    int columns = geometry.columns();
    float[][] siemens = new float[rows][columns];
    float[][] error = new float[rows][columns];
    float[][] noise = new float[rows][columns];
    float[][] step = new float[rows][columns];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        siemens[r][c] = (float) (truth.siemens()[r][c] + CELL_ERROR * random.nextGaussian());
        error[r][c] = (float) CELL_ERROR;
        noise[r][c] = (float) CELL_NOISE;
        boolean stuck = truth.stuck()[r][c];
        step[r][c] = (float) (stuck ? 0 : truth.gain()[r][c] * stepSiemens);
      }
    }
    return new CellMap(siemens, error, noise, truth.stuck(), new boolean[rows][columns], step);
  }
}
