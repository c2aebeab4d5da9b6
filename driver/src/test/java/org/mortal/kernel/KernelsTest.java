package org.mortal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// What runs here is said, and slow kernels come with the mend.
class KernelsTest {
  @Test
  void warnsOfLegacyKernels() {
    for (String core : new String[] {"Prescott", "Nehalem", "Sandybridge"}) {
      String warning = Kernels.legacy(core).orElseThrow();
      assertTrue(warning.contains(core), warning);
      assertTrue(warning.contains("OPENBLAS_CORETYPE"), warning);
      assertEquals(1, warning.lines().count(), warning);
    }
  }

  @Test
  void isContentWithNewKernels() {
    for (String core :
        new String[] {"Haswell", "Zen", "SkylakeX", "SapphireRapids", "neoversen1"}) {
      assertTrue(Kernels.legacy(core).isEmpty(), core);
    }
  }

  @Test
  void selectsTheVectorTwinsWhereTheyHelp() {
    Kernels kernels = Kernels.select(2);
    assertEquals(2, kernels.workers().threads());
    assertEquals(VectorNormals.supported(), kernels.normals() instanceof VectorNormals);
    assertEquals(VectorNormals.supported(), kernels.readout() instanceof VectorReadout);
    assertTrue(kernels.products().description().contains("2 threads"));
    assertFalse(kernels.single().description().contains("thread"));
  }

  @Test
  void plainKernelsWarnThatTheyAreSlow() {
    Kernels plain = Kernels.plain();
    assertInstanceOf(PlainNormals.class, plain.normals());
    assertInstanceOf(PlainReadout.class, plain.readout());
    assertTrue(plain.warning().orElseThrow().contains("BLAS"));
  }

  @Test
  void needsAThread() {
    assertThrows(IllegalArgumentException.class, () -> Kernels.select(0));
  }
}
