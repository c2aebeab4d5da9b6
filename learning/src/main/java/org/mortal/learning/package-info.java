/// The learning loop: hardware does the matrix product, the digital side activation, heads, losses and bookkeeping.
///
/// A [org.mortal.learning.LearningRule] estimates how weights should change, a [org.mortal.learning.Writer] decides how
/// such a change reaches the cells, and a [org.mortal.learning.Trainer] runs both over a task while a
/// [org.mortal.learning.Meter] counts. Tensors are Nd4j's `INDArray`; they share memory with the batches of the port.
package org.mortal.learning;
