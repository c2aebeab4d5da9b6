package org.mortal.bench.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.mortal.bench.characterise.Characteriser;
import org.mortal.bench.run.Json;

/// A characterisation by pulses that are so wide that many kills strike while they are given.
///
/// @param address of the board
/// @param points trains of either kind, besides those that the run begins with
public record KilledCharacterisation(String address, int points) implements KilledJob {
  private static final String POINTS = "points.csv";
  private static final String RESUMED = "RESUMED";

  @Override
  public List<String> begin(Path runs) {
    List<String> args = new ArrayList<>(List.of("characterise", address, "pulse"));
    args.addAll(
        List.of(
            "--pulses",
            "25",
            "--points",
            String.valueOf(points),
            "--cycles",
            "1",
            "--width",
            "9e-6"));
    args.addAll(KilledJob.here(runs));
    return args;
  }

  @Override
  public List<String> goOn(Path folder) {
    List<String> args = new ArrayList<>(List.of("characterise", "--resume", folder.toString()));
    args.addAll(KilledJob.here(folder.getParent()));
    return args;
  }

  @Override
  public List<Path> steps(Path folder) {
    return Stream.of(folder.resolve(Characteriser.JOURNAL)).filter(Files::exists).toList();
  }

  @Override
  public List<String> checkKilled(Path folder) {
    return WholeFiles.check(folder);
  }

  @Override
  public Verdict judge(Path whole, Path folder, String json, long pulses) {
    JsonNode result = Json.read(json, JsonNode.class);
    List<String> violations = new ArrayList<>(WholeFiles.check(folder));
    if (!WholeFiles.names(whole).equals(WholeFiles.names(folder))) {
      violations.add(
          "it has the files %s, not %s"
              .formatted(WholeFiles.names(folder), WholeFiles.names(whole)));
    } else if (!planned(whole).equals(planned(folder))) {
      violations.add("its points are not those of the plan");
    }
    long most = result.at("/plan/pulses").asLong();
    long least = most - result.get("uncertainPulses").asLong();
    if (pulses < least || pulses > most) {
      violations.add(
          "cells were given %d pulses, the run knows of %d to %d".formatted(pulses, least, most));
    }
    return new Verdict(
        result.get("resumptions").asInt(), result.get("uncertainTrains").asInt(), violations);
  }

  /// What was read, cell by cell, but for when, what it was, and what interruptions have added.
  private static List<String> planned(Path folder) {
    try (Stream<String> lines = Files.lines(folder.resolve(POINTS))) {
      return lines
          .map(line -> line.split(","))
          .filter(p -> !p[1].equals(RESUMED))
          .map(p -> key(p))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String key(String[] parts) {
    List<String> all = List.of(parts);
    return String.join(",", all.subList(0, 5)) + "," + String.join(",", all.subList(7, 10));
  }
}
