/// Behavioural chips behind the same port as a board.
module org.mortal.sim {
  requires com.fasterxml.jackson.annotation;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.dataformat.toml;
  requires commons.math3;
  requires transitive org.mortal.driver;
  requires ejml.core;
  requires ejml.ddense;
  requires ejml.dsparse;
  requires static org.junit.jupiter.api;

  exports org.mortal.sim to
      org.mortal.bench;
  exports org.mortal.sim.device to
      org.mortal.bench;
  exports org.mortal.sim.circuit to
      org.mortal.bench;
  exports org.mortal.sim.circuit.network to
      org.mortal.bench;
  exports org.mortal.sim.effect to
      org.mortal.bench;
  exports org.mortal.sim.fit to
      org.mortal.bench;
  exports org.mortal.sim.junit;

  opens org.mortal.sim to
      com.fasterxml.jackson.databind;
  opens org.mortal.sim.device to
      com.fasterxml.jackson.databind;
  opens org.mortal.sim.circuit to
      com.fasterxml.jackson.databind;
  opens org.mortal.sim.circuit.network to
      com.fasterxml.jackson.databind;

  provides org.mortal.chip.ChipProvider with
      org.mortal.sim.SimProvider;
}
