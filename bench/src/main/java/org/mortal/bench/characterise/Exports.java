package org.mortal.bench.characterise;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableDataset;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.mortal.bench.run.RunException;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.run.WholeFile;
import org.mortal.chip.Cell;

/// Readings as files, in SI units: one line for each point (CSV), and as a block of readings by rows by columns (HDF5, `.npy`).
///
/// @param provenance what HDF5 says of the whole file
record Exports(RunFolder folder, Readings readings, Map<String, String> provenance) {
  static final String CSV = "points.csv";
  static final String HDF5 = "readings.h5";
  private static final String CURRENT = "amps";
  private static final String CONDUCTANCE = "siemens";

  /// Whole lines of 64 bytes, as the format wants its head.
  private static final int NPY_ALIGNMENT = 64;

  void write() {
    WholeFile.write(folder.file(CSV), csv());
    writeHdf5();
    writeNpy("siemens.npy", block(true));
    writeNpy("amps.npy", block(false));
  }

  private String csv() {
    StringBuilder text = new StringBuilder();
    text.append("step,phase,cycle,pulses,pulseVolts,seconds,ageSeconds,");
    text.append("row,column,readVolts,amps,siemens,uncertain\n");
    for (Reading reading : readings.all()) {
      Step.Label label = reading.label();
      String head =
          reading.step()
              + ","
              + label.phase()
              + ","
              + label.cycle()
              + ","
              + label.pulses()
              + ","
              + label.pulseVolts()
              + ","
              + reading.seconds()
              + ","
              + reading.age()
              + ",";
      for (int i = 0; i < reading.amps().length; i++) {
        Cell cell = readings.plan().region().cell(i);
        text.append(head).append(cell.row()).append(',').append(cell.column()).append(',');
        text.append(reading.volts()).append(',').append(reading.amps()[i]).append(',');
        text.append((float) reading.siemens(i)).append(',').append(reading.uncertain());
        text.append('\n');
      }
    }
    return text.toString();
  }

  private float[][][] block(boolean siemens) {
    Region region = readings.plan().region();
    List<Reading> all = readings.all();
    float[][][] block = new float[all.size()][region.rows()][region.columns()];
    for (int n = 0; n < block.length; n++) {
      for (int i = 0; i < region.cells(); i++) {
        block[n][i / region.columns()][i % region.columns()] =
            siemens ? (float) all.get(n).siemens(i) : all.get(n).amps()[i];
      }
    }
    return block;
  }

  private void writeHdf5() {
    Path target = folder.file(HDF5);
    Path part = folder.file("." + HDF5 + ".part");
    try {
      try (WritableHdfFile file = HdfFile.write(part)) {
        provenance.forEach(file::putAttribute);
        fill(file);
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw RunException.of("cannot write", target, e, "free some space, then use --resume");
    }
  }

  private void fill(WritableHdfFile file) {
    List<Reading> all = readings.all();
    Region region = readings.plan().region();
    put(file, CONDUCTANCE, block(true), "S", "readings x rows x columns");
    put(file, CURRENT, block(false), "A", "readings x rows x columns, offsets taken off");
    put(file, "seconds", Statistics.each(all, Reading::seconds), "s", "since the run began");
    put(file, "ageSeconds", Statistics.each(all, Reading::age), "s", "since the last pulse");
    put(file, "readVolts", Statistics.each(all, Reading::volts), "V", "on a cell's row");
    put(
        file,
        "pulseVolts",
        Statistics.each(all, r -> r.label().pulseVolts()),
        "V",
        "amplitude of the last pulse, 0 for none");
    put(file, "pulses", whole(r -> r.label().pulses()), "", "to each cell in this phase so far");
    put(file, "cycle", whole(r -> r.label().cycle()), "", "rounds before");
    put(file, "step", whole(Reading::step), "", "of the plan");
    put(
        file,
        "uncertain",
        whole(r -> r.uncertain() ? 1 : 0),
        "",
        "1 after pulses perhaps not given");
    String[] phases = all.stream().map(r -> r.label().phase().name()).toArray(String[]::new);
    put(file, "phase", phases, "", "what was done before");
    put(file, "row", range(region.top(), region.rows()), "", "of the array");
    put(file, "column", range(region.left(), region.columns()), "", "of the array");
  }

  private static void put(
      WritableHdfFile file, String name, Object values, String unit, String about) {
    WritableDataset dataset = file.putDataset(name, values);
    dataset.putAttribute("about", about);
    if (!unit.isEmpty()) {
      dataset.putAttribute("unit", unit);
    }
  }

  private int[] whole(ToIntFunction<Reading> value) {
    return readings.all().stream().mapToInt(value).toArray();
  }

  private static int[] range(int from, int count) {
    int[] range = new int[count];
    for (int i = 0; i < count; i++) {
      range[i] = from + i;
    }
    return range;
  }

  /// The format of NumPy, version 1.0.
  private void writeNpy(String name, float[][][] block) {
    Region region = readings.plan().region();
    String about =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d, %d), }"
            .formatted(block.length, region.rows(), region.columns());
    int head = 10;
    int padded = Math.ceilDiv(head + about.length() + 1, NPY_ALIGNMENT) * NPY_ALIGNMENT - head;
    ByteBuffer bytes =
        ByteBuffer.allocate(head + padded + block.length * region.cells() * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    bytes.put((byte) 1).put((byte) 0).putShort((short) padded);
    String line = about + " ".repeat(padded - about.length() - 1) + "\n";
    bytes.put(line.getBytes(StandardCharsets.US_ASCII));
    for (float[][] rows : block) {
      for (float[] row : rows) {
        for (float one : row) {
          bytes.putFloat(one);
        }
      }
    }
    WholeFile.write(folder.file(name), bytes.array());
  }
}
