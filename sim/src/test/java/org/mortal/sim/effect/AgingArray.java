package org.mortal.sim.effect;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.mortal.chip.Geometry;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Normals;
import org.mortal.kernel.PlainNormals;
import org.mortal.sim.ChipProfile;
import org.mortal.sim.ProfileFile;
import org.mortal.sim.Profiles;
import org.mortal.sim.device.Ambient;
import org.mortal.sim.device.CellModel;

/// Cells of one array with nothing but effects: levels are set as a test wishes.
final class AgingArray {
  static final long SECOND = 1_000_000_000L;

  final CellModel model;
  final Geometry geometry;
  final CellEffects effects;
  final float[][] levels;
  private long trains;

  AgingArray(CellModel model, int rows, int columns, Ambient ambient) {
    this.model = model;
    this.geometry = new Geometry(rows, columns, Sensing.SINGLE);
    this.effects = CellEffects.of(model, geometry, 77, new PlainNormals(), ambient);
    this.levels = new float[rows][columns];
    for (float[] row : levels) {
      Arrays.fill(row, (float) model.window().lowLevel());
    }
  }

  static AgingArray of(CellModel model) {
    return new AgingArray(model, 64, 64, Ambient.ROOM);
  }

  static AgingArray preset(String name) {
    return of(Profiles.named(name).orElseThrow().cells());
  }

  /// The ideal profile with sections of aging as a profile file states them.
  static CellModel ideal(String aging) {
    ChipProfile profile = ProfileFile.parse("extends = \"ideal\"\n" + aging, "test.toml");
    return profile.cells();
  }

  /// Puts all cells at a conductance by one train.
  void program(double siemens, double seconds) {
    pulse(1, (float) model.window().level(siemens), seconds, 1);
  }

  /// Gives all cells a train that leaves those that answer at `level`.
  void pulse(int count, float level, double seconds, double volts) {
    short[] counts = new short[geometry.cells()];
    Arrays.fill(counts, (short) count);
    int[] cells = new int[counts.length];
    Arrays.setAll(cells, i -> i);
    PulseTrain train = new PulseTrain(counts, volts, volts, 1e-7);
    Writing writing = new Writing(train, cells, cells.length, trains++, nanos(seconds));
    effects.settle(writing, levels);
    for (float[] row : levels) {
      Arrays.fill(row, level);
    }
    effects.written(writing, levels);
  }

  static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }

  /// What one row conducts.
  float[] row(int row, double seconds) {
    float[] siemens = new float[Normals.padded(geometry.columns())];
    float[] now = effects.levels(row, nanos(seconds), levels[row]);
    for (int c = 0; c < geometry.columns(); c++) {
      siemens[c] = (float) Math.max(0, model.window().siemens(now[c]));
    }
    effects.conduct(row, nanos(seconds), levels[row], siemens);
    return Arrays.copyOf(siemens, geometry.columns());
  }

  /// What all cells conduct, row by row.
  double[] siemens(double seconds) {
    double[] all = new double[geometry.cells()];
    for (int r = 0; r < geometry.rows(); r++) {
      float[] row = row(r, seconds);
      for (int c = 0; c < row.length; c++) {
        all[r * row.length + c] = row[c];
      }
    }
    return all;
  }

  /// The standard deviation of a read of all cells, row by row.
  double[] sigmas(double seconds) {
    double[] all = new double[geometry.cells()];
    for (int r = 0; r < geometry.rows(); r++) {
      float[] variance = new float[geometry.columns()];
      effects.addVariance(r, nanos(seconds), levels[r], row(r, seconds), variance);
      for (int c = 0; c < variance.length; c++) {
        all[r * variance.length + c] = Math.sqrt(variance[c]);
      }
    }
    return all;
  }

  byte[] save() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      effects.save(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// Goes on where `other` is.
  void restore(AgingArray other) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(other.save()))) {
      effects.restore(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (int r = 0; r < levels.length; r++) {
      System.arraycopy(other.levels[r], 0, levels[r], 0, levels[r].length);
    }
    trains = other.trains;
  }

  static SummaryStatistics statistics(double[] values) {
    SummaryStatistics statistics = new SummaryStatistics();
    Arrays.stream(values).forEach(statistics::addValue);
    return statistics;
  }
}
