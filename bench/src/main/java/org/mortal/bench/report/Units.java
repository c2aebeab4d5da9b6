package org.mortal.bench.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Figures for people: three digits and a prefix, `1.23 µS`, `4.5 mJ`, `12.3 k`.
public final class Units {
  private static final String PREFIXES = "afpnµm kMGTPE";
  private static final int LOWEST = -6;
  private static final MathContext DIGITS = new MathContext(3, RoundingMode.HALF_EVEN);

  private Units() {}

  /// A value without a unit.
  public static String format(double value) {
    return format(value, "");
  }

  /// A share in percent, to hundredths.
  public static String percent(double share) {
    return "%.2f %%".formatted(100 * share);
  }

  /// A value in `unit`.
  ///
  /// @param unit its symbol, or an empty text
  public static String format(double value, String unit) {
    if (!Double.isFinite(value)) {
      String text = Double.isNaN(value) ? "no number" : value > 0 ? "∞" : "-∞";
      return join(text, unit);
    }
    if (value == 0) {
      return join("0", unit);
    }
    // Rounded first: 999.9 takes the prefix of 1000.
    BigDecimal rounded = new BigDecimal(value).round(DIGITS);
    int exponent = rounded.precision() - rounded.scale() - 1;
    int step = Math.clamp(Math.floorDiv(exponent, 3), LOWEST, LOWEST + PREFIXES.length() - 1);
    String digits = rounded.scaleByPowerOfTen(-3 * step).stripTrailingZeros().toPlainString();
    String prefix = PREFIXES.substring(step - LOWEST, step - LOWEST + 1).strip();
    return join(digits, prefix + unit);
  }

  private static String join(String number, String unit) {
    return unit.isEmpty() ? number : number + " " + unit;
  }
}
