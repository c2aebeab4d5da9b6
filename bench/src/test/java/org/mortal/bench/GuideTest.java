package org.mortal.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mortal.bench.train.Rig;
import org.mortal.kernel.Kernels;
import org.mortal.learning.Access;
import org.mortal.learning.Dropout;
import org.mortal.learning.LearningRule;
import org.mortal.learning.Network;
import org.mortal.learning.Recipe;
import org.mortal.learning.Trainer;
import org.mortal.learning.rule.Rules;
import org.mortal.learning.task.Digits;
import org.mortal.learning.task.Task;

/// The guide page's rule, compiled as it stands there and trained on a chip.
class GuideTest {
  private static final Path PAGE =
      Path.of(System.getProperty("mortal.root")).resolve("learning/GUIDE.md");
  private static final Pattern CODE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  /// Of the class, without what comes before it.
  private static final int MOST_LINES = 30;

  @TempDir Path folder;

  private static String page() throws IOException {
    return Files.readString(PAGE);
  }

  private static String code() throws IOException {
    Matcher code = CODE.matcher(page());
    assertTrue(code.find(), "no code in " + PAGE);
    String found = code.group(1);
    assertTrue(!code.find(), "more than one block of code in " + PAGE);
    return found;
  }

  private static String first(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertTrue(matcher.find(), pattern);
    return matcher.group(1);
  }

  private static String className(String code) {
    return first("package (.*);", code) + "." + first("final class (\\w+)", code);
  }

  @Test
  void theRuleIsAsShortAsThePageSays() throws IOException {
    List<String> lines = code().lines().toList();
    int start = 0;
    while (!lines.get(start).startsWith("public final class")) {
      start++;
    }
    int length = lines.size() - start;
    assertTrue(length <= MOST_LINES, "the class has " + length + " lines");
    assertTrue(page().contains("--rule " + className(code())), "the page runs its own rule");
  }

  /// Every kind of access has its line, so that a new one is not forgotten.
  @Test
  void thePageKnowsAllThatARuleMayAskFor() throws IOException {
    for (Access access : Access.values()) {
      assertTrue(page().contains("| `" + access + "` |"), access + " is not in " + PAGE);
    }
  }

  @Test
  void theRuleCompilesAndLearnsDigitsOnAChip() throws Exception {
    String name = className(code());
    compile(name, code());
    URL[] urls = {folder.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
      LearningRule rule =
          (LearningRule) loader.loadClass(name).getDeclaredConstructor().newInstance();
      Task task = Digits.generate(1, 1600, 20, 300);
      Kernels kernels = Kernels.select(1);
      Recipe recipe = rule.recipe().withBatch(40).withDropout(Dropout.NONE);
      try (Rig rig = Rig.onChip("sim:hfox?seed=1", Network.shapes(List.of(784, 64, 10)), kernels)) {
        Network network = Trainer.network(rig.bank(), 10, recipe, 1, kernels);
        double error =
            new Trainer(rule, network, recipe, 1)
                .train(task, new Trainer.Budget.Epochs(5), new Trainer.Listener() {}, () -> false)
                .testError();
        assertTrue(error < 0.4, "nine in ten would be chance, and it errs on " + error);
      }
    }
  }

  private void compile(String name, String code) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> complaints = new DiagnosticCollector<>();
    URI uri = URI.create("string:///" + name.replace('.', '/') + ".java");
    JavaFileObject source =
        new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
          }
        };
    List<String> options =
        List.of(
            "-d", folder.toString(), "-proc:none", "-cp", System.getProperty("java.class.path"));
    compiler.getTask(null, null, complaints, options, null, List.of(source)).call();
    List<String> errors =
        complaints.getDiagnostics().stream()
            .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
            .map(one -> one.getLineNumber() + ": " + one.getMessage(null))
            .toList();
    assertEquals(List.of(), errors);
  }

  /// The table of rules has a row for each, with what it asks for and nothing else.
  @Test
  void theTableOfRulesIsComplete() throws IOException {
    List<String> rules = new ArrayList<>(Rules.names());
    rules.add("coupled-learning");
    Map<String, Set<Access>> rows = new TreeMap<>();
    Matcher row = Pattern.compile("\\| `([a-z-]+)` \\|[^|]+\\|([^|]+)\\|\n").matcher(page());
    while (row.find()) {
      Set<Access> asked = EnumSet.noneOf(Access.class);
      for (String word : row.group(2).split(",")) {
        asked.add(Access.valueOf(word.replace('`', ' ').strip()));
      }
      rows.put(row.group(1), asked);
    }
    assertEquals(new TreeSet<>(rules), rows.keySet());
    for (String rule : rules) {
      assertEquals(Rules.named(rule, Rules.Options.STANDARD).needs(), rows.get(rule), rule);
    }
  }
}
