package org.mortal.bench.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mortal.bench.book.ArrayWear;
import org.mortal.bench.book.Book;
import org.mortal.bench.book.BookTime;
import org.mortal.bench.book.CalibrationEntry;
import org.mortal.bench.book.ChipEntry;
import org.mortal.bench.book.RunEntry;
import org.mortal.bench.book.WearEntry;
import org.mortal.bench.run.CsvTable;
import org.mortal.bench.run.RunException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mortal book export --out DIR`: the lab book as CSV.
@Command(
    name = "export",
    description = "Writes all that the lab book holds to CSV files.",
    footer = {
      "",
      "Times are in UTC. wear.csv has the entries as they were made, cells.csv their sums for each cell.",
      "",
      "Example:",
      "  bench/mortal book export --out book-csv"
    })
public final class BookExportCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The folder; made if need be, files of the same names are replaced.")
  private Path out;

  /// @param files in the folder
  record Result(String out, List<String> files) {}

  @Override
  public Integer call() {
    Book book = BookCommand.open(common);
    Map<String, CsvTable> tables = new LinkedHashMap<>();
    tables.put("chips.csv", chips(book.chips()));
    tables.put("runs.csv", runs(book.runs()));
    tables.put("calibrations.csv", calibrations(book.calibrations()));
    tables.put("wear.csv", wear(book.wear()));
    Map<String, List<ArrayWear>> cells = new LinkedHashMap<>();
    book.chips().forEach(chip -> cells.put(chip.id(), book.wear(chip.id(), "", BookTime.now())));
    tables.put("cells.csv", BookWearCommand.cells(cells));
    try {
      Files.createDirectories(out);
    } catch (IOException e) {
      throw RunException.of("cannot make the folder", out, e, "choose another with --out");
    }
    tables.forEach((name, table) -> table.write(out.resolve(name)));
    return common.finish(
        new Result(out.toString(), List.copyOf(tables.keySet())),
        "%s in %s%n".formatted(String.join(", ", tables.keySet()), out));
  }

  private static CsvTable chips(List<ChipEntry> chips) {
    CsvTable table =
        new CsvTable(
            "id", "address", "firmware", "rows", "columns", "arrays", "first_seen", "last_seen");
    chips.forEach(chip ->
        add(
            table,
            chip.id(),
            chip.address(),
            chip.firmware(),
            chip.rowCount(),
            chip.columnCount(),
            chip.arrayCount(),
            chip.firstSeen(),
            chip.lastSeen()));
    return table;
  }

  private static CsvTable runs(List<RunEntry> runs) {
    CsvTable table =
        new CsvTable(
            "id",
            "command",
            "arguments",
            "folder",
            "host",
            "seed",
            "started",
            "seconds",
            "chip_address",
            "chip_id",
            "interrupted",
            "version",
            "source",
            "results");
    runs.forEach(run ->
        add(
            table,
            run.id(),
            run.command(),
            run.arguments(),
            run.folder(),
            run.host(),
            run.seed(),
            run.started(),
            run.seconds(),
            run.chipAddress(),
            run.chipId(),
            run.interrupted(),
            run.version(),
            run.source(),
            run.results()));
    return table;
  }

  private static CsvTable calibrations(List<CalibrationEntry> calibrations) {
    CsvTable table =
        new CsvTable(
            "id",
            "chip_id",
            "run_id",
            "target",
            "made",
            "expires",
            "firmware_hash",
            "kelvin",
            "file",
            "sha256",
            "quality");
    calibrations.forEach(one ->
        add(
            table,
            one.id(),
            one.chipId(),
            one.runId(),
            one.target(),
            one.made(),
            one.expires(),
            one.firmwareHash(),
            one.kelvin(),
            one.file(),
            one.sha256(),
            one.quality()));
    return table;
  }

  private static CsvTable wear(List<WearEntry> wear) {
    CsvTable table =
        new CsvTable(
            "id",
            "chip_id",
            "run_id",
            "array",
            "rows",
            "columns",
            "given",
            "set",
            "reset",
            "programmed",
            "complete");
    wear.forEach(one ->
        add(
            table,
            one.id(),
            one.chipId(),
            one.runId(),
            one.arrayIndex(),
            one.rowCount(),
            one.columnCount(),
            one.given(),
            one.setPulses(),
            one.resetPulses(),
            one.programmedPulses(),
            one.complete()));
    return table;
  }

  /// What is not known stays empty.
  private static void add(CsvTable table, Object... values) {
    table.add(Arrays.stream(values).map(value -> value == null ? "" : value).toArray());
  }
}
