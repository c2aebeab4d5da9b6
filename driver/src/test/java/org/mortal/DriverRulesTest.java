package org.mortal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;
import org.mortal.chip.Chip;
import org.mortal.chip.ProgramVerify;
import org.mortal.kernel.Kernels;
import org.mortal.kernel.PlainNormals;
import org.mortal.tile.CrossbarTileBank;

/// Who may know whom in the driver: kernels nobody, the port only kernels, tiles both.
class DriverRulesTest {
  private static final String VECTORS = "jdk.incubator.vector..";
  private static final String SERIAL = "com.fazecast.jSerialComm..";
  private static final String JSON = "com.fasterxml.jackson.core..";
  private static final JavaClasses CLASSES =
      HouseRules.classes(
          "org.mortal",
          Kernels.class,
          PlainNormals.class,
          Chip.class,
          ProgramVerify.class,
          CrossbarTileBank.class);

  @Test
  void onlyVectorKernelsUseVectors() {
    HouseRules.check(
        noClasses()
            .that()
            .resideOutsideOfPackage("org.mortal.kernel")
            .or()
            .haveSimpleNameNotStartingWith("Vector")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(VECTORS),
        CLASSES);
    // Vector kernels do use them, so the rule can see.
    assertThrows(
        AssertionError.class,
        () ->
            noClasses()
                .that()
                .haveSimpleNameStartingWith("Vector")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(VECTORS)
                .check(CLASSES));
  }

  @Test
  void kernelsDependOnNothingElseOfOurs() {
    HouseRules.check(
        classes()
            .that()
            .resideInAPackage("org.mortal.kernel..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("org.mortal.kernel..", "java..", VECTORS),
        CLASSES);
  }

  @Test
  void thePortDoesNotKnowTiles() {
    HouseRules.check(
        classes()
            .that()
            .resideInAPackage("org.mortal.chip..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("org.mortal.chip..", "org.mortal.kernel..", "java..", SERIAL, JSON),
        CLASSES);
    // Only boards know serial ports, only recordings know JSON.
    HouseRules.check(
        noClasses()
            .that()
            .resideOutsideOfPackage("org.mortal.chip.board..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(SERIAL),
        CLASSES);
    HouseRules.check(
        noClasses()
            .that()
            .resideOutsideOfPackage("org.mortal.chip.replay..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(JSON),
        CLASSES);
    // The other way round it is broken, so the rule can see.
    assertThrows(
        AssertionError.class,
        () ->
            noClasses()
                .that()
                .resideInAPackage("org.mortal.tile..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.mortal.chip..")
                .check(CLASSES));
  }

  @Test
  void randomnessIsPassedIn() {
    HouseRules.noHiddenRandomness(CLASSES);
  }

  @Test
  void nothingIsPrinted() {
    HouseRules.noStandardStreams(CLASSES);
  }
}
