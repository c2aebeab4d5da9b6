package org.mortal.bench.calibrate;

import java.util.List;

/// What the cell stage finds: reads, from which the map of cells follows.
///
/// @param reads in their order
record Cells(List<CellReads> reads) {}
