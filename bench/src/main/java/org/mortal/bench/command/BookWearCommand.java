package org.mortal.bench.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mortal.bench.book.ArrayWear;
import org.mortal.bench.book.Book;
import org.mortal.bench.book.BookTime;
import org.mortal.bench.book.CellWear;
import org.mortal.bench.report.Charts;
import org.mortal.bench.run.CsvTable;
import org.mortal.bench.run.WholeFile;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mortal book wear CHIP`: the pulses given to each cell of a chip.
@Command(
    name = "wear",
    description = "Sums up the pulses that the lab book has for each cell of a chip.",
    footer = {
      "",
      "A simulated chip begins anew whenever it is opened, unless its address has a state=FILE; the book adds up",
      "all that was ever given to chips of that name.",
      "",
      "Example:",
      "  bench/mortal book wear hfox-256x256-1 --array 0 --out wear.png"
    })
public final class BookWearCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;

  @Parameters(paramLabel = "CHIP", description = "Its id, as 'book chips' lists it.")
  private String chip;

  @Option(names = "--array", paramLabel = "N", description = "Only this array, from 0 on.")
  private Integer array;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Write it cell by cell: wear.csv (only cells with pulses), wear.npy (arrays x 3 x rows x columns: SET,"
              + " RESET, programmed), or wear.png (heat maps of all pulses).")
  private Path out;

  /// @param out the file, or null
  record Result(String chip, List<BookTables.ArrayRow> arrays, String out) {}

  @FunctionalInterface
  private interface Form {
    void write(List<ArrayWear> wear);
  }

  @Override
  public Integer call() {
    Form form = out == null ? _ -> {} : form(out.toString());
    Book book = BookCommand.open(common);
    BookCommand.chip(common, book, chip);
    List<ArrayWear> wear = book.wear(chip, "", BookTime.now());
    if (array != null) {
      wear = wear.stream().filter(one -> one.array() == array).toList();
    }
    if (wear.isEmpty() && (array != null || out != null)) {
      String where = array == null ? chip : "array %d of %s".formatted(array, chip);
      throw common.wrong(
          "the lab book has no pulses to %s; 'book wear' lists those it has".formatted(where));
    }
    form.write(wear);
    Result result =
        new Result(
            chip,
            wear.stream().map(BookTables.ArrayRow::of).toList(),
            out == null ? null : out.toString());
    return common.finish(
        result,
        BookTables.arrays(result.arrays())
            + (out == null ? "" : "cell by cell in %s%n".formatted(out)));
  }

  private Form form(String name) {
    if (name.endsWith(".csv")) {
      return wear -> cells(Map.of(chip, wear)).write(out);
    }
    if (name.endsWith(".npy")) {
      return wear -> WholeFile.write(out, Nd4j.toNpyByteArray(Nd4j.createFromArray(planes(wear))));
    }
    if (name.endsWith(".png")) {
      return this::draw;
    }
    throw common.wrong("--out must end in .csv, .npy or .png, not '%s'".formatted(out));
  }

  /// A line for each cell that was pulsed.
  static CsvTable cells(Map<String, List<ArrayWear>> chips) {
    CsvTable table = new CsvTable("chip", "array", "row", "column", "set", "reset", "programmed");
    chips.forEach((chip, arrays) ->
        arrays.forEach(wear -> {
          CellWear cells = wear.wear();
          for (int i = 0; i < cells.cells(); i++) {
            if (cells.total(i) > 0) {
              table.add(
                  chip,
                  wear.array(),
                  i / wear.columns(),
                  i % wear.columns(),
                  cells.set()[i],
                  cells.reset()[i],
                  cells.programmed()[i]);
            }
          }
        }));
    return table;
  }

  private long[][][][] planes(List<ArrayWear> wear) {
    if (wear.stream().map(one -> List.of(one.rows(), one.columns())).distinct().count() > 1) {
      throw common.wrong("its arrays had several shapes; take --out wear.csv");
    }
    List<long[][][]> planes = new ArrayList<>();
    wear.forEach(one ->
        planes.add(
            new long[][][] {
              matrix(one, one.wear().set()),
              matrix(one, one.wear().reset()),
              matrix(one, one.wear().programmed())
            }));
    return planes.toArray(long[][][][]::new);
  }

  private static long[][] matrix(ArrayWear shape, long[] counts) {
    long[][] matrix = new long[shape.rows()][shape.columns()];
    for (int r = 0; r < matrix.length; r++) {
      System.arraycopy(counts, r * shape.columns(), matrix[r], 0, shape.columns());
    }
    return matrix;
  }

  private void draw(List<ArrayWear> wear) {
    List<Charts.Panel> panels = new ArrayList<>();
    wear.forEach(one -> panels.add(new Charts.Panel("array " + one.array(), one.totals())));
    Charts.heatMaps(out, "pulses to " + chip, panels, "");
  }
}
