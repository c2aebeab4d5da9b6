package org.mortal.chip.board;

/// Bytes to and from a board. Loses, delays or spoils them at worst; what they mean is [Session]'s business.
///
/// One thread reads, one writes, anyone closes.
public interface Link extends AutoCloseable {

  /// The link is gone: unplugged, closed, refused.
  final class Gone extends Exception {
    private static final long serialVersionUID = 1;

    public Gone(String reason) {
      super(reason);
    }
  }

  /// Waits for bytes until some came or `nanos` have passed.
  ///
  /// @return how many were put at the beginning of `buffer`; 0 when the time was over
  int read(byte[] buffer, long nanos) throws Gone;

  /// Hands over all bytes; returns when they are on their way.
  void write(byte[] bytes, int offset, int count) throws Gone;

  /// Tries once to get the link back after it was gone or closed. What was under way is lost.
  void reopen() throws Gone;

  /// As in a chip address, for messages.
  String address();

  @Override
  void close();
}
