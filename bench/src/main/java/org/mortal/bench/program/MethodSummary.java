package org.mortal.bench.program;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.mortal.bench.measure.Quantiles;
import org.mortal.bench.program.Trial.Row;

/// One method on all chips: of each figure the median chip and the worst.
public record MethodSummary(
    String method,
    int chips,
    Figure success,
    Figure withinAtOnce,
    Figure within,
    Figure withinAfterWait,
    Figure rmseSiemens,
    Figure rmseSiemensAfterWait,
    Figure rmseSiemensAllCells,
    Figure trueRmseSiemens,
    Figure trueRmseSiemensAfterWait,
    Figure pulsesMean,
    Figure pulsesMedian,
    Figure pulsesP95,
    Figure wear,
    Figure reads,
    Figure joules,
    Figure chipSeconds,
    Figure stuck,
    Figure spared,
    Figure lossExact,
    Figure loss) {

  /// A figure of several chips.
  public record Figure(double median, double worst) {}

  /// @param rows of one method, at least one
  public static MethodSummary of(List<Row> rows) {
    return new MethodSummary(
        rows.getFirst().method(),
        rows.size(),
        least(rows, Row::success),
        least(rows, Row::withinAtOnce),
        least(rows, Row::within),
        least(rows, Row::withinAfterWait),
        most(rows, Row::rmseSiemens),
        most(rows, Row::rmseSiemensAfterWait),
        most(rows, Row::rmseSiemensAllCells),
        most(rows, Row::trueRmseSiemens),
        most(rows, Row::trueRmseSiemensAfterWait),
        most(rows, Row::pulsesMean),
        most(rows, Row::pulsesMedian),
        most(rows, Row::pulsesP95),
        most(rows, Row::wear),
        most(rows, Row::reads),
        most(rows, Row::joules),
        most(rows, Row::chipSeconds),
        most(rows, Row::stuck),
        most(rows, Row::spared),
        most(rows, Row::lossExact),
        most(rows, Row::loss));
  }

  private static Figure least(List<Row> rows, ToDoubleFunction<Row> figure) {
    return of(rows, figure, 0);
  }

  private static Figure most(List<Row> rows, ToDoubleFunction<Row> figure) {
    return of(rows, figure, 1);
  }

  private static Figure of(List<Row> rows, ToDoubleFunction<Row> figure, double worst) {
    double[] values = rows.stream().mapToDouble(figure).toArray();
    return new Figure(Quantiles.of(values, 0.5), Quantiles.of(values, worst));
  }
}
