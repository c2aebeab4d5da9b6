/// Behavioural chips behind the same port as a board.
module org.mortal.sim {
  requires transitive org.mortal.driver;
  requires static org.junit.jupiter.api;

  exports org.mortal.sim to
      org.mortal.bench;
  exports org.mortal.sim.device to
      org.mortal.bench;
  exports org.mortal.sim.circuit to
      org.mortal.bench;
  exports org.mortal.sim.junit;

  provides org.mortal.chip.ChipProvider with
      org.mortal.sim.SimProvider;
}
