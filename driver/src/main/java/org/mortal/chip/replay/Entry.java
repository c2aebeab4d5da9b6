package org.mortal.chip.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mortal.chip.Chip;
import org.mortal.chip.Fault;
import org.mortal.chip.Geometry;
import org.mortal.chip.ProgramRequest;
import org.mortal.chip.ProgramResult;
import org.mortal.chip.PulseTrain;
import org.mortal.chip.Read;
import org.mortal.chip.Telemetry;
import org.mortal.kernel.Batch;

/// One line of a session: a call, and how it was answered.
sealed interface Entry {

  /// What the call ended with instead of an answer, or null.
  Fault fault();

  /// What was asked for, in a word.
  String call();

  /// The fields beside the call's name and its fault.
  Map<String, Object> fields();

  /// @param reads with the currents they were answered with
  record Reads(List<Chip.ArrayRead> reads, Fault fault) implements Entry {
    @Override
    public String call() {
      return "read";
    }

    /// Arrays that share inputs share them here too.
    @Override
    public Map<String, Object> fields() {
      List<Batch> distinct = new ArrayList<>();
      List<Object> list = new ArrayList<>();
      for (Chip.ArrayRead one : reads) {
        Read read = one.read();
        int inputs = place(distinct, read.inputs());
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("array", one.array());
        map.put("sense", read.sense().name());
        map.put("voltsPerUnit", read.voltsPerUnit());
        map.put("inputs", inputs);
        map.put("biasAmps", read.biasAmps() == null ? null : Blobs.ofBatch(read.biasAmps()));
        map.put("outputs", one.amps().columns());
        map.put("amps", fault == null ? Blobs.ofBatch(one.amps()) : null);
        list.add(map);
      }
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("inputs", distinct.stream().map(Blobs::ofBatch).toList());
      fields.put("reads", list);
      return fields;
    }

    private static int place(List<Batch> distinct, Batch inputs) {
      for (int i = 0; i < distinct.size(); i++) {
        if (distinct.get(i) == inputs) {
          return i;
        }
      }
      distinct.add(inputs);
      return distinct.size() - 1;
    }

    private static Reads of(Map<String, Object> fields, Fault fault) {
      List<Batch> inputs = Records.list(fields.get("inputs")).stream().map(Blobs::batch).toList();
      List<Chip.ArrayRead> reads = new ArrayList<>();
      for (Object one : Records.list(fields.get("reads"))) {
        Map<?, ?> map = (Map<?, ?>) one;
        Object bias = map.get("biasAmps");
        Read read =
            new Read(
                inputs.get((int) Records.number(map.get("inputs"))),
                Records.number(map.get("voltsPerUnit")),
                bias == null ? null : Blobs.batch(bias),
                Read.Sense.valueOf((String) map.get("sense")));
        int outputs = (int) Records.number(map.get("outputs"));
        Batch amps =
            fault == null
                ? Blobs.batch(map.get("amps"))
                : Batch.zeros(read.inputs().rows(), outputs);
        reads.add(new Chip.ArrayRead((int) Records.number(map.get("array")), read, amps));
      }
      return new Reads(reads, fault);
    }
  }

  record Pulses(List<Chip.ArrayPulses> trains, Fault fault) implements Entry {
    @Override
    public String call() {
      return "pulse";
    }

    @Override
    public Map<String, Object> fields() {
      List<Object> list = new ArrayList<>();
      for (Chip.ArrayPulses one : trains) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("array", one.array());
        map.put("setVolts", one.train().setVolts());
        map.put("resetVolts", one.train().resetVolts());
        map.put("seconds", one.train().seconds());
        if (one.train().gateVolts() != 0) {
          map.put("gateVolts", one.train().gateVolts());
        }
        map.put("counts", Blobs.ofShorts(one.train().counts()));
        list.add(map);
      }
      return new LinkedHashMap<>(Map.of("trains", list));
    }

