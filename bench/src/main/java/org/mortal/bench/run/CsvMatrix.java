package org.mortal.bench.run;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.mortal.kernel.Batch;

/// Reads matrices of finite numbers from CSV files.
///
/// One vector a line, fields separated by commas. Empty lines and lines that begin with `#` are
/// passed over, and so is a first line in which every field is a word.
public final class CsvMatrix {
  private static final Pattern WORD = Pattern.compile("\\p{L}.*");
  private static final Set<String> NO_WORDS = Set.of("nan", "inf", "infinity");

  private static final CSVFormat FORMAT =
      CSVFormat.Builder.create(CSVFormat.DEFAULT)
          .setTrim(true)
          .setIgnoreEmptyLines(true)
          .setCommentMarker('#')
          .get();

  private final Path file;

  private CsvMatrix(Path file) {
    this.file = file;
  }

  /// The matrix in `file`, one array per line, all of one length, at least one of at least one
  /// number.
  ///
  /// @throws RunException if the file cannot be read, naming the line and column that is wrong
  public static double[][] read(Path file) {
    return new CsvMatrix(file).read();
  }

  /// The matrix in `file` as the port takes it, rounded to float32.
  ///
  /// @throws RunException as [#read] does
  public static Batch readBatch(Path file) {
    double[][] values = read(file);
    Batch batch = Batch.zeros(values.length, values[0].length);
    for (int r = 0; r < values.length; r++) {
      for (int c = 0; c < values[r].length; c++) {
        batch.set(r, c, (float) values[r][c]);
      }
    }
    return batch;
  }

  private double[][] read() {
    List<double[]> rows = new ArrayList<>();
    try (Reader reader = new StringReader(CsvColumns.text(file));
        CSVParser parser = CSVParser.builder().setReader(reader).setFormat(FORMAT).get()) {
      for (CSVRecord record : parser) {
        if (record.getRecordNumber() == 1 && isHeader(record)) {
          continue;
        }
        double[] row = numbers(record, parser.getCurrentLineNumber());
        if (!rows.isEmpty() && rows.getFirst().length != row.length) {
          throw new RunException(
              "%s, line %d: %d numbers where the lines before have %d; all lines must have as many"
                  .formatted(
                      file, parser.getCurrentLineNumber(), row.length, rows.getFirst().length),
              null);
        }
        rows.add(row);
      }
    } catch (UncheckedIOException e) {
      // The parser's own complaint, for example of a quote that is not closed.
      throw RunException.of("cannot read", file, e.getCause(), "give a CSV file of plain numbers");
    } catch (IOException e) {
      throw RunException.of("cannot read", file, e, "give a CSV file of plain numbers");
    }
    if (rows.isEmpty()) {
      throw new RunException(
          "%s holds no numbers: give one vector a line, separated by commas".formatted(file), null);
    }
    return rows.toArray(double[][]::new);
  }

  private static boolean isHeader(CSVRecord record) {
    return record.stream()
        .allMatch(field ->
            WORD.matcher(field).matches() && !NO_WORDS.contains(field.toLowerCase(Locale.ROOT)));
  }

  private double[] numbers(CSVRecord record, long line) {
    double[] row = new double[record.size()];
    for (int c = 0; c < row.length; c++) {
      String field = record.get(c);
      if (field.isEmpty()) {
        throw wrong(line, c, "nothing where a number must be");
      }
      try {
        row[c] = Double.parseDouble(field);
      } catch (NumberFormatException e) {
        throw wrong(
            line,
            c,
            "'%s' is no number; write it like 0.15, with commas only between numbers"
                .formatted(field));
      }
      if (!Double.isFinite(row[c])) {
        throw wrong(line, c, "'%s' is no finite number".formatted(field));
      }
    }
    return row;
  }

  private RunException wrong(long line, int column, String what) {
    return new RunException(
        "%s, line %d, column %d: %s".formatted(file, line, column + 1, what), null);
  }
}
