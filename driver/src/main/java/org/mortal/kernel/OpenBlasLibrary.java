package org.mortal.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

/// Where the OpenBLAS that is bundled with this jar lies on disk; a missing library is a value with a reason.
sealed interface OpenBlasLibrary {

  /// The library, ready to load; what it needs lies beside it.
  record Found(Path path) implements OpenBlasLibrary {}

  /// No library for this platform, or it could not be unpacked.
  record Missing(String reason) implements OpenBlasLibrary {}

  /// Unpacks the bundled library into the user's cache, once for each version.
  static OpenBlasLibrary locate() {
    String platform = platform();
    List<String> names = names(platform);
    try {
      Path folder =
          cacheFolder().resolve("openblas-" + platform + "-" + fingerprint(platform, names));
      Path library = null;
      for (String name : names) {
        Path file = unpack(platform, name, folder);
        library = file != null ? file : library;
      }
      return library == null
          ? new Missing("no OpenBLAS is bundled for " + platform)
          : new Found(library);
    } catch (IOException e) {
      return new Missing("OpenBLAS could not be unpacked: " + e);
    }
  }

  private static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String system = os.contains("mac") ? "macosx" : os.contains("windows") ? "windows" : "linux";
    boolean arm = arch.equals("aarch64") || arch.equals("arm64");
    return system + "-" + (arm ? "arm64" : "x86_64");
  }

  /// The libraries, the product itself last.
  private static List<String> names(String platform) {
    if (platform.startsWith("windows")) {
      return List.of(
          "libgcc_s_seh-1.dll",
          "libwinpthread-1.dll",
          "libquadmath-0.dll",
          "libgfortran-5.dll",
          "libopenblas.dll");
    }
    return platform.startsWith("macosx")
        ? List.of(
            "libgcc_s.1.1.dylib",
            "libquadmath.0.dylib",
            "libgfortran.5.dylib",
            "libopenblas.0.dylib")
        : List.of("libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5", "libopenblas.so.0");
  }

  private static Path cacheFolder() {
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path base =
        xdg == null || xdg.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(xdg);
    return base.resolve("mortal");
  }

  /// Sizes tell the bundled versions apart.
  private static String fingerprint(String platform, List<String> names) throws IOException {
    long sum = 0;
    for (String name : names) {
      var resource = OpenBlasLibrary.class.getResource(resource(platform, name));
      sum = 31 * sum + (resource == null ? 0 : resource.openConnection().getContentLengthLong());
    }
    return Long.toHexString(sum);
  }

  private static Path unpack(String platform, String name, Path folder) throws IOException {
    try (InputStream in = OpenBlasLibrary.class.getResourceAsStream(resource(platform, name))) {
      if (in == null) {
        return null;
      }
      Path file = folder.resolve(name);
      if (!Files.exists(file)) {
        Files.createDirectories(folder);
        // Another process may unpack at the same time: each writes its own file and renames it
        // whole.
        Path part = Files.createTempFile(folder, name, ".part");
        Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      }
      return file;
    }
  }

  private static String resource(String platform, String name) {
    return "native/" + platform + "/" + name;
  }
}
