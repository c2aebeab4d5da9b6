package org.mortal.chip.board;

/// Severity of a LOG, a LEVEL of the command list.
enum Severity implements Coded {
  DEBUG(0, System.Logger.Level.DEBUG),
  INFO(1, System.Logger.Level.INFO),
  WARNING(2, System.Logger.Level.WARNING),
  ERROR(3, System.Logger.Level.ERROR);

  private final int code;
  private final System.Logger.Level level;

  Severity(int code, System.Logger.Level level) {
    this.code = code;
    this.level = level;
  }

  @Override
  public int code() {
    return code;
  }

  System.Logger.Level level() {
    return level;
  }
}
