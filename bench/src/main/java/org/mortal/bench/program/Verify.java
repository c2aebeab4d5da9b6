package org.mortal.bench.program;

/// How the cells of an array are measured.
@FunctionalInterface
public interface Verify {

  /// The conductance of every cell in siemens, row-major.
  ///
  /// @param most what each cell may conduct at most, row-major: whoever drives several rows at once keeps the currents of such
  ///   cells within the converters' range
  float[] measure(float[] most);
}
