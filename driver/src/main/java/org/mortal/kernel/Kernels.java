package org.mortal.kernel;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;

/// The fast paths that this machine runs, chosen once with a stated reason.
///
/// @param workers the threads that share out the work
/// @param products matrix products on all of `workers`
/// @param single the same products on the calling thread alone, for use inside a piece of work
/// @param normals normal random numbers
/// @param readout amplifiers and converters
public record Kernels(
    Workers workers, Products products, Products single, Normals normals, Readout readout) {
  private static final Logger LOG = System.getLogger(Kernels.class.getName());

  /// OpenBLAS kernels older than AVX2: what it runs on a processor that it does not know.
  private static final Set<String> LEGACY =
      Set.of(
          "Prescott",
          "Core2",
          "Penryn",
          "Dunnington",
          "Nehalem",
          "Atom",
          "Sandybridge",
          "Katmai",
          "Northwood",
          "Barcelona",
          "Opteron",
          "Bobcat",
          "Bulldozer",
          "Piledriver",
          "Nano");

  /// The fastest kernels there are on this machine; logs which and why.
  ///
  /// @param threads at least 1
  public static Kernels select(int threads) {
    Workers workers = new Workers(threads);
    Products single = selectProducts();
    Products all = new ParallelProducts(single, workers);
    boolean vectors = vectorsSupported();
    Kernels kernels =
        vectors
            ? new Kernels(workers, all, single, new VectorNormals(), new VectorReadout())
            : new Kernels(workers, all, single, new PlainNormals(), new PlainReadout());
    LOG.log(
        Level.INFO,
        "matrix products by {0}, the fastest here; noise and converters by {1}",
        kernels.products().description(),
        vectors ? "the Vector API" : "plain loops");
    kernels.warning().ifPresent(warning -> LOG.log(Level.WARNING, warning));
    return kernels;
  }

  /// Plain loops on the calling thread: the twins, for tests and for machines where nothing else loads.
  public static Kernels plain() {
    Products products = new PlainProducts();
    return new Kernels(new Workers(1), products, products, new PlainNormals(), new PlainReadout());
  }

  /// What is slow here and the mend, or nothing.
  public Optional<String> warning() {
    return switch (single) {
      case BlasProducts blas -> legacy(blas.core());
      default -> Optional.of("no BLAS could be loaded: plain Java loops are about 10 times slower");
    };
  }

  static Optional<String> legacy(String core) {
    return LEGACY.contains(core)
        ? Optional.of(
            "OpenBLAS runs its legacy kernels for %s, 4-8 times slower than this processor may allow: set OPENBLAS_CORETYPE to SkylakeX (AVX-512) or Haswell (AVX2)"
                .formatted(core))
        : Optional.empty();
  }

  private static Products selectProducts() {
    switch (OpenBlasLibrary.locate()) {
      case OpenBlasLibrary.Found(var path) -> {
        try {
          return BlasProducts.load(path);
        } catch (IllegalArgumentException e) {
          LOG.log(Level.INFO, "the bundled OpenBLAS is not used: {0}", e.getMessage());
        }
      }
      case OpenBlasLibrary.Missing(var reason) ->
          LOG.log(Level.INFO, "the bundled OpenBLAS is not used: {0}", reason);
    }
    return new PlainProducts();
  }

  static boolean vectorModulePresent() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  private static boolean vectorsSupported() {
    if (!vectorModulePresent()) {
      LOG.log(
          Level.WARNING,
          "plain noise and converters, about 4 times slower: start Java with --add-modules=jdk.incubator.vector");
      return false;
    }
    return VectorNormals.supported();
  }
}
