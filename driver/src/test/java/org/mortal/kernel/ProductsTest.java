package org.mortal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// OpenBLAS and the split product agree with plain loops; threads do not change a bit.
class ProductsTest {
  private static final Products PLAIN = new PlainProducts();
  private static final Products BLAS = Kernels.select(1).single();
  private static final float NAN = Float.NaN;

  /// The three products, each made of a product of m x k and k x n.
  enum Kind {
    PRODUCT {
      @Override
      Batch left(Operands o) {
        return o.batch(1, o.m, o.k);
      }

      @Override
      Batch right(Operands o) {
        return o.batch(2, o.k, o.n);
      }

      @Override
      void run(Products products, Batch a, Batch b, Batch c) {
        products.multiply(a, b, c);
      }
    },
    ROWS {
      @Override
      Batch left(Operands o) {
        return o.batch(1, o.m, o.k);
      }

      @Override
      Batch right(Operands o) {
        return o.batch(2, o.k, o.n);
      }

      @Override
      void run(Products products, Batch a, Batch b, Batch c) {
        products.multiplyRows(a, b, c);
      }
    },
    LEFT_TRANSPOSED {
      @Override
      Batch left(Operands o) {
        return o.batch(3, o.k, o.m);
      }

      @Override
      Batch right(Operands o) {
        return o.batch(4, o.k, o.n);
      }

      @Override
      void run(Products products, Batch a, Batch b, Batch c) {
        products.multiplyLeftTransposed(a, b, c);
      }
    },
    RIGHT_TRANSPOSED {
      @Override
      Batch left(Operands o) {
        return o.batch(5, o.m, o.k);
      }

      @Override
      Batch right(Operands o) {
        return o.batch(6, o.n, o.k);
      }

      @Override
      void run(Products products, Batch a, Batch b, Batch c) {
        products.multiplyRightTransposed(a, b, c);
      }
    };

    abstract Batch left(Operands o);

    abstract Batch right(Operands o);

    abstract void run(Products products, Batch a, Batch b, Batch c);
  }

  /// The sizes of one product; `strided` operands are views into larger batches.
  record Operands(int m, int k, int n, boolean strided) {
    Batch batch(long key, int rows, int columns) {
      return strided
          ? Batches.uniform(key, rows + 3, columns + 5, -1, 1)
              .rows(2, rows + 2)
              .columns(3, columns + 3)
          : Batches.uniform(key, rows, columns, -1, 1);
    }
  }

  /// So that it does not matter how a batch is split.
  @Test
  void aRowHasTheSameBitsInABatchOfAnySize() {
    boolean exact = BLAS.description().contains("SkylakeX");
    for (int[] shape : new int[][] {{256, 128}, {512, 64}, {1000, 48}, {1024, 1024}}) {
      Batch a = Batches.uniform(1, 130, shape[0], -1, 1);
      Batch b = Batch.spaced(shape[0], shape[1]);
      b.copyFrom(Batches.uniform(2, shape[0], shape[1], -1, 1));
      Batch whole = Batch.zeros(130, shape[1]);
      BLAS.multiplyRows(a, b, whole);
      for (int rows : new int[] {1, 2, 7, 61, 64, 128}) {
        Batch part = Batch.zeros(rows, shape[1]);
        BLAS.multiplyRows(a.rows(1, 1 + rows), b, part);
        double tolerance = exact && shape[0] * shape[1] <= 1_000_000 ? 0 : 1e-4;
        Batches.assertClose(whole.rows(1, 1 + rows), part, tolerance, rows + " of " + shape[0]);
      }
    }
  }

  private static Products split(int threads) {
    return new ParallelProducts(BLAS, new Workers(threads));
  }

  static Stream<Arguments> cases() {
    int[][] sizes = {
      {1, 1, 1},
      {1, 5, 3},
      {1, 300, 257},
      {1, 784, 2048},
      {2, 3, 4},
      {7, 13, 5},
      {5, 1, 9},
      {9, 4, 1},
      {64, 64, 64},
      {65, 129, 33},
      {300, 17, 520},
      {520, 31, 7},
      {257, 256, 300}
    };
    return Stream.of(sizes)
        .flatMap(s ->
            Stream.of(Kind.values())
                .flatMap(kind ->
                    Stream.of(false, true)
                        .map(strided ->
                            Arguments.of(kind, new Operands(s[0], s[1], s[2], strided)))));
  }

