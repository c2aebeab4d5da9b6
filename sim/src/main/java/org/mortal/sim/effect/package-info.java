/// What happens to cells beside pulses: with time, temperature and use.
package org.mortal.sim.effect;