    private static Pulses of(Map<String, Object> fields, Geometry geometry, Fault fault) {
      List<Chip.ArrayPulses> trains = new ArrayList<>();
      for (Object one : Records.list(fields.get("trains"))) {
        Map<?, ?> map = (Map<?, ?>) one;
        PulseTrain train =
            new PulseTrain(
                Blobs.shorts(map.get("counts"), geometry.cells()),
                Records.number(map.get("setVolts")),
                Records.number(map.get("resetVolts")),
                Records.number(map.get("seconds")),
                map.get("gateVolts") == null ? 0 : Records.number(map.get("gateVolts")));
        trains.add(new Chip.ArrayPulses((int) Records.number(map.get("array")), train));
      }
      return new Pulses(trains, fault);
    }
  }

  /// @param result null where it ended with a fault
  record Program(int array, ProgramRequest request, ProgramResult result, Fault fault)
      implements Entry {
    @Override
    public String call() {
      return "program";
    }

    @Override
    public Map<String, Object> fields() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("array", array);
      fields.put("toleranceSiemens", request.toleranceSiemens());
      fields.put("maxPasses", request.maxPasses());
      fields.put("readsPerVerify", request.readsPerVerify());
      fields.put("targetSiemens", Blobs.ofBatch(request.targetSiemens()));
      if (result != null) {
        boolean[] success = result.success();
        int[] done = new int[success.length];
        for (int i = 0; i < done.length; i++) {
          done[i] = success[i] ? 1 : 0;
        }
        fields.put("measuredSiemens", Blobs.ofBatch(result.measuredSiemens()));
        fields.put("success", Blobs.ofInts(done));
        fields.put("pulses", Blobs.ofInts(result.pulses()));
        if (result.resets() != null) {
          fields.put("resets", Blobs.ofInts(result.resets()));
        }
      }
      return fields;
    }

    private static Program of(Map<String, Object> fields, Geometry geometry, Fault fault) {
      ProgramRequest request =
          new ProgramRequest(
              Blobs.batch(fields.get("targetSiemens")),
              Records.number(fields.get("toleranceSiemens")),
              (int) Records.number(fields.get("maxPasses")),
              (int) Records.number(fields.get("readsPerVerify")));
      ProgramResult result = null;
      if (fault == null) {
        int[] done = Blobs.ints(fields.get("success"), geometry.cells());
        boolean[] success = new boolean[done.length];
        for (int i = 0; i < done.length; i++) {
          success[i] = done[i] != 0;
        }
        Object resets = fields.get("resets");
        result =
            new ProgramResult(
                Blobs.batch(fields.get("measuredSiemens")),
                success,
                Blobs.ints(fields.get("pulses"), geometry.cells()),
                resets == null ? null : Blobs.ints(resets, geometry.cells()));
      }
      return new Program((int) Records.number(fields.get("array")), request, result, fault);
    }
  }

  /// The chip was asked what it had done so far.
  record Told(Telemetry telemetry) implements Entry {
    @Override
    public Fault fault() {
      return null;
    }

    @Override
    public String call() {
      return "telemetry";
    }

    @Override
    public Map<String, Object> fields() {
      return Records.map(telemetry);
    }
  }

  /// As one line of the file.
  default Map<String, Object> line() {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("call", call());
    line.putAll(fields());
    if (fault() != null) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("kind", fault().getClass().getSimpleName());
      map.putAll(Records.map((Record) fault()));
      line.put("fault", map);
    }
    return line;
  }

  /// @throws RuntimeException of some kind if `line` is of no entry
  static Entry of(Map<String, Object> line, Geometry geometry) {
    Fault fault = line.get("fault") == null ? null : fault((Map<?, ?>) line.get("fault"));
    return switch ((String) line.get("call")) {
      case "read" -> Reads.of(line, fault);
      case "pulse" -> Pulses.of(line, geometry, fault);
      case "program" -> Program.of(line, geometry, fault);
      case "telemetry" -> new Told(Records.record(Telemetry.class, line));
      default -> throw new IllegalArgumentException("there is no call " + line.get("call"));
    };
  }

  private static Fault fault(Map<?, ?> map) {
    for (Class<?> kind : Fault.class.getPermittedSubclasses()) {
      if (kind.getSimpleName().equals(map.get("kind"))) {
        return (Fault) Records.record(kind.asSubclass(Record.class), map);
      }
    }
    throw new IllegalArgumentException("there is no fault " + map.get("kind"));
  }
}
