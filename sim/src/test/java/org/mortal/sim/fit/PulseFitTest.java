package org.mortal.sim.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Geometry;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Kernels;
import org.mortal.sim.ChipPopulation;
import org.mortal.sim.ChipProfile;
import org.mortal.sim.ProfileFile;
import org.mortal.sim.Profiles;
import org.mortal.sim.SimChip;
import org.mortal.sim.device.CellModel;
import org.mortal.sim.device.ConstantStep;
import org.mortal.sim.device.Defects;
import org.mortal.sim.device.ExponentialStep;
import org.mortal.sim.device.LinearStep;
import org.mortal.sim.device.Piecewise;
import org.mortal.sim.device.PulseStep;
import org.mortal.sim.device.Saturating;
import org.mortal.sim.device.SoftBounds;
import org.mortal.sim.device.UpdateLaw;
import org.mortal.sim.device.Variation;
import org.mortal.sim.device.Window;

/// What was measured on a simulated device, fitted, is that device again.
class PulseFitTest {
  private static final Kernels KERNELS = Kernels.select(1);

  /// @param laws that say the same of these pulses: a saturating curve is a linear step with another name for its figures
  /// @param pulses that cross the window
  private record Device(String preset, int pulses, List<Class<? extends UpdateLaw>> laws) {
    @Override
    public String toString() {
      return preset;
    }
  }

  private static final List<Class<? extends UpdateLaw>> LINEAR =
      List.of(Saturating.class, LinearStep.class);

  private static final Device[] DEVICES = {
    new Device("hfox", 250, List.of(ConstantStep.class)),
    new Device("capacitor", 400, LINEAR),
    new Device("ecram", 1000, List.of(LinearStep.class)),
    new Device("ag-si", 97, LINEAR),
    new Device("taox-tio2", 102, LINEAR),
    new Device("alox-hfo2", 40, LINEAR),
    new Device("gst-pcm", 110, LINEAR),
    new Device("epiram", 64, LINEAR),
    new Device("hzo-fefet", 32, LINEAR),
    new Device("reram-sb", 1000, List.of(SoftBounds.class, Saturating.class, LinearStep.class)),
    new Device("reram-es", 1400, List.of(ExponentialStep.class)),
    new Device("vteam", 100, List.of(Piecewise.class))
  };

  private static ChipProfile profile(String preset, int cells, boolean alike) {
    ChipProfile profile =
        Profiles.named(preset).orElseThrow().with(new Geometry(1, cells, Sensing.SINGLE));
    CellModel model = profile.cells().with(Defects.NONE);
    Variation none = new Variation(0, 0, false, 0, 0, 0, model.variation().writeNoise());
    return profile.with(alike ? model.with(none) : model);
  }

  /// Up and down through the window, `turns` times.
  private static List<PulsePoint> measure(ChipProfile profile, int pulses, int turns) {
    SimChip chip = new ChipPopulation(profile).chip(11, KERNELS);
    Crossbar crossbar = chip.arrays().get(0);
    int cells = crossbar.geometry().cells();
    short[] counts = new short[cells];
    List<PulsePoint> points = new ArrayList<>();
    add(points, chip, 0);
    for (int turn = 0; turn < turns; turn++) {
      int sign = turn % 2 == 0 ? 1 : -1;
      Arrays.fill(counts, (short) sign);
      for (int n = 0; n < 1.2 * pulses; n++) {
        crossbar.pulse(PulseTrain.nominal(counts, crossbar.limits().write()));
        add(points, chip, sign);
      }
    }
    return points;
  }

  private static void add(List<PulsePoint> points, SimChip chip, int sign) {
    double[] siemens = chip.truth(0).siemens()[0];
    for (int c = 0; c < siemens.length; c++) {
      points.add(new PulsePoint("device " + c, sign, siemens[c]));
    }
  }

  /// The mean step that a law makes at a conductance, in siemens.
  private static double step(UpdateLaw law, Window window, double siemens, boolean set) {
    PulseStep pulse = set ? law.set() : law.reset();
    double level = window.level(siemens);
    double next = pulse.next(level, window.lowLevel(), window.highLevel(), 1, 0);
    return window.slope() * (next - level);
  }

  @ParameterizedTest
  @FieldSource("DEVICES")
  void aMeasuredDeviceIsFoundAgain(Device device) {
    ChipProfile profile = profile(device.preset, 5, true);
    int turns = Math.max(2, 800 / device.pulses);
    PulseFit fit = PulseFit.of(measure(profile, device.pulses, turns));
    assertTrue(device.laws.contains(fit.best().law().getClass()), fit.best().toString());
    CellModel truth = profile.cells();
    for (int sign = 1; sign >= -1; sign -= 2) {
      double deviation = 1.5 * fit.best().rmseSiemens() * Math.sqrt(fit.averaged());
      double count = sign > 0 ? fit.setPulses() : fit.resetPulses();
      for (double part = 0.15; part < 0.9; part += 0.1) {
        double siemens = truth.window().siemens(levelAt(truth.window(), part));
        double expected = step(truth.update(), truth.window(), siemens, sign > 0);
        double found = step(fit.best().law(), fit.best().window(), siemens, sign > 0);
        // Four parameters share the pulses of a direction; a table's nodes have lines between them.
        double error = 4 * deviation * Math.sqrt(8 / count) + 0.04 * Math.abs(expected);
        assertEquals(expected, found, error, "%d at %.2f".formatted(sign, part));
      }
    }
  }

