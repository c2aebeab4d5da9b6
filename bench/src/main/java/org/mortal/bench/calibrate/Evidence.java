package org.mortal.bench.calibrate;

import java.util.List;

/// What a calibration was found by.
record Evidence(
    Outputs outputs,
    List<CellReads> reads,
    CellAnalysis analysis,
    VectorReads heldOut,
    Prediction prediction,
    Verdict verdict) {}
