package org.mortal.bench;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/// Which Mortal this is.
public final class Version {
  private static final String RECORD = "/META-INF/maven/org.mortal/mortal-bench/pom.properties";

  private Version() {}

  /// The version that the build wrote into the jar; `development` where there is no jar.
  public static String text() {
    try (InputStream in = Version.class.getResourceAsStream(RECORD)) {
      if (in == null) {
        return "development";
      }
      Properties record = new Properties();
      record.load(in);
      return record.getProperty("version", "development");
    } catch (IOException e) {
      return "development";
    }
  }
}
