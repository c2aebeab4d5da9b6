package org.mortal.bench.calibrate;

import java.util.List;

/// Reads that tell wires from cells.
///
/// @param touched cells that got pulses, and then as many of the other polarity; null where none were given
/// @param siemens maps before the pulses, between them and after them; empty where none were given
/// @param errors standard errors of each
/// @param driven share of the highest voltage on driven rows, vectors x rows; the others are held, and then float; null where
///     idle rows do not float
/// @param losses currents with rows floating minus those with rows held, vectors x columns in amperes
/// @param lossErrors standard error of each
record WireReads(
    boolean[][] touched,
    List<Packed> siemens,
    List<Packed> errors,
    Packed driven,
    Packed losses,
    Packed lossErrors) {}
