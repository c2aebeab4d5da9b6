package org.mortal.sim;

import java.util.List;
import java.util.Optional;

/// The profiles that come with Mortal, each a file in `profiles`.
public final class Profiles {
  private static final List<String> NAMES =
      List.of(
          "ideal",
          "hfox",
          "hfox-harsh",
          "hfox-lab",
          "hfox-virgin",
          "hfox-reset",
          "hfox-wires",
          "wox-volatile",
          "tiox-volatile",
          "passive",
          "selector",
          "neurram",
          "reram-cmo",
          "reram-cmo-loose",
          "rram-milo",
          "pcm",
          "sonos",
          "reram-es",
          "reram-sb",
          "reram-array-om",
          "reram-array-hfo2",
          "capacitor",
          "ecram",
          "ecram-mo",
          "pcm-gst",
          "ag-si",
          "taox-tio2",
          "taox-hfox",
          "pcmo",
          "alox-hfo2",
          "gst-pcm",
          "epiram",
          "hzo-fefet",
          "vteam");

  private Profiles() {}

  /// Their names, the default chip's and its variants first.
  public static List<String> names() {
    return NAMES;
  }

  public static List<ChipProfile> all() {
    return NAMES.stream().map(ProfileFile::builtIn).toList();
  }

  public static Optional<ChipProfile> named(String name) {
    return NAMES.contains(name) ? Optional.of(ProfileFile.builtIn(name)) : Optional.empty();
  }

  /// The default chip's profile.
  public static ChipProfile hfox() {
    return ProfileFile.builtIn("hfox");
  }
}
