package org.mortal.bench.measure;

import java.util.List;

/// The published energy of a multiplication and addition in digital hardware, beside which that of a chip is stated.
///
/// Only what the source names is counted: neither control nor the movement of inputs and outputs, which is kind to the digital
/// side.
///
/// @param name what computes
/// @param joulesPerMac one multiplication and addition, with its share of the memory named
/// @param secondsPerMac at the device's full throughput, or null where the source has none
/// @param source where the figures stand
public record DigitalReference(
    String name, double joulesPerMac, Double secondsPerMac, String source) {
  private static final double PICO = 1e-12;
  private static final String HOROWITZ =
      "Horowitz, Computing's energy problem, ISSCC 2014: 45 nm, 0.9 V; ";

  /// Bytes of a 64-bit access to memory.
  private static final int WORD = 8;

  private static final double MULTIPLY_8 = 0.2 * PICO;
  private static final double ADD_32 = 0.1 * PICO;
  private static final double MULTIPLY_FLOAT = 3.7 * PICO;
  private static final double ADD_FLOAT = 0.9 * PICO;
  private static final double SRAM_8_KB = 10 * PICO;
  private static final double DRAM_LEAST = 1300 * PICO;

  /// Integers whose weights come from small memories beside the multiplier: what a chip of cells has to beat.
  public static final DigitalReference INT8_SRAM =
      new DigitalReference(
          "8-bit, weights in 8 KB SRAM",
          MULTIPLY_8 + ADD_32 + SRAM_8_KB / WORD,
          null,
          HOROWITZ + "8-bit multiply 0.2 pJ, 32-bit add 0.1 pJ, 64 bits of 8 KB SRAM 10 pJ");

  private static final double TPU_V4_WATTS = 192;
  private static final double TPU_V4_MACS_PER_SECOND = 275e12 / 2;

  private static final List<DigitalReference> ALL =
      List.of(
          new DigitalReference(
              "8-bit arithmetic alone",
              MULTIPLY_8 + ADD_32,
              null,
              HOROWITZ + "8-bit multiply 0.2 pJ, 32-bit add 0.1 pJ"),
          INT8_SRAM,
          new DigitalReference(
              "float32, weights in 8 KB SRAM",
              MULTIPLY_FLOAT + ADD_FLOAT + SRAM_8_KB / (WORD / Float.BYTES),
              null,
              HOROWITZ + "32-bit multiply 3.7 pJ, add 0.9 pJ, 64 bits of 8 KB SRAM 10 pJ"),
          new DigitalReference(
              "8-bit, weights in DRAM",
              MULTIPLY_8 + ADD_32 + DRAM_LEAST / WORD,
              null,
              HOROWITZ + "64 bits of DRAM 1.3-2.6 nJ, of which the least"),
          new DigitalReference(
              "TPU v4, whole chip fully used",
              TPU_V4_WATTS / TPU_V4_MACS_PER_SECOND,
              1 / TPU_V4_MACS_PER_SECOND,
              "Jouppi et al., TPU v4, ISCA 2023: 7 nm, 275 TFLOPS of bfloat16 at 192 W"));

  /// All of them; [#INT8_SRAM] is the one to state where there is room for one.
  public static List<DigitalReference> all() {
    return ALL;
  }

  /// The energy of a number of multiplications and additions.
  public double joules(double macs) {
    return macs * joulesPerMac;
  }
}
