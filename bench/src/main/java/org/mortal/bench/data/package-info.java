/// Fetching the public data sets that the tasks read.
package org.mortal.bench.data;
