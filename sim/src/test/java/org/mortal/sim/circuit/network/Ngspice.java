package org.mortal.sim.circuit.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mortal.sim.circuit.Wires;
import org.mortal.sim.device.Conduction;
import org.mortal.sim.device.Cubic;
import org.mortal.sim.device.Selector;

/// An array as a netlist, and what ngspice makes of it: a second opinion that shares no code with ours.
final class Ngspice {
  private static final Pattern PRINTED =
      Pattern.compile("^(row|column|cell)(\\d+) = (\\S+)$", Pattern.MULTILINE);
  private static final long MOST_SECONDS = 60;

  private final StringBuilder deck = new StringBuilder("array\n");
  private final StringBuilder prints = new StringBuilder();
  private final int rows;
  private final int columns;
  private final Wires wires;

  private Ngspice(int rows, int columns, Wires wires) {
    this.rows = rows;
    this.columns = columns;
    this.wires = wires;
  }

  static boolean installed() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "ngspice")));
  }

  static Solution solve(
      double[] siemens, Wires wires, Conduction law, Terminals terminals, Path folder)
      throws IOException, InterruptedException {
    Ngspice netlist =
        new Ngspice(terminals.rowVolts().length, terminals.columnVolts().length, wires);
    netlist.addLines(terminals);
    netlist.addCells(siemens, law);
    return netlist.run(folder);
  }

  private void line(String format, Object... values) {
    deck.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String word(int row, int column) {
    return "w" + row + "_" + column;
  }

  private static String bit(int row, int column) {
    return "b" + row + "_" + column;
  }

  private void addLines(Terminals terminals) {
    for (int row = 0; row < rows; row++) {
      addSource("row" + row, word(row, 0), terminals.rowVolts()[row], wires.rowDriverOhms());
      for (int column = 1; column < columns; column++) {
        addWire(word(row, column - 1), word(row, column), wires.rowSegmentOhms());
      }
    }
    for (int column = 0; column < columns; column++) {
      addSource(
          "column" + column,
          bit(rows - 1, column),
          terminals.columnVolts()[column],
          wires.columnTerminalOhms());
      for (int row = 1; row < rows; row++) {
        addWire(bit(row - 1, column), bit(row, column), wires.columnSegmentOhms());
      }
    }
  }

  /// A wire; one without resistance is a source of 0 V, since ngspice has no resistor of 0 ohm.
  private void addWire(String from, String to, double ohms) {
    if (ohms == 0) {
      line("V%s_%s %s %s 0", from, to, from, to);
    } else {
      line("R%s_%s %s %s %.17g", from, to, from, to, ohms);
    }
  }

  private void addSource(String name, String node, double volts, double ohms) {
    if (Double.isNaN(volts)) {
      return;
    }
    line("V%s s%s 0 %.17g", name, name, volts);
    addWire("s" + name, node, ohms);
    // A source's current counts from plus to minus inside it.
    prints.append("let %s = -i(v%s)%nprint %s%n".formatted(name, name, name));
  }

  private void addCells(double[] siemens, Conduction law) {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int cell = row * columns + column;
        String from = word(row, column);
        String to = bit(row, column);
        addCell(cell, from, to, siemens[cell], law);
        prints.append("let cell%d = v(%s) - v(%s)%nprint cell%d%n".formatted(cell, from, to, cell));
      }
    }
  }

  private void addCell(int cell, String from, String to, double g, Conduction law) {
    String volts = "V(" + from + "," + to + ")";
    switch (law) {
      case Conduction.Ohmic _ -> line("B%d %s %s I=%.17g*%s", cell, from, to, g, volts);
      case Conduction.Sinh(double scale) ->
          line("B%d %s %s I=%.17g*sinh(%s/%.17g)", cell, from, to, g * scale, volts, scale);
      case Cubic cubic -> {
        double a = at(cubic.square(), Math.log10(g));
        double b = at(cubic.cube(), Math.log10(g));
        line(
            "B%d %s %s I=%s*(%.17g+%s*(%.17g+%s*%.17g))",
            cell, from, to, volts, g, volts, a, volts, b);
      }
      case Selector(double saturation, double slope) -> {
        String share = "V(%s,m%d)".formatted(from, cell);
        line("B%d %s m%d I=%.17g*sinh(%s/%.17g)", cell, from, cell, saturation, share, slope);
        line("R%d m%d %s %.17g", cell, cell, to, 1 / g);
      }
    }
  }

  private static double at(Cubic.Polynomial p, double x) {
    return p.c0() + p.c1() * x + p.c2() * x * x + p.c3() * x * x * x;
  }

  private Solution run(Path folder) throws IOException, InterruptedException {
    line(".options reltol=1e-10 abstol=1e-19 vntol=1e-13 gmin=1e-24 itl1=1000");
    line(".control%nset numdgt=15%nop%n%squit%n.endc%n.end", prints);
    Path file = folder.resolve("array.cir");
    Path log = folder.resolve("array.log");
    Files.writeString(file, deck);
    Process ngspice =
        new ProcessBuilder("ngspice", "-b", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertTrue(ngspice.waitFor(MOST_SECONDS, TimeUnit.SECONDS), "ngspice does not end");
    } finally {
      ngspice.destroyForcibly();
    }
    return parse(Files.readString(log));
  }

  private Solution parse(String log) {
    Solution found =
        new Solution(new double[rows], new double[columns], new double[rows * columns]);
    Arrays.fill(found.cellVolts(), Double.NaN);
    Matcher printed = PRINTED.matcher(log);
    while (printed.find()) {
      int index = Integer.parseInt(printed.group(2));
      double value = Double.parseDouble(printed.group(3));
      switch (printed.group(1)) {
        case "row" -> found.rowAmps()[index] = value;
        case "column" -> found.columnAmps()[index] = -value;
        default -> found.cellVolts()[index] = value;
      }
    }
    assertEquals(0, Arrays.stream(found.cellVolts()).filter(Double::isNaN).count(), log);
    return found;
  }
}
