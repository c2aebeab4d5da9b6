package org.mortal.bench.calibrate.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mortal.bench.selftest.Check;
import org.mortal.chip.calibrated.ArrayCalibration;
import org.mortal.chip.calibrated.Calibration;
import org.mortal.chip.calibrated.Compensation;
import org.mortal.chip.calibrated.DriftReference;
import org.mortal.chip.calibrated.InputBend;
import org.mortal.chip.calibrated.OutputCurve;
import org.mortal.kernel.Kernels;
import org.mortal.sim.SimChip;

/// A sound calibration passes; one that is spoiled fails, and by the quantity that was spoiled.
@Timeout(120)
class CalibrationCheckTest {
  private static final Kernels KERNELS = Kernels.select(1);

  /// Standard errors, as the calibration states them, that a quantity is spoiled by in all places.
  private static final double EVERYWHERE = 5;

  /// Quantities that only pulses can tell.
  private static final Set<String> PULSED = Set.of("stuck", "step", "thresholds");

  private static SimChip chip(long seed) {
    return SoundCalibration.written("sim:hfox?rows=32&columns=32&seed=" + seed, KERNELS);
  }

  private static CalibrationCheck.Result check(
      SimChip chip, Calibration calibration, boolean pulses) {
    return new CalibrationCheck(chip, calibration, CheckSettings.usual(9, pulses), KERNELS).run();
  }

