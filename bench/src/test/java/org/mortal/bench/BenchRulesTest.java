package org.mortal.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mortal.bench.command.TrainCommand;
import org.mortal.bench.report.Progress;
import org.mortal.bench.train.Interruption;
import org.mortal.bench.train.Rig;
import org.mortal.chip.Chip;
import org.mortal.kernel.Kernels;
import org.mortal.learning.Network;
import org.mortal.learning.rule.Rules;
import org.mortal.sim.SimChip;
import org.mortal.tile.CrossbarTileBank;

/// Who may know whom in the whole house, seen from the one room that knows all others.
class BenchRulesTest {
  private static final String BENCH = "org.mortal.bench..";
  private static final String BOOK = "org.mortal.bench.book..";
  private static final String COMMAND = "org.mortal.bench.command..";
  private static final String SIM = "org.mortal.sim..";
  private static final String SIM_JUNIT = "org.mortal.sim.junit..";
  private static final String LEARNING = "org.mortal.learning..";
  private static final String CHIP = "org.mortal.chip..";
  private static final String TILE = "org.mortal.tile..";
  private static final String KERNEL = "org.mortal.kernel..";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("org.mortal");

  /// A rule about nothing proves nothing.
  private static void check(ArchRule rule) {
    rule.allowEmptyShould(false).check(CLASSES);
  }

  @Test
  void theClassesOfEveryModuleAreSeen() {
    for (Class<?> known :
        List.of(
            TrainCommand.class,
            Rig.class,
            SimChip.class,
            Network.class,
            Rules.class,
            Chip.class,
            CrossbarTileBank.class,
            Kernels.class)) {
      assertTrue(CLASSES.contain(known), known + " was not seen");
    }
  }

  @Test
  void onlyTheBenchKnowsSimulatorAndLearning() {
    ArchRule rule =
        noClasses()
            .that(dependOn(SIM).and(dependOn(LEARNING)))
            .should()
            .resideOutsideOfPackages(BENCH, SIM, LEARNING);
    rule.allowEmptyShould(true).check(CLASSES);
    closed(LEARNING, SIM);
    closed(SIM, LEARNING);
  }

  private static DescribedPredicate<JavaClass> dependOn(String packages) {
    return DescribedPredicate.describe(
        "depend on " + packages,
        one ->
            one.getDirectDependenciesFromSelf().stream()
                .anyMatch(dependency ->
                    JavaClass.Predicates.resideInAPackage(packages)
                        .test(dependency.getTargetClass())));
  }

  @Test
  void doorsAreOneWay() {
    closed(LEARNING, CHIP);
    check(
        noClasses()
            .that()
            .resideInAPackage(SIM)
            .and()
            .resideOutsideOfPackage(SIM_JUNIT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(TILE));
    for (String lower : List.of(CHIP, TILE, KERNEL)) {
      closed(lower, SIM);
      closed(lower, LEARNING);
      closed(lower, BENCH);
    }
    closed(LEARNING, BENCH);
    closed(SIM, BENCH);
    // Those that stand open are walked through, so the rules can see.
    open(LEARNING, TILE);
    open(SIM, CHIP);
    open(SIM_JUNIT, TILE);
    open(BENCH, LEARNING);
    open(BENCH, CHIP);
    open(TILE, CHIP);
    open(CHIP, KERNEL);
  }

  private static ArchRule noWay(String from, String to) {
    return noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(to)
        .allowEmptyShould(false);
  }

  private static void closed(String from, String to) {
    noWay(from, to).check(CLASSES);
  }

  private static void open(String from, String to) {
    assertThrows(AssertionError.class, () -> noWay(from, to).check(CLASSES), from + " to " + to);
  }

  @Test
  void commandsAreForTheProgramOnly() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(COMMAND)
            .and()
            .doNotBelongToAnyOf(Mortal.class)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(COMMAND));
    assertThrows(
        AssertionError.class,
        () ->
            noClasses()
                .that()
                .belongToAnyOf(Mortal.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(COMMAND)
                .check(CLASSES));
  }

  @Test
  void resultsArePrintedByThePathThatFlushesThem() {
    check(noClasses().should().accessField(System.class, "out"));
    check(
        noClasses()
            .that()
            .doNotBelongToAnyOf(Progress.class, Interruption.class)
            .should()
            .accessField(System.class, "err"));
    assertThrows(
        AssertionError.class,
        () ->
            noClasses()
                .that()
                .belongToAnyOf(Progress.class)
                .should()
                .accessField(System.class, "err")
                .check(CLASSES));
  }

  @Test
  void onlyTheProgramEndsTheProcess() {
    check(
        noClasses()
            .that()
            .doNotBelongToAnyOf(Mortal.class)
            .should()
            .callMethod(System.class, "exit", int.class));
  }

  @Test
  void onlyTheLabBookKnowsItsDatabase() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(BOOK)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.jdbi..", "org.flywaydb..", "java.sql.."));
    open(BOOK, "org.jdbi..");
  }

  /// What measures must not know what is true.
  @Test
  void onlyScoresAndOraclesAskForTheTruth() {
    check(
        noClasses()
            .that()
            .resideInAPackage(BENCH)
            .and()
            .resideOutsideOfPackages(
                "org.mortal.bench.calibrate.score..",
                "org.mortal.bench.oracle..",
                "org.mortal.bench.program..",
                "org.mortal.bench.twin..")
            .should()
            .callMethodWhere(
                DescribedPredicate.describe(
                    "the truth of a simulated chip",
                    call ->
                        call.getTargetOwner().isEquivalentTo(SimChip.class)
                            && call.getTarget().getName().startsWith("truth"))));
  }

  /// A chip may come with something around it that counts its pulses.
  @Test
  void kindsOfChipsAreAskedOfTheChipItself() throws IOException {
    Pattern asked =
        Pattern.compile("(bare\\(\\))?(?<!\\s)\\s+instanceof\\s+(Sim|Board|Replay)Chip\\b");
    List<String> wrong = new ArrayList<>();
    int right = 0;
    for (Path file : sources()) {
      Matcher matcher = asked.matcher(Files.readString(file));
      while (matcher.find()) {
        if (matcher.group(1) == null) {
          wrong.add("%s: ask chip.bare()%s".formatted(file.getFileName(), matcher.group()));
        } else {
          right++;
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(right > 0, "nobody asks");
  }

  private static List<Path> sources() throws IOException {
    Path bench = Path.of(System.getProperty("mortal.root")).resolve("bench/src/main/java");
    try (Stream<Path> files = Files.walk(bench)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  @Test
  void randomnessIsPassedIn() {
    check(noClasses().should().dependOnClassesThat().areAssignableTo(Random.class));
    check(noClasses().should().callMethod(Math.class, "random"));
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom"));
  }
}
