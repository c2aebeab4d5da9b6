package org.mortal.bench.calibrate;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.mortal.bench.calibrate.wires.WireFindings;
import org.mortal.bench.calibrate.wires.WireStage;
import org.mortal.bench.run.RunException;
import org.mortal.chip.Chip;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Geometry;
import org.mortal.chip.calibrated.ArrayCalibration;
import org.mortal.chip.calibrated.CalibratedChip;
import org.mortal.chip.calibrated.Calibration;
import org.mortal.chip.calibrated.CellMap;
import org.mortal.chip.calibrated.DriftReference;
import org.mortal.chip.calibrated.OutputCurve;
import org.mortal.chip.calibrated.Thresholds;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;

/// Calibrates one array, stage by stage.
final class ArrayCalibrator {
  /// Random vectors, for refinement and for the verdict each.
  private static final int VECTORS = 256;

  private final Chip chip;
  private final int array;
  private final Settings settings;
  private final Kernels kernels;
  private final StageFiles files;
  private final ArrayReader reader;
  private final Consumer<Stage> begun;
  private final Geometry geometry;
  private Evidence evidence;

  /// @param begun is told of each stage that is carried out
  ArrayCalibrator(
      Chip chip,
      int array,
      Settings settings,
      Kernels kernels,
      StageFiles files,
      ArrayReader reader,
      Consumer<Stage> begun) {
    this.chip = chip;
    this.array = array;
    this.settings = settings;
    this.kernels = kernels;
    this.files = files;
    this.reader = reader;
    this.begun = begun;
    this.geometry = reader.geometry();
  }

  /// What the calibration was found by, once it has run.
  Evidence evidence() {
    return evidence;
  }

  /// @throws RunException if the array's converters fail their self-test
  ArrayCalibration run() {
    keep(Stage.SELFTEST, Soundness.class, () -> Soundness.of(chip, array));
    Outputs outputs =
        keep(
            Stage.OUTPUTS,
            Outputs.class,
            () -> new OutputStage(reader, settings.reads(), random(Stage.OUTPUTS)).run());
    Lines lines =
        keep(
            Stage.LINES,
            Lines.class,
            () -> new LineStage(reader, outputs, settings.reads(), random(Stage.LINES)).run());
    ArrayState settled = ArrayState.of(reader.limits(), geometry.rows(), outputs).with(lines);
    Drives drives =
        keep(
            Stage.DRIVES,
            Drives.class,
            () -> new DriveStage(reader, settled, settings.reads()).run());
    ArrayState state = settled.with(drives.rows());
    Packed before = settings.pulses() ? before(state) : null;
    Trial trial = settings.pulses() ? trial(state, before) : null;
    Thresholds thresholds = settings.pulses() ? thresholds(state, trial, before) : null;
    Cells cells =
        keep(
            Stage.CELLS,
            Cells.class,
            () -> new Cells(new CellStage(reader, state, settings.reads()).run()));
    CellAnalysis analysis = CellAnalysis.of(geometry, state, cells.reads());
    double[][] noise = analysis.noise();
    CellFit.Estimates seen = analysis.estimates();
    WireInputs inputs =
        new WireInputs(geometry, state, cells.reads(), analysis, seen, trial, lines);
    WireFindings wires = wires(inputs, noise);
    CellFit.Estimates estimates =
        new CellFit.Estimates(wires.cells().siemens(), wires.cells().errors());
    CellMap map = map(estimates, noise, analysis.telegraph(), trial);
    VectorReads vectors =
        vectors(Stage.REFINEMENT, sofar(state, outputs.curves(), wires, map), outputs.share());
    Prediction fitted = predict(vectors, estimates, outputs, noise);
    Refinement refinement = new Refinement(vectors.corrected().toArrays(), fitted, geometry.rows());
    OutputCurve[] curves = new OutputCurve[geometry.outputs()];
    Arrays.setAll(curves, j -> refinement.refine(j, outputs.curves()[j]));
    VectorReads heldOut =
        vectors(Stage.HELD_OUT, sofar(state, curves, wires, map), outputs.share());
    Prediction prediction = predict(heldOut, estimates, outputs, noise);
    Verdict verdict = Verdict.of(heldOut.corrected().toArrays(), prediction);
    evidence = new Evidence(outputs, cells.reads(), analysis, heldOut, prediction, verdict);
    return new ArrayCalibration(
        array,
        curves,
        state.rows(),
        state.settlingLeft(),
        wires.correction(),
        verdict.success(),
        verdict.heldOutAmps(),
        map,
        wires.wires(),
        thresholds,
        null);
  }

