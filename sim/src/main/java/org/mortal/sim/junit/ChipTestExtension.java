package org.mortal.sim.junit;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;
import org.mortal.chip.ChipRange;

/// Turns a [ChipTest] into one invocation for each chip, and one for the verdict where there is a claim.
final class ChipTestExtension implements TestTemplateInvocationContextProvider {
  private static final String PROPERTY = "mortal.chip";
  private static final String VARIABLE = "MORTAL_CHIP";

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return AnnotationSupport.isAnnotated(context.getElement(), ChipTest.class);
  }

  /// Made one by one, each after the one before it ran: a population that is decided asks no more chips.
  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    ChipTest test =
        AnnotationSupport.findAnnotation(context.getElement(), ChipTest.class).orElseThrow();
    Optional<String> elsewhere =
        context
            .getConfigurationParameter(PROPERTY)
            .or(() -> Optional.ofNullable(System.getenv(VARIABLE)));
    List<String> addresses = ChipRange.expand(elsewhere.orElse(test.chips()));
    boolean single = elsewhere.isPresent() && addresses.size() == 1;
    Population population =
        single || test.atLeast() == 1
            ? new Population()
            : new Population(
                new SequentialPlan(test.atLeast(), test.confidence(), addresses.size()));
    return Stream.concat(
        addresses.stream()
            .takeWhile(_ -> population.open())
            .map(address -> new ChipInvocation(address, test, population)),
        Stream.of(population).filter(Population::hasVerdict).map(VerdictInvocation::new));
  }
}
