package org.mortal.chip.board;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.mortal.chip.Geometry;
import org.mortal.chip.ProgramRequest;
import org.mortal.chip.ProgramResult;

/// Closed-loop programming as commands: row by row, as many columns at a time as fit into a frame both ways.
final class ProgramSteps implements Iterator<Step> {
  private static final int HEAD = 24;

  private final int array;
  private final ProgramRequest request;
  private final Geometry geometry;
  private final int chunk;
  private final int maxMillis;
  private final CellOutcomes outcomes;
  private int next;

  ProgramSteps(int array, ProgramRequest request, Greeting greeting) {
    this.array = array;
    this.request = request;
    this.geometry = greeting.geometry();
    int payloadMax = greeting.link().payloadMax();
    this.chunk = Math.min((payloadMax - HEAD) / Float.BYTES, payloadMax / CellOutcomes.BYTES);
    this.maxMillis = Deadline.millis(request, geometry.columns(), greeting.limits());
    this.outcomes = new CellOutcomes(geometry);
  }

  /// Cells in the frames made so far: they are the first ones, in row-major order.
  int cellsSent() {
    return next;
  }

  /// Pulses that the board has said it gave, in commands that it carried out.
  long pulses() {
    return outcomes.pulses();
  }

  ProgramResult result() {
    return outcomes.result();
  }

  @Override
  public boolean hasNext() {
    return next < geometry.cells();
  }

  @Override
  public Step next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int row = next / geometry.columns();
    int column = next % geometry.columns();
    int columns = Math.min(chunk, geometry.columns() - column);
    ByteBuffer payload = Request.payload(HEAD + columns * Float.BYTES);
    payload
        .putShort((short) array)
        .putShort((short) row)
        .putShort((short) column)
        .putShort((short) columns)
        .putShort((short) Math.min(request.maxPasses(), 0xFFFF))
        .putShort((short) Math.min(request.readsPerVerify(), 0xFFFF))
        .putInt(maxMillis)
        .putDouble(request.toleranceSiemens());
    for (int c = column; c < column + columns; c++) {
      payload.putFloat(request.targetSiemens().get(row, c));
    }
    int first = next;
    next += columns;
    return new Step(
        new Request(Command.PROGRAM, payload.flip(), columns * CellOutcomes.BYTES, maxMillis),
        reply -> outcomes.take(first, columns, reply));
  }
}
