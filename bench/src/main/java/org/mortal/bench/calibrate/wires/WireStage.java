package org.mortal.bench.calibrate.wires;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.QRDecomposition;
import org.mortal.chip.calibrated.Compensation;
import org.mortal.chip.calibrated.WireFit;
import org.mortal.sim.circuit.Wires;

/// Fits the resistances of lines, finds the cells behind them, and compensates what they take away.
public final class WireStage {
  /// Of the noise of a read, what the compensation may leave: it adds half a hundredth to the whole.
  private static final double REST = 0.1;

  /// Random vectors for each row, by which the linear map of bent cells is made.
  private static final int VECTORS = 4;

  private static final long SEED = 20260;

  private final WireTask task;

  public WireStage(WireTask task) {
    this.task = task;
  }

  public WireFindings run() {
    WireFit fit = new WireFitter(evidence()).fit();
    if (fit == null) {
      return new WireFindings(null, task.cells(), Compensation.NONE, 0);
    }
    Wires wires =
        new Wires(fit.rowSegment(), fit.columnSegment(), fit.rowDriver(), fit.columnTerminal(), 0);
    LineModel straight = LineModel.ohmic(wires, task.workers());
    double[][] measured = task.cells().siemens();
    double[][] cells = BehindWires.of(measured, measured, straight::map);
    double[][] done;
    if (task.bend() == null) {
      done = straight.map(cells);
    } else {
      BentCells bent = BentCells.of(task.bend(), wires, cells, task.workers());
      cells = BehindWires.of(measured, cells, some -> asRead(bent, some));
      done = linear(bent, cells);
    }
    Compensator compensator = new Compensator(cells, done, task.outputs(), task.highVolts());
    Compensation correction = compensator.compensate(REST * task.noiseAmps());
    return new WireFindings(fit, estimates(cells), correction, compensator.left());
  }

  private List<WireEvidence> evidence() {
    List<WireEvidence> evidence = new ArrayList<>();
    if (task.floating() != null) {
      // Rows that can float have no transistors: there pulses stray to cells that they are not
      // meant for, by how much depends
      // on the wires too, and so untouched cells are not untouched.
      evidence.add(new FloatingRows(task.cells(), task.floating(), task.workers()));
    } else {
      for (WireTask.Change change : task.changes()) {
        evidence.add(
            new UntouchedCells(change.before(), change.after(), change.touched(), task.workers()));
      }
    }
    evidence.add(new LikeLines());
    return evidence;
  }

  /// The map that the same reads would make of other cells.
  private double[][] asRead(BentCells bent, double[][] cells) {
    return task.bend().decoder().siemens(bent.amps(cells, task.bend().acting()));
  }

  /// The linear map that comes nearest to what bent cells behind wires do, where rows are asked for what makes them act as
  /// wanted.
  private double[][] linear(BentCells bent, double[][] cells) {
    SplittableRandom random = new SplittableRandom(SEED);
    int rows = cells.length;
    double[][] wanted = new double[VECTORS * rows][rows];
    for (double[] vector : wanted) {
      for (int r = 0; r < rows; r++) {
        vector[r] = task.highVolts() * random.nextDouble();
      }
    }
    return new QRDecomposition(new Array2DRowRealMatrix(wanted, false))
        .getSolver()
        .solve(new Array2DRowRealMatrix(bent.amps(cells, wanted), false))
        .getData();
  }

  private CellEstimates estimates(double[][] cells) {
    double[][] measured = task.cells().siemens();
    double[][] errors = Matrices.copy(task.cells().errors());
    for (int r = 0; r < errors.length; r++) {
      for (int c = 0; c < errors[r].length; c++) {
        errors[r][c] *= measured[r][c] > 0 ? Math.max(1, cells[r][c] / measured[r][c]) : 1;
      }
    }
    return new CellEstimates(cells, errors);
  }
}
