package org.mortal.bench.characterise;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.mortal.bench.report.Page;
import org.mortal.bench.report.Plot;
import org.mortal.bench.run.CsvTable;
import org.mortal.bench.run.RunException;
import org.mortal.bench.run.RunFolder;
import org.mortal.bench.train.Interruption;
import org.mortal.chip.Cell;
import org.mortal.chip.Chip;
import org.mortal.chip.Crossbar;
import org.mortal.chip.board.BoardChip;
import org.mortal.chip.board.LinkBytes;

/// Characterises a region of one array of a chip: plan, run, findings, files.
public final class Characteriser {
  /// The file that holds all readings.
  public static final String FILE = Exports.HDF5;

  /// The file that grows with each step.
  public static final String JOURNAL = "journal.log";

  /// Points that files are written of.
  private static final long MOST_POINTS = 5_000_000;

  /// Steps of a plan; each is a line or two of the journal.
  private static final int MOST_STEPS = 500_000;

  private final Chip chip;
  private final int array;
  private final Kind kind;
  private final Settings settings;
  private final Plan plan;

  /// Makes the plan; nothing is asked of the cells.
  ///
  /// @throws org.mortal.chip.ChipException if the plan exceeds the array's limits
  /// @throws RunException if it would keep more points than files hold
  public Characteriser(Chip chip, int array, Kind kind, Region region, Wishes wishes) {
    Crossbar crossbar = chip.arrays().get(array);
    this.chip = chip;
    this.array = array;
    this.kind = kind;
    this.settings = new Settings(crossbar.geometry(), crossbar.limits(), region, wishes);
    this.plan = kind.way().plan(settings);
    plan.check(crossbar.limits());
    long points = plan.readings() * region.cells();
    if (points > MOST_POINTS || plan.steps().size() > MOST_STEPS) {
      throw new RunException(
          "%d steps would keep %d points, the limit is %d steps and %d points: name fewer cells, reads or points"
              .formatted(plan.steps().size(), points, MOST_STEPS, MOST_POINTS),
          null);
    }
  }

  public Plan plan() {
    return plan;
  }

  /// What the plan comes to on this chip.
  public PlanCost cost() {
    return plan.cost(chip.bare() instanceof BoardChip board ? board.linkBytes() : LinkBytes.USUAL);
  }

  /// Whether the kind has a use for an option.
  public boolean takes(String option) {
    return settings.asked().contains(option);
  }

  /// Carries out the plan in `folder`, or what is left of it.
  ///
  /// @param resumed whether the folder holds a run that was interrupted
  /// @param done is told how many steps are
  /// @return whether all are
  /// @throws RunException if the folder is of another chip or plan
  public boolean run(
      RunFolder folder, boolean resumed, Interruption interruption, IntConsumer done) {
    Path file = folder.file(JOURNAL);
    // A process may have died before it had begun.
    boolean begun = resumed && Journal.exists(file);
    Journal journal = begun ? Journal.open(file) : Journal.create(file, head());
    requireSame(folder, journal.head());
    PlanRun run = new PlanRun(chip, array, plan, journal, interruption);
    run.resume();
    run.run(done);
    return journal.next() == plan.steps().size();
  }

  private Journal.Head head() {
    return new Journal.Head(
        chip.id(), chip.firmware(), plan.fingerprint(), System.currentTimeMillis());
  }

  private void requireSame(RunFolder folder, Journal.Head head) {
    if (!head.chipId().equals(chip.id())) {
      throw new RunException(
          "%s is of chip %s, this is %s: connect that chip, or begin anew"
              .formatted(folder.path(), head.chipId(), chip.id()),
          null);
    }
    if (head.plan() != plan.fingerprint()) {
      throw new RunException(
          "%s has another plan than this version of mortal makes for this chip: begin anew"
              .formatted(folder.path()),
          null);
    }
  }

  /// The readings that the folder's journal holds.
  public Readings readings(RunFolder folder) {
    return Readings.of(plan, settings.limits(), Journal.open(folder.file(JOURNAL)));
  }

  /// What they say; nothing before the first.
  public Optional<Findings> find(Readings readings) {
    boolean begun =
        readings.all().stream()
            .anyMatch(r -> !r.uncertain() && r.label().phase() != Step.Phase.RESUMED);
    return begun ? Optional.of(kind.way().find(readings)) : Optional.empty();
  }

  /// Writes tables, blocks of readings and pictures.
  ///
  /// @param text of the report
  /// @param provenance by name
  public void write(
      RunFolder folder,
      Readings readings,
      Findings findings,
      String text,
      Map<String, String> provenance) {
    new Exports(folder, readings, provenance).write();
    folder.write("cells.csv", cells(findings));
    findings.tables().forEach((name, table) -> folder.write(name + ".csv", table));
    String title = "%s of %s".formatted(kind, chip.id());
    Page.write(folder.file("report.html"), title, text, draw(folder, findings));
  }

  private CsvTable cells(Findings findings) {
    List<String> header = new ArrayList<>(List.of("row", "column"));
    findings.perCell().forEach(quantity -> header.add(quantity.name()));
    CsvTable table = new CsvTable(header.toArray(String[]::new));
    for (int i = 0; i < plan.region().cells(); i++) {
      Cell cell = plan.region().cell(i);
      List<Object> line = new ArrayList<>(List.of(cell.row(), cell.column()));
      for (Findings.Quantity quantity : findings.perCell()) {
        double value = quantity.values()[i];
        line.add(Double.isFinite(value) ? value : "");
      }
      table.add(line.toArray());
    }
    return table;
  }

  private List<Path> draw(RunFolder folder, Findings findings) {
    List<Path> pictures = new ArrayList<>();
    for (Findings.Picture picture : findings.curves()) {
      Path png = folder.file(picture.file() + ".png");
      picture.draw().accept(png);
      pictures.add(png);
    }
    if (!findings.perCell().isEmpty()) {
      Findings.Quantity main = findings.perCell().getFirst();
      String title = "%s: %s of each cell".formatted(chip.id(), main.words());
      Plot.Axis axis = Plot.Axis.linear(main.words(), main.unit());
      pictures.add(folder.file("map.png"));
      pictures.add(folder.file("histogram.png"));
      pictures.add(folder.file("cumulative.png"));
      Plot.map(pictures.get(pictures.size() - 3), title, axis, square(main.values()));
      Plot.histogram(pictures.get(pictures.size() - 2), title, axis, main.values());
      Plot.cumulative(pictures.getLast(), title, axis, main.values());
    }
    return pictures;
  }

  private double[][] square(double[] values) {
    Region region = plan.region();
    double[][] square = new double[region.rows()][region.columns()];
    for (int i = 0; i < values.length; i++) {
      square[i / region.columns()][i % region.columns()] = values[i];
    }
    return square;
  }
}
