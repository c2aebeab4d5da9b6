/// The tasks that learning rules are tried on, as plain data sets.
///
/// A [org.mortal.learning.task.Task] holds three [org.mortal.learning.task.DataSet]s of float32
/// rows in `[0, 1]` and class numbers. [org.mortal.learning.task.Tasks] finds one by its name:
///
/// - `digits`: pictures that [org.mortal.learning.task.Digits] draws itself, so that an experiment
///   needs no download;
/// - `mnist`: four IDX files read by [org.mortal.learning.task.Mnist];
/// - `xor`: the four patterns of [org.mortal.learning.task.Xor].
///
/// Whatever is wrong with the data arrives as a one-line [org.mortal.learning.task.DataException].
package org.mortal.learning.task;
