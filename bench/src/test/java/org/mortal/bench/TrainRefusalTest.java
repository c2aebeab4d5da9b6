package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Calls of `train` that make no sense, and data that cannot be had: one line, and no run folder.
@Timeout(60)
class TrainRefusalTest {
  @TempDir Path folder;
  private Runs runs;

  @BeforeEach
  void begin() {
    runs = new Runs(folder.resolve("runs"));
  }

  /// The call after `train --task xor`.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--rule nope             | unknown rule 'nope'; known are backprop",
        "--rule no.such.Rule     | no.such.Rule",
        "--rule lab.example.NoRule | class lab.example.NoRule is not a LearningRule",
        "--rule lab.example.ClosedRule | needs a public constructor without parameters",
        "--rule fast-weights     | rule fast-weights does not learn to name classes",
        "--chip sim:nope         | unknown profile 'nope'",
        "--chip usb:x            | unknown scheme 'usb'",
        "--chip sim:hfox?sed=1   | unknown parameter 'sed'",
        "--chip sim:hfox?seed=1..2 | seed must be",
        "--copy-to sim:nope      | unknown profile 'nope'",
        "--copy-to usb:x         | unknown scheme 'usb'",
        "--rte 1                 | unknown option '--rte'",
        "--seed x                | --seed must be a whole number, not 'x'",
        "--seed 1.5              | --seed must be a whole number",
        "--epochs x              | --epochs must be a positive number, not 'x'",
        "--epochs 0              | --epochs must be a positive number",
        "--epochs -1             | --epochs must be a positive number",
        "--epochs NaN            | --epochs must be a positive number",
        "--epochs Infinity       | --epochs must be a positive number",
        "--queries 0             | --queries must be a whole number of at least 1",
        "--queries 1e6           | --queries must be a whole number of at least 1",
        "--epochs 1 --queries 9  | --epochs and --queries are both given",
        "--rate 0                | --rate must be a positive number",
        "--batch 0               | --batch must be a whole number of at least 1",
        "--head-rate -1          | --head-rate must be a number of at least 0, not '-1'",
        "--dropout 0.2           | --dropout must be two shares with a comma between them",
        "--dropout 0.2,1         | --dropout must be two shares from 0 to below 1, not '1'",
        "--smoothing 1           | --smoothing must be a share from 0 to below 1",
        "--augment shift=-1       | --augment must be amounts of at least 0",
        "--augment bend=1         | --augment must be amounts of shift, turn, stretch, shear",
        "--augment stretch=1      | a stretch is below 1",
        "--writing by-hand        | accumulated, sign-pulses",
        "--centred maybe          | --centred must be true or false",
        "--augment shift=1        | task xor has no pictures to move: leave out --augment",
        "--test-reads 2          | --test-reads must be 1 or 5, not '2'",
        "--test-reads 5          | task xor has no pictures to move: leave out --test-reads",
        "--probes 0              | --probes must be a whole number of at least 1",
        "--amplitude 0           | --amplitude must be a positive number",
        "--group 0               | --group must be a whole number of at least 1",
        "--slope steep           | --slope must be table, live or nominal, not 'steep'",
        "--threads 0             | --threads must be from 1",
        "--layers 2,a,2          | --layers must be a whole number of at least 1, not 'a'",
        "--layers 2,0,2          | --layers must be a whole number of at least 1, not '0'",
        "--layers 2,,2           | --layers must be a whole number of at least 1, not ''",
        "--layers 2,2            | give at least inputs, one hidden layer and classes",
        "--layers 2,2000000000,2 | a layer has at most 1000000 units, not 2000000000",
        "--wrong-labels 1        | --wrong-labels must be a share from 0 to below 1, not '1'",
        "--layers 3,8,2          | must begin with 2 inputs and end with 2 classes",
        "--layers 2,8,3          | must begin with 2 inputs and end with 2 classes"
      })
  void wrongCallsEndWithTwo(String options, String message) {
    runs.call("train --task xor " + options).refused(2, message);
    assertEquals(List.of(), runs.all(), "nothing was begun, so nothing is kept");
  }

  @Test
  void recallWantsItsOwnRuleAndChipsThatThereAre() {
    String recall = "train --task associative-recall";
    runs.call(recall).refused(2, "rule local-cross-entropy does not learn to recall what");
    runs.call(recall + " --rule fast-weights --fast sim:nope").refused(2, "unknown profile 'nope'");
    assertEquals(List.of(), runs.all());
  }

  @Test
  void unknownTasksAreNamedBesideTheKnown() {
    runs.call("train --task nope")
        .refused(2, "unknown task 'nope'", "digits, encoder, family-trees, mnist", "xor");
  }

  @Test
  void networksTooLargeForTheChipAreRefusedWithTheCount() {
    runs.call("train --task xor --layers 2,8,8,8,2 --chip sim:hfox?arrays=2")
        .refused(1, "needs 3 arrays", "has 2", "arrays=3");
    runs.call("train --task xor --layers 2,8,8,8,2 --copy-to sim:hfox?arrays=2")
        .refused(1, "needs 3 arrays", "has 2", "arrays=3");
    runs.call("train --task xor --layers 2,1000000,2").refused(1, "needs 7813 arrays");
    assertEquals(List.of(), runs.all());
  }

  @Test
  void foldersWithoutDataAreNamed() throws IOException {
    runs.call("train --task mnist", "--data", "").refused(1, "--data DIR", "MORTAL_DATA");
    refuseData(folder.resolve("nowhere"), "no train-images-idx3-ubyte", "data mnist --to DIR");
    Path data = IdxSet.write(folder.resolve("data"));
    Files.delete(data.resolve("t10k-labels-idx1-ubyte"));
    refuseData(data, "no t10k-labels-idx1-ubyte", data.toString());
  }

  @Test
  void damagedDataIsNamed() throws IOException {
    Path data = folder.resolve("data");
    for (String file :
        List.of("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte")) {
      Path path = IdxSet.write(data).resolve(file);
      byte[] whole = Files.readAllBytes(path);
      Files.write(path, Arrays.copyOf(whole, whole.length / 2));
      refuseData(data, path.toString());
    }
    IdxSet.write(data);
    Files.move(data.resolve("t10k-images-idx3-ubyte"), data.resolve("swap"));
    Files.move(data.resolve("t10k-labels-idx1-ubyte"), data.resolve("t10k-images-idx3-ubyte"));
    Files.move(data.resolve("swap"), data.resolve("t10k-labels-idx1-ubyte"));
    refuseData(data, "t10k-labels-idx1-ubyte");
    IdxSet.write(data);
    byte[] labels = Files.readAllBytes(data.resolve("t10k-labels-idx1-ubyte"));
    labels[100] = (byte) 200;
    Files.write(data.resolve("t10k-labels-idx1-ubyte"), labels);
    refuseData(data, "t10k-labels-idx1-ubyte", "damaged");
  }

  private void refuseData(Path data, String... parts) {
    runs.call("train --task mnist", "--data", data.toString()).refused(1, parts);
    assertEquals(List.of(), runs.all());
  }
}
