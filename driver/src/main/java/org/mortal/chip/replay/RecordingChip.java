package org.mortal.chip.replay;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipException;
import org.mortal.chip.Crossbar;
import org.mortal.chip.Fault;
import org.mortal.chip.ForwardingChip;
import org.mortal.chip.Geometry;
import org.mortal.chip.Limits;
import org.mortal.chip.ProgramRequest;
import org.mortal.chip.ProgramResult;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.chip.Telemetry;
import org.mortal.kernel.Batch;

/// Any chip, with every call and its answer written to a file that [ReplayChip] can answer from.
///
/// A line is written and handed to the system after each call, so that a killed program loses at most the last one.
/// Faults are written too. Calls that make no sense for the chip's shape are not, and nor are pauses: nothing is asked in them.
public final class RecordingChip extends ForwardingChip {
  private final Path file;
  private final Writer writer;
  private boolean closed;

  /// @param chip closed with this
  /// @param file must not exist yet
  /// @throws ChipException if the file cannot be written
  public RecordingChip(Chip chip, Path file) {
    super(chip);
    this.file = file;
    try {
      this.writer =
          Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw failed("it exists already; remove it, or give another name");
    } catch (IOException e) {
      throw failed("it cannot be written: " + e);
    }
    write(Identity.of(chip).line());
  }

  private ChipException failed(String reason) {
    return new ChipException(new Fault.NoBoard(file.toString(), reason));
  }

  private void write(Map<String, Object> line) {
    try {
      writer.write(JsonLine.write(line) + "\n");
      writer.flush();
    } catch (IOException e) {
      throw failed("the session cannot be written on: " + e);
    }
  }

  @Override
  protected Crossbar before(int index, Crossbar crossbar) {
    return new RecordingCrossbar(index, crossbar);
  }

  @Override
  public Telemetry telemetry() {
    Telemetry telemetry = super.telemetry();
    if (!closed) {
      write(new Entry.Told(telemetry).line());
    }
    return telemetry;
  }

  @Override
  public void read(List<ArrayRead> reads) {
    Fault fault = faultOf(() -> chip().read(reads));
    finish(new Entry.Reads(reads, fault));
  }

  @Override
  public void pulse(List<ArrayPulses> trains) {
    Fault fault = faultOf(() -> chip().pulse(trains));
    finish(new Entry.Pulses(trains, fault));
  }

  private static Fault faultOf(Runnable call) {
    try {
      call.run();
      return null;
    } catch (ChipException e) {
      return e.fault();
    }
  }

  private void finish(Entry entry) {
    if (!closed) {
      write(entry.line());
    }
    if (entry.fault() != null) {
      throw new ChipException(entry.fault());
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (writer) {
      super.close();
    } catch (IOException e) {
      throw failed("the session cannot be closed: " + e);
    }
  }

  private final class RecordingCrossbar implements Crossbar {
    private final int array;
    private final Crossbar crossbar;

    RecordingCrossbar(int array, Crossbar crossbar) {
      this.array = array;
      this.crossbar = crossbar;
    }

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
      RecordingChip.this.read(List.of(new ArrayRead(array, read, amps)));
    }

    @Override
    public void pulse(PulseTrain train) {
      RecordingChip.this.pulse(List.of(new ArrayPulses(array, train)));
    }

    @Override
    public ProgramResult program(ProgramRequest request) {
      ProgramResult[] result = new ProgramResult[1];
      Fault fault = faultOf(() -> result[0] = crossbar.program(request));
      finish(new Entry.Program(array, request, result[0], fault));
      return result[0];
    }
  }
}
