package org.mortal.chip.calibrated;

import java.util.EnumMap;
import java.util.Map;
import org.mortal.chip.ColumnRead;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;

/// An array whose reads answer with the currents that its cells' conductances mean.
///
/// Closed-loop programming goes by these reads, and so from the host's side. Transposed reads have amplifiers of their own,
/// which nobody has calibrated: they pass as they are.
final class CalibratedCrossbar implements Crossbar {
  private final Crossbar behind;
  private final Geometry geometry;
  private final Limits limits;
  private final Kernels kernels;
  private final InputBends rows;
  private final OutputCurves curves;
  private final Compensation correction;
  private final Batch lostIn;
  private final Map<Read.Sense, float[][]> lostOut = new EnumMap<>(Read.Sense.class);
  private final float left;
  private final float[] carried;
  private float factor = 1;

  /// @param calibration of this very array
  CalibratedCrossbar(Crossbar behind, ArrayCalibration calibration, Kernels kernels) {
    this.behind = behind;
    this.geometry = behind.geometry();
    this.limits = behind.limits();
    this.kernels = kernels;
    calibration.checkShape(geometry);
    this.rows = new InputBends(calibration.rows());
    this.curves = new OutputCurves(calibration.outputs());
    this.correction = calibration.correction();
    this.lostIn = correction.rank() == 0 ? null : spaced(correction.in());
    this.left = (float) calibration.settlingLeft();
    this.carried = new float[geometry.outputs()];
  }

  private static Batch spaced(float[][] values) {
    Batch batch = Batch.spaced(values.length, values[0].length);
    batch.copyFrom(Batch.of(values));
    return batch;
  }

  /// Finds out what the lines still carry from before, by one vector at no volts; nothing where they settle.
  void learnCarried() {
    if (left != 0) {
      read(Batch.zeros(1, geometry.rows()));
    }
  }

  /// From now on all conductances count as `value` times what is measured.
  void driftFactor(double value) {
    factor = (float) value;
  }

  @Override
  public Geometry geometry() {
    return geometry;
  }

  @Override
  public Limits limits() {
    return limits;
  }

  /// What to ask of the array behind, and what to do with its answer.
  ///
  /// @param behind into [Correction#shown]
  record Asked(Read behind, Correction correction) {}

  /// Checks a read and prepares it; reads nothing.
  Asked ask(Read read, Batch amps) {
    read.checkShapes(geometry, amps);
    // What an output carried must be known also where nobody senses it this time.
    boolean whole = left != 0 && amps.columns() < geometry.outputs();
    Batch shown = whole ? Batch.zeros(amps.rows(), geometry.outputs()) : amps;
    Batch bias = read.biasAmps();
    if (whole && bias != null) {
      bias = widened(bias);
    }
    Read wanted = new Read(read.inputs(), read.voltsPerUnit(), bias, read.sense());
    Correction.Lost lost =
        lostIn == null ? null : new Correction.Lost(lostIn, lostOut(read.sense()));
    return new Asked(
        rows.straight() && correction.rows().length == 0 ? wanted : bent(wanted),
        new Correction(
            kernels,
            wanted,
            shown,
            amps,
            curves,
            correction.outputs(),
            lost,
            left,
            carried,
            factor));
  }

  private Batch widened(Batch bias) {
    Batch wide = Batch.zeros(bias.rows(), geometry.outputs());
    wide.columns(0, bias.columns()).copyFrom(bias);
    return wide;
  }

  /// The read that makes rows act as `wanted` says.
  private Read bent(Read wanted) {
    wanted.checkVolts(limits.maxReadVolts());
    Batch inputs = wanted.inputs();
    int count = inputs.columns();
    Batch shares = Batch.zeros(inputs.rows(), count);
    float perUnit = (float) (wanted.voltsPerUnit() / limits.maxReadVolts());
    float[] row = new float[count];
    float[] acting = new float[count];
    for (int n = 0; n < inputs.rows(); n++) {
      inputs.getRow(n, row);
      for (int i = 0; i < count; i++) {
        row[i] *= perUnit;
      }
      for (int i = 0; i < count && correction.rows().length > 0; i++) {
        row[i] *= correction.rows()[i];
      }
      rows.ask(row, acting, count);
      shares.setRow(n, row);
    }
    return new Read(shares, limits.maxReadVolts(), wanted.biasAmps(), wanted.sense());
  }

  private float[][] lostOut(Read.Sense sense) {
    return lostOut.computeIfAbsent(sense, this::seen);
  }

  private float[][] seen(Read.Sense sense) {
    if (geometry.sensing() == Sensing.SINGLE) {
      return correction.out();
    }
    int half = geometry.outputs();
    float plus = sense == Read.Sense.MINUS ? 0 : 1;
    float minus = sense == Read.Sense.PLUS ? 0 : 1;
    float[][] seen = new float[correction.rank()][half];
    for (int k = 0; k < seen.length; k++) {
      float[] columns = correction.out()[k];
      for (int j = 0; j < half; j++) {
        seen[k][j] = plus * columns[j] - minus * columns[j + half];
      }
    }
    return seen;
  }

  @Override
  public void read(Read read, Batch amps) {
    Asked asked = ask(read, amps);
    behind.read(asked.behind(), asked.correction().shown());
    kernels.workers().forEach(asked.correction().pieces(), asked.correction()::correct);
  }

  @Override
  public boolean canReadTransposed() {
    return behind.canReadTransposed();
  }

  @Override
  public void readTransposed(ColumnRead read, Batch amps) {
    behind.readTransposed(read, amps);
  }

  @Override
  public void pulse(PulseTrain train) {
    behind.pulse(train);
  }
}
