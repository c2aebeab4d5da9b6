package org.mortal.bench.book;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.mortal.bench.calibrate.file.CalibrationFile;
import org.mortal.bench.run.Json;
import org.mortal.bench.run.RunException;
import org.mortal.bench.run.RunListener;
import org.mortal.bench.run.RunManifest;
import org.mortal.bench.train.ChipOpener;
import org.mortal.chip.Chip;
import org.mortal.chip.calibrated.Calibration;
import org.mortal.chip.replay.ReplayChip;
import org.mortal.kernel.Kernels;

/// Enters in a lab book what one call of a command does: its run, its chips, and what it gives to their cells.
///
/// A run is entered with its chips whenever its manifest is written; wear every half minute between pulses, and at the end, also
/// that of an exception or of Ctrl-C. So a process that is killed outright loses the wear of half a minute. A chip that was
/// neither pulsed nor part of a run is not entered. When the book cannot be written, the user is warned once, what there is to
/// be entered is kept and tried again, and the command goes on.
public final class Bookkeeper implements RunListener, AutoCloseable {
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final BookPlace place;
  private final Consumer<String> warnings;
  private final String runId = UUID.randomUUID().toString();
  private final Thread hook = new Thread(this::end, "mortal-book");

  private final Set<WatchedChip> open = new LinkedHashSet<>();
  private final Map<String, ChipEntry> chips = new LinkedHashMap<>();
  private final Map<ArrayOf, Given> given = new LinkedHashMap<>();
  private final List<CalibrationEntry> calibrations = new ArrayList<>();
  private RunEntry run;
  private Page unsaved = new Page(List.of(), List.of(), List.of());

  private Book book;
  private boolean warned;
  private boolean ending;
  private volatile long due = System.nanoTime() + PAUSE_NANOS;

  private record ArrayOf(ChipEntry chip, int array) {}

  private record Given(CellWear wear, boolean complete) {}

  /// @param warnings takes a line for the user, at most once
  public Bookkeeper(BookPlace place, Consumer<String> warnings) {
    this.place = place;
    this.warnings = warnings;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /// Opens chips as `opener` does, and watches them. Recorded sessions pulse nothing and are not watched.
  public ChipOpener watching(ChipOpener opener) {
    return (address, kernels) -> watch(opener, address, kernels);
  }

  private Chip watch(ChipOpener opener, String address, Kernels kernels) {
    Chip chip = opener.open(address, kernels);
    if (chip.bare() instanceof ReplayChip) {
      return chip;
    }
    try {
      WatchedChip watched = new WatchedChip(chip, ChipEntry.of(chip, address), this);
      opened(watched);
      return watched;
    } catch (RuntimeException | Error e) {
      chip.close();
      throw e;
    }
  }

  private synchronized void opened(WatchedChip chip) {
    open.add(chip);
    chips.put(chip.entry().id(), chip.entry());
  }

  /// Called after each train. Few of them do anything here.
  ///
  /// @param full whether a chip can count no more
  void pulsed(boolean full) {
    if (full || System.nanoTime() - due > 0) {
      write();
    }
  }

  synchronized void closed(WatchedChip chip) {
    if (!open.contains(chip)) {
      return;
    }
    take(chip);
    open.remove(chip);
    if (ending || System.nanoTime() - due > 0) {
      write();
    }
  }

  private void take(WatchedChip chip) {
    chips.put(chip.entry().id(), chip.entry().seenNow());
    chip.take()
        .forEach((array, counts) ->
            given.merge(
                new ArrayOf(chip.entry(), array),
                new Given(counts.wear(), counts.complete()),
                (sum, more) -> {
                  sum.wear().add(more.wear());
                  return new Given(sum.wear(), sum.complete() && more.complete());
                }));
  }

  @Override
  public synchronized void written(Path folder, RunManifest manifest) {
    run = RunEntry.of(runId, folder, manifest);
    // Wear has times of its own: entries of whole arrays are large, so there are to be few.
    save();
  }

  /// Notes a calibration of a chip that was opened here, to be entered with the next page.
  ///
  /// @param quality figures by name
  public synchronized void calibrated(CalibrationFile file, Map<String, ?> quality) {
    Calibration calibration = file.calibration();
    calibrations.add(
        new CalibrationEntry(
            file.id(),
            calibration.chipId(),
            runId,
            calibration.target(),
            BookTime.of(Instant.parse(calibration.made())),
            BookTime.of(Instant.parse(calibration.expires())),
            calibration.firmwareHash(),
            calibration.kelvin(),
            file.path().toAbsolutePath().normalize().toString(),
            file.sha256(),
            Json.line(quality)));
    open.stream()
        .map(WatchedChip::entry)
        .filter(chip -> chip.id().equals(calibration.chipId()))
        .forEach(chip -> chips.put(chip.id(), chip));
  }

  /// Enters all that there is.
  private synchronized void write() {
    due = System.nanoTime() + PAUSE_NANOS;
    open.forEach(this::take);
    save();
  }

  private void save() {
    if (unsaved.isEmpty()) {
      unsaved = page();
    }
    if (unsaved.isEmpty()) {
      return;
    }
    try {
      if (book == null) {
        book = Book.open(place);
      }
      book.enter(unsaved);
      unsaved = new Page(List.of(), List.of(), List.of());
    } catch (RunException e) {
      if (!warned) {
        warned = true;
        warnings.accept(e.getMessage());
      }
    }
  }

  /// What is new since the last page; nothing as long as there is neither a run nor wear.
  private Page page() {
    if (run == null && given.isEmpty() && calibrations.isEmpty()) {
      return unsaved;
    }
    List<Page.Wear> wear = new ArrayList<>();
    given.forEach((of, what) -> wear.add(entry(of, what)));
    Page page =
        new Page(
            List.copyOf(chips.values()),
            run == null ? List.of() : List.of(run),
            wear,
            List.copyOf(calibrations));
    chips.clear();
    calibrations.clear();
    given.clear();
    run = null;
    return page;
  }

  private Page.Wear entry(ArrayOf of, Given what) {
    CellWear wear = what.wear();
    WearEntry entry =
        new WearEntry(
            UUID.randomUUID().toString(),
            of.chip().id(),
            runId,
            of.array(),
            of.chip().rowCount(),
            of.chip().columnCount(),
            BookTime.now(),
            CellWear.sum(wear.set()),
            CellWear.sum(wear.reset()),
            CellWear.sum(wear.programmed()),
            what.complete());
    return new Page.Wear(entry, wear.encoded());
  }

  private synchronized void end() {
    ending = true;
    write();
    // Behind a page that could not be entered before there may be another.
    write();
  }

  /// Enters what is left.
  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is going down just now, and the hook finds nothing left to do.
    }
  }
}
