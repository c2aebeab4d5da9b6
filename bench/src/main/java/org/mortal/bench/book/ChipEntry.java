package org.mortal.bench.book;

import org.mortal.chip.Chip;
import org.mortal.chip.Geometry;

/// A chip of the book.
///
/// @param id its serial number
/// @param address it was last opened by, which tells boards from simulated chips
/// @param rowCount of each array
/// @param columnCount of each array
/// @param arrayCount its arrays, or null where it has as many as are asked for
/// @param firstSeen time of the book
/// @param lastSeen time of the book
public record ChipEntry(
    String id,
    String address,
    String firmware,
    int rowCount,
    int columnCount,
    Integer arrayCount,
    String firstSeen,
    String lastSeen) {

  /// A chip as it is seen now.
  public static ChipEntry of(Chip chip, String address) {
    Geometry geometry = chip.arrays().getFirst().geometry();
    String now = BookTime.now();
    return new ChipEntry(
        chip.id(),
        address,
        chip.firmware(),
        geometry.rows(),
        geometry.columns(),
        chip.arraysLimited() ? chip.arrays().size() : null,
        now,
        now);
  }

  ChipEntry seenNow() {
    return new ChipEntry(
        id, address, firmware, rowCount, columnCount, arrayCount, firstSeen, BookTime.now());
  }
}
