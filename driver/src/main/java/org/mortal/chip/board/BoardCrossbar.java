package org.mortal.chip.board;

import java.util.List;
import org.mortal.chip.Chip;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.ProgramRequest;
import org.mortal.chip.ProgramResult;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.kernel.Batch;

/// One array of a [BoardChip].
final class BoardCrossbar implements Crossbar {
  private final BoardChip chip;
  private final int array;

  BoardCrossbar(BoardChip chip, int array) {
    this.chip = chip;
    this.array = array;
  }

  int array() {
    return array;
  }

  @Override
  public Geometry geometry() {
    return chip.geometry();
  }

  @Override
  public Limits limits() {
    return chip.limits();
  }

  @Override
  public void read(Read read, Batch amps) {
    chip.read(new Chip.ArrayRead(array, read, amps));
  }

  @Override
  public void pulse(PulseTrain train) {
    chip.pulse(List.of(new Chip.ArrayPulses(array, train)));
  }

  @Override
  public ProgramResult program(ProgramRequest request) {
    return chip.program(this, request);
  }
}
