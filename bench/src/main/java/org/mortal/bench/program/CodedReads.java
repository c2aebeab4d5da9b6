package org.mortal.bench.program;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Batch;

/// Measures cells by Hadamard-coded reads: of a block of rows one half is driven and then the other, in as many ways as the
/// block has rows, and the differences are decoded.
///
/// Each cell's conductance is then a mean over all reads of its block, so noise of the converter goes down with the square
/// root of the block's size, and offsets cancel. Noise of the cells themselves does not go down, since more of them are read
/// at once. Blocks must fit into the part of the converter's range where its amplifier is straight, so chips whose range is
/// that of a few cells gain where conductances are low, and nothing where they are high.
///
/// Source: Hadamard-encoded verification, Choi et al., arXiv:2604.12420 (2026); the matrices are Sylvester's.
final class CodedReads implements Verify {
  /// Of the converter's range, what a block may fill: further up amplifiers bend, by 3 % here if they do as tanh does.
  private static final double FILL = 0.3;

  /// Smaller blocks are no better than as many reads row by row: those see a cell whole, these see differences.
  private static final int LEAST_BLOCK = 8;

  private final Crossbar crossbar;
  private final Geometry geometry;
  private final Limits limits;
  private final int repeats;
  private final boolean together;

  /// @param repeats reads averaged of each half of each pattern
  /// @param together whether all rows make one block, at a voltage that keeps currents in range; otherwise blocks are as large
  ///   as the range allows at the highest read voltage
  CodedReads(Crossbar crossbar, int repeats, boolean together) {
    this.crossbar = crossbar;
    this.geometry = crossbar.geometry();
    this.limits = crossbar.limits();
    this.repeats = repeats;
    this.together = together;
  }

  @Override
  public float[] measure(float[] most) {
    int all = Integer.highestOneBit(2 * geometry.rows() - 1);
    if (together) {
      int[][] block = {IntStream.range(0, geometry.rows()).toArray()};
      return measure(block, all, limits.maxReadVolts() / fraction(highestAmps(block, most)));
    }
    for (int size = all; size >= LEAST_BLOCK; size /= 2) {
      int[][] blocks = blocks(size, most);
      if (highestAmps(blocks, most) <= range()) {
        return measure(blocks, size, limits.maxReadVolts());
      }
    }
    return new RowReads(crossbar, 2 * repeats).measure();
  }

  /// By how much the voltage must be lower for `amps` to be in range: a power of two, which drivers with steps give best.
  private double fraction(double amps) {
    double fraction = 1;
    while (amps > fraction * range()) {
      fraction *= 2;
    }
    return fraction;
  }

  private double range() {
    return FILL * limits.fullScaleAmps();
  }

  /// Deals the rows out to blocks of at most `size`, to and fro from the one that conducts most to the least, so that no block
  /// draws much more than another.
  private int[][] blocks(int size, float[] most) {
    int rows = geometry.rows();
    int count = (rows + size - 1) / size;
    double[] load = new double[rows];
    for (int i = 0; i < most.length; i++) {
      load[i / geometry.columns()] += most[i];
    }
    int[] order =
        IntStream.range(0, rows)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> -load[row]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[][] blocks = new int[count][0];
    for (int place = 0; place < rows; place++) {
      int turn = place % (2 * count);
      int block = turn < count ? turn : 2 * count - 1 - turn;
      blocks[block] = Arrays.copyOf(blocks[block], blocks[block].length + 1);
      blocks[block][blocks[block].length - 1] = order[place];
    }
    return blocks;
  }

  /// The most that a column carries when a whole block is driven at the highest read voltage.
  private double highestAmps(int[][] blocks, float[] most) {
    double highest = 0;
    int columns = geometry.columns();
    for (int[] block : blocks) {
      for (int c = 0; c < columns; c++) {
        double siemens = 0;
        for (int row : block) {
          siemens += most[row * columns + c];
        }
        highest = Math.max(highest, siemens * limits.maxReadVolts());
      }
    }
    return highest;
  }

  private float[] measure(int[][] blocks, int size, double volts) {
    float[] siemens = new float[geometry.cells()];
    Batch inputs = inputs(blocks, size);
    if (geometry.sensing() == Sensing.SINGLE) {
      decode(blocks, size, volts, sums(inputs, volts, Read.Sense.ALL), 0, siemens);
    } else {
      int half = geometry.columns() / 2;
      decode(blocks, size, volts, sums(inputs, volts, Read.Sense.PLUS), 0, siemens);
      decode(blocks, size, -volts, sums(inputs, volts, Read.Sense.MINUS), half, siemens);
    }
    return siemens;
  }

  /// Two vectors for each pattern of each block: the rows where it is positive, then the others.
  private Batch inputs(int[][] blocks, int size) {
    Batch inputs = Batch.zeros(2 * size * blocks.length, geometry.rows());
    for (int b = 0; b < blocks.length; b++) {
      for (int k = 0; k < size; k++) {
        for (int i = 0; i < blocks[b].length; i++) {
          int vector = 2 * (b * size + k) + (positive(k, i) ? 0 : 1);
          inputs.set(vector, blocks[b][i], 1);
        }
      }
    }
    return inputs;
  }

  /// An entry of Sylvester's Hadamard matrix.
  private static boolean positive(int row, int column) {
    return (Integer.bitCount(row & column) & 1) == 0;
  }

  private double[][] sums(Batch inputs, double volts, Read.Sense sense) {
    Batch amps = Batch.zeros(inputs.rows(), geometry.outputs());
    double[][] sums = new double[inputs.rows()][geometry.outputs()];
    float[] row = new float[geometry.outputs()];
    for (int repeat = 0; repeat < repeats; repeat++) {
      crossbar.read(new Read(inputs, volts, null, sense), amps);
      for (int n = 0; n < sums.length; n++) {
        amps.getRow(n, row);
        for (int j = 0; j < row.length; j++) {
          sums[n][j] += row[j];
        }
      }
    }
    return sums;
  }

  /// @param volts negative where currents were sensed with the opposite sign
  /// @param first the column of output 0
  private void decode(
      int[][] blocks, int size, double volts, double[][] sums, int first, float[] siemens) {
    double[] decoded = new double[geometry.outputs()];
    for (int b = 0; b < blocks.length; b++) {
      for (int i = 0; i < blocks[b].length; i++) {
        Arrays.fill(decoded, 0);
        for (int k = 0; k < size; k++) {
          double[] with = sums[2 * (b * size + k) + (positive(k, i) ? 0 : 1)];
          double[] without = sums[2 * (b * size + k) + (positive(k, i) ? 1 : 0)];
          for (int j = 0; j < decoded.length; j++) {
            decoded[j] += with[j] - without[j];
          }
        }
        int place = blocks[b][i] * geometry.columns() + first;
        for (int j = 0; j < decoded.length; j++) {
          siemens[place + j] = (float) (decoded[j] / (repeats * size * volts));
        }
      }
    }
  }
}
