/// Behavioural chips behind the same port as a board.
module org.mortal.sim {
  requires transitive org.mortal.driver;
  requires com.fasterxml.jackson.annotation;
  requires ejml.core;
  requires ejml.ddense;
  requires ejml.dsparse;

  exports org.mortal.sim to
      org.mortal.bench;
  exports org.mortal.sim.device to
      org.mortal.bench;
  exports org.mortal.sim.circuit to
      org.mortal.bench;
  exports org.mortal.sim.circuit.network to
      org.mortal.bench;

  provides org.mortal.chip.ChipProvider with
      org.mortal.sim.SimProvider;
}
