/// Training runs: what was asked for, the rig it runs on, and what it leaves behind.
package org.mortal.bench.train;
