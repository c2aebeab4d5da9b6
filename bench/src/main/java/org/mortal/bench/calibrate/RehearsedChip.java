package org.mortal.bench.calibrate;

import java.util.Arrays;
import java.util.List;
import org.mortal.chip.Chip;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.chip.Telemetry;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Philox;

/// A chip of one array with ohmic cells that move by nominal steps, and of amplifiers that only have noise. It counts.
final class RehearsedChip implements Chip, Crossbar {
  private static final double NOISE = 0.005;
  private static final int SAMPLE_BYTES = 2;
  private static final int FRAME_BYTES = 35;
  private static final int PAYLOAD_BYTES = 2048;

  private final Geometry geometry;
  private final Limits limits;
  private final double[] siemens;
  private final long[] given;
  private final Philox random = new Philox(Philox.key(1));
  private long vectors;
  private long pulses;
  private double waited;
  private long bytes;

  RehearsedChip(Geometry geometry, Limits limits) {
    this.geometry = geometry;
    this.limits = limits;
    this.siemens = new double[geometry.cells()];
    this.given = new long[geometry.cells()];
    Arrays.fill(siemens, limits.minSiemens());
  }

  Rehearsal counted() {
    long most = Arrays.stream(given).max().orElse(0);
    return new Rehearsal(vectors, pulses, most, waited, bytes);
  }

  @Override
  public void read(Read read, Batch amps) {
    int outputs = geometry.outputs();
    double noise = NOISE * Math.min(limits.fullScaleAmps(), Float.MAX_VALUE);
    boolean pairs = geometry.sensing() == Sensing.DIFFERENTIAL;
    double plus = read.sense() == Read.Sense.MINUS ? 0 : 1;
    double minus = !pairs || read.sense() == Read.Sense.PLUS ? 0 : 1;
    double[] row = new double[outputs];
    for (int n = 0; n < amps.rows(); n++) {
      Arrays.fill(row, 0);
      for (int r = 0; r < read.inputs().columns(); r++) {
        double volts = read.inputs().get(n, r) * read.voltsPerUnit();
        for (int j = 0; volts > 0 && j < outputs; j++) {
          int cell = r * geometry.columns() + j;
          row[j] += volts * plus * siemens[cell];
          row[j] -= minus == 0 ? 0 : volts * siemens[cell + outputs];
        }
      }
      for (int j = 0; j < amps.columns(); j++) {
        float bias =
            read.biasAmps() == null ? 0 : read.biasAmps().get(read.biasesDiffer() ? n : 0, j);
        amps.set(n, j, (float) (row[j] + bias + noise * random.nextGaussian()));
      }
    }
    count(read, amps);
  }

  private void count(Read read, Batch amps) {
    vectors += amps.rows();
    int samples = SAMPLE_BYTES * amps.columns();
    int sent = read.inputs().columns() + (read.biasAmps() == null ? 0 : samples);
    bytes += (long) amps.rows() * (sent + samples);
    bytes += frames((long) amps.rows() * sent) * FRAME_BYTES;
  }

  private static long frames(long payload) {
    return Math.ceilDiv(payload, PAYLOAD_BYTES);
  }

  @Override
  public void pulse(PulseTrain train) {
    double nominal = limits.write().stepSiemens();
    int touched = 0;
    for (int i = 0; i < siemens.length; i++) {
      int count = train.counts()[i];
      boolean moves =
          (count > 0 ? train.setVolts() : train.resetVolts()) > limits.write().setVolts() / 2;
      double moved = siemens[i] + (moves ? count * nominal : 0);
      siemens[i] = Math.clamp(moved, limits.minSiemens(), limits.maxSiemens());
      given[i] += Math.abs(count);
      pulses += Math.abs(count);
      touched += count == 0 ? 0 : 1;
    }
    long payload = (long) SAMPLE_BYTES * touched;
    bytes += payload + frames(payload) * FRAME_BYTES;
  }

  @Override
  public void pause(double seconds) {
    waited += seconds;
  }

  @Override
  public Geometry geometry() {
    return geometry;
  }

  @Override
  public Limits limits() {
    return limits;
  }

  @Override
  public String id() {
    return "rehearsal";
  }

  @Override
  public String firmware() {
    return "none";
  }

  @Override
  public List<Crossbar> arrays() {
    return List.of(this);
  }

  @Override
  public boolean arraysLimited() {
    return true;
  }

  @Override
  public Telemetry telemetry() {
    return Telemetry.ZERO;
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
