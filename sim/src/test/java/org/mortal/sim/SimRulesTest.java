package org.mortal.sim;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;
import org.mortal.HouseRules;
import org.mortal.sim.circuit.Dac;
import org.mortal.sim.device.CellModel;

/// Who may know whom in the simulator: it stands on the port and knows nothing of tiles or
/// learning.
class SimRulesTest {
  private static final JavaClasses CLASSES =
      HouseRules.classes(
          "org.mortal.sim", SimChip.class, SimCrossbar.class, Dac.class, CellModel.class);

  @Test
  void theSimulatorStandsOnThePort() {
    HouseRules.check(
        classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "org.mortal.sim..",
                "org.mortal.chip..",
                "org.mortal.kernel..",
                "com.fasterxml.jackson..",
                "org.apache.commons.math3..",
                "java.."),
        CLASSES);
  }

  @Test
  void cellsAndCircuitsDoNotKnowChips() {
    HouseRules.check(
        noClasses()
            .that()
            .resideInAnyPackage("org.mortal.sim.device..", "org.mortal.sim.circuit..", "org.mortal.sim.effect..")
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
