package org.mortal.chip;

import java.util.ArrayList;
import java.util.List;

/// A chip in plain arithmetic, so that what stands on the port can be tested without a simulator.
public final class ExactChip implements Chip {
  private static final WriteMode WRITE = new WriteMode(0.9, 0.8, 100e-9, 0.4e-6);

  /// 250 steps from 1 to 101 microsiemens, a bias converter, 500 pulses to a train.
  public static final Limits LIMITS =
      new Limits(0.2, 1.8, 10e-6, 500, 1e-6, 101e-6, 40e-6, 1e-3, WRITE);

  /// The same limits where one SET pulse goes to the top.
  public static Limits abruptSet() {
    WriteMode write = new WriteMode(0.9, 0.8, 100e-9, 0.4e-6, true);
    return new Limits(0.2, 1.8, 10e-6, 500, 1e-6, 101e-6, 40e-6, 1e-3, write);
  }

  private final Geometry geometry;
  private final Limits limits;
  private final List<ExactCrossbar> arrays = new ArrayList<>();
  private Telemetry telemetry = Telemetry.ZERO;
  private boolean closed;

  public ExactChip(Geometry geometry, Limits limits, int count) {
    this.geometry = geometry;
    this.limits = limits;
    for (int i = 0; i < count; i++) {
      arrays.add(new ExactCrossbar(this));
    }
  }

  public ExactChip(int rows, int columns, Sensing sensing, int arrays) {
    this(new Geometry(rows, columns, sensing), LIMITS, arrays);
  }

  /// The same limits without a bias converter.
  public static Limits withoutBias() {
    return new Limits(0.2, 1.8, 10e-6, 500, 1e-6, 101e-6, 0, 1e-3, WRITE);
  }

  /// The same limits with gates that can be set; the cells know nothing of them.
  public static Limits gated(Gate gate) {
    return new Limits(0.2, 1.8, 10e-6, 500, 1e-6, 101e-6, 40e-6, 1e-3, WRITE, gate);
  }

  Geometry geometry() {
    return geometry;
  }

  Limits limits() {
    return limits;
  }

  public ExactCrossbar array(int index) {
    return arrays.get(index);
  }

  public boolean closed() {
    return closed;
  }

  @Override
  public String id() {
    return "exact-%dx%d".formatted(geometry.rows(), geometry.columns());
  }

  @Override
  public String firmware() {
    return "none";
  }

  @Override
  public List<Crossbar> arrays() {
    return List.copyOf(arrays);
  }

  @Override
  public boolean arraysLimited() {
    return true;
  }

  @Override
  public Telemetry telemetry() {
    return telemetry;
  }

  /// A picojoule and a microsecond for each read and pulse.
  void charge(long reads, long pulses, long cells) {
    telemetry =
        new Telemetry(
            telemetry.arrayReads() + reads,
            telemetry.pulses() + pulses,
            telemetry.cellWrites() + cells,
            telemetry.energyJoules() + (reads + pulses) * 1e-12,
            telemetry.busySeconds() + (reads + pulses) * 1e-6);
  }

  void checkOpen() {
    if (closed) {
      throw new ChipException(new Fault.Closed(id()));
    }
  }

  @Override
  public void pause(double seconds) {
    Chip.waitInRealTime(seconds);
  }

  @Override
  public boolean virtualTime() {
    return false;
  }

  @Override
  public void close() {
    closed = true;
  }
}
