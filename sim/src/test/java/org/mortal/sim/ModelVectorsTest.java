package org.mortal.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Batch;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.Philox;
import org.mortal.kernel.PlainNormals;

/// The simulator agrees with the vectors that hold the firmware's array model to it.
class ModelVectorsTest {
  private SimChip chip;
  private int columns;
  private float[] volts;
  private String sense;
  private Batch bias;
  private int checked;

  @Test
  void agreesWithTheFirmwaresArrayModel() throws IOException {
    String root = System.getProperty("mortal.root", "..");
    Path path = Path.of(root, "firmware", "protocol", "vectors", "model.txt");
    for (String line : Files.readAllLines(path)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        follow(line, line.split(" "));
      }
    }
    assertTrue(checked > 0, path + " holds no vectors");
  }

  private void follow(String line, String[] words) {
    switch (words[0]) {
      case "philox" -> checkPhilox(words);
      case "key" ->
          check(line, bits(words[4]), Philox.key(bits(words[1]), whole(words[2]), whole(words[3])));
      case "normals" -> checkNormals(words);
      case "chip" -> makeChip(words);
      case "stuck" -> checkStuck(words);
      case "train" -> pulse(words);
      case "siemens" -> {
        int cell = whole(words[2]);
        double siemens = chip.truth(whole(words[1])).siemens()[cell / columns][cell % columns];
        check(line, bits(words[3]), Double.doubleToRawLongBits(siemens));
      }
      case "lines" -> {
        volts = floats(words, 3);
        sense = words[1] + " " + words[2];
        bias = null;
      }
      case "bias" -> bias = Batch.of(new float[][] {floats(words, 1)});
      case "amps" -> checkAmps(words);
      default -> throw new AssertionError("unknown vector: " + line);
    }
  }

  private void check(String line, long expected, long actual) {
    assertEquals(expected, actual, line);
    checked++;
  }

  private void checkPhilox(String[] words) {
    int[] block = new int[4];
    Philox.block(
        bits(words[1]), (int) bits(words[2]), (int) bits(words[3]), (int) bits(words[4]), 0, block);
    for (int i = 0; i < block.length; i++) {
      check("philox", (int) bits(words[5 + i]), block[i]);
    }
  }

  private void checkNormals(String[] words) {
    float[] normals = new float[64];
    new PlainNormals().fill(bits(words[1]), (int) bits(words[2]), 0, normals, normals.length);
    float[] expected = floats(words, 4);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], normals[whole(words[3]) + i]);
    }
  }

  private void makeChip(String[] words) {
    columns = whole(words[3]);
    ChipProfile profile =
        TestProfiles.of(
            whole(words[2]),
            columns,
            Sensing.DIFFERENTIAL,
            TestProfiles.cells(0.20, 0.01, 0, 0, 0),
            TestProfiles.PROFILE.dac(),
            TestProfiles.evenAmplifiers());
    chip = new ChipPopulation(profile).chip(bits(words[4]), whole(words[1]), Kernels.plain());
  }

  private void checkStuck(String[] words) {
    boolean[][] stuck = chip.truth(whole(words[1])).stuck();
    int found = 0;
    for (int cell = 0; cell < stuck.length * columns; cell++) {
      if (stuck[cell / columns][cell % columns]) {
        if (3 + found < words.length) {
          check("stuck", whole(words[3 + found]), cell);
        }
        found++;
      }
    }
    check("stuck", whole(words[2]), found);
  }

  private void pulse(String[] words) {
    int array = whole(words[1]);
    short[] counts = new short[chip.arrays().get(array).geometry().cells()];
    for (int i = 5; i < words.length; i += 2) {
      counts[whole(words[i])] = Short.parseShort(words[i + 1]);
    }
    PulseTrain train = new PulseTrain(counts, number(words[2]), number(words[3]), number(words[4]));
    chip.arrays().get(array).pulse(train);
  }

  private void checkAmps(String[] words) {
    float[] expected = floats(words, 1);
    Batch amps = Batch.zeros(1, expected.length);
    String[] where = sense.split(" ");
    Read read = new Read(Batch.of(new float[][] {volts}), 1, bias, Read.Sense.valueOf(where[1]));
    chip.arrays().get(whole(where[0])).read(read, amps);
    for (int j = 0; j < expected.length; j++) {
      assertEquals(expected[j], amps.get(0, j), sense);
    }
  }

  private static int whole(String decimal) {
    return Integer.parseInt(decimal);
  }

  private static long bits(String hexadecimal) {
    return Long.parseUnsignedLong(hexadecimal, 16);
  }

  private static double number(String bits) {
    return Double.longBitsToDouble(bits(bits));
  }

  private static float[] floats(String[] words, int from) {
    float[] values = new float[words.length - from];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat((int) bits(words[from + i]));
    }
    return values;
  }
}
