package org.mortal.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.mortal.bench.run.RunException;
import org.mortal.bench.run.WholeFile;

/// A page of text and pictures that needs no other file.
public final class Page {
  private Page() {}

  /// Writes it.
  ///
  /// @param pictures PNG files
  /// @throws RunException if a picture cannot be read or the page not be written
  public static void write(Path html, String title, String text, List<Path> pictures) {
    StringBuilder page =
        new StringBuilder(
            """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>%s</title>
            <style>body { font-family: sans-serif; max-width: 70em; margin: 2em auto; }
            pre { overflow-x: auto; } img { max-width: 100%%; display: block; margin: 2em 0; }
            </style></head><body><h1>%s</h1>
            <pre>%s</pre>
            """
                .formatted(escaped(title), escaped(title), escaped(text)));
    for (Path picture : pictures) {
      page.append(
          "<img alt=\"%s\" src=\"data:image/png;base64,%s\">%n"
              .formatted(picture.getFileName(), base64(picture)));
    }
    WholeFile.write(html, page.append("</body></html>\n").toString());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static String base64(Path picture) {
    try {
      return Base64.getEncoder().encodeToString(Files.readAllBytes(picture));
    } catch (IOException e) {
      throw RunException.of("cannot read", picture, e, "go on with --resume to draw it anew");
    }
  }
}
