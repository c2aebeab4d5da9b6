/// The command line: the one module that knows all the others.
module org.mortal.bench {
  requires org.mortal.driver;
  requires org.mortal.learning;
  requires org.mortal.sim;
  requires com.fasterxml.jackson.databind;
  requires commons.math3;
  requires flyway.core;
  requires io.jhdf;
  requires info.picocli;
  requires java.desktop;
  requires java.net.http;
  requires java.sql;
  requires me.tongfei.progressbar;
  requires org.apache.commons.csv;
  requires org.jdbi.v3.core;
  requires xchart;

  opens org.mortal.bench to
      info.picocli;
  opens org.mortal.bench.book to
      com.fasterxml.jackson.databind,
      org.jdbi.v3.core;
  opens org.mortal.bench.calibrate.check to
      com.fasterxml.jackson.databind;
  opens org.mortal.bench.calibrate.study to
      com.fasterxml.jackson.databind;
  opens org.mortal.bench.calibrate.wires to
      com.fasterxml.jackson.databind;
  opens org.mortal.bench.calibrate.file to
      com.fasterxml.jackson.databind;
  opens org.mortal.bench.calibrate to
      com.fasterxml.jackson.databind;
  opens org.mortal.bench.characterise to
      com.fasterxml.jackson.databind;
  opens org.mortal.bench.check to
      com.fasterxml.jackson.databind;
  opens org.mortal.bench.command to
      info.picocli;
  opens org.mortal.bench.compare to
      com.fasterxml.jackson.databind;
  opens org.mortal.bench.measure to
      com.fasterxml.jackson.databind;
  opens org.mortal.bench.noise to
      com.fasterxml.jackson.databind;
  opens org.mortal.bench.run to
      com.fasterxml.jackson.databind;
  opens org.mortal.bench.transfer to
      com.fasterxml.jackson.databind;
  opens org.mortal.bench.twin to
      com.fasterxml.jackson.databind;
}
