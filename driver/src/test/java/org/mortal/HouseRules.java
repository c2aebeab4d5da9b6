package org.mortal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Random;

/// Rules for the production code of every module, and the look at its classes.
public final class HouseRules {
  private HouseRules() {}

  /// The production classes of `packages`, which must hold `known` ones: a rule about nothing
  /// proves nothing.
  public static JavaClasses classes(String packages, Class<?>... known) {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages(packages);
    assertTrue(classes.size() > known.length, classes.size() + " classes in " + packages);
    for (Class<?> one : known) {
      assertTrue(classes.contain(one), one + " was not seen");
    }
    return classes;
  }

  /// `rule` holds for `classes`, and there are some that it is about.
  public static void check(ArchRule rule, JavaClasses classes) {
    rule.allowEmptyShould(false).check(classes);
  }

  /// Seeded and passed in, so that a seed gives the same figures everywhere.
  public static void noHiddenRandomness(JavaClasses classes) {
    check(noClasses().should().dependOnClassesThat().areAssignableTo(Random.class), classes);
    check(noClasses().should().callMethod(Math.class, "random"), classes);
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom"),
        classes);
  }

  /// What a library has to say it logs or returns.
  public static void noStandardStreams(JavaClasses classes) {
    check(noClasses().should().accessField(System.class, "out"), classes);
    check(noClasses().should().accessField(System.class, "err"), classes);
  }
}
