package org.mortal.chip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Every fault is one line, and none is left out here.
class FaultTest {
  private static Fault.OutOfLimits volts(double actual, Object where) {
    return new Fault.OutOfLimits("row voltage", actual, 0.2, "V", where);
  }

  @Test
  void everyFaultIsOneLine() {
    List<Fault> faults =
        List.of(
            volts(0.5, new Cell(1, 2)),
            new Fault.BadAddress("sim:x", "unknown"),
            new Fault.TooFewArrays("sim-1", 8, 2),
            new Fault.Closed("sim-1"),
            new Fault.NoTransposedRead("cells do not follow the voltage"),
            new Fault.NoBoard("lib:x", "there is no such file"),
            new Fault.OtherFirmware("serial:x", "0.1.0", "0.2.0", "the firmware is older"),
            new Fault.LinkTimeout("serial:x", "PING", 500),
            new Fault.LinkLost("serial:x", "unplugged"),
            new Fault.UnknownOutcome(
                "serial:x", "the board restarted", 2, new int[3], new float[0]),
            new Fault.Interrupted("serial:x", "stopped", 1, 7),
            new Fault.Compliance("serial:x", 2e-3, 1e-3, "column 3"),
            new Fault.Hardware("serial:x", "the ADC does not answer"),
            new Fault.OtherCalibration("sim-1", new Geometry(8, 4, Sensing.SINGLE), "sim-2", 8, 4),
            new Fault.NotCalibrated("sim-1", 3, 2),
            new Fault.Strayed("s.jsonl", 3, "row 3 is 0.12 V, recorded was 0.13 V"));
    Set<Class<?>> covered = faults.stream().map(Object::getClass).collect(Collectors.toSet());
    assertEquals(Set.of(Fault.class.getPermittedSubclasses()), covered);
    for (Fault fault : faults) {
      Refusals.assertOneLine(fault.message());
      ChipException thrown = new ChipException(fault);
      assertEquals(fault.message(), thrown.getMessage());
      assertSame(fault, thrown.fault());
    }
  }

  @Test
  void aLimitNamesValueLimitAndPlace() {
    assertEquals(
        "row voltage of 0.5000 V is outside the limit 0.2000 V at row 1, column 2",
        volts(0.5, new Cell(1, 2)).message());
    assertEquals("row voltage of 3 V is outside the limit 0.2000 V", volts(3, null).message());
    assertEquals("row voltage is not a number at row 7", volts(Double.NaN, "row 7").message());
    assertEquals(
        "row voltage of -Infinity V is outside the limit 0.2000 V",
        volts(Double.NEGATIVE_INFINITY, null).message());
    assertEquals(
        "pulse count of 1001 is outside the limit 1000",
        new Fault.OutOfLimits("pulse count", 1001, 1000, "", null).message());
    assertEquals(
        "bias of 5.000e-05 A is outside the limit 4.000e-05 A",
        new Fault.OutOfLimits("bias", 5e-5, 4e-5, "A", null).message());
  }

  @Test
  void othersNameWhatAndTheMend() {
    assertEquals("sim-1 is closed", new Fault.Closed("sim-1").message());
    Refusals.assertOneLine(new Fault.TooFewArrays("sim-1", 8, 2).message(), "needs 8", "has 2");
    Refusals.assertOneLine(new Fault.TooFewArrays("sim-1", 8, 2).message(), "arrays=8");
    Refusals.assertOneLine(new Fault.BadAddress("a:b", "why").message(), "'a:b'", "why");
  }
}
