package org.mortal.bench.calibrate.score;

import java.util.ArrayList;
import java.util.List;
import org.mortal.chip.Geometry;
import org.mortal.chip.Sensing;
import org.mortal.chip.calibrated.ArrayCalibration;
import org.mortal.sim.ArrayTruth;
import org.mortal.sim.SimChip;

/// What is between the calibration of one array and the truth. Each error stands beside its floor: what is left of the same
/// reads where they are decoded with true gains, offsets, saturation, wires and drives, which is noise and quantisation.
///
/// Errors of products are shares of full scale, root mean square over all held-out vectors and outputs. Errors of
/// conductances are in siemens, root mean square over all cells, stuck ones too.
///
/// @param mvmErrorBefore of what the chip shows by itself
/// @param mvmErrorAfter of what the calibration makes of it
/// @param mvmFloor of what the best calibration would
/// @param cellError of the map of cells
/// @param cellFloor of the same map by the best curves
/// @param stuckPrecision share of the cells called stuck that are; 1 where none was called so
/// @param stuckRecall share of the stuck cells that were called so; 1 where there are none
/// @param gainError relative, root mean square over outputs
/// @param offsetErrorAmps root mean square over outputs
/// @param wires of the lines
public record Score(
    double mvmErrorBefore,
    double mvmErrorAfter,
    double mvmFloor,
    double cellError,
    double cellFloor,
    double stuckPrecision,
    double stuckRecall,
    double gainError,
    double offsetErrorAmps,
    WireScore wires) {

  /// The error of products against its floor.
  public double mvmRatio() {
    return mvmErrorAfter / mvmFloor;
  }

  /// The error of cells against its floor.
  public double cellRatio() {
    return cellError / cellFloor;
  }

  /// Scores what was found about one array, as the chip is now: nothing may have been written since the reads.
  ///
  /// @param cells what the map of cells was made from
  public static Score of(SimChip chip, ArrayCalibration found, HeldOut heldOut, CellReads cells) {
    int array = found.array();
    ArrayTruth truth = chip.truth(array);
    Geometry geometry = chip.profile().geometry();
    double fullScale = chip.profile().limits().fullScaleAmps();
    double[][] products =
        new Products(geometry, truth.siemens())
            .of(new RawReads(heldOut.wanted(), heldOut.plain()).volts());
    StuckScore stuck = StuckScore.of(found.cells().stuck(), truth.stuck());
    return new Score(
        distance(RawReads.doubles(heldOut.plain()), products) / fullScale,
        distance(RawReads.doubles(heldOut.corrected()), products) / fullScale,
        size(noise(chip, array, heldOut.asked())) / fullScale,
        distance(doubles(found.cells().siemens()), truth.siemens()),
        cellFloor(chip, array, cells),
        stuck.precision(),
        stuck.recall(),
        gainError(found, truth),
        offsetError(found, truth),
        WireScore.of(chip, found.wires()));
  }

  private static double cellFloor(SimChip chip, int array, CellReads cells) {
    List<double[][]> noise = new ArrayList<>();
    for (RawReads reads : cells.reads()) {
      noise.add(noise(chip, array, reads));
    }
    return size(cells.decoder().siemens(noise));
  }

  /// What noise and quantisation have added to the currents, vectors x outputs.
  private static double[][] noise(SimChip chip, int array, RawReads reads) {
    ArrayTruth truth = chip.truth(array);
    double[][] quiet = chip.truthAmps(array, reads.read());
    double[][] noise = new double[quiet.length][reads.amps().columns()];
    for (int n = 0; n < noise.length; n++) {
      for (int j = 0; j < noise[n].length; j++) {
        noise[n][j] = truth.lineAmps(j, reads.amps().get(n, j)) - quiet[n][j];
      }
    }
    return noise;
  }

  private static double gainError(ArrayCalibration found, ArrayTruth truth) {
    double squares = 0;
    for (int j = 0; j < truth.gains().length; j++) {
      squares += Math.pow(found.outputs()[j].gain() / truth.gains()[j] - 1, 2);
    }
    return Math.sqrt(squares / truth.gains().length);
  }

  private static double offsetError(ArrayCalibration found, ArrayTruth truth) {
    double squares = 0;
    for (int j = 0; j < truth.offsets().length; j++) {
      squares += Math.pow(found.outputs()[j].offsetAmps() - truth.offsets()[j], 2);
    }
    return Math.sqrt(squares / truth.offsets().length);
  }

  private static double[][] doubles(float[][] values) {
    double[][] doubles = new double[values.length][];
    for (int r = 0; r < values.length; r++) {
      doubles[r] = new double[values[r].length];
      for (int c = 0; c < values[r].length; c++) {
        doubles[r][c] = values[r][c];
      }
    }
    return doubles;
  }

  private static double distance(double[][] one, double[][] other) {
    double squares = 0;
    long count = 0;
    for (int n = 0; n < one.length; n++) {
      for (int j = 0; j < one[n].length; j++) {
        double difference = one[n][j] - other[n][j];
        squares += difference * difference;
        count++;
      }
    }
    return Math.sqrt(squares / count);
  }

  private static double size(double[][] values) {
    return distance(values, new double[values.length][values[0].length]);
  }

  /// Exact products of volts and the true conductances, as the outputs of an array should have them.
  private record Products(Geometry geometry, double[][] siemens) {
    double[][] of(double[][] volts) {
      double[][] amps = new double[volts.length][geometry.outputs()];
      boolean pairs = geometry.sensing() == Sensing.DIFFERENTIAL;
      for (int n = 0; n < volts.length; n++) {
        for (int i = 0; i < volts[n].length; i++) {
          for (int j = 0; j < amps[n].length; j++) {
            double minus = pairs ? siemens[i][geometry.outputs() + j] : 0;
            amps[n][j] += volts[n][i] * (siemens[i][j] - minus);
          }
        }
      }
      return amps;
    }
  }
}
