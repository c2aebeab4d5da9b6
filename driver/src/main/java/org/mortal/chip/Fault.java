package org.mortal.chip;

import java.util.Locale;

/// What can go wrong at the port. Each says in one line what, how much, where, and the limit or the mend.
public sealed interface Fault {

  String message();

  /// A value beyond a limit, or not a number.
  ///
  /// @param where the cell or line, or null where it concerns the whole array
  record OutOfLimits(String what, double actual, double limit, String unit, Object where)
      implements Fault {
    @Override
    public String message() {
      String at = where == null ? "" : " at " + where;
      String space = unit.isEmpty() ? "" : " ";
      return Double.isNaN(actual)
          ? "%s is not a number%s".formatted(what, at)
          : "%s of %s%s%s is outside the limit %s%s%s%s"
              .formatted(what, number(actual), space, unit, number(limit), space, unit, at);
    }

    private static String number(double value) {
      return value == Math.rint(value) && Math.abs(value) < 1e9
          ? String.format(Locale.ROOT, "%.0f", value)
          : String.format(Locale.ROOT, "%.4g", value);
    }
  }

  /// An array that cannot be read from columns to rows.
  record NoTransposedRead(String reason) implements Fault {
    @Override
    public String message() {
      return "this array cannot be read from columns to rows: %s; use a chip that can, as sim:hfox"
          .formatted(reason);
    }
  }

  /// An address that names no chip.
  record BadAddress(String address, String reason) implements Fault {
    @Override
    public String message() {
      return "chip address '%s': %s".formatted(address, reason);
    }
  }

  /// A network that does not fit on the chip.
  record TooFewArrays(String chip, int needed, int available) implements Fault {
    @Override
    public String message() {
      return "the network needs %d arrays, %s has %d: use smaller layers, or a chip with arrays=%d"
          .formatted(needed, chip, available, needed);
    }
  }

  /// A call to a chip that was closed.
  record Closed(String chip) implements Fault {
    @Override
    public String message() {
      return chip + " is closed";
    }
  }

  /// A board that is not there, is not one of ours, or is in use.
  record NoBoard(String address, String reason) implements Fault {
    @Override
    public String message() {
      return "%s: %s".formatted(address, reason);
    }
  }

  /// Firmware and driver that were built from different command lists.
  ///
  /// @param firmware its version
  /// @param driver ours
  /// @param mend which side is older, and what to do
  record OtherFirmware(String address, String firmware, String driver, String mend)
      implements Fault {
    @Override
    public String message() {
      return "%s runs firmware %s, this driver is %s: %s"
          .formatted(address, firmware, driver, mend);
    }
  }

  /// A board that did not answer in time, though its link stands.
  record LinkTimeout(String address, String command, long millis) implements Fault {
    @Override
    public String message() {
      return "%s did not answer %s within %d ms: check that its firmware runs, and the baud rate"
          .formatted(address, command, millis);
    }
  }

  /// A link that went away: unplugged, closed or refused. Nothing that changes cells was under way.
  record LinkLost(String address, String reason) implements Fault {
    @Override
    public String message() {
      return "%s was lost: %s; open the chip again when it is back".formatted(address, reason);
    }
  }

  /// The board restarted, or its link was lost for good, while pulses were under way: they may have been applied wholly, in part
  /// or not at all, and were not repeated.
  ///
  /// @param cells row-major indices of all cells that may have been pulsed
  /// @param siemens those cells as they were measured afterwards, or none where that was not possible
  record UnknownOutcome(String address, String cause, int array, int[] cells, float[] siemens)
      implements Fault {
    @Override
    public String message() {
      return "%s: %s while %d cells of array %d were being written; some may have been: %s"
          .formatted(
              address,
              cause,
              cells.length,
              array,
              siemens.length == 0
                  ? "measure them before writing again"
                  : "they were measured again");
    }
  }

  /// A job that ended before it was done, with a report of how far it came.
  ///
  /// @param reason such as stopped, the host fell silent, the deadline passed
  /// @param pulses applied before
  record Interrupted(String address, String reason, int array, long pulses) implements Fault {
    @Override
    public String message() {
      return "%s: %s after %d pulses to array %d; all lines are grounded"
          .formatted(address, reason, pulses, array);
    }
  }

  /// A column or row that drew more current than its compliance.
  record Compliance(String address, double amps, double limitAmps, Object where) implements Fault {
    @Override
    public String message() {
      return "%s: %.4g A exceeds the compliance of %.4g A%s"
          .formatted(address, amps, limitAmps, where == null ? "" : " at " + where);
    }
  }

  /// Something on the board that does not work.
  record Hardware(String address, String reason) implements Fault {
    @Override
    public String message() {
      return "%s: %s".formatted(address, reason);
    }
  }

  /// A calibration of another chip than the one that was opened.
  record OtherCalibration(
      String chip, Geometry geometry, String calibrated, int calibratedRows, int calibratedColumns)
      implements Fault {
    @Override
    public String message() {
      return "the calibration is of %s with arrays of %d x %d, not of %s with %d x %d: name this chip's own, or calibrate it"
          .formatted(
              calibrated,
              calibratedRows,
              calibratedColumns,
              chip,
              geometry.rows(),
              geometry.columns());
    }
  }

  /// An array that the chip's calibration leaves out.
  ///
  /// @param covered arrays that it has
  record NotCalibrated(String chip, int array, int covered) implements Fault {
    @Override
    public String message() {
      return "array %d of %s is not calibrated, its calibration covers %d: calibrate with --arrays %d"
          .formatted(array, chip, covered, array + 1);
    }
  }

  /// A caller of a recorded session who asks for something else than was recorded.
  record Strayed(String recording, int line, String difference) implements Fault {
    @Override
    public String message() {
      return "%s, line %d: %s".formatted(recording, line, difference);
    }
  }
}
