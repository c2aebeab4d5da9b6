package org.mortal.sim;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipAddress;
import org.mortal.chip.ChipException;
import org.mortal.chip.ChipProvider;
import org.mortal.chip.Fault;
import org.mortal.chip.Geometry;
import org.mortal.chip.Sensing;
import org.mortal.kernel.Kernels;
import org.mortal.sim.device.Ambient;

/// Opens `sim:<profile>?seed=7&rows=256&columns=256&arrays=48&clock=virtual&kelvin=300&state=chip.state&rest=60&noise=1`; every parameter has a default.
///
/// The profile is the name of one that comes with Mortal or the path of a `.toml` or `.json` file.
public final class SimProvider implements ChipProvider {
  private static final Set<String> PARAMETERS =
      Set.of("seed", "rows", "columns", "arrays", "clock", "state", "rest", "kelvin", "noise");

  /// Ten years, the longest that data sheets speak of, and some.
  private static final long MOST_REST_SECONDS = 1_000_000_000;

  /// Far beyond where anything can be read.
  private static final double MOST_NOISE = 1000;

  @Override
  public String scheme() {
    return "sim";
  }

  @Override
  public Chip open(ChipAddress address, Kernels kernels) {
    address.allow(PARAMETERS);
    ChipProfile profile = profile(address);
    Geometry standard = profile.geometry();
    int rows = (int) address.number("rows", standard.rows(), 1, Geometry.MAX_LINES);
    boolean pairs = standard.sensing() == Sensing.DIFFERENTIAL;
    int columns =
        (int) address.number("columns", standard.columns(), pairs ? 2 : 1, Geometry.MAX_LINES);
    if (pairs && columns % 2 != 0) {
      throw bad(
          address, "columns are sensed in pairs, so their number must be even, not " + columns);
    }
    long seed = address.number("seed", 1, Long.MIN_VALUE, Long.MAX_VALUE);
    String clock = address.parameters().getOrDefault("clock", "virtual");
    if (!Set.of("virtual", "wall").contains(clock)) {
      throw bad(address, "clock is virtual or wall, not '%s'".formatted(clock));
    }
    String state = address.parameters().get("state");
    ChipOptions options =
        new ChipOptions(
            (int) address.number("arrays", 0, 1, ChipPopulation.AS_NEEDED),
            clock.equals("wall"),
            state == null ? null : Path.of(state));
    Geometry geometry = new Geometry(rows, columns, standard.sensing());
    checkTwin(address, profile, geometry);
    ChipProfile shaped = profile.with(geometry);
    if (address.parameters().containsKey("kelvin")) {
      shaped = shaped.with(new Ambient(address.number("kelvin", 300, 1, 1000), 0, 1));
    }
    shaped = shaped.withNoise(address.decimal("noise", 1, 0, MOST_NOISE));
    long rest = address.number("rest", 0, 0, MOST_REST_SECONDS);
    if (rest > 0 && options.wallClock()) {
      throw bad(address, "a chip by the wall clock rests in real time: leave out rest");
    }
    try {
      SimChip chip = new ChipPopulation(shaped).chip(seed, options, kernels);
      chip.advance(rest);
      return chip;
    } catch (ProfileException e) {
      throw bad(address, e.getMessage());
    }
  }

  /// A twin has the arrays that were measured, and no others.
  private static void checkTwin(ChipAddress address, ChipProfile profile, Geometry geometry) {
    if (profile.twin() == null) {
      return;
    }
    if (!geometry.equals(profile.geometry())) {
      throw bad(
          address,
          "the twin of %s has arrays of %d x %d, not %d x %d: leave out rows and columns"
              .formatted(
                  profile.twin().of(),
                  profile.geometry().rows(),
                  profile.geometry().columns(),
                  geometry.rows(),
                  geometry.columns()));
    }
    int measured = profile.twin().arrays().size();
    address.number("arrays", measured, 1, measured);
  }

  /// A built-in profile by its name, or a file by its path.
  private static ChipProfile profile(ChipAddress address) {
    String name = address.name();
    try {
      if (ProfileFile.isProfile(name)) {
        return ProfileFile.read(Path.of(name));
      }
      return Profiles.named(name)
          .orElseThrow(() ->
              bad(
                  address,
                  "unknown profile '%s'; known are %s, or the path of a .toml or .json file"
                      .formatted(name, String.join(", ", Profiles.names()))));
    } catch (ProfileException e) {
      throw bad(address, e.getMessage());
    }
  }

  private static ChipException bad(ChipAddress address, String reason) {
    return new ChipException(new Fault.BadAddress(address.text(), reason));
  }

  @Override
  public List<Preset> presets() {
    return Profiles.all().stream()
        .map(profile -> new Preset(profile.name(), profile.description(), profile.source()))
        .toList();
  }
}
