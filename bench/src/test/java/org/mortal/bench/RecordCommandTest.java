package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A recorded command gives the same figures again without its chip, and no others.
@Timeout(60)
class RecordCommandTest {
  private static final String CHIP = "sim:hfox?seed=4&rows=32&columns=32";

  @TempDir private Path folder;

  private Path session() {
    return folder.resolve("session.jsonl");
  }

  private Call call(String... args) {
    return Call.of(args);
  }

  private String[] train(String chip, String seed) {
    return new String[] {
      "train",
      "--task",
      "xor",
      "--epochs",
      "3",
      "--chip",
      chip,
      "--seed",
      seed,
      "--json",
      "--runs",
      folder.resolve("runs").toString()
    };
  }

  private Call record(String... command) {
    return call(
        Stream.concat(Stream.of("record", session().toString()), Stream.of(command))
            .toArray(String[]::new));
  }

  @Test
  void aRecordedTrainingGivesTheSameFigures() {
    JsonNode recorded = record(train(CHIP, "3")).json();
    JsonNode replayed = call(train("replay:" + session(), "3")).json();
    assertEquals(Runs.figures(recorded), Runs.figures(replayed));
    call(train("replay:" + session(), "5"))
        .refused(1, "session.jsonl, line ", "pulses at row ", "recorded was");
  }

  @Test
  void recordsOneChip() throws IOException {
    record("compare", "--task", "xor", "--epochs", "1", "--chips", "sim:hfox?seed=1..2")
        .refused(1, "compare opens more than one chip");
    Files.delete(session());
    record("measure", "mvm", "--size", "8", "--batch", "1")
        .refused(1, "measure opens more than one chip");
  }

  @Test
  void recordsSomething() throws IOException {
    assertEquals(1, record("chips").code());
    assertTrue(record("chips").err().contains("chips opened no chip"));
    Files.writeString(session(), "");
    record("info", CHIP).refused(1, "session.jsonl", "exists already");
    call("record", session().toString()).refused(2, "COMMAND");
    record("chps").refused(2, "unknown command 'chps'");
  }
}
