package org.mortal.sim.junit;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;
import org.mortal.chip.ChipException;
import org.mortal.chip.ChipRange;
import org.mortal.chip.Fault;

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
    Optional<String> elsewhere = elsewhere(context);
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

  private static Optional<String> elsewhere(ExtensionContext context) {
    Optional<String> address =
        context
            .getConfigurationParameter(PROPERTY)
            .or(() -> Optional.ofNullable(System.getenv(VARIABLE)));
    // A build that forgot to fill in its board must not pass on simulated chips instead.
    if (address.filter(String::isBlank).isPresent()) {
      throw new ChipException(
          new Fault.BadAddress(
              address.get(),
              "%s or %s is set, but empty: name a chip, or unset it"
                  .formatted(PROPERTY, VARIABLE)));
    }
    return address;
  }
}
