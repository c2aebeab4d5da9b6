package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mortal.bench.book.PostgresServer;

/// Two benches at once, each a process of its own, with one lab book on a PostgreSQL server, and a chip that both have had.
@Timeout(400)
class SharedBookTest {
  private static final String CHIP = "sim:hfox-lab?seed=1&rows=8&columns=8";
  private static final int SET = 64 * 4 * 250;
  private static final int RESET = SET + 64 * 500;

  @TempDir Path folder;

  @Test
  void twoBenchesWriteToOneBook() throws Exception {
    String book = PostgresServer.newPlace().url();
    try (Child one = characterise("one", book);
        Child other = characterise("other", book)) {
      for (Child bench : List.of(one, other)) {
        // Both start at once, and with them the server, beside all that a busy machine has to do.
        assertTrue(bench.process().waitFor(2, TimeUnit.MINUTES), bench::errors);
        assertEquals(0, bench.code(), bench.errors());
        assertFalse(bench.errors().contains("warning"), bench.errors());
        assertEquals(SET + RESET, bench.json().at("/counted/pulses").asInt());
      }
    }
    JsonNode all = Call.of("book", "--book", book, "--json").json();
    assertEquals(1, all.get("chips").size(), all.toString());
    JsonNode chip = all.get("chips").get(0);
    assertEquals(2, chip.get("runs").asInt(), chip.toString());
    assertEquals(2, all.get("runs").size(), all.toString());
    for (JsonNode run : all.get("runs")) {
      assertEquals("endurance", run.at("/arguments/KIND").asText(), run.toString());
      assertFalse(run.get("interrupted").asBoolean(), run.toString());
    }
    String id = chip.get("id").asText();
    JsonNode wear = Call.of("book", "wear", id, "--book", book, "--json").json();
    JsonNode array = wear.get("arrays").get(0);
    assertEquals(2 * SET, array.get("setPulses").asInt(), wear.toString());
    assertEquals(2 * RESET, array.get("resetPulses").asInt(), wear.toString());
  }

  private Child characterise(String bench, String book) throws IOException {
    Path own = Files.createDirectories(folder.resolve(bench));
    List<String> args =
        List.of(
            "characterise",
            CHIP,
            "endurance",
            "--cycles",
            "4",
            "--cells",
            "all",
            "--threads",
            "1",
            "--json",
            "--runs",
            own.resolve("runs").toString(),
            "--book",
            book);
    return Child.start(own, Map.of(), args);
  }
}
