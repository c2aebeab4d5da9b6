package org.mortal.bench.book;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.ColumnRead;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Fault;
import org.mortal.chip.ForwardingChip;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.ProgramRequest;
import org.mortal.chip.ProgramResult;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.kernel.Batch;

/// Any chip, with the pulses that it is given counted cell by cell.
///
/// Counted is what was applied: a call that was refused has pulsed nothing, and one that failed on its way leaves an entry that
/// says it is not complete.
final class WatchedChip extends ForwardingChip {
  private final Bookkeeper keeper;
  private final ChipEntry entry;
  private final Map<Integer, WearCounts> wear = new TreeMap<>();

  WatchedChip(Chip chip, ChipEntry entry, Bookkeeper keeper) {
    super(chip);
    this.entry = entry;
    this.keeper = keeper;
  }

  ChipEntry entry() {
    return entry;
  }

  /// Takes what was counted since the last time, by array.
  synchronized Map<Integer, WearCounts> take() {
    Map<Integer, WearCounts> taken = new TreeMap<>(wear);
    taken.values().removeIf(WearCounts::isEmpty);
    wear.clear();
    return taken;
  }

  private synchronized WearCounts counts(int array) {
    return wear.computeIfAbsent(array, _ -> new WearCounts(entry.rowCount() * entry.columnCount()));
  }

  private synchronized void add(List<ArrayPulses> trains) {
    trains.forEach(one -> counts(one.array()).add(one.train().counts()));
  }

  private synchronized void missed(List<ArrayPulses> trains) {
    trains.forEach(one -> counts(one.array()).missed());
  }

  private synchronized void addProgrammed(int array, ProgramResult result) {
    counts(array).add(result);
  }

  private synchronized boolean full() {
    return wear.values().stream().anyMatch(WearCounts::full);
  }

  private static boolean refused(ChipException error) {
    return switch (error.fault()) {
      case Fault.OutOfLimits _, Fault.Closed _, Fault.Strayed _ -> true;
      default -> false;
    };
  }

  @Override
  public Chip bare() {
    return chip().bare();
  }

  @Override
  protected Crossbar before(int index, Crossbar crossbar) {
    return new WatchedCrossbar(index, crossbar);
  }

  @Override
  public void read(List<ArrayRead> reads) {
    chip().read(reads);
  }

  @Override
  public void readTransposed(List<ArrayColumnRead> reads) {
    chip().readTransposed(reads);
  }

  @Override
  public void pulse(List<ArrayPulses> trains) {
    try {
      chip().pulse(trains);
    } catch (ChipException e) {
      if (!refused(e)) {
        missed(trains);
      }
      throw e;
    }
    add(trains);
    keeper.pulsed(full());
  }

  @Override
  public void close() {
    try {
      super.close();
    } finally {
      keeper.closed(this);
    }
  }

  private final class WatchedCrossbar implements Crossbar {
    private final int array;
    private final Crossbar crossbar;

    WatchedCrossbar(int array, Crossbar crossbar) {
      this.array = array;
      this.crossbar = crossbar;
    }

    @Override
    public Geometry geometry() {
      return crossbar.geometry();
    }

    @Override
    public Limits limits() {
      return crossbar.limits();
    }

    @Override
    public void read(Read read, Batch amps) {
      crossbar.read(read, amps);
    }

    @Override
    public boolean canReadTransposed() {
      return crossbar.canReadTransposed();
    }

    @Override
    public void readTransposed(ColumnRead read, Batch amps) {
      crossbar.readTransposed(read, amps);
    }

    @Override
    public void pulse(PulseTrain train) {
      WatchedChip.this.pulse(List.of(new ArrayPulses(array, train)));
    }

    /// On a board the loop is closed by its firmware, which reports how many pulses each cell took.
    @Override
    public ProgramResult program(ProgramRequest request) {
      ProgramResult result;
      try {
        result = crossbar.program(request);
      } catch (ChipException e) {
        if (!refused(e)) {
          synchronized (WatchedChip.this) {
            counts(array).missed();
          }
        }
        throw e;
      }
      addProgrammed(array, result);
      keeper.pulsed(full());
      return result;
    }
  }
}
