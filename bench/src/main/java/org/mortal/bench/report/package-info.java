/// What people look at: charts, progress, figures with units.
package org.mortal.bench.report;