  @Test
  void theBundledLibraryLoads() {
    assertInstanceOf(BlasProducts.class, BLAS);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithPlainLoops(Kind kind, Operands o) {
    Batch a = kind.left(o);
    Batch b = kind.right(o);
    Batch expected = Batch.zeros(o.m, o.n);
    kind.run(PLAIN, a, b, expected);
    double tolerance = 2e-7 * (o.k + 1);
    Products split = split(2);
    for (Products products : new Products[] {BLAS, split}) {
      // What lay in the result before must not matter, and what lies around it must stay.
      Batch around = Batches.filled(o.m + 2, o.n + 2, NAN);
      Batch c = around.rows(1, o.m + 1).columns(1, o.n + 1);
      kind.run(products, a, b, c);
      Batches.assertClose(expected, c, tolerance, products.description());
      c.copyFrom(Batches.filled(o.m, o.n, NAN));
      Batches.assertSameBits(Batches.filled(o.m + 2, o.n + 2, NAN), around, "surroundings");
    }
  }

  /// So that a batch of reads may be split anywhere, as a link does. Kernels other than those for AVX-512 round a row in another
  /// way in a batch of another size.
  @Test
  void aRowIsTheSameInABatchOfAnySize() {
    double tolerance = ((BlasProducts) BLAS).rowsIndependent() ? 0 : 1e-4;
    for (int k : new int[] {1, 17, 100, 256}) {
      for (int n : new int[] {16, 48, 128, 256}) {
        Batch a = Batches.uniform(1, 300, k, -1, 1);
        Batch b = Batches.uniform(2, k, 256, -1, 1);
        Batch whole = Batch.zeros(300, 256);
        BLAS.multiply(a, b, whole);
        for (int size : new int[] {1, 2, 7, 16, 33, 100, 256}) {
          Batch parts = Batch.zeros(300, n);
          for (int from = 0; from < 300; from += size) {
            int to = Math.min(300, from + size);
            BLAS.multiply(a.rows(from, to), b.columns(0, n), parts.rows(from, to));
          }
          String what = "%d x %d in batches of %d".formatted(k, n, size);
          Batches.assertClose(whole.columns(0, n), parts, tolerance, what);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void plainLoopsAreRight(Kind kind, Operands o) {
    Batch a = kind.left(o);
    Batch b = kind.right(o);
    Batch c = Batch.zeros(o.m, o.n);
    kind.run(PLAIN, a, b, c);
    Philox random = new Philox(9);
    for (int sample = 0; sample < 20; sample++) {
      int i = random.nextInt(o.m);
      int j = random.nextInt(o.n);
      double sum = 0;
      for (int k = 0; k < o.k; k++) {
        float left = kind == Kind.LEFT_TRANSPOSED ? a.get(k, i) : a.get(i, k);
        float right = kind == Kind.RIGHT_TRANSPOSED ? b.get(j, k) : b.get(k, j);
        sum += (double) left * right;
      }
      assertEquals(sum, c.get(i, j), 2e-7 * (o.k + 1));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void threadsDoNotChangeABit(Kind kind, Operands o) {
    Batch a = kind.left(o);
    Batch b = kind.right(o);
    Batch one = Batch.zeros(o.m, o.n);
    kind.run(split(1), a, b, one);
    for (int threads = 2; threads <= 4; threads++) {
      Batch many = Batch.zeros(o.m, o.n);
      kind.run(split(threads), a, b, many);
      Batches.assertSameBits(one, many, threads + " threads");
    }
  }

  @Test
  void noVectorsGiveNoResults() {
    for (Products products : new Products[] {PLAIN, BLAS, Kernels.select(2).products()}) {
      Batch none = Batch.zeros(0, 3);
      products.multiply(Batch.zeros(0, 4), Batches.uniform(1, 4, 3, -1, 1), none);
      products.multiplyRightTransposed(Batch.zeros(0, 4), Batches.uniform(1, 3, 4, -1, 1), none);
      Batch c = Batches.filled(4, 3, 7);
      products.multiplyLeftTransposed(Batch.zeros(0, 4), Batch.zeros(0, 3), c);
      Batches.assertSameBits(Batch.zeros(4, 3), c, products.description());
    }
  }

  @Test
  void refusesShapesThatDoNotFit() {
    Batch a = Batch.zeros(2, 3);
    Batch c = Batch.zeros(2, 2);
    for (Products products : new Products[] {PLAIN, BLAS, Kernels.select(2).products()}) {
      for (Kind kind : Kind.values()) {
        assertThrows(
            IllegalArgumentException.class, () -> kind.run(products, a, Batch.zeros(5, 5), c));
        assertThrows(
            IllegalArgumentException.class,
            () -> kind.run(products, a, Batch.zeros(3, 2), Batch.zeros(4, 4)));
      }
    }
  }
}
