package org.mortal.chip.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.ProgramRequest;
import org.mortal.chip.ProgramResult;
import org.mortal.chip.ProgramVerify;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.chip.WriteMode;
import org.mortal.kernel.Batch;

/// The host's closed-loop programming gives the pulses that the firmware gives for the same readings, to the last one.
class ProgramVectorsTest {
  @Test
  void givesTheSamePulsesAsTheFirmware() throws IOException {
    Iterator<String[]> script = Vectors.lines("program.txt").iterator();
    while (script.hasNext()) {
      String[] head = script.next();
      assertEquals("case", head[0]);
      Scripted crossbar = new Scripted(head, script, new int[whole(head[3])]);
      float[] targets = floats(crossbar.next("targets"), 1);
      ProgramRequest request =
          new ProgramRequest(
              Batch.of(new float[][] {targets}), number(head[9]), whole(head[10]), whole(head[11]));
      checkOutcome(head[1], crossbar, new ProgramVerify(crossbar).run(request));
    }
  }

  private static void checkOutcome(String name, Scripted crossbar, ProgramResult result) {
    for (int c = 0; c < crossbar.geometry().columns(); c++) {
      String[] cell = crossbar.next("cell");
      assertEquals(floats(cell, 1)[0], result.measuredSiemens().get(0, c), name);
      assertEquals(whole(cell[2]), result.pulses()[c], name);
      assertEquals(crossbar.resets()[c], result.resets()[c], name);
      assertEquals(cell[3].equals("1"), result.success()[c], name);
    }
    crossbar.next("end");
  }

  /// Answers reads from the script, and checks that pulses are as the script says.
  ///
  /// @param resets RESET pulses given to each cell
  private record Scripted(String[] head, Iterator<String[]> script, int[] resets)
      implements Crossbar {
    String[] next(String kind) {
      String[] line = script.next();
      assertEquals(kind, line[0], head[1]);
      return line;
    }

    @Override
    public Geometry geometry() {
      Sensing sensing = head[2].equals("1") ? Sensing.DIFFERENTIAL : Sensing.SINGLE;
      return new Geometry(1, whole(head[3]), sensing);
    }

    @Override
    public Limits limits() {
      WriteMode write = new WriteMode(0.9, 0.8, 1e-7, number(head[5]));
      return new Limits(
          number(head[4]), 2, 1e-5, whole(head[6]), number(head[7]), number(head[8]), 0, 1, write);
    }

    @Override
    public void read(Read read, Batch amps) {
      assertEquals(0, amps.rows() % 2);
      for (int n = 0; n < amps.rows(); n += 2) {
        String[] line = next("read");
        assertEquals(line[1], read.sense().name(), head[1]);
        float[] values = floats(line, 2);
        assertEquals(values.length, 2 * amps.columns());
        amps.setRow(n, Arrays.copyOfRange(values, 0, amps.columns()));
        amps.setRow(n + 1, Arrays.copyOfRange(values, amps.columns(), values.length));
      }
    }

    @Override
    public void pulse(PulseTrain train) {
      List<String> counts = Arrays.asList(next("train")).subList(1, train.counts().length + 1);
      assertFalse(counts.isEmpty());
      for (int c = 0; c < counts.size(); c++) {
        assertEquals(Short.parseShort(counts.get(c)), train.counts()[c], head[1]);
        resets[c] += Math.max(0, -train.counts()[c]);
      }
    }
  }

  private static int whole(String decimal) {
    return Integer.parseInt(decimal);
  }

  private static double number(String bits) {
    return Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
  }

  private static float[] floats(String[] line, int from) {
    float[] values = new float[line.length - from];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(Integer.parseUnsignedInt(line[from + i], 16));
    }
    return values;
  }
}
