package org.mortal.chip.replay;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.mortal.chip.Chip;
import org.mortal.chip.ChipAddress;
import org.mortal.chip.ChipException;
import org.mortal.chip.ChipProvider;
import org.mortal.chip.Fault;
import org.mortal.kernel.Kernels;

/// Opens `replay:session.jsonl`, a session that [RecordingChip] has written.
public final class ReplayProvider implements ChipProvider {

  @Override
  public String scheme() {
    return "replay";
  }

  @Override
  public Chip open(ChipAddress address, Kernels kernels) {
    address.allow(Set.of());
    try {
      Path file = Path.of(address.name());
      if (!Files.isRegularFile(file)) {
        throw bad(address, "there is no such file; `bench/mortal record` makes one");
      }
      return new ReplayChip(file);
    } catch (InvalidPathException e) {
      throw bad(address, e.getMessage());
    }
  }

  private static ChipException bad(ChipAddress address, String reason) {
    return new ChipException(new Fault.BadAddress(address.text(), reason));
  }

  @Override
  public List<Preset> presets() {
    return List.of();
  }
}
