package org.mortal.bench.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.mortal.bench.characterise.Characteriser;
import org.mortal.bench.characterise.Findings;
import org.mortal.bench.characterise.Kind;
import org.mortal.bench.characterise.PlanCost;
import org.mortal.bench.characterise.Readings;
import org.mortal.bench.characterise.Region;
import org.mortal.bench.report.Progress;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.run.RunManifest;
import org.mortal.bench.train.Interruption;
import org.mortal.chip.Chip;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Telemetry;
import org.mortal.chip.board.LinkBytes;
import org.mortal.kernel.Kernels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mortal characterise CHIP KIND`: measures what cells do, by a plan that is known beforehand.
@Command(
    name = "characterise",
    description =
        "Measures what cells do. KIND is forming, iv, pulse, endurance, retention, relaxation,"
            + " noise, map or thresholds. All of them but iv, noise and map pulse the cells and leave"
            + " them elsewhere.",
    footer = {
      "",
      "Example:",
      "  bench/mortal characterise sim:hfox-lab?seed=1 pulse --cells 0-3,0-3 --dry-run",
      "",
      "Ctrl-C ends after the step under way; --resume RUNFOLDER goes on there. Pulses that were under",
      "way when the process died are never given again; what was read after them is marked uncertain."
    })
public final class CharacteriseCommand implements Callable<Integer> {
  /// About this call, not about the run.
  private static final Set<String> HERE = Set.of("--threads", "--runs", "--resume", "--dry-run");

  @Mixin private CommonOptions common;
  @Mixin private CharacteriseOptions options;

  @Parameters(
      index = "0",
      paramLabel = "CHIP",
      arity = "0..1",
      description = "Its address; default: " + CommonOptions.DEFAULT_CHIP + ".")
  private String chip;

  @Parameters(
      index = "1",
      paramLabel = "KIND",
      arity = "0..1",
      description = "What to characterise.")
  private String kind;

  @Option(
      names = "--dry-run",
      description = "Print what the plan comes to, and leave the cells alone.")
  private boolean dryRun;

  @Option(
      names = "--resume",
      paramLabel = "RUNFOLDER",
      description = "Go on with this run where it stopped.")
  private Path resume;

  @Override
  public Integer call() throws Exception {
    RunManifest earlier =
        resume == null ? null : RunManifest.read(resume.resolve(RunFolder.MANIFEST));
    Map<String, String> arguments = arguments(earlier);
    CharacteriseJob job = CharacteriseJob.of(arguments, common);
    RunManifest manifest =
        earlier == null ? RunManifest.start(common.command(), arguments) : earlier;
    Kernels kernels = common.kernels();
    return common.interruptible(interruption -> {
      try (Chip opened = common.chips().open(job.address(), kernels)) {
        String products = kernels.products().description();
        return run(
            opened, job, manifest.withRig(job.address(), opened.id(), products), interruption);
      }
    });
  }

  private Map<String, String> arguments(RunManifest earlier) {
    if (earlier != null) {
      if (chip != null || kind != null) {
        throw common.wrong("--resume takes a run as it was, so leave out CHIP and KIND");
      }
      return Arguments.ofEarlier(earlier, common, "--resume", HERE);
    }
    Map<String, String> arguments = new LinkedHashMap<>(Arguments.of(common.spec()));
    // A single word is the kind: chips have a default, kinds have none.
    arguments.put("CHIP", kind == null ? CommonOptions.DEFAULT_CHIP : chip);
    String named = kind == null ? chip : kind;
    if (named == null) {
      throw common.wrong("no KIND given: choose one of " + List.of(Kind.values()));
    }
    arguments.put("KIND", named);
    return arguments;
  }

  private int run(
      Chip opened, CharacteriseJob job, RunManifest manifest, Interruption interruption) {
    common.requireRange("--array", job.array(), 0, opened.arrays().size() - 1L);
    Crossbar crossbar = opened.arrays().get(job.array());
    Region region = job.region(crossbar, common);
    Characteriser characteriser =
        new Characteriser(opened, job.array(), job.kind(), region, job.wishes());
    for (String option : job.given()) {
      if (!characteriser.takes(option)) {
        throw common.wrong("%s means nothing to %s; leave it out".formatted(option, job.kind()));
      }
    }
    PlanCost cost = characteriser.cost();
    CharacteriseText text = new CharacteriseText(opened.id(), job.kind(), region, cost);
    if (dryRun) {
      return common.finish(result(opened, job, region, cost), text.plan());
    }
    RunFolder folder =
        resume == null
            ? RunFolder.create(common.runs(), common.command())
            : common.runs().at(resume);
    folder.write(manifest.finished(manifest.seconds(), manifest.results(), true));
    long started = System.nanoTime();
    Telemetry before = opened.telemetry();
    boolean whole = measure(characteriser, folder, resume != null, interruption);
    Telemetry counted = opened.telemetry().since(before);
    Readings readings = characteriser.readings(folder);
    Optional<Findings> findings = characteriser.find(readings);
    double seconds = manifest.seconds() + (System.nanoTime() - started) / 1e9;
    String report = text.report(findings, readings, folder);
    Map<String, Object> result = result(opened, job, region, cost);
    result.put("points", (long) readings.all().size() * region.cells());
    findings.ifPresent(found -> {
      characteriser.write(
          folder, readings, found, report, provenance(opened, job, region, manifest));
      result.put("file", folder.file(Characteriser.FILE).toString());
      result.putAll(found.figures());
    });
    result.put("counted", counted);
    result.put("resumptions", readings.resumptions().size());
    PlanCost uncertain = readings.uncertain().cost(LinkBytes.USUAL);
    result.put("uncertainTrains", readings.uncertain().steps().size());
    result.put("uncertainPulses", uncertain.pulses());
    result.put("interrupted", !whole);
    folder.write(manifest.finished(seconds, result, !whole));
    result.put("run", folder.path().toString());
    return common.finish(result, report);
  }

  private static boolean measure(
      Characteriser characteriser, RunFolder folder, boolean resumed, Interruption interruption) {
    int steps = characteriser.plan().steps().size();
    try (Progress progress = Progress.start("characterising", steps)) {
      return characteriser.run(folder, resumed, interruption, progress::stepTo);
    }
  }

  private Map<String, Object> result(
      Chip opened, CharacteriseJob job, Region region, PlanCost cost) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("id", opened.id());
    result.put("kind", job.kind().toString());
    result.put("array", job.array());
    result.put("region", region.toString());
    result.put("cells", region.cells());
    result.put("points", cost.points());
    result.put("file", null);
    result.put("dryRun", dryRun);
    result.put("plan", cost);
    return result;
  }

  private static Map<String, String> provenance(
      Chip opened, CharacteriseJob job, Region region, RunManifest manifest) {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("chip", opened.id());
    provenance.put("address", job.address());
    provenance.put("array", String.valueOf(job.array()));
    provenance.put("cells", region.toString());
    provenance.put("firmware", opened.firmware());
    // The port has no thermometer yet.
    provenance.put("kelvin", "not measured");
    provenance.put("started", manifest.started());
    provenance.put("command", manifest.command());
    provenance.put("arguments", manifest.arguments().toString());
    provenance.put("version", manifest.version());
    provenance.put("commit", String.valueOf(manifest.commit()));
    return provenance;
  }
}
