/// Benchmarks, each figure beside its limit from the same run.
package org.mortal.bench.measure;
