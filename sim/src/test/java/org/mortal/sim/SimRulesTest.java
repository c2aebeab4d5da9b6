package org.mortal.sim;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mortal.HouseRules;
import org.mortal.sim.circuit.Dac;
import org.mortal.sim.device.CellModel;
import org.mortal.sim.effect.CellEffects;
import org.mortal.sim.fit.PulseFit;
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
          PulseFit.class,
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
    HouseRules.check(
        noClasses()
            .that()
            .resideOutsideOfPackage(JUNIT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(JUNIT),
        CLASSES);
  }

  /// What a package may know of the simulator beside itself: devices nothing, what time does to cells
  /// and circuits only devices, and none of them chips.
  @ParameterizedTest
  @CsvSource({
    "org.mortal.sim.device.., org.mortal.sim.device..",
    "org.mortal.sim.circuit.., org.mortal.sim.device..",
    "org.mortal.sim.effect.., org.mortal.sim.device.."
  })
  void partsDoNotKnowChips(String room, String known) {
    HouseRules.check(
        noClasses()
            .that()
            .resideInAPackage(room)
            .should()
            .dependOnClassesThat(
                resideInAPackage("org.mortal.sim..").and(not(resideInAnyPackage(room, known)))),
        CLASSES);
  }

  /// A fit writes a profile, and knows no more of chips than that.
  @Test
  void fitsKnowProfilesButNotChips() {
    HouseRules.check(
        noClasses()
            .that()
            .resideInAPackage("org.mortal.sim.fit..")
            .should()
            .dependOnClassesThat(
                resideInAPackage("org.mortal.sim").and(not(type(ChipProfile.class)))),
        CLASSES);
  }

  @ParameterizedTest
  @CsvSource({
    "org.ejml.., org.mortal.sim.circuit.network..",
    "org.apache.commons.math3.., org.mortal.sim.fit..",
    "org.junit.., org.mortal.sim.junit..",
    "org.mortal.tile.., org.mortal.sim.junit.."
  })
  void aLibraryIsKnownInOneRoom(String library, String room) {
    HouseRules.check(
        noClasses()
            .that()
            .resideOutsideOfPackage(room)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(library),
        CLASSES);
    // That room does know it, so the rule can see.
    assertThrows(
        AssertionError.class,
        () -> noClasses().should().dependOnClassesThat().resideInAPackage(library).check(CLASSES));
  }

  @Test
  void onlyProfileFilesAreBoundByALibrary() {
    HouseRules.check(
        noClasses()
            .that()
            .haveNameNotMatching(".*\\.Profile(File|Complaint)")
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
