/// The lab book: chips, runs, calibrations and what was given to each cell, in a database.
package org.mortal.bench.book;
