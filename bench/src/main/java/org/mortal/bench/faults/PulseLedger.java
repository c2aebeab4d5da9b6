package org.mortal.bench.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.mortal.chip.Chip;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Limits;
import org.mortal.chip.ProgramResult;
import org.mortal.chip.PulseTrain;

/// Two accounts of the pulses that cells were given: what the model counted, and what the host was told.
///
/// The host's account is a range for each cell: a pulse reported as done is certain, one of unknown outcome may or may not have
/// happened. The model's account must lie inside, cell by cell and polarity by polarity.
public final class PulseLedger implements Consumer<Chip.ArrayPulses> {
  private final Limits limits;
  private final Account sets;
  private final Account resets;
  private final Consumer<Chip.ArrayPulses> twin;
  private long outside;
  private long given;

  /// The ledger of `chip`, which applies every train to `twin` too.
  public static PulseLedger of(Chip chip, Chip twin) {
    Crossbar first = chip.arrays().getFirst();
    return new PulseLedger(
        chip.arrays().size(),
        first.geometry().cells(),
        first.limits(),
        applied -> twin.pulse(List.of(applied)));
  }

  private PulseLedger(int arrays, int cells, Limits limits, Consumer<Chip.ArrayPulses> twin) {
    this.limits = limits;
    this.sets = new Account(arrays, cells);
    this.resets = new Account(arrays, cells);
    this.twin = twin;
  }

  /// Pulses of one polarity since the last check.
  private static final class Account {
    private final long[][] given;
    private final long[][] least;
    private final long[][] most;

    Account(int arrays, int cells) {
      given = new long[arrays][cells];
      least = new long[arrays][cells];
      most = new long[arrays][cells];
    }

    /// Compares and begins anew.
    void settle(String polarity, List<String> violations) {
      for (int array = 0; array < given.length; array++) {
        for (int cell = 0; cell < given[array].length; cell++) {
          long real = given[array][cell];
          if (real < least[array][cell] || real > most[array][cell]) {
            violations.add(
                "cell %d of array %d was given %d %s pulses, the host knows of %d to %d"
                    .formatted(cell, array, real, polarity, least[array][cell], most[array][cell]));
          }
          given[array][cell] = 0;
          least[array][cell] = 0;
          most[array][cell] = 0;
        }
      }
    }
  }

  /// The model has applied a train.
  @Override
  public synchronized void accept(Chip.ArrayPulses applied) {
    PulseTrain train = applied.train();
    for (int cell = 0; cell < train.counts().length; cell++) {
      int count = train.counts()[cell];
      if (count != 0) {
        (count > 0 ? sets : resets).given[applied.array()][cell] += Math.abs(count);
        given += Math.abs(count);
        boolean within =
            (count > 0 ? train.setVolts() : train.resetVolts()) <= limits.maxPulseVolts()
                && train.seconds() <= limits.maxPulseSeconds()
                && Math.abs(count) <= limits.maxPulses();
        outside += within ? 0 : Math.abs(count);
      }
    }
    twin.accept(applied);
  }

  /// The host was told that a train is done.
  synchronized void done(int array, short[] counts) {
    expect(array, counts, true);
  }

  /// The host was told that a train may have been applied in part.
  synchronized void unknown(int array, short[] counts) {
    expect(array, counts, false);
  }

  private void expect(int array, short[] counts, boolean certain) {
    for (int cell = 0; cell < counts.length; cell++) {
      Account account = counts[cell] > 0 ? sets : resets;
      account.most[array][cell] += Math.abs(counts[cell]);
      account.least[array][cell] += certain ? Math.abs(counts[cell]) : 0;
    }
  }

  /// The host programmed closed loop and was told how many pulses of which polarity each cell got.
  synchronized void programmed(int array, ProgramResult result) {
    for (int cell = 0; cell < result.pulses().length; cell++) {
      int set = result.pulses()[cell] - result.resets()[cell];
      sets.least[array][cell] += set;
      sets.most[array][cell] += set;
      resets.least[array][cell] += result.resets()[cell];
      resets.most[array][cell] += result.resets()[cell];
    }
  }

  /// Closed-loop programming of an array ended with an unknown outcome: whatever its cells were given may have been.
  synchronized void programmedUnknown(int array) {
    for (Account account : List.of(sets, resets)) {
      for (int cell = 0; cell < account.most[array].length; cell++) {
        account.least[array][cell] = account.given[array][cell];
        account.most[array][cell] = account.given[array][cell];
      }
    }
  }

  /// Every cell whose account does not fit; both accounts then begin anew. To be called when the model has no train waiting.
  synchronized List<String> settle() {
    List<String> violations = new ArrayList<>();
    sets.settle("SET", violations);
    resets.settle("RESET", violations);
    if (outside > 0) {
      violations.add("%d pulses were outside the limits".formatted(outside));
      outside = 0;
    }
    return violations;
  }

  /// Pulses that the model has counted in all.
  synchronized long given() {
    return given;
  }
}
