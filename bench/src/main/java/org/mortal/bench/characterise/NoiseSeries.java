package org.mortal.bench.characterise;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mortal.bench.characterise.Findings.Picture;
import org.mortal.bench.characterise.Findings.Quantity;
import org.mortal.bench.characterise.Step.Label;
import org.mortal.bench.characterise.Step.Phase;
import org.mortal.bench.report.Plot;

/// Many reads of cells as they are: how they scatter, and between which levels some of them jump.
///
/// Read noise is that around a cell's level, or around either of its two. What the same column scatters by with nothing driven, amplifier and converter, is taken off in quadrature.
final class NoiseSeries implements Characterisation {
  private static final int READS = 1024;

  /// Reads in one step, where nothing is waited for in between.
  private static final int TOGETHER = 128;

  @Override
  public Plan plan(Settings settings) {
    Steps steps = new Steps(settings, READS);
    int reads = settings.reads(READS);
    int together = settings.interval() > 0 ? 1 : TOGETHER;
    for (int done = 0; done < reads; done += together) {
      steps
          .await(done == 0 ? 0 : settings.interval())
          .readEach(Label.AS_FOUND, Math.min(together, reads - done));
    }
    return steps.plan();
  }

  @Override
  public Findings find(Readings readings) {
    List<Reading> all = readings.of(Phase.AS_FOUND);
    int cells = readings.plan().region().cells();
    double[] mean = new double[cells];
    double[] sigma = new double[cells];
    double[] amplitude = new double[cells];
    double[] dwellLow = new double[cells];
    double[] dwellHigh = new double[cells];
    double interval =
        (all.getLast().seconds() - all.getFirst().seconds()) / Math.max(1, all.size() - 1);
    for (int i = 0; i < cells; i++) {
      int cell = i;
      double[] series = Statistics.each(all, r -> r.siemens(cell));
      mean[i] = Statistics.mean(series);
      TelegraphFit fit = TelegraphFit.of(series);
      double scatter = fit.found() ? fit.sigma() : Statistics.deviation(series);
      sigma[i] = Math.sqrt(Math.max(0, square(scatter) - quiet(all, i)));
      amplitude[i] = fit.found() ? fit.amplitude() : Double.NaN;
      dwellLow[i] = fit.found() ? interval / fit.up() : Double.NaN;
      dwellHigh[i] = fit.found() ? interval / fit.down() : Double.NaN;
    }
    int jumping = Statistics.finite(amplitude).length;
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("medianSiemens", Statistics.median(sigma));
    figures.put("spreadSiemens", Statistics.deviation(sigma));
    figures.put("telegraphCells", jumping);
    figures.put("telegraphShare", (double) jumping / cells);
    figures.put("telegraphSiemens", Statistics.median(amplitude));
    figures.put("dwellLowSeconds", Statistics.median(dwellLow));
    figures.put("dwellHighSeconds", Statistics.median(dwellHigh));
    return new Findings(
        figures,
        List.of(
            new Quantity("noiseSiemens", "read noise", "S", sigma),
            new Quantity("siemens", "conductance", "S", mean),
            new Quantity("telegraphSiemens", "telegraph amplitude", "S", amplitude),
            new Quantity("dwellLowSeconds", "time at the lower level", "s", dwellLow),
            new Quantity("dwellHighSeconds", "time at the upper level", "s", dwellHigh)),
        List.of(
            new Picture("noise-by-conductance", png -> drawByConductance(png, mean, sigma)),
            new Picture("series", png -> drawSeries(png, all, sigma, amplitude))));
  }

  private static double square(double value) {
    return value * value;
  }

  /// The variance of a column with nothing driven, as a conductance of this cell would show it.
  private static double quiet(List<Reading> all, int cell) {
    Reading first = all.getFirst();
    return square(first.noiseAmps()[cell % first.noiseAmps().length] / first.volts());
  }

  private static void drawByConductance(Path png, double[] mean, double[] sigma) {
    Plot.dots(
        png,
        "Read noise of each cell",
        Plot.Axis.linear("conductance", "S"),
        Plot.Axis.linear("standard deviation of a read", "S"),
        mean,
        sigma);
  }

  /// The cell that jumps furthest, or else the noisiest.
  private static void drawSeries(Path png, List<Reading> all, double[] sigma, double[] amplitude) {
    double[] rank = Statistics.finite(amplitude).length > 0 ? amplitude : sigma;
    int shown = 0;
    for (int i = 1; i < rank.length; i++) {
      if (!(rank[i] <= rank[shown])) {
        shown = Double.isNaN(rank[i]) ? shown : i;
      }
    }
    int cell = shown;
    double start = all.getFirst().seconds();
    Plot.Line line =
        new Plot.Line(
            "reads",
            Statistics.each(all, r -> r.seconds() - start),
            Statistics.each(all, r -> r.siemens(cell)),
            false);
    String what = rank == amplitude ? "jumps furthest" : "is noisiest";
    Plot.curves(
        png,
        "Cell %d of the region, which %s".formatted(cell, what),
        Plot.Axis.linear("time", "s"),
        Plot.Axis.linear("conductance", "S"),
        List.of(line));
  }
}
