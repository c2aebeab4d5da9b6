/// Devices of one's own: laws of pulses and of conduction fitted to measurements.
package org.mortal.sim.fit;
