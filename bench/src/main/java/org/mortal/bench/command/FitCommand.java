package org.mortal.bench.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.mortal.bench.report.Charts;
import org.mortal.bench.report.TextTable;
import org.mortal.bench.report.Units;
import org.mortal.bench.run.CsvCurrents;
import org.mortal.bench.run.CsvPulses;
import org.mortal.bench.run.CsvTable;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.run.RunManifest;
import org.mortal.bench.run.WholeFile;
import org.mortal.sim.ChipProfile;
import org.mortal.sim.ProfileFile;
import org.mortal.sim.Profiles;
import org.mortal.sim.device.Conduction;
import org.mortal.sim.device.UpdateLaw;
import org.mortal.sim.fit.FittedLaw;
import org.mortal.sim.fit.FittedProfile;
import org.mortal.sim.fit.IvFit;
import org.mortal.sim.fit.PulseFit;
import org.mortal.sim.fit.StepBin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mortal fit --pulses P.csv [--iv I.csv] --name NAME --out F.toml`: a simulated device from a measured one.
@Command(
    name = "fit",
    description =
        "Fits laws to a measured device and writes the best as a profile of a simulated chip.",
    footer = {
      "",
      "P.csv names its columns in the first line: direction (set or reset, +1 or -1), siemens (after",
      "the pulse), and if there are such, pulse (a running number) and device. I.csv likewise: volts,",
      "amps, device.",
      "",
      "Example:",
      "  bench/mortal fit --pulses pulses.csv --name mine --out mine.toml"
    })
public final class FitCommand implements Callable<Integer> {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");

  @Mixin private CommonOptions common;

  @Option(
      names = "--pulses",
      paramLabel = "P.csv",
      required = true,
      description = "Conductances measured after pulses.")
  private Path pulses;

  @Option(
      names = "--iv",
      paramLabel = "I.csv",
      description = "Currents measured at voltages; without it cells obey Ohm's law.")
  private Path currents;

  @Option(
      names = "--extends",
      paramLabel = "PROFILE",
      defaultValue = "hfox",
      description = "Where converters, geometry and pulses come from; default: ${DEFAULT-VALUE}.")
  private String base;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      required = true,
      description = "The new profile's name.")
  private String name;

  @Option(
      names = "--out",
      paramLabel = "F.toml",
      required = true,
      description = "The profile file to write; sim:F.toml?seed=1 opens a chip of it.")
  private Path out;

  /// @param law its name
  /// @param rmse in siemens
  record Ranked(String law, double rmse, double criterion) {}

  /// @param conduction null if no currents were given
  record Result(
      String law,
      double rmse,
      UpdateLaw parameters,
      Object variation,
      int devices,
      List<Ranked> laws,
      Conduction conduction,
      String file,
      String run) {}

  @Override
  public Integer call() {
    RunManifest manifest = RunManifest.start(common.command(), Arguments.of(common.spec()));
    long started = System.nanoTime();
    ChipProfile extended =
        Profiles.named(base)
            .orElseThrow(() ->
                common.wrong(
                    "--extends must be one of %s, not %s"
                        .formatted(String.join(", ", Profiles.names()), base)));
    if (!NAME.matcher(name).matches()) {
      throw common.wrong(
          "--name must be small letters, digits and hyphens, not '%s'".formatted(name));
    }
    if (Profiles.names().contains(name)) {
      throw common.wrong(
          "--name %s is that of a profile that comes with Mortal: choose another".formatted(name));
    }
    if (!out.toString().endsWith(".toml")) {
      throw common.wrong("--out must end in .toml, not %s".formatted(out));
    }
    PulseFit fit = PulseFit.of(CsvPulses.read(pulses));
    IvFit iv = currents == null ? null : IvFit.of(CsvCurrents.read(currents));
    String toml =
        FittedProfile.toml(name, title(pulses), extended, fit)
            + (iv == null ? "" : FittedProfile.conduction(title(currents), iv));
    // What is written can be opened.
    ProfileFile.parse(toml, out.toString());
    WholeFile.write(out, toml);
    RunFolder folder = RunFolder.create(common.runs(), common.command());
    folder.write(out.getFileName().toString(), toml);
    folder.write("steps.csv", steps(fit));
    Charts.steps(folder.file("steps.png"), "%s: mean step".formatted(name), curves(fit));
    FittedLaw best = fit.best();
    double seconds = (System.nanoTime() - started) / 1e9;
    Map<String, Double> figures = Map.of("rmse", best.rmseSiemens());
    folder.write(manifest.finished(seconds, figures, false));
    return common.finish(
        new Result(
            FittedProfile.name(best.law()),
            best.rmseSiemens(),
            best.law(),
            fit.variation(),
            fit.devices(),
            ranked(fit),
            iv == null ? null : iv.best(),
            out.toString(),
            folder.path().toString()),
        text(fit, iv, folder));
  }

  /// A file's name as it can stand in a profile.
  private static String title(Path file) {
    return file.getFileName().toString().replaceAll("[\"\\\\\\p{Cntrl}]", "_");
  }

  private static List<Ranked> ranked(PulseFit fit) {
    return fit.laws().stream()
        .map(law -> new Ranked(FittedProfile.name(law.law()), law.rmseSiemens(), law.criterion()))
        .toList();
  }

  private static CsvTable steps(PulseFit fit) {
    CsvTable table = new CsvTable("siemens", "direction", "steps", "measured", "fitted");
    for (StepBin bin : fit.bins()) {
      table.add(
          bin.siemens(),
          bin.set() ? "set" : "reset",
          bin.steps(),
          bin.measuredSiemens(),
          bin.fittedSiemens());
    }
    return table;
  }

  private static List<Charts.Curve> curves(PulseFit fit) {
    List<Charts.Curve> curves = new ArrayList<>();
    for (boolean set : new boolean[] {true, false}) {
      List<StepBin> bins = fit.bins().stream().filter(bin -> bin.set() == set).toList();
      double[] x = bins.stream().mapToDouble(bin -> bin.siemens() * 1e6).toArray();
      double[] measured = bins.stream().mapToDouble(bin -> bin.measuredSiemens() * 1e6).toArray();
      double[] fitted = bins.stream().mapToDouble(bin -> bin.fittedSiemens() * 1e6).toArray();
      String direction = set ? "SET" : "RESET";
      curves.add(new Charts.Curve(direction + " measured", x, measured, false));
      curves.add(new Charts.Curve(direction + " fitted", x, fitted, true));
    }
    return curves;
  }

  private String text(PulseFit fit, IvFit iv, RunFolder folder) {
    TextTable table = new TextTable("law", "criterion above the best", "rms residual");
    for (FittedLaw law : fit.laws()) {
      table.add(
          FittedProfile.title(law.law()),
          "%.1f".formatted(law.criterion() - fit.best().criterion()),
          Units.format(law.rmseSiemens(), "S"));
    }
    return "%d SET and %d RESET pulses of %d devices, window %s to %s%n%s%nkept as %s: %s%s%npicture %s%n"
        .formatted(
            fit.setPulses(),
            fit.resetPulses(),
            fit.devices(),
            Units.format(fit.best().window().minSiemens(), "S"),
            Units.format(fit.best().window().maxSiemens(), "S"),
            table,
            out,
            FittedProfile.title(fit.best().law()),
            iv == null ? "" : ", conduction " + FittedProfile.name(iv.best()),
            folder.file("steps.png"));
  }
}
