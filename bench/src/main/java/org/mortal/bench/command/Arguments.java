package org.mortal.bench.command;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.mortal.bench.run.RunException;
import org.mortal.bench.run.RunManifest;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// What a command was called with, for its manifest.
final class Arguments {
  /// They change how a run is shown and where it is noted, not what it does. A book's place may have a password in it.
  private static final List<String> PRESENTATION = List.of("--json", "--debug", "--help", "--book");

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

  /// The arguments of an earlier run, for one that does the same again or goes on with it.
  ///
  /// @param option that names the earlier run
  /// @param here options about this place and not about the run, which are taken from this call
  /// @throws org.mortal.bench.run.RunException if it was a run of another command
  /// @throws picocli.CommandLine.ParameterException if this call says otherwise than the run
  static Map<String, String> ofEarlier(
      RunManifest earlier, CommonOptions common, String option, Set<String> here) {
    if (!earlier.command().equals(common.command())) {
      throw new RunException(
          "%s is of a run of '%s', not of '%s': give one of this command"
              .formatted(option, earlier.command(), common.command()),
          null);
    }
    Map<String, String> repeated = new LinkedHashMap<>(earlier.arguments());
    repeated.keySet().removeAll(here);
    of(common.spec())
        .forEach((name, value) -> {
          boolean given = common.spec().commandLine().getParseResult().hasMatchedOption(name);
          if (here.contains(name) || name.equals("--data") && given) {
            repeated.put(name, value);
          } else if (given && !value.equals(repeated.get(name))) {
            throw common.wrong(
                "%s takes a run as it was, so %s cannot be given with it; leave out either"
                    .formatted(option, name));
          }
        });
    common.calibrateAs(repeated.get(CommonOptions.CALIBRATION));
    return repeated;
  }

  private static void put(Map<String, String> arguments, String name, Object value) {
    switch (value) {
      case null -> {}
      case Collection<?> list when list.isEmpty() -> {}
      case Collection<?> list ->
          arguments.put(name, list.stream().map(String::valueOf).collect(Collectors.joining(",")));
      default -> arguments.put(name, value.toString());
    }
  }
}
