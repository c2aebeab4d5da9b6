/// The resistances of an array's lines: found from reads, taken out of the map of cells, and compensated.
package org.mortal.bench.calibrate.wires;
