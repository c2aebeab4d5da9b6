package org.mortal.chip;

import java.util.AbstractList;
import java.util.List;

/// A chip that stands before another one and watches its calls: who it is and what time it has, it leaves to that one. Arrays
/// are watched one by one; calls to several at once go to them in turn, unless a subclass hands them on together.
public abstract class ForwardingChip implements Chip {
  private final Chip chip;

  /// @param chip the one behind, closed with this
  protected ForwardingChip(Chip chip) {
    this.chip = chip;
  }

  /// The chip behind.
  protected final Chip chip() {
    return chip;
  }

  /// What stands before an array of the chip behind.
  ///
  /// @param index its place
  protected abstract Crossbar before(int index, Crossbar crossbar);

  @Override
  public final String id() {
    return chip.id();
  }

  @Override
  public final String firmware() {
    return chip.firmware();
  }

  @Override
  public final boolean arraysLimited() {
    return chip.arraysLimited();
  }

  @Override
  public final List<Crossbar> arrays() {
    List<Crossbar> arrays = chip.arrays();
    return new AbstractList<>() {
      @Override
      public Crossbar get(int index) {
        return before(index, arrays.get(index));
      }

      @Override
      public int size() {
        return arrays.size();
      }
    };
  }

  @Override
  public Telemetry telemetry() {
    return chip.telemetry();
  }

  @Override
  public final void pause(double seconds) {
    chip.pause(seconds);
  }

  @Override
  public final boolean virtualTime() {
    return chip.virtualTime();
  }

  @Override
  public void close() {
    chip.close();
  }
}
