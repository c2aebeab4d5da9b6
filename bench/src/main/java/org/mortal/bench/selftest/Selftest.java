package org.mortal.bench.selftest;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.mortal.chip.Chip;

/// Looks for defects of a chip through its port, so on a board as on a simulated chip.
///
/// Cells are moved by a quarter of their window, and brought back.
public final class Selftest {
  private static final long SEED = 1;

  private final Chip chip;
  private final double stuckShare;
  private final LinkCheck link;

  /// @param stuckShare of the cells that may be stuck
  public Selftest(Chip chip, double stuckShare) {
    this.chip = chip;
    this.stuckShare = stuckShare;
    this.link = LinkCheck.begin(chip);
  }

  /// Conductances of one array, before the test and with every cell SET.
  public record Pictures(float[][] before, float[][] raised) {}

  /// Tests one array.
  ///
  /// @param pictures is given the conductances
  public List<Check> array(int array, Consumer<Pictures> pictures) {
    ArrayProbe probe = new ArrayProbe(chip.arrays().get(array));
    ConverterChecks converters = new ConverterChecks(probe, array);
    List<Check> checks = new ArrayList<>(converters.withoutCells());
    CellTrial trial = new CellTrial(probe, converters.noiseAmps(), SEED + array);
    trial.setHalves();
    CellChecks cells = new CellChecks(trial, probe, array);
    checks.add(converters.ramp(cells.rowsForRamp(), trial.moveSiemens()));
    trial.resetAll();
    checks.addAll(cells.checks(stuckShare));
    checks.add(new Restoration(probe, trial, cells).run(array, cells.mux().passed()));
    pictures.accept(new Pictures(trial.before(), trial.raised()));
    return checks;
  }

  /// Tests the converters of one array, as far as that asks for no cell: no pulse is given.
  public List<Check> converters(int array) {
    return new ConverterChecks(new ArrayProbe(chip.arrays().get(array)), array).withoutCells();
  }

  /// What the link did while arrays were tested; nothing where there is none.
  public List<Check> link() {
    return link == null ? List.of() : List.of(link.end());
  }
}
