package org.mortal.kernel;

/// Splits a product into panels of the result that [Workers] share out.
///
/// The panels depend on the shape alone, and each is one whole product of its own, so the bits do not depend on the
/// number of threads.
final class ParallelProducts implements Products {
  /// Panels of 256 keep the packed operand of one in the second-level cache.
  private static final int PANEL = 256;

  /// Panels of a smaller product, as long as each has [#LEAST] rows or columns: heads are narrow, but waited for.
  private static final int FEW_PANELS = 4;

  private static final int LEAST = 32;

  private final Products products;
  private final Workers workers;

  ParallelProducts(Products products, Workers workers) {
    this.products = products;
    this.workers = workers;
  }

  @Override
  public void multiply(Batch a, Batch b, Batch c) {
    Products.checkShapes(a.rows(), a.columns(), b.rows(), b.columns(), c);
    if (c.columns() >= c.rows()) {
      panels(
          c.columns(),
          (from, to) -> products.multiply(a, b.columns(from, to), c.columns(from, to)));
    } else {
      panels(c.rows(), (from, to) -> products.multiply(a.rows(from, to), b, c.rows(from, to)));
    }
  }

  @Override
  public void multiplyLeftTransposed(Batch a, Batch b, Batch c) {
    Products.checkShapes(a.columns(), a.rows(), b.rows(), b.columns(), c);
    panels(
        c.rows(),
        (from, to) -> products.multiplyLeftTransposed(a.columns(from, to), b, c.rows(from, to)));
  }

  @Override
  public void multiplyRightTransposed(Batch a, Batch b, Batch c) {
    Products.checkShapes(a.rows(), a.columns(), b.columns(), b.rows(), c);
    panels(
        c.rows(),
        (from, to) -> products.multiplyRightTransposed(a.rows(from, to), b, c.rows(from, to)));
  }

  private void panels(int size, Panel panel) {
    int few = Math.clamp(size / LEAST, 1, FEW_PANELS);
    int count = Math.max(few, Math.ceilDiv(size, PANEL));
    workers.forEach(
        count,
        i -> panel.run((int) ((long) size * i / count), (int) ((long) size * (i + 1) / count)));
  }

  @Override
  public String description() {
    return products.description()
        + ", on "
        + workers.threads()
        + (workers.threads() == 1 ? " thread" : " threads");
  }

  @FunctionalInterface
  private interface Panel {
    void run(int from, int to);
  }
}
