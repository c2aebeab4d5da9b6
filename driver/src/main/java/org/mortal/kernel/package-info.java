/// Matrix products and random numbers: the fast paths below the port, each beside its plain twin.
///
/// [org.mortal.kernel.Kernels] chooses at start what this machine can run and says why. Everything here gives the
/// same bits whatever the number of threads.
package org.mortal.kernel;