  /// The same with drift references, after time has passed.
  ArrayCalibration withDrift(ArrayCalibration found) {
    DriftReference drift =
        keep(
            Stage.DRIFT,
            DriftReference.class,
            () -> {
              Crossbar corrected =
                  CalibratedChip.withoutDrift(chip, alone(found), kernels).arrays().get(array);
              return new DriftStage(chip, corrected, () -> begun.accept(Stage.DRIFT))
                  .run(evidence.outputs().share(), settings.driftSeconds(), random(Stage.DRIFT));
            });
    return new ArrayCalibration(
        array,
        found.outputs(),
        found.rows(),
        found.settlingLeft(),
        found.correction(),
        found.success(),
        found.heldOutAmps(),
        found.cells(),
        found.wires(),
        found.thresholds(),
        drift);
  }

  private <T> T keep(Stage stage, Class<T> type, Supplier<T> measure) {
    return files.keep(
        stage.toString(),
        type,
        () -> {
          begun.accept(stage);
          return measure.get();
        });
  }

  private Philox random(Stage stage) {
    return new Philox(Philox.key(settings.seed(), array, stage.ordinal()));
  }

  private VectorReads vectors(Stage stage, ArrayCalibration sofar, double share) {
    return keep(
        stage,
        VectorReads.class,
        () -> {
          float[][] shares = InputRange.vectors(reader, share, VECTORS, random(stage));
          return VectorReads.of(chip, array, alone(sofar), shares, kernels);
        });
  }

  /// A calibration of this array alone, to read by.
  private Calibration alone(ArrayCalibration one) {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    return new Calibration(
        chip.id(),
        chip.firmware(),
        "",
        geometry.rows(),
        geometry.columns(),
        "",
        Map.of(),
        null,
        now,
        now,
        true,
        List.of(one));
  }

  private Prediction predict(
      VectorReads vectors, CellFit.Estimates cells, Outputs outputs, double[][] noise) {
    return Prediction.of(
        geometry,
        vectors.shares().toArrays(),
        reader.limits().maxReadVolts(),
        cells,
        outputs.noiseAmps(),
        noise);
  }

  private WireFindings wires(WireInputs inputs, double[][] noise) {
    return keep(
        Stage.WIRES,
        WireFindings.class,
        () -> {
          float[][] shares =
              InputRange.vectors(
                  reader, inputs.state().outputs().share(), VECTORS, random(Stage.WIRES));
          Prediction prediction =
              Prediction.of(
                  geometry,
                  shares,
                  reader.limits().maxReadVolts(),
                  inputs.cells(),
                  inputs.state().outputs().noiseAmps(),
                  noise);
          return new WireStage(inputs.task(prediction.noise(), kernels.workers())).run();
        });
  }

  private ArrayCalibration sofar(
      ArrayState state, OutputCurve[] curves, WireFindings wires, CellMap cells) {
    return new ArrayCalibration(
        array,
        curves,
        state.rows(),
        state.settlingLeft(),
        wires.correction(),
        new boolean[geometry.outputs()],
        new double[geometry.outputs()],
        cells,
        null,
        null,
        null);
  }

  /// Kept before anything is moved, so that a run that goes on brings cells back there.
  private Packed before(ArrayState state) {
    return keep(
        Stage.BEFORE_PULSES,
        Packed.class,
        () -> Packed.of(Floats.of(TrialStage.before(reader, state, settings.reads()))));
  }

  private Trial trial(ArrayState state, Packed before) {
    return keep(
        Stage.PULSES,
        Trial.class,
        () -> new TrialStage(reader, state, Floats.doubles(before), random(Stage.PULSES)).run());
  }

  private Thresholds thresholds(ArrayState state, Trial trial, Packed before) {
    return keep(
        Stage.THRESHOLDS,
        Thresholds.class,
        () ->
            new ThresholdStage(
                    reader, state, trial, Floats.doubles(before), random(Stage.THRESHOLDS))
                .run());
  }

  private static CellMap map(
      CellFit.Estimates estimates, double[][] noise, boolean[][] telegraph, Trial trial) {
    return new CellMap(
        Floats.of(estimates.siemens()),
        Floats.of(estimates.errors()),
        Floats.of(noise),
        trial == null ? null : trial.stuck(),
        telegraph,
        trial == null ? null : trial.stepSiemens().toArrays());
  }
}
