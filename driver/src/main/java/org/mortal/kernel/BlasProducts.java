package org.mortal.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Set;

/// Products by OpenBLAS, called through FFM, always on the calling thread.
///
/// The library's own threads stay off: how it splits a product depends on their number, and with it the last bits of
/// the result. [ParallelProducts] splits by fixed panels instead.
final class BlasProducts implements Products {
  private static final int ROW_MAJOR = 101;
  private static final int NO_TRANSPOSE = 111;
  private static final int TRANSPOSE = 112;

  /// Cores whose kernels for small matrices are as fast as `sgemv` for one vector. They give a row the same bits in a batch
  /// of any size, where the result has a multiple of 16 columns.
  private static final Set<String> SMALL_KERNELS =
      Set.of("SkylakeX", "Cooperlake", "SapphireRapids");

  /// Multiplications up to which those kernels are used, which take the operands as they lie; beyond, both are copied first,
  /// and long sums are split in another way.
  private static final int SMALL = 1_000_000;

  /// Columns of `b` that stay in the first-level cache while they are used, for sums up to [#SHORT] and for longer ones.
  private static final int WIDE_TILE = 64;

  private static final int NARROW_TILE = 32;
  private static final int SHORT = 256;

  private final MethodHandle sgemm;
  private final MethodHandle sgemv;
  private final String config;
  private final String core;
  private final boolean rowsIndependent;

  private BlasProducts(MethodHandle sgemm, MethodHandle sgemv, String config, String core) {
    this.sgemm = sgemm;
    this.sgemv = sgemv;
    this.config = config;
    this.core = core;
    this.rowsIndependent = SMALL_KERNELS.contains(core);
  }

  /// Loads the library at `path`.
  ///
  /// @throws IllegalArgumentException if it is not there or is no OpenBLAS
  @SuppressWarnings("restricted")
  static BlasProducts load(Path path) {
    Linker linker = Linker.nativeLinker();
    SymbolLookup symbols = SymbolLookup.libraryLookup(path, Arena.global());
    MethodHandle gemm =
        linker.downcallHandle(
            symbols.findOrThrow("cblas_sgemm"),
            FunctionDescriptor.ofVoid(
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_FLOAT,
                ADDRESS,
                JAVA_INT,
                ADDRESS,
                JAVA_INT,
                JAVA_FLOAT,
                ADDRESS,
                JAVA_INT));
    MethodHandle gemv =
        linker.downcallHandle(
            symbols.findOrThrow("cblas_sgemv"),
            FunctionDescriptor.ofVoid(
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_FLOAT,
                ADDRESS,
                JAVA_INT,
                ADDRESS,
                JAVA_INT,
                JAVA_FLOAT,
                ADDRESS,
                JAVA_INT));
    MethodHandle threads =
        linker.downcallHandle(
            symbols.findOrThrow("openblas_set_num_threads"), FunctionDescriptor.ofVoid(JAVA_INT));
    FunctionDescriptor text = FunctionDescriptor.of(ADDRESS);
    MethodHandle config = linker.downcallHandle(symbols.findOrThrow("openblas_get_config"), text);
    MethodHandle core = linker.downcallHandle(symbols.findOrThrow("openblas_get_corename"), text);
    try {
      threads.invokeExact(1);
      String[] words = string((MemorySegment) config.invokeExact()).split(" ");
      String version = words.length > 1 ? words[0] + " " + words[1] : words[0];
      return new BlasProducts(gemm, gemv, version, string((MemorySegment) core.invokeExact()));
    } catch (Throwable e) {
      throw new IllegalArgumentException(path + " does not answer as OpenBLAS does: " + e, e);
    }
  }

  @SuppressWarnings("restricted")
  private static String string(MemorySegment address) {
    return address.reinterpret(1024).getString(0);
  }

  /// The name of the kernels that the library chose for this processor, for example `SkylakeX`.
  String core() {
    return core;
  }

  /// Whether a row of a product has the same bits in a batch of any size.
  boolean rowsIndependent() {
    return rowsIndependent;
  }

  @Override
  public void multiply(Batch a, Batch b, Batch c) {
    Products.checkShapes(a.rows(), a.columns(), b.rows(), b.columns(), c);
    if (a.rows() == 1 && !(rowsIndependent && small(b))) {
      gemv(TRANSPOSE, b, a, c);
    } else {
      gemm(NO_TRANSPOSE, NO_TRANSPOSE, a.columns(), a, b, c);
    }
  }

  private static boolean small(Batch b) {
    return (long) b.rows() * b.columns() <= SMALL;
  }

  @Override
  public void multiplyRows(Batch a, Batch b, Batch c) {
    Products.checkShapes(a.rows(), a.columns(), b.rows(), b.columns(), c);
    if (!rowsIndependent || (a.rows() == 1 && small(b))) {
      multiply(a, b, c);
      return;
    }
    int width = b.rows() > SHORT ? NARROW_TILE : WIDE_TILE;
    int most = Math.max(1, SMALL / (b.rows() * width));
    // Even parts: a few rows left over would cost as much as a whole tile.
    int height = Math.ceilDiv(a.rows(), Math.ceilDiv(a.rows(), most));
    for (int left = 0; left < b.columns(); left += width) {
      int right = Math.min(left + width, b.columns());
      Batch columns = b.columns(left, right);
      Batch results = c.columns(left, right);
      for (int top = 0; top < a.rows(); top += height) {
        int bottom = Math.min(top + height, a.rows());
        Batch rows = a.rows(top, bottom);
        gemm(NO_TRANSPOSE, NO_TRANSPOSE, a.columns(), rows, columns, results.rows(top, bottom));
      }
    }
  }

  @Override
  public void multiplyLeftTransposed(Batch a, Batch b, Batch c) {
    Products.checkShapes(a.columns(), a.rows(), b.rows(), b.columns(), c);
    gemm(TRANSPOSE, NO_TRANSPOSE, a.rows(), a, b, c);
  }

  @Override
  public void multiplyRightTransposed(Batch a, Batch b, Batch c) {
    Products.checkShapes(a.rows(), a.columns(), b.columns(), b.rows(), c);
    gemm(NO_TRANSPOSE, TRANSPOSE, a.columns(), a, b, c);
  }

  private void gemm(int transposeA, int transposeB, int k, Batch a, Batch b, Batch c) {
    try {
      sgemm.invokeExact(
          ROW_MAJOR,
          transposeA,
          transposeB,
          c.rows(),
          c.columns(),
          k,
          1f,
          a.segment(),
          (int) a.stride(),
          b.segment(),
          (int) b.stride(),
          0f,
          c.segment(),
          (int) c.stride());
    } catch (Throwable e) {
      throw new IllegalStateException("cblas_sgemm could not be called", e);
    }
  }

  private void gemv(int transpose, Batch matrix, Batch x, Batch y) {
    try {
      sgemv.invokeExact(
          ROW_MAJOR,
          transpose,
          matrix.rows(),
          matrix.columns(),
          1f,
          matrix.segment(),
          (int) matrix.stride(),
          x.segment(),
          1,
          0f,
          y.segment(),
          1);
    } catch (Throwable e) {
      throw new IllegalStateException("cblas_sgemv could not be called", e);
    }
  }

  @Override
  public String description() {
    return config + ", " + core + " kernels, by FFM";
  }
}
