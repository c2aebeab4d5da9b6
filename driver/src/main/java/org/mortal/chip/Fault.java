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
}
