package org.mortal.chip;

import org.mortal.kernel.Batch;

/// Closed-loop programming from the host's side, for any array: measure all cells, pulse those that are off, repeat.
///
/// A cell is measured by driving its row alone; the reading at no voltage is taken off, which removes the offset of its
/// column. A first measurement within tolerance must be confirmed by the next one, since one read may have been lucky; then
/// the cell is done and left alone. What becomes of a cell depends on its own measurements only, so firmware that works row by
/// row (`firmware/core/program.c`) does the same.
///
/// Source: write-verify as in Alibart et al., Nanotechnology 23, 075201 (2012), with the step taken from the data sheet.
public final class ProgramVerify {
  /// Of the pulses that the nominal step asks for, give this share: steps spread from cell to cell, and an overshoot
  /// costs as many pulses again.
  private static final double CAUTION = 0.8;

  /// Numbers in one batch of inputs or outputs: 4 MB.
  private static final int BATCH = 1 << 20;

  private final Crossbar crossbar;
  private final Geometry geometry;
  private final Limits limits;

  public ProgramVerify(Crossbar crossbar) {
    this.crossbar = crossbar;
    this.geometry = crossbar.geometry();
    this.limits = crossbar.limits();
  }

  /// Programs every cell as [ProgramRequest] asks; cells that do not get there are reported, not thrown.
  public ProgramResult run(ProgramRequest request) {
    request.check(geometry, limits);
    int cells = geometry.cells();
    boolean[] near = new boolean[cells];
    boolean[] success = new boolean[cells];
    int[] pulses = new int[cells];
    int[] resets = new int[cells];
    float[] target = new float[geometry.columns()];
    float[] measured = new float[geometry.columns()];
    Batch settled = Batch.zeros(geometry.rows(), geometry.columns());
    Batch siemens = measure(request.readsPerVerify());
    for (int pass = 0; ; pass++) {
      short[] counts = new short[cells];
      boolean open = false;
      for (int r = 0; r < geometry.rows(); r++) {
        request.targetSiemens().getRow(r, target);
        siemens.getRow(r, measured);
        for (int c = 0; c < geometry.columns(); c++) {
          int i = r * geometry.columns() + c;
          if (success[i]) {
            continue; // Judged anew at each pass, noise would send it off again.
          }
          settled.set(r, c, measured[c]);
          double error = target[c] - measured[c];
          boolean within = Math.abs(error) <= request.toleranceSiemens();
          success[i] = within && near[i];
          near[i] = within;
          open |= !success[i];
          counts[i] = within ? 0 : pulsesFor(error);
        }
      }
      if (!open || pass == request.maxPasses()) {
        return new ProgramResult(settled, success, pulses, resets);
      }
      for (int i = 0; i < cells; i++) {
        pulses[i] += Math.abs(counts[i]);
        resets[i] += Math.max(0, -counts[i]);
      }
      crossbar.pulse(PulseTrain.nominal(counts, limits.write()));
      siemens = measure(request.readsPerVerify());
    }
  }

  private short pulsesFor(double errorSiemens) {
    long wanted = Math.round(CAUTION * errorSiemens / limits.write().stepSiemens());
    long atLeastOne = wanted == 0 ? (long) Math.signum(errorSiemens) : wanted;
    return (short) Math.clamp(atLeastOne, -limits.maxPulses(), limits.maxPulses());
  }

  /// The conductance of every cell, rows x columns, each the mean of `repeats` reads.
  public Batch measure(int repeats) {
    if (repeats < 1) {
      throw new IllegalArgumentException("at least 1 read is needed, not " + repeats);
    }
    Batch siemens = Batch.zeros(geometry.rows(), geometry.columns());
    if (geometry.sensing() == Sensing.SINGLE) {
      measure(Read.Sense.ALL, 1, repeats, siemens);
    } else {
      int half = geometry.columns() / 2;
      measure(Read.Sense.PLUS, 1, repeats, siemens.columns(0, half));
      measure(Read.Sense.MINUS, -1, repeats, siemens.columns(half, 2 * half));
    }
    return siemens;
  }

  /// Each row alone, then none, which reads the offsets; all of that `repeats` times.
  private Batch oneByOne(int repeats) {
    int rows = geometry.rows();
    Batch inputs = Batch.zeros(repeats * (rows + 1), rows);
    for (int repeat = 0; repeat < repeats; repeat++) {
      for (int r = 0; r < rows; r++) {
        inputs.set(repeat * (rows + 1) + r, r, 1f);
      }
    }
    return inputs;
  }

  private void measure(Read.Sense sense, int sign, int repeats, Batch siemens) {
    int rows = geometry.rows();
    float volts = (float) limits.maxReadVolts();
    double[][] sums = new double[rows + 1][geometry.outputs()];
    float[] row = new float[geometry.outputs()];
    // Many in one batch: on a board each batch is waited for.
    int fitting = Math.clamp(BATCH / ((rows + 1) * Math.max(rows, row.length)), 1, repeats);
    for (int done = 0; done < repeats; done += fitting) {
      Batch inputs = oneByOne(Math.min(fitting, repeats - done));
      Batch amps = Batch.zeros(inputs.rows(), geometry.outputs());
      crossbar.read(new Read(inputs, volts, null, sense), amps);
      for (int n = 0; n < amps.rows(); n++) {
        amps.getRow(n, row);
        double[] sum = sums[n % sums.length];
        for (int j = 0; j < row.length; j++) {
          sum[j] += row[j];
        }
      }
    }
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < row.length; j++) {
        row[j] = (float) (sign * (sums[r][j] - sums[rows][j]) / (repeats * volts));
      }
      siemens.setRow(r, row);
    }
  }
}
