package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FitTest {
  @TempDir Path folder;

  private Call fit(String csv, String... more) throws IOException {
    Path pulses = folder.resolve("pulses.csv");
    Files.writeString(pulses, csv);
    String[] args = {
      "fit",
      "--pulses",
      pulses.toString(),
      "--name",
      "mine",
      "--out",
      out().toString(),
      "--runs",
      folder.resolve("runs").toString()
    };
    String[] all = java.util.Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return Call.of(all);
  }

  private Path out() {
    return folder.resolve("mine.toml");
  }

  /// Two devices, 2 to 42 µS in 40 equal pulses, RESET steps twice as large.
  private static String measured() {
    StringBuilder csv = new StringBuilder("pulse,direction,siemens,device\n# by hand\n");
    for (String device : new String[] {"a", "b"}) {
      for (int n = 0; n <= 40; n++) {
        csv.append("%d,set,%de-6,%s%n".formatted(n, 2 + n, device));
      }
      for (int n = 1; n <= 20; n++) {
        csv.append("%d,-1,%de-6,%s%n".formatted(n, 42 - 2 * n, device));
      }
    }
    return csv.toString();
  }

  @Test
  void theProfileOpensAsAChip() throws IOException {
    JsonNode json = fit(measured(), "--json").json();
    assertEquals("constant-step", json.get("law").asText());
    assertEquals(2, json.get("devices").asInt());
    assertEquals(2.0 / 40, json.get("parameters").get("setStep").asDouble(), 1e-6);
    assertEquals(4.0 / 40, json.get("parameters").get("resetStep").asDouble(), 1e-6);
    assertTrue(json.get("rmse").asDouble() < 1e-12, json.toString());
    assertEquals(out().toString(), json.get("file").asText());
    Path run = Path.of(json.get("run").asText());
    assertTrue(Files.size(run.resolve("steps.png")) > 1000);
    assertTrue(Files.exists(run.resolve("steps.csv")));
    JsonNode info = Call.of("info", "sim:" + out() + "?seed=1&rows=4&columns=4", "--json").json();
    assertEquals("mine-4x4-1", info.get("id").asText());
    assertEquals(42e-6, info.get("limits").get("maxSiemens").asDouble(), 1e-10);
    // The last step of each run ends at the end of the window, which may have cut it off.
    String text = Files.readString(out());
    assertTrue(
        text.startsWith("# Fitted to pulses.csv: 78 SET and 38 RESET pulses of 2 devices"), text);
  }

  @Test
  void measuredCurrentsBecomeALawOfConduction() throws IOException {
    Path iv = folder.resolve("iv.csv");
    StringBuilder csv = new StringBuilder("amps,volts\n");
    for (int k = -10; k <= 10; k++) {
      csv.append("%s,%s%n".formatted(2e-5 * Math.sinh(0.03 * k / 0.3), 0.03 * k));
    }
    Files.writeString(iv, csv);
    JsonNode json = fit(measured(), "--iv", iv.toString(), "--json").json();
    assertEquals(0.3, json.get("conduction").get("scaleVolts").asDouble(), 1e-6);
    assertEquals(0, Call.of("info", "sim:" + out() + "?rows=4&columns=4").code());
    Files.writeString(iv, "volts\n1\n");
    fit(measured(), "--iv", iv.toString()).refused(1, "iv.csv", "no column 'amps'");
  }

  @Test
  void peopleSeeATable() throws IOException {
    Call call = fit(measured());
    assertEquals(0, call.code(), call.err());
    assertTrue(call.out().contains("constant-step"), call.out());
    assertTrue(call.out().contains("kept as " + out() + ": constant-step"), call.out());
  }

  @Test
  void badFilesAreRefusedByLine() throws IOException {
    fit("pulse,siemens\n1,1e-6\n").refused(1, "pulses.csv", "no column 'direction'");
    fit("direction,siemens\nset,1e-6\n").refused(1, "1 points");
    fit("direction,siemens\nset,1e-6\nset,many\n").refused(1, "line 3", "'many'");
    fit("direction,siemens\nset,1e-6\nreset,-2e-6\n").refused(1, "line 3", "-2e-6", "below 0");
    fit("direction,siemens\nup,1e-6\n").refused(1, "line 2", "'up'");
    fit("direction,siemens\nset\n").refused(1, "line 2", "1 fields");
    fit("pulse,direction,siemens\n1.5,set,1e-6\n").refused(1, "line 2", "'1.5'");
    fit("direction,siemens\nset,1e-6\nset,2e-6\n").refused(1, "too few");
    fit("direction,siemens,siemens\nset,1e-6,2\n").refused(1, "pulses.csv", "name each once");
    fit("direction,siemens\nset,25\n").refused(1, "line 2", "25 S", "give siemens");
  }

  @Test
  void callsThatMakeNoSenseAreRefused() throws IOException {
    fit(measured(), "--extends", "nothing").refused(2, "--extends", "hfox");
    String pulses = folder.resolve("pulses.csv").toString();
    String out = out().toString();
    Call.of("fit", "--pulses", pulses, "--out", out, "--name", "A B").refused(2, "'A B'");
    Call.of("fit", "--pulses", pulses, "--out", out, "--name", "hfox").refused(2, "--name hfox");
    assertFalse(Files.exists(out()));
  }
}
