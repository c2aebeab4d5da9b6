package org.mortal.sim.device;

import java.util.Objects;
import org.mortal.chip.Gate;

/// Everything about the cells of a technology: the section `cells` of a profile.
///
/// A cell holds a level, which pulses move by the update law between bounds of its own, and conducts
/// `minSiemens + gain * slope * (level - lowLevel)`. What else happens to it, with time, use and temperature, is a section
/// each, and does not happen where the section is absent.
///
/// @param window how levels become conductance
/// @param update how pulses move levels
/// @param switching how pulses of other shapes compare with the nominal one
/// @param variation how cells differ; all are alike where absent
/// @param defects cells that do not work; none where absent
/// @param readNoise white noise of a read; none where absent
/// @param conduction the current by voltage; Ohm's law where absent
/// @param aging what time, use and temperature do; nothing where absent
/// @param gate of the transistors at the cells; where absent nobody can set it
public record CellModel(
    Window window,
    UpdateLaw update,
    Switching switching,
    Variation variation,
    Defects defects,
    ReadNoise readNoise,
    Conduction conduction,
    Aging aging,
    Gate gate) {
  public CellModel {
    Objects.requireNonNull(window, "window is missing");
    Objects.requireNonNull(update, "update is missing");
    Objects.requireNonNull(switching, "switching is missing");
    variation = Objects.requireNonNullElse(variation, Variation.NONE);
    defects = Objects.requireNonNullElse(defects, Defects.NONE);
    readNoise = Objects.requireNonNullElse(readNoise, ReadNoise.NONE);
    conduction = Objects.requireNonNullElse(conduction, new Conduction.Ohmic());
    aging = Objects.requireNonNullElse(aging, Aging.NONE);
  }

  /// Conductance of a nominal SET step.
  public double stepSiemens() {
    return update.setStep() * window.slope();
  }

  /// Whether read noise differs from cell to cell, so that its variance at an output depends on which rows are driven.
  public boolean noiseVaries() {
    return readNoise.relative() > 0 || aging.addsNoise();
  }

  public CellModel with(UpdateLaw other) {
    return new CellModel(
        window, other, switching, variation, defects, readNoise, conduction, aging, gate);
  }

  public CellModel with(Variation other) {
    return new CellModel(
        window, update, switching, other, defects, readNoise, conduction, aging, gate);
  }

  public CellModel with(Defects other) {
    return new CellModel(
        window, update, switching, variation, other, readNoise, conduction, aging, gate);
  }

  public CellModel with(ReadNoise other) {
    return new CellModel(
        window, update, switching, variation, defects, other, conduction, aging, gate);
  }

  public CellModel with(Aging other) {
    return new CellModel(
        window, update, switching, variation, defects, readNoise, conduction, other, gate);
  }

  public CellModel with(Conduction other) {
    return new CellModel(
        window, update, switching, variation, defects, readNoise, other, aging, gate);
  }
}
