package org.mortal.bench.command;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.mortal.bench.train.TrainingJob;
import org.mortal.learning.rule.Rules;
import picocli.CommandLine.Option;

/// What a training job is made of, on the command line.
///
/// All are text, so that a manifest, which is text too, goes the same way: see [TrainingJob#of].
final class TrainingOptions {

  /// The rules that come with Mortal, for help.
  static final class RuleNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Rules.names().iterator();
    }
  }

  @Option(
      names = "--task",
      paramLabel = "TASK",
      defaultValue = "digits",
      description =
          "digits, mnist (any data set in IDX files), associative-recall, bars-and-stripes, cartpole,"
              + " characters, encoder, family-trees (each seed holds out four queries of its own), xor, or"
              + " parity-3 to parity-6; default:"
              + " ${DEFAULT-VALUE}.")
  private String task;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:MORTAL_DATA}",
      description = "Where the four IDX files are; default: the environment variable MORTAL_DATA.")
  private String data;

  @Option(
      names = "--wrong-labels",
      paramLabel = "S",
      description =
          "Share of the training labels that are replaced by a random wrong one; those of validation and"
              + " test stay right; default: none.")
  private String wrongLabels;

  @Option(
      names = "--slope",
      paramLabel = "HOW",
      defaultValue = "table",
      description =
          "Slope of neurons for local-cross-entropy: table (measured before each epoch), live"
              + " (measured for each example) or nominal (assumed); default: ${DEFAULT-VALUE}.")
  private String slope;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Of first weights and order of examples; default: ${DEFAULT-VALUE}.")
  private String seed;

  @Option(
      names = "--layers",
      paramLabel = "A,B,C",
      description = "Sizes from inputs to classes, for example 784,512,512,10; default: by task.")
  private String layers;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "Passes over the training examples, or of cartpole 10,000 steps each; default: by task.")
  private String epochs;

  @Option(
      names = "--queries",
      paramLabel = "N",
      description = "Vectors sent through tiles for training, instead of --epochs.")
  private String queries;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description = "Rate of the weight steps at the start; default: the rule's own.")
  private String rate;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Examples a step; default: the rule's own.")
  private String batch;

  @Option(
      names = "--head-rate",
      paramLabel = "R",
      description = "Rate of the digital heads, as a multiple of --rate; default: the rule's own.")
  private String headRate;

  @Option(
      names = "--flat",
      paramLabel = "S",
      description = "Share of the steps for which the rate stays; default: the rule's own.")
  private String flat;

  @Option(
      names = "--dropout",
      paramLabel = "IN,HIDDEN",
      description = "Shares of inputs and hidden units dropped; default: the rule's own.")
  private String dropout;

  @Option(
      names = "--smoothing",
      paramLabel = "S",
      description = "Share of a target spread over all classes; default: the rule's own.")
  private String smoothing;

  @Option(
      names = "--writing",
      paramLabel = "HOW",
      description =
          "How estimates become writes: accumulated (added up digitally, written as whole pulses),"
              + " sign-pulses (one pulse against the sign) or tiki-taka (through a fast tile beside"
              + " each layer); default: the rule's own.")
  private String writing;

  @Option(
      names = "--centred",
      paramLabel = "true|false",
      description =
          "Keep what inputs have in common out of the steps of weights; default: the rule's own.")
  private String centred;

  @Option(
      names = "--augment",
      paramLabel = "AMOUNTS",
      description =
          "Bend each training picture anew by up to these amounts each way, for example"
              + " shift=1,turn=0.15,stretch=0.1,shear=0.1 (pixels, radians, shares); default: the"
              + " rule's own.")
  private String augment;

  @Option(
      names = "--test-reads",
      paramLabel = "1|5",
      description =
          "Read a picture once, or also moved by a pixel each way; default: the rule's own.")
  private String testReads;

  @Option(
      names = "--probes",
      paramLabel = "K",
      description = "Perturbations averaged, for rules that perturb; default: the rule's own.")
  private String probes;

  @Option(
      names = "--amplitude",
      paramLabel = "A",
      description = "Of a perturbation, for rules that perturb; default: the rule's own.")
  private String amplitude;

  @Option(
      names = "--group",
      paramLabel = "G",
      description = "Neurons that share a perturbation's answer; default: the rule's own.")
  private String group;

  @Option(
      names = "--adversary",
      paramLabel = "R",
      description =
          "Move half of the examples by R in training (root of the sum of squares over inputs), to where"
              + " local-cross-entropy errs; default: none.")
  private String adversary;

  @Option(
      names = "--fast",
      paramLabel = "CHIP,CHIP",
      description =
          "Chips of cells that forget, the fastest first, for fast-weights, or none; default:"
              + " sim:tiox-volatile and sim:wox-volatile, with the seed of the run.")
  private String fast;

  /// The job for a rule on a chip.
  TrainingJob job(Map<String, String> arguments, String rule, String chip) {
    Map<String, String> all = new HashMap<>(arguments);
    all.put("--rule", rule);
    all.put("--chip", chip);
    return TrainingJob.of(all);
  }
}
