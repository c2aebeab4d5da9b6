/// Memory cells as a profile states them: how conductance answers to pulses and voltages, how cells differ, and the
/// statistics of all that time does to them. Records without state.
package org.mortal.sim.device;
