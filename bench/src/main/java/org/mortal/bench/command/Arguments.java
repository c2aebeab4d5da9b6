package org.mortal.bench.command;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// What a command was called with, for its manifest.
final class Arguments {
  /// They change how a run is shown, not what it does.
  private static final List<String> PRESENTATION = List.of("--json", "--debug", "--help");

  private Arguments() {}

  /// Every argument with its value, whether given or by default, in the order of the help: options
  /// by their longest name, others by their label. Lists are joined by commas; what has no value
  /// is left out.
  static Map<String, String> of(CommandSpec spec) {
    Map<String, String> arguments = new LinkedHashMap<>();
    for (PositionalParamSpec positional : spec.positionalParameters()) {
      put(arguments, positional.paramLabel(), positional.getValue());
    }
    for (OptionSpec option : spec.options()) {
      if (!PRESENTATION.contains(option.longestName())) {
        put(arguments, option.longestName(), option.getValue());
      }
    }
    return arguments;
  }

  private static void put(Map<String, String> arguments, String name, Object value) {
    switch (value) {
      case null -> {}
      case Collection<?> list ->
          arguments.put(name, list.stream().map(String::valueOf).collect(Collectors.joining(",")));
      default -> arguments.put(name, value.toString());
    }
  }
}
