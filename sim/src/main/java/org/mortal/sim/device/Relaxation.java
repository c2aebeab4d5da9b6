package org.mortal.sim.device;

import java.util.List;
import java.util.Objects;

/// How a conductance wanders off after it was programmed: by `mean(t) + sigma(t) ξ`, where the normal number ξ is drawn
/// once for each write and then stays.
///
/// Mean and standard deviation are stated at anchors, and are straight lines in the logarithm of time between them: 0 up to
/// `firstSeconds`, and as at the last anchor from there on. A programming error is such an offset too, with a single anchor:
/// complete at the time of a model's first reading.
///
/// Source: relaxation of HfOx after programming, Wan et al., Nature 608, 504 (2022), Extended Data Fig. 3.
///
/// @param firstSeconds up to when nothing has happened yet
/// @param anchors in order of time, all later than `firstSeconds`, at least one
public record Relaxation(double firstSeconds, List<Anchor> anchors) {

  /// What has happened some time after a write.
  ///
  /// @param seconds since the write
  /// @param meanSiemens what cells have moved on average
  /// @param sigma how they scatter
  public record Anchor(double seconds, double meanSiemens, Spread sigma) {
    public Anchor {
      Numbers.requirePositive("seconds", seconds);
      Numbers.requireFinite("meanSiemens", meanSiemens);
      Objects.requireNonNull(sigma, "sigma is missing");
    }
  }

  public Relaxation {
    Numbers.requirePositive("firstSeconds", firstSeconds);
    anchors = List.copyOf(anchors);
    if (anchors.isEmpty()) {
      throw new IllegalArgumentException("relaxation needs at least one anchor");
    }
    double before = firstSeconds;
    for (Anchor anchor : anchors) {
      if (anchor.seconds() <= before) {
        throw new IllegalArgumentException(
            "anchors must follow one another and firstSeconds: %g s comes after %g s"
                .formatted(anchor.seconds(), before));
      }
      before = anchor.seconds();
    }
  }

  public double lastSeconds() {
    return anchors.getLast().seconds();
  }

  /// How far along the anchors a time is: 0 up to `firstSeconds`, k at anchor k counted from 1, and between them straight in
  /// the logarithm.
  public double place(double seconds) {
    double from = firstSeconds;
    for (int k = 0; k < anchors.size(); k++) {
      double to = anchors.get(k).seconds();
      if (seconds < to) {
        return seconds <= from ? k : k + Math.log(seconds / from) / Math.log(to / from);
      }
      from = to;
    }
    return anchors.size();
  }

  /// The offset of a cell in siemens.
  ///
  /// @param written what was programmed, in siemens
  /// @param place how far along the anchors, from [#place]
  /// @param normal the cell's ξ
  public double offset(double written, double place, double normal) {
    int before = (int) place;
    double share = place - before;
    double offset = (1 - share) * offsetAt(before, written, normal);
    return share == 0 ? offset : offset + share * offsetAt(before + 1, written, normal);
  }

  private double offsetAt(int place, double written, double normal) {
    if (place == 0) {
      return 0;
    }
    Anchor anchor = anchors.get(place - 1);
    return anchor.meanSiemens() + normal * anchor.sigma().sigma(written, written);
  }
}
