package org.mortal.tile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;

/// A signed matrix on several arrays of a chip, as differential pairs, with partial sums added digitally.
///
/// Weight (i, j) of a block lies on row i, columns j (positive) and j + columns / 2 (negative). [CellPulses] knows which of
/// the two the next pulse belongs to; what the cells made of the pulses nobody here knows.
final class CrossbarTile implements Tile {
  /// Verify passes and averaged reads of closed-loop programming: enough for 99 % of healthy cells of the presets.
  private static final int PROGRAM_PASSES = 24;

  private static final int PROGRAM_READS = 16;

  private final Chip chip;
  private final TileLayout layout;
  private final WeightMapping mapping;
  private final Kernels kernels;
  private final Geometry geometry;
  private final Limits limits;
  private final CellPulses given;
  private final TransposedReads transposed;
  private final TileBias bias;
  private List<Batch> amps = List.of();
  private long queries;

  CrossbarTile(Chip chip, TileLayout layout, WeightMapping mapping, Kernels kernels) {
    this.chip = chip;
    this.layout = layout;
    this.mapping = mapping;
    this.kernels = kernels;
    Crossbar first = chip.arrays().get(layout.blocks().get(0).array());
    this.geometry = first.geometry();
    this.limits = first.limits();
    int most = (int) Math.round(weightLimit() / weightStep());
    this.given =
        switch (mapping) {
          case WeightMapping.DifferentialPair _ -> new PulseCounts(layout, geometry, most);
          case WeightMapping.ResetOnly _ -> new ResetCounts(layout, geometry, most);
          case WeightMapping.OneCell _ -> new OneCellCounts(layout, geometry);
        };
    this.transposed =
        new TransposedReads(chip, layout, geometry, limits.maxReadVolts(), ampsPerUnit(), kernels);
    this.bias = new TileBias(layout, geometry, limits, ampsPerUnit(), kernels);
  }

  TileLayout layout() {
    return layout;
  }

  long queries() {
    return queries;
  }

  @Override
  public int inputs() {
    return layout.shape().inputs();
  }

  @Override
  public int outputs() {
    return layout.shape().outputs();
  }

  @Override
  public Set<Capability> capabilities() {
    Set<Capability> capabilities = EnumSet.of(Capability.PULSES);
    if (limits.maxBiasAmps() > 0) {
      capabilities.add(Capability.BIAS_PROBE);
    }
    if (transposed.possible()) {
      capabilities.add(Capability.TRANSPOSE);
    }
    return capabilities;
  }

  /// Amperes at an array's output that make one unit at the tile's.
  double ampsPerUnit() {
    return limits.maxReadVolts() * siemensPerUnit();
  }

  private double siemensPerUnit() {
    return limits.windowSiemens() / mapping.weightLimit();
  }

  @Override
  public double weightLimit() {
    return mapping.weightLimit();
  }

  @Override
  public double weightStep() {
    return limits.write().stepSiemens() / siemensPerUnit();
  }

  @Override
  public double biasLimit() {
    return bias.limit();
  }

  @Override
  public float[] bias() {
    return bias.values();
  }

  @Override
  public void setBias(float[] values) {
    checkLength("bias", values);
    bias.set(values);
  }

  private void checkLength(String what, float[] values) {
    if (values.length != outputs()) {
      throw new IllegalArgumentException(
          "a %s has one entry for each of %d outputs, not %d"
              .formatted(what, outputs(), values.length));
    }
  }

  private void checkProbes(Batch probes, int vectors) {
    if (probes != null
        && (probes.columns() != outputs() || probes.rows() != 1 && probes.rows() != vectors)) {
      throw new IllegalArgumentException(
          "probes for %d vectors and %d outputs are 1 or %d rows of %d, not %s"
              .formatted(vectors, outputs(), vectors, outputs(), probes));
    }
  }

  private void checkShape(Batch weights) {
    if (weights.rows() != inputs() || weights.columns() != outputs()) {
      throw new IllegalArgumentException(
          "weights of a tile of %d x %d cannot be %s".formatted(inputs(), outputs(), weights));
    }
  }

  @Override
  public void forward(Batch x, Batch probes, Batch y) {
    if (x.columns() != inputs() || y.columns() != outputs() || x.rows() != y.rows()) {
      throw new IllegalArgumentException(
          "a tile of %d x %d cannot turn %s into %s".formatted(inputs(), outputs(), x, y));
    }
    checkProbes(probes, x.rows());
    if (probes != null && limits.maxBiasAmps() == 0) {
      throw new UnsupportedOperationException("this chip cannot inject a bias");
    }
    if (amps.isEmpty() || amps.get(0).rows() != x.rows()) {
      amps =
          layout.blocks().stream()
              .map(block -> Batch.zeros(x.rows(), layout.sensed(block, geometry)))
              .toList();
    }
    List<Batch> biases = bias.amps(probes);
    // One view for each row block: a chip can see that arrays share their inputs.
    Batch[] views = new Batch[layout.rowBlocks()];
    List<Chip.ArrayRead> reads = new ArrayList<>(layout.blocks().size());
    for (int b = 0; b < layout.blocks().size(); b++) {
      TileLayout.Block block = layout.blocks().get(b);
      int r = b % layout.rowBlocks();
      if (views[r] == null) {
        views[r] = x.columns(block.fromInput(), block.toInput());
      }
      Read read =
          new Read(
              views[r],
              limits.maxReadVolts(),
              limits.maxBiasAmps() == 0 ? null : biases.get(b / layout.rowBlocks()),
              Read.Sense.ALL);
      reads.add(new Chip.ArrayRead(block.array(), read, amps.get(b)));
    }
    chip.read(reads);
    queries += x.rows();
    kernels.workers().forEach(layout.columnBlocks(), c -> addPartialSums(c, y));
  }

