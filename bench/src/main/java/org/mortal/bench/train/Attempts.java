package org.mortal.bench.train;

/// Tries one thing after another, whether or not those before it failed, so that a full disk costs a picture but not the
/// figures of a night. Several threads may try at a time.
public final class Attempts {
  private Throwable failure;

  /// Does `action`. If it fails, that is kept for [#finish].
  ///
  /// @return whether it did not fail
  public boolean run(Runnable action) {
    try {
      action.run();
      return true;
    } catch (RuntimeException | Error e) {
      keep(e);
      return false;
    }
  }

  /// The first is nearest to the cause: the others mostly follow from it.
  private synchronized void keep(Throwable thrown) {
    if (failure == null) {
      failure = thrown;
    }
  }

  /// Throws what failed first, if anything did.
  public synchronized void finish() {
    switch (failure) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> {}
    }
  }
}
