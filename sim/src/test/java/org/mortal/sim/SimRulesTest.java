package org.mortal.sim;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.mortal.HouseRules;
import org.mortal.sim.circuit.Dac;
import org.mortal.sim.device.CellModel;
import org.mortal.sim.effect.CellEffects;
import org.mortal.sim.junit.ChipTest;

/// Who may know whom in the simulator: it stands on the port and knows nothing of tiles or
/// learning. Only its JUnit extension knows tiles, and only that knows JUnit.
class SimRulesTest {
  private static final String JUNIT = "org.mortal.sim.junit..";
  private static final JavaClasses CLASSES =
      HouseRules.classes(
          "org.mortal.sim",
          SimChip.class,
          SimCrossbar.class,
          Dac.class,
          CellModel.class,
          CellEffects.class,
          ChipTest.class);

  @Test
  void theSimulatorStandsOnThePort() {
    HouseRules.check(
        classes()
            .that()
            .resideOutsideOfPackage(JUNIT)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "org.mortal.sim..",
                "org.mortal.chip..",
                "org.mortal.kernel..",
                "com.fasterxml.jackson..",
                "org.apache.commons.math3..",
                "org.ejml..",
                "java.."),
        CLASSES);
  }

  @Test
  void itDoesNotKnowItsTests() {
    ArchRule rule =
        noClasses()
            .that()
            .resideOutsideOfPackage(JUNIT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(JUNIT, "org.junit..");
    HouseRules.check(rule, CLASSES);
    // The extension does, so the rule can see.
    assertThrows(
        AssertionError.class,
        () ->
            noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.junit..")
                .check(CLASSES));
  }

  @Test
  void cellsAndCircuitsDoNotKnowChips() {
    HouseRules.check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "org.mortal.sim.device..", "org.mortal.sim.circuit..", "org.mortal.sim.effect..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.mortal.sim"),
        CLASSES);
  }

  @Test
  void onlyProfileFilesAreBoundByALibrary() {
    HouseRules.check(
        noClasses()
            .that()
            .doNotHaveSimpleName("ProfileFile")
            .and()
            .doNotHaveSimpleName("ProfileComplaint")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "com.fasterxml.jackson.core..",
                "com.fasterxml.jackson.databind..",
                "com.fasterxml.jackson.dataformat.."),
        CLASSES);
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
