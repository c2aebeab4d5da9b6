package org.mortal.chip.calibrated;

import java.util.ArrayList;
import java.util.List;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Fault;
import org.mortal.chip.ForwardingChip;
import org.mortal.chip.Geometry;
import org.mortal.kernel.Kernels;

/// A chip that answers as if it had no quirks: the current of an output is the sum, over the rows, of the volts asked for times
/// the conductances of its cells, and the bias asked for.
///
/// Conductances are those behind the wires, at low voltage; noise remains, and so do the steps of converters. Transposed reads
/// and pulses pass as they are. When it is opened, the chip's reference vectors are read, and where conductances have drifted since
/// the calibration by more than two standard errors, all currents are scaled back.
public final class CalibratedChip extends ForwardingChip {
  private final Calibration calibration;
  private final Kernels kernels;
  private final List<CalibratedCrossbar> arrays = new ArrayList<>();
  private final List<DriftFactor> drift = new ArrayList<>();

  /// @param behind closed with this one
  /// @param calibration of that chip
  /// @throws ChipException if it is another chip's
  public CalibratedChip(Chip behind, Calibration calibration, Kernels kernels) {
    this(behind, calibration, kernels, true);
  }

  private CalibratedChip(
      Chip behind, Calibration calibration, Kernels kernels, boolean followDrift) {
    super(behind);
    this.calibration = calibration;
    this.kernels = kernels;
    checkChip(behind, calibration);
    for (ArrayCalibration one : calibration.arrays()) {
      while (arrays.size() <= one.array()) {
        arrays.add(null);
        drift.add(DriftFactor.NONE);
      }
      CalibratedCrossbar crossbar =
          new CalibratedCrossbar(behind.arrays().get(one.array()), one, kernels);
      crossbar.learnCarried();
      arrays.set(one.array(), crossbar);
      if (followDrift && one.drift() != null) {
        DriftFactor factor = DriftFactor.measure(crossbar, one.drift());
        crossbar.driftFactor(factor.applied());
        drift.set(one.array(), factor);
      }
    }
  }

  /// The same with conductances as they are now, whatever they have drifted.
  public static CalibratedChip withoutDrift(Chip behind, Calibration calibration, Kernels kernels) {
    return new CalibratedChip(behind, calibration, kernels, false);
  }

  private static void checkChip(Chip chip, Calibration calibration) {
    Geometry geometry = chip.arrays().getFirst().geometry();
    boolean sameShape =
        geometry.rows() == calibration.rows() && geometry.columns() == calibration.columns();
    if (!chip.id().equals(calibration.chipId()) || !sameShape) {
      throw new ChipException(
          new Fault.OtherCalibration(
              chip.id(),
              geometry,
              calibration.chipId(),
              calibration.rows(),
              calibration.columns()));
    }
  }

  /// What is corrected by.
  public Calibration calibration() {
    return calibration;
  }

  /// The chip as it shows itself, which goes on belonging to this one.
  public Chip behind() {
    return chip();
  }

  /// How far an array's conductances had drifted when the chip was opened.
  public DriftFactor drift(int array) {
    calibrated(array);
    return drift.get(array);
  }

  private CalibratedCrossbar calibrated(int array) {
    CalibratedCrossbar crossbar = array < arrays.size() ? arrays.get(array) : null;
    if (crossbar == null) {
      throw new ChipException(new Fault.NotCalibrated(id(), array, calibration.arrays().size()));
    }
    return crossbar;
  }

  @Override
  public Chip bare() {
    return chip().bare();
  }

  @Override
  protected Crossbar before(int index, Crossbar crossbar) {
    return calibrated(index);
  }

  @Override
  public void read(List<ArrayRead> reads) {
    List<ArrayRead> behind = new ArrayList<>(reads.size());
    List<Runnable> pieces = new ArrayList<>();
    for (ArrayRead one : reads) {
      CalibratedCrossbar.Asked asked = calibrated(one.array()).ask(one.read(), one.amps());
      Correction correction = asked.correction();
      behind.add(new ArrayRead(one.array(), asked.behind(), correction.shown()));
      for (int piece = 0; piece < correction.pieces(); piece++) {
        int number = piece;
        pieces.add(() -> correction.correct(number));
      }
    }
    chip().read(behind);
    kernels.workers().forEach(pieces.size(), i -> pieces.get(i).run());
  }

  @Override
  public void readTransposed(List<ArrayColumnRead> reads) {
    chip().readTransposed(reads);
  }

  @Override
  public void pulse(List<ArrayPulses> trains) {
    chip().pulse(trains);
  }
}
