package org.mortal.sim.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/// Runs a class of chip tests as a build would, and says what became of each invocation.
///
/// @param tests in the order run
/// @param containers only those that failed
record ChipRuns(List<Outcome> tests, List<Outcome> containers) {

  /// @param name as reports show it
  /// @param message of what was thrown, or null
  record Outcome(String name, Status status, String message) {
    private static Outcome of(Event event) {
      TestExecutionResult result = event.getRequiredPayload(TestExecutionResult.class);
      return new Outcome(
          event.getTestDescriptor().getDisplayName(),
          result.getStatus(),
          result.getThrowable().map(Throwable::getMessage).orElse(null));
    }
  }

  /// @param folder for chips that fail
  /// @param configuration JUnit's parameters, such as mortal.chip
  static ChipRuns of(Class<?> tests, Path folder, Map<String, String> configuration) {
    EngineTestKit.Builder kit =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectClass(tests))
            .configurationParameter("mortal.chips.folder", folder.toString())
            .configurationParameters(configuration);
    var results = kit.execute();
    return new ChipRuns(
        outcomes(results.testEvents().finished()),
        outcomes(results.containerEvents().finished()).stream()
            .filter(outcome -> outcome.status() != Status.SUCCESSFUL)
            .toList());
  }

  private static List<Outcome> outcomes(Events finished) {
    return finished.stream().map(Outcome::of).toList();
  }

  long count(Status status) {
    return tests.stream().filter(test -> test.status() == status).count();
  }

  /// The only test that has that status.
  Outcome only(Status status) {
    List<Outcome> those = tests.stream().filter(test -> test.status() == status).toList();
    if (those.size() != 1) {
      throw new AssertionError(status + ": " + those);
    }
    return those.getFirst();
  }
}
