package org.mortal.chip.replay;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.mortal.chip.Chip;
import org.mortal.chip.Geometry;
import org.mortal.chip.ProgramRequest;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.kernel.Batch;

/// Finds where a call first differs from the recorded one, in a few words.
final class Difference {
  private Difference() {}

  /// What is asked now against what was asked when the session was recorded; nothing if it is the same to the bit.
  static Optional<String> between(Entry asked, Entry recorded, Geometry geometry) {
    return switch (asked) {
      case Entry.Reads a when recorded instanceof Entry.Reads r -> reads(a.reads(), r.reads());
      case Entry.Pulses a when recorded instanceof Entry.Pulses r ->
          pulses(a.trains(), r.trains(), geometry);
      case Entry.Program a when recorded instanceof Entry.Program r -> program(a, r);
      default -> different("the call", asked.call(), recorded.call());
    };
  }

  private static Optional<String> reads(List<Chip.ArrayRead> asked, List<Chip.ArrayRead> recorded) {
    Optional<String> found = different("arrays read", asked.size(), recorded.size());
    for (int i = 0; found.isEmpty() && i < asked.size(); i++) {
      Chip.ArrayRead a = asked.get(i);
      Chip.ArrayRead r = recorded.get(i);
      found =
          different("array of read " + i, a.array(), r.array())
              .or(() -> read(a, r).map(text -> "array %d: %s".formatted(a.array(), text)));
    }
    return found;
  }

  private static Optional<String> read(Chip.ArrayRead asked, Chip.ArrayRead recorded) {
    Read a = asked.read();
    Read r = recorded.read();
    return different("columns connected", a.sense(), r.sense())
        .or(() -> different("outputs sensed", asked.amps().columns(), recorded.amps().columns()))
        .or(() -> different("volts per unit", a.voltsPerUnit(), r.voltsPerUnit()))
        .or(() ->
            batches(
                a.inputs(), r.inputs(), a.voltsPerUnit(), " V", "row %2$d of input vector %1$d"))
        .or(() -> biases(a.biasAmps(), r.biasAmps()));
  }

  private static Optional<String> biases(Batch asked, Batch recorded) {
    return asked == null || recorded == null
        ? different("bias given", asked != null, recorded != null)
        : batches(asked, recorded, 1, " A", "bias of output %2$d" + biasVector(asked));
  }

  private static String biasVector(Batch bias) {
    return bias.rows() == 1 ? "" : " for input vector %1$d";
  }

  private static Optional<String> pulses(
      List<Chip.ArrayPulses> asked, List<Chip.ArrayPulses> recorded, Geometry geometry) {
    Optional<String> found = different("arrays pulsed", asked.size(), recorded.size());
    for (int i = 0; found.isEmpty() && i < asked.size(); i++) {
      Chip.ArrayPulses a = asked.get(i);
      Chip.ArrayPulses r = recorded.get(i);
      found =
          different("array of train " + i, a.array(), r.array())
              .or(() ->
                  train(a.train(), r.train(), geometry)
                      .map(text -> "array %d: %s".formatted(a.array(), text)));
    }
    return found;
  }

  private static Optional<String> train(PulseTrain asked, PulseTrain recorded, Geometry geometry) {
    Optional<String> shape =
        different("SET volts", asked.setVolts(), recorded.setVolts())
            .or(() -> different("RESET volts", asked.resetVolts(), recorded.resetVolts()))
            .or(() -> different("seconds", asked.seconds(), recorded.seconds()))
            .or(() -> different("gate volts", asked.gateVolts(), recorded.gateVolts()));
    if (shape.isPresent()) {
      return shape;
    }
    int cell = Arrays.mismatch(asked.counts(), recorded.counts());
    return cell < 0
        ? Optional.empty()
        : different(
            "pulses at " + geometry.cell(cell), asked.counts()[cell], recorded.counts()[cell]);
  }

  private static Optional<String> program(Entry.Program asked, Entry.Program recorded) {
    ProgramRequest a = asked.request();
    ProgramRequest r = recorded.request();
    return different("array programmed", asked.array(), recorded.array())
        .or(() -> different("tolerance in S", a.toleranceSiemens(), r.toleranceSiemens()))
        .or(() -> different("passes", a.maxPasses(), r.maxPasses()))
        .or(() -> different("reads per verify", a.readsPerVerify(), r.readsPerVerify()))
        .or(() ->
            batches(
                a.targetSiemens(), r.targetSiemens(), 1, " S", "target at row %1$d, column %2$d"));
  }

  /// @param scale shown values are this times the entries
  /// @param place format of the row's and the column's number
  private static Optional<String> batches(
      Batch asked, Batch recorded, double scale, String unit, String place) {
    if (asked.rows() != recorded.rows() || asked.columns() != recorded.columns()) {
      return different("shape", asked, recorded);
    }
    float[] a = new float[asked.columns()];
    float[] r = new float[asked.columns()];
    for (int row = 0; row < asked.rows(); row++) {
      asked.getRow(row, a);
      recorded.getRow(row, r);
      int column = Arrays.mismatch(a, r);
      if (column >= 0) {
        return Optional.of(
            "%s is %s%s, recorded was %s%s"
                .formatted(
                    place.formatted(row, column),
                    (float) (a[column] * scale),
                    unit,
                    (float) (r[column] * scale),
                    unit));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> different(String what, Object asked, Object recorded) {
    return Objects.equals(asked, recorded)
        ? Optional.empty()
        : Optional.of("%s is %s, recorded was %s".formatted(what, asked, recorded));
  }
}