  private static List<String> failed(CalibrationCheck.Result result) {
    return result.checks().stream().filter(one -> !one.passed()).map(Check::name).toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void aSoundOnePasses(long seed) {
    SimChip chip = chip(seed);
    CalibrationCheck.Result result = check(chip, SoundCalibration.of(chip, seed), true);
    assertTrue(result.passed(), () -> result.checks().toString());
    assertEquals(16, result.checks().size(), () -> result.checks().toString());
  }

  /// One thing done to a calibration in place or by a copy.
  record Spoil(String quantity, String how, UnaryOperator<ArrayCalibration> change) {
    @Override
    public String toString() {
      return quantity + ": " + how;
    }
  }

  private static UnaryOperator<ArrayCalibration> curves(UnaryOperator<OutputCurve> change) {
    return one -> {
      for (int j = 0; j < one.outputs().length; j++) {
        one.outputs()[j] = change.apply(one.outputs()[j]);
      }
      return one;
    };
  }

  private static UnaryOperator<ArrayCalibration> scaled(
      Function<ArrayCalibration, float[][]> values, double factor) {
    return one -> {
      for (float[] row : values.apply(one)) {
        for (int c = 0; c < row.length; c++) {
          row[c] *= (float) factor;
        }
      }
      return one;
    };
  }

  private static UnaryOperator<ArrayCalibration> heldOut(double factor) {
    return one -> {
      for (int j = 0; j < one.heldOutAmps().length; j++) {
        one.heldOutAmps()[j] *= factor;
      }
      return one;
    };
  }

  private static ArrayCalibration flipStuck(ArrayCalibration one, boolean from) {
    for (boolean[] row : one.cells().stuck()) {
      for (int c = 0; c < row.length; c++) {
        if (row[c] == from) {
          row[c] = !from;
          return one;
        }
      }
    }
    throw new IllegalStateException("no such cell");
  }

  private static ArrayCalibration wires(ArrayCalibration one) {
    float[][] in = new float[32][1];
    float[][] out = new float[1][32];
    for (int i = 0; i < 32; i++) {
      in[i][0] = i / 32f;
      // Of one half of the pairs alone, or it would cancel: a fiftieth of the window.
      out[0][i] = i < 16 ? 2e-6f : 0;
    }
    return Spoiled.correction(one, new Compensation(in, out));
  }

  private static ArrayCalibration reference(ArrayCalibration one, double amps, double inputs) {
    DriftReference was = one.drift();
    float[][] shares = new float[was.inputs().length][];
    for (int n = 0; n < shares.length; n++) {
      shares[n] = was.inputs()[n].clone();
      for (int i = 0; i < shares[n].length; i++) {
        shares[n][i] *= (float) inputs;
      }
    }
    return Spoiled.drift(
        one,
        new DriftReference(
            shares,
            was.amps(),
            was.repeats(),
            amps * was.meanAmps(),
            was.errorAmps(),
            was.exponent(),
            was.exponentError(),
            was.dueSeconds()));
  }

  static Stream<Spoil> spoils() {
    return Stream.of(
        new Spoil(
            "gain",
            "all by 5 errors",
            curves(c ->
                Spoiled.curve(
                    c, c.gain() + EVERYWHERE * c.gainError(), c.offsetAmps(), c.fullScaleAmps()))),
        new Spoil(
            "offset",
            "all by 5 errors",
            curves(c ->
                Spoiled.curve(
                    c,
                    c.gain(),
                    c.offsetAmps() + EVERYWHERE * c.offsetError(),
                    c.fullScaleAmps()))),
        new Spoil(
            "saturation",
            "full scale by a tenth",
            curves(c -> Spoiled.curve(c, c.gain(), c.offsetAmps(), 1.1 * c.fullScaleAmps()))),
        new Spoil(
            "offset",
            "one output by 0.6 µA",
            one -> {
              OutputCurve c = one.outputs()[7];
              one.outputs()[7] =
                  Spoiled.curve(c, c.gain(), c.offsetAmps() + 0.6e-6, c.fullScaleAmps());
              return one;
            }),
        new Spoil("bow", "0.1", one -> Spoiled.rows(one, new InputBend(0.1, 0))),
        new Spoil("skew", "0.15", one -> Spoiled.rows(one, new InputBend(0, 0.15))),
        new Spoil("settling", "1.5 %", one -> Spoiled.settling(one, 0.015)),
        new Spoil("wires", "2 µS that nothing takes", CalibrationCheckTest::wires),
        new Spoil("held-out error", "less", heldOut(0.65)),
        new Spoil("held-out error", "more", heldOut(1.6)),
        new Spoil(
            "success",
            "one output",
            one -> {
              one.success()[3] = false;
              return one;
            }),
        new Spoil(
            "conductance",
            "all by 5 errors, up and down in turn",
            one -> {
              for (int r = 0; r < 32; r++) {
                for (int c = 0; c < 32; c++) {
                  float error = one.cells().errorSiemens()[r][c];
                  one.cells().siemens()[r][c] +=
                      (float) ((r + c) % 2 == 0 ? EVERYWHERE * error : -EVERYWHERE * error);
                }
              }
              return one;
            }),
        new Spoil(
            "conductance",
            "one cell by 6 µS",
            one -> {
              one.cells().siemens()[20][11] += 6e-6f;
              return one;
            }),
        new Spoil("cell noise", "less", scaled(one -> one.cells().noiseSiemens(), 0.75)),
        new Spoil("cell noise", "more", scaled(one -> one.cells().noiseSiemens(), 1.3)),
        new Spoil("stuck", "one more", one -> flipStuck(one, false)),
        new Spoil("stuck", "one less", one -> flipStuck(one, true)),
        new Spoil(
            "telegraph",
            "two rows",
            one -> {
              Arrays.fill(one.cells().telegraph()[4], true);
              Arrays.fill(one.cells().telegraph()[9], true);
              return one;
            }),
        new Spoil("step", "by a fifth", scaled(one -> one.cells().stepSiemens(), 1.2)),
        new Spoil("thresholds", "SET", one -> Spoiled.thresholds(one, 1.1, 1)),
        new Spoil("thresholds", "RESET", one -> Spoiled.thresholds(one, 1, 0.9)),
        new Spoil("drift reference", "its current", one -> reference(one, 1.05, 1)),
        new Spoil("drift reference", "its vectors", one -> reference(one, 1, 0.93)));
  }

  @ParameterizedTest
  @MethodSource("spoils")
  void aSpoiledOneFails(Spoil spoil) {
    SimChip chip = chip(1);
    Calibration sound = SoundCalibration.of(chip, 1);
    Calibration spoiled = Spoiled.with(sound, spoil.change().apply(sound.arrays().getFirst()));
    CalibrationCheck.Result result = check(chip, spoiled, PULSED.contains(spoil.quantity()));
    assertFalse(result.passed());
    assertTrue(failed(result).contains(spoil.quantity()), () -> result.checks().toString());
  }

  @Test
  void cellsThatJumpAndAreNotNamedFail(@TempDir Path folder) throws IOException {
    Path profile =
        Files.writeString(
            folder.resolve("jumping.toml"),
            """
            extends = "hfox"
            name = "jumping"
            description = "hfox with many fast traps"
            [cells.aging.telegraph]
            fraction = 0.5
            amplitude = 0.3
            amplitudeSpread = 0.1
            shortestSeconds = 2e-6
            longestSeconds = 4e-6
            """);
    SimChip chip =
        SoundCalibration.written("sim:" + profile + "?rows=16&columns=16&seed=1", KERNELS);
    assertTrue(failed(check(chip, SoundCalibration.of(chip, 1), false)).contains("telegraph"));
  }

  @Test
  void whatIsNotLookedAtIsSaid() {
    SimChip chip = chip(1);
    Calibration sound = SoundCalibration.of(chip, 1);
    long pulses = chip.telemetry().pulses();
    assertTrue(check(chip, sound, false).unchecked().toString().contains("may not be pulsed"));
    assertEquals(pulses, chip.telemetry().pulses());
  }
}
