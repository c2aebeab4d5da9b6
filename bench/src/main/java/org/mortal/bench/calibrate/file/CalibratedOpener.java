package org.mortal.bench.calibrate.file;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.mortal.bench.run.CalibrationMark;
import org.mortal.bench.run.RunException;
import org.mortal.bench.run.RunManifest;
import org.mortal.bench.train.ChipOpener;
import org.mortal.chip.Chip;
import org.mortal.chip.calibrated.ArrayCalibration;
import org.mortal.chip.calibrated.CalibratedChip;
import org.mortal.chip.calibrated.Calibration;
import org.mortal.chip.calibrated.DriftFactor;
import org.mortal.kernel.Kernels;

/// Opens chips behind their calibrations. Of several files each chip finds its own by its serial number.
public final class CalibratedOpener implements ChipOpener {
  private final ChipOpener opener;
  private final List<CalibrationFile> files;
  private final Consumer<String> warnings;
  private final Map<String, CalibrationMark> used = new LinkedHashMap<>();

  /// @param opener of the chips behind
  /// @param paths at least one
  /// @param warnings takes a line for the user
  /// @throws RunException if a file cannot be read, or two are of one chip
  public CalibratedOpener(ChipOpener opener, List<Path> paths, Consumer<String> warnings) {
    this.opener = opener;
    this.files = paths.stream().map(CalibrationFile::read).toList();
    this.warnings = warnings;
    Map<String, Path> chips = new LinkedHashMap<>();
    for (CalibrationFile file : files) {
      Path other = chips.put(file.calibration().chipId(), file.path());
      if (other != null) {
        throw new RunException(
            "%s and %s are both of %s: name one calibration for each chip"
                .formatted(other, file.path(), file.calibration().chipId()),
            null);
      }
    }
  }

  /// Those that chips were opened with so far.
  public List<CalibrationMark> used() {
    return new ArrayList<>(used.values());
  }

  /// A manifest that names them too.
  public RunManifest complete(RunManifest manifest) {
    return used.isEmpty() ? manifest : manifest.withCalibrations(used());
  }

  @Override
  public Chip open(String address, Kernels kernels) {
    Chip chip = opener.open(address, kernels);
    try {
      return new CalibratedChip(chip, of(chip, address).calibration(), kernels);
    } catch (RuntimeException | Error e) {
      chip.close();
      throw e;
    }
  }

  /// The calibration of `chip`, which counts as used from now on.
  ///
  /// @param address it was opened by, for the error
  /// @throws RunException if there is none
  public CalibrationFile of(Chip chip, String address) {
    for (CalibrationFile file : files) {
      if (file.calibration().chipId().equals(chip.id())) {
        if (used.put(file.id(), file.mark()) == null) {
          warn(file, chip);
        }
        return file;
      }
    }
    throw new RunException(
        "%s is the calibration of %s, not of %s at %s: name that chip's own, or calibrate it"
            .formatted(
                String.join(", ", files.stream().map(file -> file.path().toString()).toList()),
                String.join(", ", files.stream().map(file -> file.calibration().chipId()).toList()),
                chip.id(),
                address),
        null);
  }

  private void warn(CalibrationFile file, CalibratedChip chip) {
    for (ArrayCalibration array : file.calibration().arrays()) {
      DriftFactor drift = chip.drift(array.array());
      if (drift.written()) {
        warnings.accept(
            "cells of array %d were written since %s was made (their currents are alike by %.2f of 1): its gains and offsets hold, what it says of cells and wires is of the past; calibrate again for those"
                .formatted(array.array(), file.path(), drift.likeness()));
      }
    }
  }

  private void warn(CalibrationFile file, Chip chip) {
    Calibration calibration = file.calibration();
    if (Instant.parse(calibration.expires()).isBefore(Instant.now())) {
      warnings.accept(
          "%s expired at %s: calibrate %s again"
              .formatted(file.path(), calibration.expires(), chip.id()));
    }
    if (!calibration.firmwareHash().equals(Calibration.firmwareHash(chip))) {
      warnings.accept(
          "%s was made with firmware '%s', %s runs '%s' now: check it with calibrate --check, or calibrate again"
              .formatted(file.path(), calibration.firmware(), chip.id(), chip.firmware()));
    }
  }
}
