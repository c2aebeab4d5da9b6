package org.mortal.bench.transfer;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.mortal.bench.train.JobException;
import org.mortal.learning.Lesson;

/// How a chip inherits from another what cannot simply be copied.
public enum Way {
  /// Every layer of the copy learns to be as active as at home.
  MATCHED(Lesson.Kind.ACTIVITIES, true),
  /// The same from first weights of its own; only the digital heads are copied.
  MATCHED_AFRESH(Lesson.Kind.ACTIVITIES, false),
  /// The copy learns by the rule of home, with the probabilities that home gives to classes as targets.
  SOFT_TARGETS(Lesson.Kind.SOFT_TARGETS, true),
  /// The same from first weights and heads of its own.
  SOFT_TARGETS_AFRESH(Lesson.Kind.SOFT_TARGETS, false);

  private final Lesson.Kind lesson;
  private final boolean copied;

  Way(Lesson.Kind lesson, boolean copied) {
    this.lesson = lesson;
    this.copied = copied;
  }

  /// What home has to show for it.
  public Lesson.Kind lesson() {
    return lesson;
  }

  /// Whether it starts from copied weights.
  public boolean copied() {
    return copied;
  }

  /// The name on the command line.
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The ways that a text names, with commas between them.
  ///
  /// @throws JobException if there is none of such a name
  static List<Way> of(String text) {
    return Arrays.stream(text.split(",", -1)).map(name -> named(name.strip())).distinct().toList();
  }

  private static Way named(String name) {
    return Arrays.stream(values())
        .filter(way -> way.words().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new JobException(
                "unknown way '%s': choose of %s"
                    .formatted(
                        name,
                        Arrays.stream(values())
                            .map(Way::words)
                            .collect(Collectors.joining(", ")))));
  }
}
