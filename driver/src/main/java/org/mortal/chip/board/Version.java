package org.mortal.chip.board;

/// A version of driver or firmware.
record Version(int major, int minor, int patch) implements Comparable<Version> {
  /// This driver's.
  static final Version DRIVER = new Version(0, 1, 0);

  /// Taken apart as the greeting packs it.
  static Version of(int packed) {
    return new Version(packed >>> 16, packed >>> 8 & 0xFF, packed & 0xFF);
  }

  int packed() {
    return major << 16 | minor << 8 | patch;
  }

  @Override
  public int compareTo(Version other) {
    return Integer.compareUnsigned(packed(), other.packed());
  }

  @Override
  public String toString() {
    return "%d.%d.%d".formatted(major, minor, patch);
  }
}
