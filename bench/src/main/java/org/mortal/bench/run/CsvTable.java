package org.mortal.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/// A table to be written as CSV: a header and rows of numbers and text.
public final class CsvTable {
  private static final CSVFormat FORMAT =
      CSVFormat.Builder.create(CSVFormat.RFC4180).setRecordSeparator("\n").get();

  private final List<String> header;
  private final List<List<Object>> rows = new ArrayList<>();

  /// @param header names of the columns, not empty
  public CsvTable(String... header) {
    this.header = List.of(header);
  }

  /// A matrix without a header, as [CsvMatrix] reads it.
  public static CsvTable of(float[][] matrix) {
    CsvTable table = new CsvTable();
    for (float[] row : matrix) {
      List<Object> values = new ArrayList<>(row.length);
      for (float value : row) {
        values.add(value);
      }
      table.rows.add(values);
    }
    return table;
  }

  /// The same of a matrix in double precision.
  public static CsvTable of(double[][] matrix) {
    CsvTable table = new CsvTable();
    for (double[] row : matrix) {
      table.rows.add(Arrays.stream(row).<Object>mapToObj(Double::valueOf).toList());
    }
    return table;
  }

  /// Adds a row. Numbers are written with as many digits as tell them from their neighbours.
  ///
  /// @param values as many as the header has
  /// @return this
  public CsvTable add(Object... values) {
    if (values.length != header.size()) {
      throw new IllegalArgumentException(
          "a row of %d values in a table of %d columns".formatted(values.length, header.size()));
    }
    rows.add(List.of(values));
    return this;
  }

  /// Writes the table.
  ///
  /// @throws RunException if the file cannot be written; no part of it remains
  public void write(Path file) {
    WholeFile.write(file, text());
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
      if (!header.isEmpty()) {
        printer.printRecord(header);
      }
      printer.printRecords(rows);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail to be written", e);
    }
    return text.toString();
  }
}
