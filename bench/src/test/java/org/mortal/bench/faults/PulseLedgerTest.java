package org.mortal.bench.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.Chips;
import org.mortal.chip.Limits;
import org.mortal.chip.ProgramResult;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.WriteMode;
import org.mortal.kernel.Kernels;

/// The ledger must notice what a campaign is there to rule out.
class PulseLedgerTest {
  private static final String ADDRESS = "sim:ideal?rows=2&columns=4&arrays=2";
  private static final short[] COUNTS = {0, 3, 0, -2, 0, 0, 1, 0};

  private Chip chip;
  private Chip twin;
  private PulseLedger ledger;

  @BeforeEach
  void open() {
    chip = Chips.open(ADDRESS, Kernels.select(1));
    twin = Chips.open(ADDRESS, Kernels.select(1));
    ledger = PulseLedger.of(chip, twin);
  }

  @AfterEach
  void close() {
    chip.close();
    twin.close();
  }

  private Limits limits() {
    return chip.arrays().getFirst().limits();
  }

  private Chip.ArrayPulses train(int array, short[] counts) {
    return new Chip.ArrayPulses(array, PulseTrain.nominal(counts, limits().write()));
  }

  private void assertViolations(int number, String... words) {
    List<String> violations = ledger.settle();
    assertEquals(number, violations.size(), violations.toString());
    for (String word : words) {
      assertTrue(violations.toString().contains(word), violations.toString());
    }
    assertEquals(List.of(), ledger.settle(), "settled accounts begin anew");
  }

  @Test
  void pulsesThatWereReportedFit() {
    ledger.accept(train(1, COUNTS));
    ledger.done(1, COUNTS);
    assertViolations(0);
    assertEquals(6, ledger.given());
    assertEquals(6, twin.telemetry().pulses());
  }

  @Test
  void aTrainAppliedTwiceIsNoticed() {
    ledger.accept(train(0, COUNTS));
    ledger.accept(train(0, COUNTS));
    ledger.done(0, COUNTS);
    assertViolations(3, "cell 1 of array 0 was given 6 SET pulses, the host knows of 3 to 3");
  }

  @Test
  void aLostPulseIsNoticed() {
    short[] less = COUNTS.clone();
    less[3] = -1;
    ledger.accept(train(0, less));
    ledger.done(0, COUNTS);
    assertViolations(1, "cell 3", "1 RESET", "2 to 2");
  }

  @Test
  void anUnknownOutcomeMayBeAnythingUpToTheWholeTrain() {
    ledger.unknown(0, COUNTS);
    assertViolations(0);
    short[] part = new short[COUNTS.length];
    part[1] = 2;
    ledger.accept(train(0, part));
    ledger.unknown(0, COUNTS);
    assertViolations(0);
    ledger.accept(train(0, COUNTS));
    ledger.accept(train(0, part));
    ledger.unknown(0, COUNTS);
    assertViolations(1, "cell 1");
  }

  @Test
  void aPulseOfTheOtherPolarityIsNoticed() {
    short[] other = new short[COUNTS.length];
    other[1] = -3;
    ledger.accept(train(0, other));
    short[] asked = new short[COUNTS.length];
    asked[1] = 3;
    ledger.done(0, asked);
    assertViolations(2, "SET", "RESET");
  }

  @Test
  void aPulseNobodyAskedForIsNoticed() {
    ledger.accept(train(1, COUNTS));
    assertViolations(3, "0 to 0");
  }

  @Test
  void programmingMustGiveWhatItReports() {
    int[] pulses = {0, 3, 0, 2, 0, 0, 1, 0};
    int[] resets = {0, 0, 0, 2, 0, 0, 0, 0};
    ProgramResult result = new ProgramResult(null, null, pulses, resets);
    ledger.accept(train(0, COUNTS));
    ledger.programmed(0, result);
    assertViolations(0);
    ledger.accept(train(0, COUNTS));
    pulses[6] = 2;
    ledger.programmed(0, result);
    assertViolations(1, "cell 6", "1 SET");
    pulses[6] = 1;
    resets[6] = 1;
    ledger.accept(train(0, COUNTS));
    ledger.programmed(0, result);
    assertViolations(2, "cell 6", "1 SET", "0 RESET");
  }

  @Test
  void pulsesOutsideTheLimitsAreNoticed() {
    WriteMode write = limits().write();
    PulseTrain strong =
        new PulseTrain(
            COUNTS, 1.01 * limits().maxPulseVolts(), write.resetVolts(), write.seconds());
    PulseLedger alone = PulseLedger.of(chip, Chips.open(ADDRESS, Kernels.select(1)));
    try {
      alone.accept(new Chip.ArrayPulses(0, strong));
    } catch (ChipException e) {
      // The twin refuses it; the ledger has noted it before.
    }
    alone.done(0, COUNTS);
    assertEquals(List.of("4 pulses were outside the limits"), alone.settle());
  }
}
