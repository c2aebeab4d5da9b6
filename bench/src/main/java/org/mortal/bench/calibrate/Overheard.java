package org.mortal.bench.calibrate;

import org.mortal.chip.Chip;
import org.mortal.chip.Crossbar;
import org.mortal.chip.ForwardingChip;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.kernel.Batch;

/// Remembers what was last read of the chip behind, and what it showed.
final class Overheard extends ForwardingChip {
  private Read asked;
  private Batch shown;

  Overheard(Chip chip) {
    super(chip);
  }

  Read asked() {
    return asked;
  }

  Batch shown() {
    return shown;
  }

  @Override
  public Chip bare() {
    return chip().bare();
  }

  @Override
  protected Crossbar before(int index, Crossbar crossbar) {
    return new Crossbar() {
      @Override
      public Geometry geometry() {
        return crossbar.geometry();
      }

      @Override
      public Limits limits() {
        return crossbar.limits();
      }

      @Override
      public void read(Read read, Batch amps) {
        crossbar.read(read, amps);
        asked = read;
        // Whoever asked may go on to write over it.
        shown = Batch.of(amps.toArrays());
      }

      @Override
      public void pulse(PulseTrain train) {
        crossbar.pulse(train);
      }
    };
  }
}
