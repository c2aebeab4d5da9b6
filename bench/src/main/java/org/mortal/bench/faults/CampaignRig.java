package org.mortal.bench.faults;

import org.mortal.chip.board.Link;

/// A board that a campaign may ill-treat.
public interface CampaignRig extends AutoCloseable {

  /// A link to the board as it is now.
  Link link();

  /// Restarts the firmware at this moment, whatever it does; the cells live on. From any thread.
  void restart();

  @Override
  void close();
}
