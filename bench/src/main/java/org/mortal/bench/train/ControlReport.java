package org.mortal.bench.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mortal.bench.report.Charts;
import org.mortal.bench.run.RunFolder;
import org.mortal.learning.ControlEvaluation;
import org.mortal.learning.Trainer;
import org.mortal.learning.task.Environment;

/// Pictures of a run that has learned to act.
final class ControlReport {
  private ControlReport() {}

  /// `returns.png`: what validation episodes earned, the mean, against the steps that training had taken.
  static void drawReturns(RunFolder folder, TrainingRun run, Environment environment) {
    List<Trainer.Epoch> epochs = run.result().epochs();
    double perEpoch = run.result().examples() / epochs.getLast().number();
    double best = environment.bestReturn();
    Charts.Curve validation =
        new Charts.Curve(
            "validation",
            epochs.stream().mapToDouble(epoch -> perEpoch * epoch.number()).toArray(),
            epochs.stream().mapToDouble(epoch -> best * (1 - epoch.validationError())).toArray(),
            true);
    Charts.Curve test =
        new Charts.Curve(
            "test",
            new double[] {run.result().examples()},
            new double[] {best * (1 - run.result().testError())},
            false);
    Charts.curves(
        folder.file("returns.png"),
        "%s by %s on %s".formatted(run.task().name(), run.rule().name(), run.rig().chipId()),
        "steps of all episodes",
        "mean return of an episode",
        List.of(validation, test));
  }

  /// `episode.png`: an episode from the first start of the test, as the trained network acts.
  static void drawEpisode(RunFolder folder, TrainingRun run, Environment environment) {
    Map<String, List<Double>> seen = new LinkedHashMap<>();
    new ControlEvaluation(inputs -> run.rule().predict(run.network(), inputs), environment)
        .play(
            run.task().test().slice(0, 1),
            episodes ->
                episodes
                    .gauges(0)
                    .forEach((name, value) ->
                        seen.computeIfAbsent(name, _ -> new ArrayList<>()).add(value)));
    List<Charts.Curve> curves = new ArrayList<>();
    seen.forEach((name, values) ->
        curves.add(
            new Charts.Curve(
                name,
                IntStream.range(0, values.size()).asDoubleStream().toArray(),
                values.stream().mapToDouble(Double::doubleValue).toArray(),
                true)));
    Charts.curves(
        folder.file("episode.png"),
        "An episode of %s on %s".formatted(run.task().name(), run.rig().chipId()),
        "step",
        String.join(", ", seen.keySet()),
        curves);
  }
}