  private static double levelAt(Window window, double part) {
    return window.lowLevel() + part * window.levels();
  }

  @Test
  void figuresComeBackWithinTheirErrors() {
    PulseFit fit = PulseFit.of(measure(profile("hzo-fefet", 8, true), 32, 30));
    // A linear step says the same in other figures, and chance decides between the two.
    Saturating law =
        fit.laws().stream()
            .limit(2)
            .map(FittedLaw::law)
            .filter(Saturating.class::isInstance)
            .map(Saturating.class::cast)
            .findFirst()
            .orElseThrow();
    assertEquals(32, law.setPulses(), 0.3);
    assertEquals(32, law.resetPulses(), 0.3);
    assertEquals(1.75, law.setNonlinearity(), 0.1);
    assertEquals(1.46, law.resetNonlinearity(), 0.1);
    assertEquals(0.01, law.cycleNoise(), 5e-4);
    assertEquals(0, fit.variation().writeNoise());
    assertEquals(8, fit.devices());
    assertEquals(1 / 559.28e3, fit.best().window().maxSiemens(), 1e-9);
    assertEquals(1 / 559.28e3 / 45, fit.best().window().minSiemens(), 1e-9);
  }

  @Test
  void constantStepsComeBackWithinTheirErrors() {
    PulseFit fit = PulseFit.of(measure(profile("hfox", 4, true), 250, 4));
    ConstantStep law = assertInstanceOf(ConstantStep.class, fit.best().law());
    double slope = fit.best().window().slope();
    double error = 4 * 0.3 * 0.4e-6 / Math.sqrt(fit.setPulses());
    assertEquals(0.4e-6, slope * law.setStep(), error);
    assertEquals(0.4e-6, slope * law.resetStep(), error);
    assertEquals(0.3, law.cycleNoise(), 4 * 0.3 / Math.sqrt(2.0 * fit.setPulses()));
  }

  @Test
  void devicesDifferAsTheyWereMade() {
    PulseFit fit = PulseFit.of(measure(profile("capacitor", 24, false), 400, 2));
    Variation spread = fit.variation();
    // Of 24 devices a deviation is known to one part in 7.
    assertEquals(0.1, spread.step(), 4 * 0.1 / Math.sqrt(48));
    assertEquals(0.06, spread.asymmetry(), 4 * 0.06 / Math.sqrt(48));
  }

  @Test
  void aFittedProfileOpensAndPulsesLikeTheDevice() {
    ChipProfile device = profile("taox-tio2", 8, true);
    PulseFit fit = PulseFit.of(measure(device, 102, 20));
    String text = FittedProfile.toml("mine", "pulses.csv", Profiles.hfox(), fit);
    ChipProfile made = ProfileFile.parse(text, "mine.toml");
    assertEquals("mine", made.name());
    assertTrue(text.contains("pulses.csv"), text);
    double[] expected = after(device, 40);
    double[] found = after(made.with(device.geometry()), 40);
    double window = device.cells().window().windowSiemens();
    assertEquals(mean(expected), mean(found), 0.05 * window);
  }

  private static double[] after(ChipProfile profile, int pulses) {
    List<PulsePoint> points = measure(profile, pulses, 1);
    return points.subList(points.size() - 8, points.size()).stream()
        .mapToDouble(PulsePoint::siemens)
        .toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  @Test
  void pulsesBetweenPointsCount() {
    List<PulsePoint> points = new ArrayList<>();
    for (int turn = 0; turn < 3; turn++) {
      for (int n = 0; n <= 20; n++) {
        points.add(new PulsePoint("", n == 0 ? 0 : 5, 1e-6 + 5e-8 * n));
      }
      for (int n = 20; n >= 0; n--) {
        points.add(new PulsePoint("", n == 20 ? 0 : -2, 1e-6 + 5e-8 * n));
      }
    }
    PulseFit fit = PulseFit.of(points);
    double slope = fit.best().window().slope();
    assertEquals(1e-8, slope * fit.best().law().setStep(), 1e-11);
    assertEquals(2.5e-8, slope * fit.best().law().resetStep(), 1e-11);
  }

  @Test
  void whatCannotBeFittedIsRefused() {
    List<PulsePoint> flat = new ArrayList<>();
    List<PulsePoint> upwards = new ArrayList<>();
    for (int n = 0; n < 50; n++) {
      flat.add(new PulsePoint("", 1, 1e-6));
      upwards.add(new PulsePoint("", 1, 1e-6 * (1 + n)));
    }
    assertRefused(flat, "never changes");
    assertRefused(upwards, "0 RESET pulses");
    assertRefused(upwards.subList(0, 2), "pulses");
    assertThrows(IllegalArgumentException.class, () -> new PulsePoint("", 1, -1e-9));
  }

  private static void assertRefused(List<PulsePoint> points, String part) {
    String message = assertThrows(FitException.class, () -> PulseFit.of(points)).getMessage();
    assertTrue(message.contains(part), message);
  }
}
