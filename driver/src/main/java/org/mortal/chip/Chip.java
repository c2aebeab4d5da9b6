package org.mortal.chip;

import java.time.Duration;
import java.util.List;
import org.mortal.kernel.Batch;

/// A board's chip or a simulated one: an identity, its arrays, one clock.
///
/// One thread at a time; `close` grounds all lines.
public interface Chip extends AutoCloseable {

  /// A read of one of the chip's arrays.
  ///
  /// @param array its place in [#arrays]
  /// @param amps where the currents go, n x outputs
  record ArrayRead(int array, Read read, Batch amps) {}

  /// A transposed read of one of the chip's arrays.
  ///
  /// @param array its place in [#arrays]
  /// @param amps where the currents go, n x rows
  record ArrayColumnRead(int array, ColumnRead read, Batch amps) {}

  /// Pulses to one of the chip's arrays.
  record ArrayPulses(int array, PulseTrain train) {}

  /// The serial number: the same chip always answers the same.
  String id();

  /// What runs on the chip's controller, with its version.
  String firmware();

  /// The arrays, all of one shape. A simulated chip makes one when it is first asked for.
  List<Crossbar> arrays();

  /// Whether the number of arrays was stated, rather than as many as are asked for.
  boolean arraysLimited();

  Telemetry telemetry();

  /// The chip itself, behind what watches its calls: to ask what kind of chip it is, and for what only that kind can do.
  default Chip bare() {
    return this;
  }

  /// Reads several arrays, each at most once, in the order given unless the chip can do it side by side.
  default void read(List<ArrayRead> reads) {
    for (ArrayRead one : reads) {
      arrays().get(one.array()).read(one.read(), one.amps());
    }
  }

  /// Reads several arrays from columns to rows, each at most once, as [#read] does from rows to columns.
  ///
  /// @throws ChipException if they cannot; see [Crossbar#canReadTransposed]
  default void readTransposed(List<ArrayColumnRead> reads) {
    for (ArrayColumnRead one : reads) {
      arrays().get(one.array()).readTransposed(one.read(), one.amps());
    }
  }

  /// Pulses several arrays, each at most once. On a board, where one train fails, those before it in the list were applied and
  /// those behind it were not begun.
  default void pulse(List<ArrayPulses> trains) {
    for (ArrayPulses one : trains) {
      arrays().get(one.array()).pulse(one.train());
    }
  }

  /// Lets `seconds` pass in which nothing is asked of the chip: cells that forget do so by its clock.
  ///
  /// A board [waits][#waitInRealTime]; a chip of virtual time goes on at once, so much older. Whoever stands before another
  /// chip leaves it to that one: a default would answer for it.
  ///
  /// @param seconds at least 0
  void pause(double seconds);

  /// Whether a [#pause] takes the chip no time of ours: it gets older by what is asked of it alone. Other chips have the
  /// machine's clock. Left to the chip behind by whoever stands before one, as a pause is.
  boolean virtualTime();

  /// Waits at least `seconds` by the machine's clock; an interrupt ends the wait early and stays set.
  static void waitInRealTime(double seconds) {
    try {
      Thread.sleep(Duration.ofNanos(Math.round(seconds * 1e9)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Grounds all lines and lets the chip go. Closing twice does nothing.
  @Override
  void close();
}
