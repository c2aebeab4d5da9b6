package org.mortal.sim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Profiles as plain files that people write: TOML, or JSON where the name ends in `.json`.
///
/// The sections and their keys are the components of [ChipProfile] and the types in it. A section is whole or absent, and
/// what is absent does not happen. `extends = "hfox"` begins with a profile that comes with Mortal; what
/// is stated then replaces that, key by key.
public final class ProfileFile {
  private static final String EXTENDS = "extends";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  private static final ObjectMapper TOML = new TomlMapper();
  private static final ObjectMapper JSON = new JsonMapper();
  private static final ObjectMapper BINDER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  private static final ObjectWriter WRITER =
      JsonMapper.builder()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build()
          .writerWithDefaultPrettyPrinter();

  private ProfileFile() {}

  /// Reads and checks a profile.
  ///
  /// Its chips are known by its name, so it must have one of its own.
  ///
  /// @throws ProfileException if there is no such file, or what it says is no profile
  public static ChipProfile read(Path file) {
    if (!isProfile(file.toString())) {
      throw new ProfileException(
          "profile %s: a profile's file must end in .toml or .json".formatted(file), null);
    }
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new ProfileException(
          "profile %s cannot be read: %s".formatted(file, ProfileException.reason(e)), e);
    }
    ChipProfile profile = parse(text, file.toString());
    checkName(profile.name(), file);
    return profile;
  }

  /// Whether a path looks like that of a profile.
  static boolean isProfile(String path) {
    return path.endsWith(".toml") || path.endsWith(".json");
  }

  private static void checkName(String name, Path file) {
    if (Profiles.names().contains(name)) {
      throw new ProfileException(
          "profile %s: the name '%s' is that of a profile of Mortal's, and chips are known by it: "
                  .formatted(file, name)
              + "state name = \"...\", another one",
          null);
    }
    if (!NAME.matcher(name).matches()) {
      throw new ProfileException(
          "profile %s: name must be letters, digits, dots, hyphens and underscores, not '%s'"
              .formatted(file, name),
          null);
    }
  }

  /// The same from a text.
  ///
  /// @param where for messages; JSON if it ends in `.json`, TOML otherwise
  public static ChipProfile parse(String text, String where) {
    return bind(tree(text, where), where);
  }

  /// A profile as the text of a `.json` file that reads as the same profile.
  public static String json(ChipProfile profile) {
    try {
      return WRITER.writeValueAsString(profile) + "\n";
    } catch (JacksonException e) {
      throw new ProfileException(
          "profile %s cannot be written: %s".formatted(profile.name(), e.getOriginalMessage()), e);
    }
  }

  /// Reads a profile that is kept beside this class.
  static ChipProfile builtIn(String name) {
    return bind(builtInTree(name), name);
  }

  /// The file of a profile that comes with Mortal, to begin one's own with.
  ///
  /// @param name one of [Profiles#names]
  public static String builtInText(String name) {
    String resource = resource(name);
    try (var stream = ProfileFile.class.getResourceAsStream(resource)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ProfileException("%s cannot be read: %s".formatted(resource, e), e);
    }
  }

  private static ObjectNode builtInTree(String name) {
    return tree(builtInText(name), resource(name));
  }

  private static String resource(String name) {
    return "profiles/%s.toml".formatted(name);
  }

  private static ObjectNode tree(String text, String where) {
    JsonNode stated;
    try {
      stated = (where.endsWith(".json") ? JSON : TOML).readTree(text);
    } catch (JacksonException e) {
      throw new ProfileException(
          "profile %s, line %d, column %d: %s"
              .formatted(
                  where,
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 1 : e.getLocation().getColumnNr(),
                  ProfileComplaint.ofParser(e)),
          e);
    }
    if (!(stated instanceof ObjectNode object)) {
      throw new ProfileException("profile %s holds no sections".formatted(where), null);
    }
    JsonNode base = object.remove(EXTENDS);
    if (base == null) {
      return object;
    }
    if (!Profiles.names().contains(base.asText())) {
      throw new ProfileException(
          "profile %s extends '%s', which is none of %s"
              .formatted(where, base.asText(), String.join(", ", Profiles.names())),
          null);
    }
    return merge(builtInTree(base.asText()), object);
  }

  /// `over` key by key upon `base`. A section that names another kind (`law`) replaces the base's as a whole.
  private static ObjectNode merge(ObjectNode base, ObjectNode over) {
    for (var entry : over.properties()) {
      JsonNode old = base.get(entry.getKey());
      boolean sections = old instanceof ObjectNode && entry.getValue() instanceof ObjectNode;
      boolean sameKind =
          sections
              && (!entry.getValue().has("law")
                  || entry.getValue().get("law").equals(old.get("law")));
      base.set(
          entry.getKey(),
          sameKind ? merge((ObjectNode) old, (ObjectNode) entry.getValue()) : entry.getValue());
    }
    return base;
  }

  private static ChipProfile bind(ObjectNode tree, String where) {
    try {
      return BINDER.treeToValue(tree, ChipProfile.class);
    } catch (JsonMappingException e) {
      throw new ProfileException("profile %s: %s".formatted(where, ProfileComplaint.of(e)), e);
    } catch (JacksonException e) {
      throw new ProfileException(
          "profile %s: %s".formatted(where, ProfileComplaint.ofParser(e)), e);
    }
  }
}