  @Override
  public void transpose(Batch d, Batch x) {
    if (d.columns() != outputs() || x.columns() != inputs() || d.rows() != x.rows()) {
      throw new IllegalArgumentException(
          "a tile of %d x %d cannot turn %s back into %s".formatted(inputs(), outputs(), d, x));
    }
    if (!transposed.possible()) {
      throw new UnsupportedOperationException("this chip cannot be read from columns to rows");
    }
    transposed.read(d, x);
    queries += d.rows();
  }

  private void addPartialSums(int columnBlock, Batch y) {
    int first = columnBlock * layout.rowBlocks();
    TileLayout.Block block = layout.blocks().get(first);
    Batch part = y.columns(block.fromOutput(), block.toOutput());
    float scale = (float) (1 / ampsPerUnit());
    int half = geometry.sensing() == Sensing.DIFFERENTIAL ? 0 : geometry.columns() / 2;
    float[] sums = new float[layout.sensed(block, geometry)];
    float[] row = new float[layout.sensed(block, geometry)];
    for (int n = 0; n < y.rows(); n++) {
      Arrays.fill(sums, 0f);
      for (int r = 0; r < layout.rowBlocks(); r++) {
        amps.get(first + r).getRow(n, row);
        for (int j = 0; j < row.length; j++) {
          sums[j] += row[j];
        }
      }
      for (int j = 0; j < block.outputs(); j++) {
        sums[j] = scale * (half == 0 ? sums[j] : sums[j] - sums[j + half]);
      }
      part.setRow(n, sums);
    }
  }

  @Override
  public double apply(WeightUpdate update) {
    return switch (update) {
      case WeightUpdate.Pulses(var counts) -> pulse(counts);
      case WeightUpdate.Increment(var weights) -> pulse(wholePulses(weights));
      case WeightUpdate.Program(var weights, var tolerance) -> program(weights, tolerance);
    };
  }

  private double pulse(short[] counts) {
    if (counts.length != inputs() * outputs()) {
      throw new IllegalArgumentException(
          "pulses for %d weights were given to a tile of %d"
              .formatted(counts.length, inputs() * outputs()));
    }
    int blocks = layout.blocks().size();
    kernels.workers().forEach(blocks, b -> given.add(b, counts));
    List<Chip.ArrayPulses> sets = trains(given::sets);
    List<Chip.ArrayPulses> trains = trains(given::train);
    try {
      if (!sets.isEmpty()) {
        // A train that is refused must be so before the SET pulses that make room for it.
        trains.forEach(one -> limits.check(geometry, one.train()));
        chip.pulse(sets);
      }
      chip.pulse(trains);
    } catch (ChipException e) {
      // A refused train has pulsed nothing, so the counts must not stand.
      kernels.workers().forEach(blocks, given::takeBack);
      throw e;
    }
    return 1;
  }

  private List<Chip.ArrayPulses> trains(IntFunction<short[]> counts) {
    List<Chip.ArrayPulses> trains = new ArrayList<>(layout.blocks().size());
    for (int b = 0; b < layout.blocks().size(); b++) {
      short[] cells = counts.apply(b);
      if (cells != null) {
        PulseTrain train = PulseTrain.nominal(cells, limits.write());
        trains.add(new Chip.ArrayPulses(layout.blocks().get(b).array(), train));
      }
    }
    return trains;
  }

  private short[] wholePulses(Batch weights) {
    checkShape(weights);
    short[] counts = new short[inputs() * outputs()];
    float[] row = new float[outputs()];
    for (int i = 0; i < inputs(); i++) {
      weights.getRow(i, row);
      for (int j = 0; j < row.length; j++) {
        // Halves go to the even number, so that rounding pulls neither up nor down.
        double pulses = Math.rint(row[j] / weightStep());
        counts[i * row.length + j] =
            (short) Math.clamp(pulses, -limits.maxPulses(), limits.maxPulses());
      }
    }
    return counts;
  }

  private double program(Batch weights, double tolerance) {
    checkShape(weights);
    return new TileProgrammer(chip, layout, this, PROGRAM_PASSES, PROGRAM_READS)
        .program(weights, mapping, tolerance * siemensPerUnit(), given);
  }

  @Override
  public Batch nominalWeights() {
    Batch weights = Batch.zeros(inputs(), outputs());
    float step = (float) weightStep();
    float[] row = new float[outputs()];
    for (int i = 0; i < inputs(); i++) {
      short[] counts = given.row(i);
      for (int j = 0; j < row.length; j++) {
        row[j] = counts[j] * step;
      }
      weights.setRow(i, row);
    }
    return weights;
  }

  @Override
  public Batch measureWeights(int repeats) {
    return new TileProgrammer(chip, layout, this, PROGRAM_PASSES, repeats).measure();
  }
}
