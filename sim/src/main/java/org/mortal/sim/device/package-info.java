/// Memory cells: how conductance answers to pulses, and how a reading of it scatters.
package org.mortal.sim.device;
