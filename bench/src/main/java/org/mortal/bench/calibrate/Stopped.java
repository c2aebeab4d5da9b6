package org.mortal.bench.calibrate;

/// Ctrl-C came before a stage had begun; those before it are kept.
final class Stopped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Stopped(Stage stage) {
    super("stopped before " + stage);
  }
}
