package org.mortal.bench.characterise;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.mortal.bench.run.Json;
import org.mortal.bench.run.RunException;

/// What has been done of a plan: a file that grows by a line for each step, and survives a process that dies at any moment.
///
/// Each line begins with its checksum, so that the one that was being written is told from those that are whole, and is
/// cut off when the run goes on. Pulses are announced before they are given: a step that was announced and not finished
/// may have happened or not.
///
/// A machine that loses its power loses no announcement, and so knows of all pulses but those under way: these lines are on
/// the disk before the chip is asked. Of other lines it loses at most those of a second.
final class Journal {
  private static final String MEND = "free some space, then go on with --resume";
  private static final long FORCE_NANOS = 1_000_000_000;

  private final Path file;
  private final Head head;
  private final List<Entry> entries;
  private long forced = System.nanoTime();

  private Journal(Path file, Head head, List<Entry> entries) {
    this.file = file;
    this.head = head;
    this.entries = entries;
  }

  /// What a journal is of.
  ///
  /// @param started when, in milliseconds since 1970
  record Head(String chipId, String firmware, long plan, long started) {}

  /// What became of a step.
  enum State {
    /// Its pulses are about to be given.
    BEGUN,
    /// It is finished.
    DONE,
    /// An interruption: the cells were read before this step.
    RESUMED,
    /// The same, and nobody knows whether this step's pulses were given; they are not given again.
    UNCERTAIN
  }

  /// One line.
  ///
  /// @param step its place in the plan
  /// @param from when it began, in seconds of the run
  /// @param to when it ended
  /// @param pulses that the chip counted
  /// @param amps floats, least byte first: what it read
  record Entry(int step, State state, double from, double to, long pulses, byte[] amps) {
    static Entry of(int step, State state, double from, double to, long pulses, float[]... amps) {
      int numbers = 0;
      for (float[] one : amps) {
        numbers += one.length;
      }
      ByteBuffer bytes = ByteBuffer.allocate(numbers * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (float[] some : amps) {
        for (float one : some) {
          bytes.putFloat(one);
        }
      }
      return new Entry(step, state, from, to, pulses, bytes.array());
    }

    /// The numbers read, `length` to an array.
    float[][] numbers(int length) {
      ByteBuffer bytes = ByteBuffer.wrap(amps).order(ByteOrder.LITTLE_ENDIAN);
      float[][] numbers = new float[amps.length / Float.BYTES / length][length];
      for (float[] some : numbers) {
        for (int i = 0; i < length; i++) {
          some[i] = bytes.getFloat();
        }
      }
      return numbers;
    }
  }

  /// A new one, in the place of one whose first line was never finished.
  static Journal create(Path file, Head head) {
    Journal journal = new Journal(file, head, new ArrayList<>());
    if (Files.exists(file)) {
      truncate(file, 0);
    }
    journal.append(head, true);
    return journal;
  }

  /// Whether `file` holds one, if only its first line.
  static boolean exists(Path file) {
    try {
      return Files.exists(file)
          && Files.readString(file, StandardCharsets.ISO_8859_1).indexOf('\n') >= 0;
    } catch (IOException e) {
      throw RunException.of("cannot read", file, e, "give the folder of a characterisation");
    }
  }

  /// The one that `file` holds, without a line that was never finished.
  ///
  /// @throws RunException if there is none
  static Journal open(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw RunException.of(
          "cannot read", file, e, "give the folder of a characterisation that was begun");
    }
    List<String> lines = new ArrayList<>();
    int whole = 0;
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == '\n') {
        Optional<String> line =
            content(new String(bytes, whole, at - whole, StandardCharsets.UTF_8));
        if (line.isEmpty()) {
          break;
        }
        lines.add(line.get());
        whole = at + 1;
      }
    }
    if (lines.isEmpty()) {
      throw new RunException(
          "%s holds no beginning of a characterisation: begin anew".formatted(file), null);
    }
    truncate(file, whole);
    List<Entry> entries = new ArrayList<>();
    lines.stream().skip(1).forEach(line -> entries.add(Json.read(line, Entry.class)));
    return new Journal(file, Json.read(lines.getFirst(), Head.class), entries);
  }

  private static void truncate(Path file, long length) {
    try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    } catch (IOException e) {
      throw RunException.of("cannot write", file, e, MEND);
    }
  }

  /// What a line says, if its checksum is right.
  private static Optional<String> content(String line) {
    int blank = line.indexOf(' ');
    return blank > 0 && line.substring(0, blank).equals(checksum(line.substring(blank + 1)))
        ? Optional.of(line.substring(blank + 1))
        : Optional.empty();
  }

  private static String checksum(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }

  Head head() {
    return head;
  }

  List<Entry> entries() {
    return entries;
  }

  void add(Entry entry) {
    boolean late = System.nanoTime() - forced > FORCE_NANOS;
    append(entry, late || entry.state() == State.BEGUN);
    entries.add(entry);
  }

  /// @param force whether it is to be on the disk, with all before it, when this is back
  private void append(Object value, boolean force) {
    String json = Json.line(value);
    String line = checksum(json) + " " + json + "\n";
    // No channel: an interrupt would close it in the middle of the line.
    try (FileOutputStream out = new FileOutputStream(file.toFile(), true)) {
      out.write(line.getBytes(StandardCharsets.UTF_8));
      if (force) {
        out.getFD().sync();
        forced = System.nanoTime();
      }
    } catch (IOException e) {
      throw RunException.of("cannot write", file, e, MEND);
    }
  }

  /// The first step that is neither done nor uncertain.
  int next() {
    int next = 0;
    for (Entry entry : entries) {
      if (entry.state() == State.DONE || entry.state() == State.UNCERTAIN) {
        next = entry.step() + 1;
      }
    }
    return next;
  }

  /// Whether the last step was announced and not finished.
  boolean broken() {
    return !entries.isEmpty() && entries.getLast().state() == State.BEGUN;
  }

  /// How far the run has come, in its own seconds.
  double seconds() {
    return entries.isEmpty() ? 0 : entries.getLast().to();
  }

  /// When the last step ended, in seconds of the run.
  double stepEnd() {
    for (Entry entry : entries.reversed()) {
      if (entry.state() == State.DONE || entry.state() == State.UNCERTAIN) {
        return entry.to();
      }
    }
    return 0;
  }
}
