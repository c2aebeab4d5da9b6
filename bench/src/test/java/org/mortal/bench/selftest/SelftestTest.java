package org.mortal.bench.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mortal.bench.selftest.DefectiveChip.Defect;
import org.mortal.chip.Chip;
import org.mortal.chip.Chips;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Limits;
import org.mortal.chip.ProgramVerify;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;

/// Sound chips pass, and each defect fails the check that is for it.
@Timeout(60)
class SelftestTest {
  private static final int ROWS = 24;
  private static final int COLUMNS = 16;
  private static final double STUCK_SHARE = 0.02;
  private static final Kernels KERNELS = Kernels.select(1);

  private static Chip chip(String profile, int seed) {
    return Chips.open(
        "sim:%s?seed=%d&rows=%d&columns=%d".formatted(profile, seed, ROWS, COLUMNS), KERNELS);
  }

  private static List<Check> test(Chip chip) {
    return new Selftest(chip, STUCK_SHARE).array(0, pictures -> {});
  }

  private static Set<String> failed(List<Check> checks) {
    return checks.stream()
        .filter(check -> !check.passed())
        .map(Check::name)
        .collect(Collectors.toSet());
  }

  private static void assertFound(Defect defect, Set<String> expected) {
    try (Chip chip = new DefectiveChip(chip("hfox", 1), defect)) {
      List<Check> checks = test(chip);
      assertEquals(expected, failed(checks), checks.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void ordinaryQuirksPass(int seed) {
    try (Chip chip = chip("hfox", seed)) {
      List<Check> checks = test(chip);
      assertEquals(Set.of(), failed(checks), checks.toString());
    }
  }

  @Test
  void aPerfectChipPasses() {
    try (Chip chip = chip("ideal", 1)) {
      assertEquals(Set.of(), failed(test(chip)));
    }
  }

  @Test
  void writtenCellsPassAndComeBack() {
    try (Chip chip = chip("hfox", 3)) {
      Crossbar crossbar = chip.arrays().getFirst();
      short[] counts = new short[crossbar.geometry().cells()];
      Philox random = new Philox(Philox.key(5));
      for (int i = 0; i < counts.length; i++) {
        counts[i] = (short) random.nextInt(300);
      }
      crossbar.pulse(PulseTrain.nominal(counts, crossbar.limits().write()));
      Batch before = new ProgramVerify(crossbar).measure(64);
      assertEquals(Set.of(), failed(test(chip)));
      Batch after = new ProgramVerify(crossbar).measure(64);
      double sum = 0;
      for (int i = 0; i < counts.length; i++) {
        double error = after.get(i / COLUMNS, i % COLUMNS) - before.get(i / COLUMNS, i % COLUMNS);
        sum += error * error / counts.length;
      }
      double window = crossbar.limits().windowSiemens();
      assertTrue(Math.sqrt(sum) < 0.03 * window, Math.sqrt(sum) + " S from before");
    }
  }

  @Test
  void anOpenRowIsFound() {
    assertFound(
        new Defect() {
          @Override
          public Batch inputs(Batch inputs) {
            Batch driven = Batch.of(inputs.toArrays());
            for (int n = 0; n < driven.rows(); n++) {
              driven.set(n, 5, 0);
            }
            return driven;
          }
        },
        Set.of("open-rows"));
  }

  @Test
  void anOpenColumnIsFound() {
    assertFound(
        new Defect() {
          @Override
          public void spoil(Crossbar sound, Read read, Batch amps) {
            if (read.sense() == Read.Sense.MINUS) {
              return;
            }
            // Without its positive column an output has the negative one, or nothing.
            Batch inputs =
                read.sense() == Read.Sense.ALL
                    ? read.inputs()
                    : Batch.zeros(amps.rows(), read.inputs().columns());
            Batch rest = Batch.zeros(amps.rows(), amps.columns());
            sound.read(
                new Read(inputs, read.voltsPerUnit(), read.biasAmps(), Read.Sense.MINUS), rest);
            for (int n = 0; n < amps.rows(); n++) {
              amps.set(n, 2, rest.get(n, 2));
            }
          }
        },
        Set.of("open-columns"));
  }

  @Test
  void aShortIsFound() {
    assertFound(
        new Defect() {
          @Override
          public void spoil(Crossbar sound, Read read, Batch amps) {
            Limits limits = sound.limits();
            for (int n = 0; read.sense() != Read.Sense.MINUS && n < amps.rows(); n++) {
              double volts = read.inputs().get(n, 7) * read.voltsPerUnit();
              double all = amps.get(n, 3) + volts * 20 * limits.maxSiemens();
              amps.set(n, 3, (float) Math.min(all, limits.fullScaleAmps()));
            }
          }
        },
        Set.of("shorts"));
  }

  /// Column 4 as it is.
  private static final Defect UNWRITTEN_COLUMN =
      new Defect() {
        @Override
        public short[] counts(short[] counts) {
          short[] reached = counts.clone();
          for (int r = 0; r < ROWS; r++) {
            reached[r * COLUMNS + 4] = 0;
          }
          return reached;
        }
      };

  @Test
  void aColumnThatCannotBeWrittenConductsNothing() {
    assertFound(UNWRITTEN_COLUMN, Set.of("open-columns"));
  }

  @Test
  void aColumnThatCannotBeWrittenAnyMoreIsStuck() {
    try (Chip sound = chip("hfox", 1)) {
      Crossbar crossbar = sound.arrays().getFirst();
      short[] raise = new short[crossbar.geometry().cells()];
      for (int r = 0; r < ROWS; r++) {
        raise[r * COLUMNS + 4] = 100;
      }
      crossbar.pulse(PulseTrain.nominal(raise, crossbar.limits().write()));
      List<Check> checks = test(new DefectiveChip(sound, UNWRITTEN_COLUMN));
      assertEquals(Set.of("stuck-columns"), failed(checks), checks.toString());
      String where =
          checks.stream().filter(check -> !check.passed()).findFirst().orElseThrow().detail();
      assertTrue(where.endsWith(": 4"), where);
    }
  }

  @Test
  void swappedRowsAreFound() {
    assertFound(
        new Defect() {
          @Override
          public short[] counts(short[] counts) {
            short[] reached = counts.clone();
            System.arraycopy(counts, 2 * COLUMNS, reached, 9 * COLUMNS, COLUMNS);
            System.arraycopy(counts, 9 * COLUMNS, reached, 2 * COLUMNS, COLUMNS);
            return reached;
          }
        },
        Set.of("mux"));
  }

  @Test
  void aDeadConverterIsFound() {
    assertFound(
        new Defect() {
          @Override
          public void spoil(Crossbar sound, Read read, Batch amps) {
            for (int n = 0; n < amps.rows(); n++) {
              amps.set(n, 6, 1e-6f);
            }
          }
        },
        Set.of("bias", "ramp", "open-columns"));
  }

  @Test
  void aConverterThatLosesABitIsFound() {
    assertFound(
        new Defect() {
          @Override
          public void spoil(Crossbar sound, Read read, Batch amps) {
            double step = sound.limits().fullScaleAmps() / 256;
            for (int n = 0; n < amps.rows(); n++) {
              int code = (int) Math.rint(amps.get(n, 1) / step);
              amps.set(n, 1, (float) ((code < 0 ? -(-code & ~32) : code & ~32) * step));
            }
          }
        },
        Set.of("ramp"));
  }

  @Test
  void manyStuckCellsAreTooMany() {
    assertFound(
        new Defect() {
          @Override
          public short[] counts(short[] counts) {
            short[] reached = counts.clone();
            for (int i = 0; i < reached.length; i += 11) {
              reached[i] = 0;
            }
            return reached;
          }
        },
        Set.of("stuck-cells"));
  }

  @Test
  void limitsAreStated() {
    try (Chip chip = chip("hfox", 2)) {
      List<Check> checks = test(chip);
      assertTrue(checks.size() > 10, checks.toString());
      for (Check check : checks) {
        assertTrue(check.value() <= check.limit(), check.toString());
        assertFalse(check.detail().isBlank(), check.name());
      }
    }
  }
}
