package org.mortal.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mortal.chip.Sensing;

/// Profiles that people write: what they may leave out, and what is said of what they got wrong.
class ProfileFileTest {
  private static final String MINE =
      """
      extends = "hfox"
      name = "mine"
      description = "ours"
      """;

  @Test
  void whatIsNotStatedIsAsInTheBase() {
    ChipProfile mine = ProfileFile.parse(MINE + "[cells.defects]\nstuck = 0.2", "mine.toml");
    ChipProfile base = Profiles.hfox();
    assertEquals("mine", mine.name());
    assertEquals(0.2, mine.cells().defects().stuck());
    assertEquals(base.cells().defects().open(), mine.cells().defects().open());
    assertEquals(base.cells().window(), mine.cells().window());
    assertEquals(base.sense(), mine.sense());
  }

  @Test
  void theManualsExampleIsAProfile() throws IOException {
    String manual = Files.readString(Path.of("..", "README.md"));
    String example = manual.split("```toml\n")[1].split("```")[0];
    ChipProfile mine = ProfileFile.parse(example, "mine.toml");
    assertEquals(2, mine.wiring().wires().rowSegmentOhms());
    for (String name : Profiles.names()) {
      assertTrue(manual.contains("| `" + name + "` |"), name + " is not listed");
    }
  }

  @Test
  void jsonSaysTheSame() {
    String json =
        """
        {"extends": "hfox", "name": "mine", "description": "ours", "cells": {"defects": {"stuck": 0.2}}}
        """;
    assertEquals(
        ProfileFile.parse(MINE + "[cells.defects]\nstuck = 0.2", "mine.toml"),
        ProfileFile.parse(json, "mine.json"));
  }

  @ParameterizedTest
  @MethodSource("org.mortal.sim.Profiles#names")
  void everyBuiltInProfileIsSound(String name) {
    ChipProfile profile = Profiles.named(name).orElseThrow();
    assertEquals(name, profile.name());
    assertFalse(profile.source().isBlank());
    assertTrue(profile.limits().maxSiemens() > profile.limits().minSiemens());
  }

  /// Half of the rows on, all cells in the middle of their window: not more than the amplifier of a single column takes.
  @ParameterizedTest
  @MethodSource("org.mortal.sim.Profiles#names")
  void ordinaryCurrentsFitTheConverters(String name) {
    ChipProfile profile = Profiles.named(name).orElseThrow();
    if (profile.geometry().sensing() == Sensing.SINGLE) {
      double siemens = (profile.limits().minSiemens() + profile.limits().maxSiemens()) / 2;
      double amps =
          profile.cells().conduction().amps(profile.limits().maxReadVolts(), siemens)
              * profile.geometry().rows()
              / 2;
      double share = amps / profile.sense().fullScaleAmps();
      assertTrue(share > 0.2 && share < 0.8, name + ": " + share + " of full scale");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[cells.defects]; stuck = 1.2 | cells.defects: stuck must lie from 0 to 1, not 1.2",
        "[cells.defects]; stick = 0.1 | unknown key 'cells.defects.stick'; known here are open, short",
        "[cells.windows]; x = 1       | unknown key 'cells.windows'",
        "[cells.update]; setStep = 'a'| cells.update.setStep: must be a number",
        "[cells.update]; setStep='1e-6'| cells.update.setStep: must be a number",
        "[cells.update]; law = 'magic'| cells.update.law: 'magic' is none of constant-step, exp",
        "[cells.update]; law = 'vteam'| cells.update.onOhms is missing",
        "[cells.conduction]; x = 1    | cells.conduction.law is missing; it is one of ",
        "[dac]; bits = 8.5            | dac.bits: must be a whole number",
        "dac = 7                      | dac: must be a section with keys of its own",
        "source = [1]                 | source: must be a text in quotes",
        "[geometry]; rows = 0         | rows",
        "[geometry]; sensing = 'odd'  | geometry.sensing: must be single or differential",
        "[dac; bits = 8               | line 4",
      })
  void whatIsWrongIsNamed(String text, String expected) {
    String lines = MINE + text.replace("; ", "\n");
    ProfileException e =
        assertThrows(ProfileException.class, () -> ProfileFile.parse(lines, "mine.toml"));
    assertTrue(e.getMessage().contains(expected.strip()), e.getMessage());
    assertTrue(e.getMessage().startsWith("profile mine.toml"), e.getMessage());
    assertFalse(e.getMessage().contains("\n"), e.getMessage());
    assertFalse(e.getMessage().contains("org.mortal"), e.getMessage());
    assertFalse(e.getMessage().contains("Cannot"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mine.toml | extends = 'hfox'                  | the name 'hfox' is that of a profile of Mor",
        "mine.toml | extends = 'hfox'; name = 'a b&c'  | not 'a b&c'",
        "mine.txt  | extends = 'hfox'; name = 'mine'   | must end in .toml or .json",
        "no/a.toml |                                   | cannot be read: no such file or folder",
        "cut.json  | {'extends': 'hfox'                | line 1, column",
      })
  void aFileMustBeAProfileWithANameOfItsOwn(
      String name, String text, String expected, @TempDir Path folder) throws IOException {
    Path file = folder.resolve(name);
    if (text != null) {
      Files.writeString(file, text.replace("; ", "\n").replace('\'', '"'));
    }
    ProfileException e = assertThrows(ProfileException.class, () -> ProfileFile.read(file));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
    assertFalse(e.getMessage().contains("java."), e.getMessage());
    assertFalse(e.getMessage().contains("REDACTED"), e.getMessage());
  }

  @Test
  void aProfileWithoutABaseMustBeWhole() {
    ProfileException e =
        assertThrows(ProfileException.class, () -> ProfileFile.parse("name = 'x'", "x.toml"));
    assertTrue(e.getMessage().contains("description is missing"), e.getMessage());
    e =
        assertThrows(
            ProfileException.class, () -> ProfileFile.parse("extends = 'nothing'", "x.toml"));
    assertTrue(e.getMessage().contains("hfox"), e.getMessage());
  }

  @Test
  void anotherLawBeginsAnew() {
    String json =
        """
        {"extends": "hfox", "cells": {"update": {"law": "constant-step", "setStep": 1e-6}}}
        """;
    assertEquals(
        Profiles.hfox().cells().update().resetStep(),
        ProfileFile.parse(json, "x.json").cells().update().resetStep());
  }

  @Test
  void filesAreReadFromDisk(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("mine.toml");
    Files.writeString(file, MINE);
    assertEquals("mine", ProfileFile.read(file).name());
    assertNotEquals(Profiles.hfox(), ProfileFile.read(file));
    ProfileException e =
        assertThrows(ProfileException.class, () -> ProfileFile.read(folder.resolve("no.toml")));
    assertTrue(e.getMessage().contains("no.toml"), e.getMessage());
  }
}
