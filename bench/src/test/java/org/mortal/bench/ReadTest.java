package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mortal.bench.run.CsvMatrix;
import org.mortal.bench.run.RunManifest;

@Timeout(30)
class ReadTest {
  private static final String CHIP = "sim:ideal?rows=4&columns=6&arrays=2";

  @TempDir Path folder;
  private Path volts;

  @BeforeEach
  void writeVolts() throws IOException {
    volts = folder.resolve("volts.csv");
    Files.writeString(volts, "0.1,0,0,0.2\n0,0,0,0\n");
  }

  private Call read(String... more) {
    String[] args = new String[6 + more.length];
    args[0] = "read";
    args[1] = CHIP;
    args[2] = "--volts";
    args[3] = volts.toString();
    args[4] = "--runs";
    args[5] = folder.resolve("runs").toString();
    System.arraycopy(more, 0, args, 6, more.length);
    return Call.of(args);
  }

  private Call readOf(String csv) throws IOException {
    Files.writeString(volts, csv);
    return read();
  }

  @Test
  void currentsAreInTheAnswerAndTheFiles() {
    Path out = folder.resolve("amps.csv");
    JsonNode json = read("--json", "--array", "1", "--out", out.toString()).json();
    JsonNode amps = json.get("amps");
    assertEquals(2, amps.size());
    assertEquals(3, amps.get(0).size());
    Path run = Path.of(json.get("run").asText());
    double[][] written = CsvMatrix.read(out);
    assertArrayEquals(written, CsvMatrix.read(run.resolve("amps.csv")));
    for (int j = 0; j < 3; j++) {
      assertEquals((float) amps.get(0).get(j).asDouble(), (float) written[0][j]);
    }
    RunManifest manifest = RunManifest.read(run.resolve("manifest.json"));
    assertEquals("read", manifest.command());
    assertEquals(CHIP, manifest.chip());
    assertEquals("1", manifest.arguments().get("--array"));
    assertEquals(CHIP, manifest.arguments().get("CHIP"));
  }

  @Test
  void peopleSeeATable() {
    Call call = read();
    assertEquals(0, call.code(), call.err());
    assertTrue(call.out().contains("output 2"), call.out());
    assertTrue(call.out().contains("2 x 3 currents of array 0 of ideal-4x6-1"), call.out());
  }

  @Test
  void badTablesAreRefusedByLineAndColumn() throws IOException {
    readOf("0,0,0,0\n0,0,NaN,0\n").refused(1, "volts.csv, line 2, column 3", "'NaN'");
    readOf("nan,nan,nan,nan\n").refused(1, "line 1, column 1", "'nan'");
    readOf("0,0,0,0\n0,0\n").refused(1, "line 2", "2 numbers", "4");
    readOf("0,0,1e999,0\n").refused(1, "line 1, column 3", "finite");
    readOf("0,0,x1,0").refused(1, "line 1, column 3", "'x1' is no number");
    readOf("0,,0,0").refused(1, "line 1, column 2", "nothing");
    readOf("").refused(1, "volts.csv holds no numbers");
    readOf("a,b,c,d\n").refused(1, "volts.csv holds no numbers");
    readOf("0,0,0\n").refused(1, "3 voltages", "4 rows");
    readOf("0,0,0,\"0\n").refused(1, "cannot read", "volts.csv");
  }

  @Test
  void filesThatAreNotThereAreNamed() throws IOException {
    Files.delete(volts);
    read().refused(1, "cannot read", "volts.csv", "no such file");
    Files.write(volts, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    read().refused(1, "volts.csv", "UTF-8");
    volts = folder;
    read().refused(1, "cannot read", folder.toString());
  }

  @Test
  void limitsAreTheChipsAndTheArrays() throws IOException {
    readOf("0,0,3,0\n").refused(1, "3", "0.2");
    writeVolts();
    read("--array", "2").refused(2, "--array must be from 0 to 1, not 2");
    read("--array", "-1").refused(2, "--array must be from 0 to 1");
  }

  @Test
  void placesThatCannotBeWrittenAreNamed() throws IOException {
    Path file = folder.resolve("file");
    Files.writeString(file, "in the way");
    read("--runs", file.toString()).refused(2, "--runs");
    Call.of("read", CHIP, "--volts", volts.toString(), "--runs", file.toString())
        .refused(1, "cannot make a run folder", file.toString(), "in the way", "--runs");
    read("--out", folder.resolve("none/amps.csv").toString()).refused(1, "none", "no such");
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "this system has no /dev/full");
    Path link = Files.createSymbolicLink(folder.resolve("full.csv"), full);
    read("--out", link.toString()).refused(1, "cannot write", "full.csv", "No space left");
    assertTrue(Files.isSymbolicLink(link));
  }
}
