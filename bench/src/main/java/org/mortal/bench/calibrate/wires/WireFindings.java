package org.mortal.bench.calibrate.wires;

import org.mortal.chip.calibrated.Compensation;
import org.mortal.chip.calibrated.WireFit;

/// What was found about an array's wires.
///
/// @param wires null where there are none to speak of
/// @param cells behind the wires
/// @param correction of what wires take away
/// @param restAmps what the correction leaves of that in random vectors, by the model, root mean square
public record WireFindings(
    WireFit wires, CellEstimates cells, Compensation correction, double restAmps) {}
