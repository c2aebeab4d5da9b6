package org.mortal.kernel;

/// Dense single-precision matrix products on native memory.
///
/// Implementations give the same bits for the same input on any number of threads. Shapes that do not fit are refused
/// with an [IllegalArgumentException].
public interface Products {

  /// c = a b, for a of m x k, b of k x n and c of m x n.
  void multiply(Batch a, Batch b, Batch c);

  /// c = a b as [#multiply] has it, but with the same bits for a row of `a` in a batch of any size, where the library can.
  ///
  /// Made for pieces of work: fast for any number of rows, if the rows of `b` lie as [Batch#spaced] lays them.
  default void multiplyRows(Batch a, Batch b, Batch c) {
    multiply(a, b, c);
  }

  /// c = aᵀ b, for a of k x m, b of k x n and c of m x n.
  void multiplyLeftTransposed(Batch a, Batch b, Batch c);

  /// c = a bᵀ, for a of m x k, b of n x k and c of m x n.
  void multiplyRightTransposed(Batch a, Batch b, Batch c);

  /// What runs here, for logs: library, version, kernel.
  String description();

  /// Throws unless m x k times k x n gives m x n.
  static void checkShapes(int m, int k, int k2, int n, Batch c) {
    if (k != k2 || c.rows() != m || c.columns() != n) {
      throw new IllegalArgumentException(
          "%d x %d times %d x %d does not give %d x %d"
              .formatted(m, k, k2, n, c.rows(), c.columns()));
    }
  }
}
