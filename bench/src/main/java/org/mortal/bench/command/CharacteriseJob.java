package org.mortal.bench.command;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.mortal.bench.characterise.Kind;
import org.mortal.bench.characterise.Region;
import org.mortal.bench.characterise.Wishes;
import org.mortal.chip.Crossbar;

/// A characterisation as arguments state it, of this call or of an earlier one.
///
/// @param cells as typed, or null
/// @param given options that are wishes
record CharacteriseJob(
    String address, Kind kind, int array, String cells, Wishes wishes, List<String> given) {
  private static final int MOST = 1_000_000;
  private static final double MOST_SECONDS = 1e9;
  private static final List<String> WISHES =
      List.of(
          "--read-volts",
          "--set-volts",
          "--reset-volts",
          "--width",
          "--interval",
          "--pulses",
          "--cycles",
          "--reads",
          "--points",
          "--times");

  /// @throws picocli.CommandLine.ParameterException if they make no sense
  static CharacteriseJob of(Map<String, String> arguments, CommonOptions common) {
    Reader reader = new Reader(arguments, common);
    Wishes wishes =
        new Wishes(
            reader.decimal("--read-volts"),
            reader.decimal("--set-volts"),
            reader.decimal("--reset-volts"),
            reader.decimal("--width"),
            reader.seconds("--interval"),
            reader.whole("--pulses", 0),
            reader.whole("--cycles", 1),
            reader.whole("--reads", 1),
            reader.whole("--points", 1),
            reader.times("--times"));
    return new CharacteriseJob(
        arguments.get("CHIP"),
        kind(arguments.get("KIND"), common),
        Integer.parseInt(arguments.get("--array")),
        arguments.get("--cells"),
        wishes,
        WISHES.stream().filter(arguments::containsKey).toList());
  }

  private static Kind kind(String text, CommonOptions common) {
    return Stream.of(Kind.values())
        .filter(kind -> kind.toString().equals(text.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            common.wrong(
                "unknown KIND '%s': choose one of %s".formatted(text, List.of(Kind.values()))));
  }

  /// The cells that are meant.
  Region region(Crossbar crossbar, CommonOptions common) {
    if (cells == null) {
      return kind.usualRegion(crossbar);
    }
    return Region.parse(cells, crossbar.geometry())
        .orElseThrow(() ->
            common.wrong(
                "--cells must be one cell as 3,4, rows and columns as 0-7,0-15, or all, within %d x %d, not '%s'"
                    .formatted(crossbar.geometry().rows(), crossbar.geometry().columns(), cells)));
  }

  /// Takes numbers out of arguments; they were numbers on the command line.
  private record Reader(Map<String, String> arguments, CommonOptions common) {
    Double decimal(String option) {
      String text = arguments.get(option);
      return text == null ? null : Double.valueOf(text);
    }

    Double seconds(String option) {
      Double value = decimal(option);
      if (value != null && !(value >= 0 && value <= MOST_SECONDS)) {
        throw common.wrong(
            "%s must be from 0 to %.0e s, not %s".formatted(option, MOST_SECONDS, value));
      }
      return value;
    }

    Integer whole(String option, int least) {
      String text = arguments.get(option);
      if (text == null) {
        return null;
      }
      int value = Integer.parseInt(text);
      common.requireRange(option, value, least, MOST);
      return value;
    }

    double[] times(String option) {
      String text = arguments.get(option);
      if (text == null) {
        return null;
      }
      double[] times = Stream.of(text.split(",")).mapToDouble(Double::parseDouble).toArray();
      double before = 0;
      for (double time : times) {
        // Written so that NaN is refused too.
        if (!(time > before && time <= MOST_SECONDS)) {
          throw common.wrong(
              "%s must rise from above 0 to at most %.0e s, not %s"
                  .formatted(option, MOST_SECONDS, text));
        }
        before = time;
      }
      return times;
    }
  }
}
