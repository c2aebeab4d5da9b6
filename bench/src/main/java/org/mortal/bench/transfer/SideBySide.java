package org.mortal.bench.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.mortal.bench.compare.Trainings;
import org.mortal.bench.report.Progress;
import org.mortal.bench.train.ChipOpener;
import org.mortal.bench.train.Rig;
import org.mortal.bench.train.TrainingJob;
import org.mortal.kernel.Kernels;
import org.mortal.learning.Evaluation;
import org.mortal.learning.LabelEvaluation;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Losses;
import org.mortal.learning.Network;
import org.mortal.learning.Peers;
import org.mortal.learning.Recipe;
import org.mortal.learning.Teacher;
import org.mortal.learning.Trainer;
import org.mortal.learning.Training;
import org.mortal.learning.WeightAverage;
import org.mortal.learning.task.DataSet;
import org.mortal.learning.task.Task;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Trains several networks on one task side by side, step by step in turn.
///
/// @param chips how chips are opened
/// @param progress counts [Trainings#STEPS] for each network of an arm
/// @param stop says yes when training is to end at its next step
public record SideBySide(
    MutualJob job,
    Task task,
    Kernels kernels,
    ChipOpener chips,
    Progress progress,
    BooleanSupplier stop) {

  /// One of the networks.
  private record Learner(Rig rig, LearningRule rule, Network network) implements AutoCloseable {
    INDArray probabilities(INDArray inputs) {
      return Losses.softmax(rule.predict(network, inputs));
    }

    @Override
    public void close() {
      rig.close();
    }
  }

  /// Trains all networks in one way.
  ///
  /// @return nothing if it was stopped before its end
  public Optional<Arm> train(Arm.Way way) {
    List<Learner> learners = new ArrayList<>();
    try {
      for (int i = 0; i < job.chips().size(); i++) {
        learners.add(learner(way, i));
      }
      return train(way, learners);
    } finally {
      learners.forEach(Learner::close);
    }
  }

  private Learner learner(Arm.Way way, int i) {
    boolean exact = way == Arm.Way.AVERAGED;
    TrainingJob one = exact ? job.training() : job.on(i);
    LearningRule rule = one.makeRule();
    Rig rig =
        Rig.at(
            chips,
            exact ? Rig.EXACT : one.chip(),
            Network.shapes(one.sizes(task)),
            List.of(),
            kernels);
    return new Learner(
        rig, rule, Trainer.network(rig.bank(), task.classes(), one.recipe(), one.seed(), kernels));
  }

  private Optional<Arm> train(Arm.Way way, List<Learner> learners) {
    List<Training> trainings = trainings(way, learners);
    Training first = trainings.getFirst();
    List<Network> networks = learners.stream().map(Learner::network).toList();
    Rounds rounds = new Rounds(progress, learners.size());
    while (first.done() < 1) {
      if (stop.getAsBoolean()) {
        return Optional.empty();
      }
      trainings.forEach(Training::step);
      if (way == Arm.Way.AVERAGED && (first.endsEpoch() || first.done() >= 1)) {
        WeightAverage.share(networks);
      }
      rounds.tell(first.done());
    }
    return Optional.of(arm(way, learners, first));
  }

  private List<Training> trainings(Arm.Way way, List<Learner> learners) {
    Recipe recipe = job.training().recipe();
    Peers peers =
        new Peers(
            learners.stream().map(one -> new Peers.Peer(one.rule(), one.network())).toList(),
            task.train(),
            job.share());
    List<Training> trainings = new ArrayList<>();
    for (int i = 0; i < learners.size(); i++) {
      boolean mutual = way == Arm.Way.MUTUAL;
      trainings.add(
          new Training(
              learners.get(i).rule(),
              learners.get(i).network(),
              recipe,
              task,
              job.training().budgetFor(task),
              mutual ? peers.teacher(i) : Teacher.NONE,
              // Peers must see the same batches.
              job.training().seed() + (mutual ? 0 : i)));
    }
    return trainings;
  }

  private Arm arm(Arm.Way way, List<Learner> learners, Training first) {
    return new Arm(
        way,
        learners.stream().map(one -> error(one, task.test())).toList(),
        learners.stream().map(one -> error(one, task.validation())).toList(),
        ensemble(learners).error(task.test()),
        learners.getFirst().rig().bank().usage().queries(),
        bits(way, learners.getFirst().network(), first));
  }

  private double error(Learner learner, DataSet data) {
    Recipe recipe = job.training().recipe();
    return Evaluation.of(learner.rule(), learner.network(), task, recipe.testReads()).error(data);
  }

  private Evaluation ensemble(List<Learner> learners) {
    return new LabelEvaluation(
        inputs -> {
          INDArray sum = learners.getFirst().probabilities(inputs);
          learners.subList(1, learners.size()).forEach(one -> sum.addi(one.probabilities(inputs)));
          return sum;
        },
        task.picture(),
        job.training().recipe().testReads());
  }

  private long bits(Arm.Way way, Network network, Training training) {
    return switch (way) {
      case ALONE -> 0;
      case MUTUAL -> training.examples() * task.classes() * Float.SIZE;
      case AVERAGED -> (long) Math.ceil(training.epochs()) * Bits.of(network).copy();
    };
  }

  /// Counts the progress of networks that take their steps together.
  private static final class Rounds {
    private final Progress progress;
    private final int networks;
    private long before;

    Rounds(Progress progress, int networks) {
      this.progress = progress;
      this.networks = networks;
    }

    void tell(double done) {
      long now = Math.round(Math.min(1, done) * networks * Trainings.STEPS);
      for (; before < now; before++) {
        progress.step();
      }
    }
  }
}
