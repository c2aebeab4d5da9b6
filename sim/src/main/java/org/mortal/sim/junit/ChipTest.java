package org.mortal.sim.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/// A test that runs once for each chip of a population, or, unchanged, on a real chip.
///
///     @ChipTest(chips = "sim:hfox?seed=1..50&rows=64&columns=64", atLeast = 0.9)
///     void idleOutputsAreQuiet(Crossbar array) { ... }
///
/// The method, and the `@BeforeEach` and `@AfterEach` methods of its class, may take a `Chip`, its first array as a `Crossbar`,
/// and a `Tile` laid over it. Each chip is opened for its invocation and closed after it. Chip tests never run side by side: a
/// board is one, and a simulated chip uses all cores.
///
/// **Another chip.** Where the system property (or JUnit configuration parameter) `mortal.chip`, or else the environment variable
/// `MORTAL_CHIP`, holds an address, the test runs there instead: `serial:/dev/ttyACM0`, `tcp:host:port`, `lib:libmortal.so`, one
/// simulated chip, or another range of them. One chip must pass, whatever is claimed of a population. A board that is not there
/// fails the test. A real chip has the shape it has, so tests ask `array.geometry()`. A session that was kept (`replay:`) can
/// answer only what was asked then.
///
/// **A failing chip** is named by its full address, kept in a file under `target/mortal-chips` (configuration parameter
/// `mortal.chips.folder`), and the failure says how to run that chip alone.
///
/// **A claim.** Unless `atLeast` is 1, the chips are a sample of their technology, and the last invocation is a verdict on the
/// claim "at least this share of chips passes":
/// - shown, at this confidence: the test passes. Chips that fail within it are reported as aborted, with the reason.
/// - refuted, at this confidence: the test fails.
/// - undecided: the test fails, since what was claimed was not shown. More seeds, or a smaller claim, can decide it.
///
/// Chips are asked one by one, until the claim is shown or refuted ([SequentialPlan] says how, and that each of both errors is at
/// most `1 - confidence`). At a confidence of 0.95, showing 0.9 takes 29 chips without a failure, 0.95 takes 59 and 0.99 takes
/// 299: a smaller population is refused before anything runs. Of the 50 chips that are the default, 0.9 is shown by the first
/// 36 if none fails, or by 49 if one does; chips that pass with a probability of 0.99 show it in 92 of 100 such populations, of
/// 0.97 in 58.
///
/// A chip that the test itself sets aside, by an assumption that does not hold, counts neither way. Nor does a verdict run the
/// set-up methods of the class.
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@TestTemplate
@ExtendWith(ChipTestExtension.class)
@ResourceLock("org.mortal.chip")
public @interface ChipTest {

  /// A chip address with a range or a list of seeds, such as `sim:hfox?seed=1..50&rows=64&columns=64` or `sim:hfox?seed=3,7,21`.
  String chips() default "sim:hfox?seed=1..50";

  /// The share of chips that must pass, above 0; 1 means every chip.
  double atLeast() default 1;

  /// How sure a verdict is, from 0.5 to below 1. Without effect where every chip must pass.
  double confidence() default 0.95;

  /// Length of an input vector of a `Tile` parameter, which needs both lengths.
  int inputs() default 0;

  /// Length of an output vector of a `Tile` parameter.
  int outputs() default 0;
}
