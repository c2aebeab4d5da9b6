/// Bringing cells to target conductances: methods that differ in how they measure and how they pulse, under one closed loop.
package org.mortal.bench.program;
