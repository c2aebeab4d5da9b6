package org.mortal.bench.selftest;

import java.util.List;
import org.mortal.chip.Chip;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.chip.Telemetry;
import org.mortal.kernel.Batch;

/// A sound chip whose first array has one defect.
final class DefectiveChip implements Chip {

  /// What is broken; nothing unless overridden.
  interface Defect {
    /// The input that really drives the cells.
    default Batch inputs(Batch inputs) {
      return inputs;
    }

    /// Spoils the currents that a sound array gave.
    default void spoil(Crossbar sound, Read read, Batch amps) {}

    /// The pulses that really reach the cells.
    default short[] counts(short[] counts) {
      return counts;
    }
  }

  private final Chip sound;
  private final Crossbar broken;

  DefectiveChip(Chip sound, Defect defect) {
    this.sound = sound;
    this.broken = new Broken(sound.arrays().getFirst(), defect);
  }

  private record Broken(Crossbar sound, Defect defect) implements Crossbar {
    @Override
    public Geometry geometry() {
      return sound.geometry();
    }

    @Override
    public Limits limits() {
      return sound.limits();
    }

    @Override
    public void read(Read read, Batch amps) {
      Batch inputs = defect.inputs(read.inputs());
      sound.read(new Read(inputs, read.voltsPerUnit(), read.biasAmps(), read.sense()), amps);
      defect.spoil(sound, read, amps);
    }

    @Override
    public void pulse(PulseTrain train) {
      short[] counts = defect.counts(train.counts());
      sound.pulse(new PulseTrain(counts, train.setVolts(), train.resetVolts(), train.seconds()));
    }
  }

  @Override
  public String id() {
    return sound.id();
  }

  @Override
  public String firmware() {
    return sound.firmware();
  }

  @Override
  public List<Crossbar> arrays() {
    return List.of(broken);
  }

  @Override
  public boolean arraysLimited() {
    return true;
  }

  @Override
  public Telemetry telemetry() {
    return sound.telemetry();
  }

  @Override
  public void pause(double seconds) {
    sound.pause(seconds);
  }

  @Override
  public boolean virtualTime() {
    return sound.virtualTime();
  }

  @Override
  public void close() {
    sound.close();
  }
}
