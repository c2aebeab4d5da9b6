/// The same calibration on many simulated chips, each scored against its hidden truth.
package org.mortal.bench.calibrate.study;
