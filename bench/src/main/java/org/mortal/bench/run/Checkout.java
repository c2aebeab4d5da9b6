package org.mortal.bench.run;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.concurrent.TimeUnit;

/// The sources that this program was built from, if they lie around it.
final class Checkout {
  private static final long PATIENCE_SECONDS = 5;

  private Checkout() {}

  /// The commit, with `-dirty` behind it if tracked files differ from it; null where there is no
  /// checkout or no git.
  static String commit() {
    CodeSource source = Checkout.class.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return null;
    }
    Process git = null;
    try {
      ProcessBuilder builder =
          new ProcessBuilder(
              "git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*");
      builder.directory(Path.of(source.getLocation().toURI()).getParent().toFile());
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
      // Only look: git would else refresh its index, and lock out a commit made meanwhile.
      builder.environment().put("GIT_OPTIONAL_LOCKS", "0");
      git = builder.start();
      git.getOutputStream().close();
      // The answer is one line and fits into the pipe, so that waiting first is safe.
      if (!git.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || git.exitValue() != 0) {
        return null;
      }
      String answer =
          new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return answer.isEmpty() ? null : answer;
    } catch (IOException | URISyntaxException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } finally {
      if (git != null) {
        git.destroyForcibly();
      }
    }
  }
}
