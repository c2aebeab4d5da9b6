package org.mortal.sim;

import org.mortal.chip.ColumnRead;
import org.mortal.chip.Geometry;
import org.mortal.chip.Read;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Batch;

/// Which lines of an array a read drives and which it senses, and the random streams of the periphery at both.
enum Direction {
  /// Rows are driven, columns sensed.
  FORWARD(Stream.AMPLIFIER, Stream.READ, Stream.DRIVER, Stream.DRIVER_NOISE, Stream.ADC),

  /// Columns are driven, rows sensed. The two columns of a pair have one converter, whose voltage reaches the second with the
  /// opposite sign.
  TRANSPOSED(
      Stream.ROW_AMPLIFIER,
      Stream.ROW_READ,
      Stream.COLUMN_DRIVER,
      Stream.COLUMN_DRIVER_NOISE,
      Stream.ROW_ADC);

  final Stream amplifier;
  final Stream noise;
  final Stream driver;
  final Stream driverNoise;
  final Stream adc;

  Direction(Stream amplifier, Stream noise, Stream driver, Stream driverNoise, Stream adc) {
    this.amplifier = amplifier;
    this.noise = noise;
    this.driver = driver;
    this.driverNoise = driverNoise;
    this.adc = adc;
  }

  /// Inputs that drive lines, each by one converter.
  int inputs(Geometry geometry) {
    return this == FORWARD ? geometry.rows() : geometry.outputs();
  }

  /// Lines that one input drives.
  int linesPerInput(Geometry geometry) {
    boolean pairs = geometry.sensing() == Sensing.DIFFERENTIAL;
    return this == TRANSPOSED && pairs ? 2 : 1;
  }

  /// Numbers that one read returns.
  int outputs(Geometry geometry) {
    return this == FORWARD ? geometry.outputs() : geometry.rows();
  }

  /// Refuses what must not be read, all but voltages.
  void check(Read read, Geometry geometry, double maxBiasAmps, Batch amps) {
    switch (this) {
      case FORWARD -> {
        read.checkShapes(geometry, amps);
        read.checkBias(maxBiasAmps);
      }
      case TRANSPOSED -> columns(read).checkShapes(geometry, amps);
    }
  }

  /// Refuses voltages beyond `limitVolts`.
  void checkVolts(Read read, double limitVolts) {
    switch (this) {
      case FORWARD -> read.checkVolts(limitVolts);
      case TRANSPOSED -> columns(read).checkVolts(limitVolts);
    }
  }

  private static ColumnRead columns(Read read) {
    return new ColumnRead(read.inputs(), read.voltsPerUnit());
  }
}
