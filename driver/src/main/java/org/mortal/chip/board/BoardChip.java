package org.mortal.chip.board;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Fault;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.ProgramRequest;
import org.mortal.chip.ProgramResult;
import org.mortal.chip.ProgramVerify;
import org.mortal.chip.Telemetry;

/// The chip on a board: refuses on the host what the board's limits forbid, and hands the rest to its firmware.
///
/// Counts, energy and time are the board's own, from when this was opened.
public final class BoardChip implements Chip {
  private static final Logger LOG = System.getLogger(BoardChip.class.getName());

  private final Controller controller;
  private final Greeting greeting;
  private final boolean checked;
  private final List<Crossbar> arrays;
  private final Telemetry before;
  private Counters last;
  private boolean closed;

  /// @param controller closed with this chip
  BoardChip(Controller controller) {
    this(controller, true);
  }

  private BoardChip(Controller controller, boolean checked) {
    this.controller = controller;
    this.greeting = controller.greeting();
    this.checked = checked;
    this.arrays =
        IntStream.range(0, greeting.arrays())
            .<Crossbar>mapToObj(array -> new BoardCrossbar(this, array))
            .toList();
    this.last = controller.counters();
    this.before = telemetry(last);
  }

  /// The same without the host's own checks of limits, to show that the firmware refuses too.
  static BoardChip unchecked(Controller controller) {
    return new BoardChip(controller, false);
  }

  @Override
  public String id() {
    Greeting now = controller.greeting();
    return now.chip().isBlank() ? now.board() : now.chip();
  }

  @Override
  public String firmware() {
    return greeting.firmware();
  }

  @Override
  public List<Crossbar> arrays() {
    return arrays;
  }

  @Override
  public boolean arraysLimited() {
    return true;
  }

  Geometry geometry() {
    return greeting.geometry();
  }

  Limits limits() {
    return greeting.limits();
  }

  /// What the board keeps while it is switched off, by name: `board_name`, `chip_id`, `silence_millis`.
  public Map<String, String> settings() {
    Greeting now = controller.greeting();
    Map<String, String> named = new LinkedHashMap<>();
    for (Setting setting : Setting.values()) {
      named.put(setting.key(), setting.value(now));
    }
    return named;
  }

  /// Whether the board has memory for its [#settings]; if not, they last until it restarts.
  public boolean keepsSettings() {
    return greeting.keepsSettings();
  }

  /// Sets one of the [#settings]; an empty text stands for the one that the firmware was built with.
  ///
  /// @throws IllegalArgumentException if there is no such setting, or it cannot be that
  public void set(String name, String value) {
    checkOpen();
    controller.set(Setting.of(name), value);
  }

  /// Starts the firmware anew, and waits until it is there again. Cells and counts stay.
  ///
  /// @throws ChipException if it does not come back
  public void restart() {
    checkOpen();
    counted();
    controller.restart();
  }

  /// What the board has counted since it started, by name.
  public Map<String, Long> counters() {
    Counters now = counted();
    Map<String, Long> named = new LinkedHashMap<>();
    for (CounterName name : CounterName.values()) {
      named.put(name.name().toLowerCase(Locale.ROOT), now.get(name));
    }
    return named;
  }

  /// What the host's end of the link has counted since this was opened, also once it is closed; nothing where there is no
  /// link.
  public Optional<LinkCounters> link() {
    return controller.link();
  }

  /// What calls take on its link.
  public LinkBytes linkBytes() {
    return LinkBytes.of(greeting);
  }

  @Override
  public Telemetry telemetry() {
    return telemetry(counted()).since(before);
  }

  /// A closed board is not asked any more.
  private Counters counted() {
    if (!closed) {
      last = controller.counters();
    }
    return last;
  }

  private static Telemetry telemetry(Counters counters) {
    return new Telemetry(
        counters.get(CounterName.VECTORS),
        counters.get(CounterName.PULSES),
        counters.get(CounterName.CELL_WRITES),
        counters.joules(),
        counters.busySeconds());
  }

  @Override
  public void read(List<ArrayRead> reads) {
    checkOpen();
    checkDistinct(reads.stream().mapToInt(ArrayRead::array));
    reads.forEach(one -> check(one, checked));
    send(reads);
  }

  void read(ArrayRead read) {
    checkOpen();
    check(read, checked && !controller.checksWholeReads());
    send(List.of(read));
  }

  private void send(List<ArrayRead> reads) {
    boolean whole = reads.stream().noneMatch(one -> one.read().biasesDiffer());
    controller.read(
        whole ? reads : reads.stream().flatMap(one -> BiasRuns.of(one).stream()).toList());
  }

  private void check(ArrayRead one, boolean values) {
    one.read().checkShapes(geometry(), one.amps());
    // Of a read that goes in parts the firmware would have done some before it refuses another.
    if (values || one.read().biasesDiffer()) {
      one.read().checkBias(limits().maxBiasAmps());
      one.read().checkVolts(limits().maxReadVolts());
    }
  }

  @Override
  public void pulse(List<ArrayPulses> trains) {
    checkOpen();
    checkDistinct(trains.stream().mapToInt(ArrayPulses::array));
    trains.forEach(this::check);
    controller.pulse(trains);
  }

  private void check(ArrayPulses one) {
    one.train().checkShape(geometry());
    if (checked) {
      limits().check(geometry(), one.train());
    }
  }

  ProgramResult program(BoardCrossbar crossbar, ProgramRequest request) {
    checkOpen();
    // Always: the firmware programs row by row, so it would refuse a bad row after it has written
    // others.
    request.check(geometry(), limits());
    return greeting.programs()
        ? controller.program(crossbar.array(), request)
        : new ProgramVerify(crossbar).run(request);
  }

  private void checkDistinct(IntStream named) {
    BitSet seen = new BitSet();
    named.forEach(array -> {
      arrays.get(array);
      if (seen.get(array)) {
        throw new IllegalArgumentException("array %d is named twice in one call".formatted(array));
      }
      seen.set(array);
    });
  }

  private void checkOpen() {
    if (closed) {
      throw new ChipException(new Fault.Closed(id()));
    }
  }

  /// Grounds all lines now, ends what runs, and makes the board refuse until [#resume]. From any thread.
  public void stop() {
    controller.stop();
  }

  /// Ends a [#stop].
  public void resume() {
    controller.resume();
  }

  @Override
  public void pause(double seconds) {
    Chip.waitInRealTime(seconds);
  }

  @Override
  public boolean virtualTime() {
    return false;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    try {
      counted();
    } catch (ChipException e) {
      LOG.log(Level.DEBUG, "the last counters of {0} are missing: {1}", id(), e.getMessage());
    }
    closed = true;
    controller.close();
  }
}
