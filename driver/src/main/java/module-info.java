/// Everything a chip understands, and signed weights on it.
///
/// The doors are qualified: `learning` sees tiles and kernels but never volts or cells, and the simulator never sees
/// `learning`; of the simulator, only its JUnit extension sees tiles.
module org.mortal.driver {
  requires com.fasterxml.jackson.core;
  requires com.fazecast.jSerialComm;
  requires jdk.incubator.vector;

  exports org.mortal.kernel to
      org.mortal.sim,
      org.mortal.learning,
      org.mortal.bench;
  exports org.mortal.chip to
      org.mortal.sim,
      org.mortal.bench;
  exports org.mortal.chip.calibrated to
      org.mortal.bench;
  exports org.mortal.chip.board to
      org.mortal.bench;
  exports org.mortal.chip.replay to
      org.mortal.bench;
  exports org.mortal.tile to
      org.mortal.sim,
      org.mortal.learning,
      org.mortal.bench;

  uses org.mortal.chip.ChipProvider;

  provides org.mortal.chip.ChipProvider with
      org.mortal.chip.board.LibProvider,
      org.mortal.chip.board.SerialProvider,
      org.mortal.chip.board.TcpProvider,
      org.mortal.chip.replay.ReplayProvider;
}
