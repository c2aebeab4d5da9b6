package org.mortal.learning.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FamilyTreesTest {
  private static final int RELATIVES = 24;

  private static Set<String> answers(String person, String relation) {
    List<String> people = new java.util.ArrayList<>(FamilyTrees.ENGLISH);
    people.addAll(FamilyTrees.ITALIAN);
    Set<String> names = new HashSet<>();
    for (FamilyTrees.Query query : FamilyTrees.queries()) {
      if (query.person() == people.indexOf(person)
          && query.relation() == FamilyTrees.RELATIONS.indexOf(relation)) {
        query.answers().forEach(answer -> names.add(people.get(answer)));
      }
    }
    return names;
  }

  @Test
  void thereAreAsManyFactsAsInThePaper() {
    List<FamilyTrees.Query> queries = FamilyTrees.queries();
    assertEquals(104, queries.size());
    assertEquals(112, queries.stream().mapToInt(query -> query.answers().size()).sum());
    assertEquals(8, queries.stream().filter(query -> query.answers().size() == 2).count());
    assertTrue(queries.stream().allMatch(query -> query.answers().size() <= 2));
  }

  /// One of each relation, by hand, and those by marriage.
  @Test
  void everybodyIsWhoTheyAre() {
    assertEquals(Set.of("Andrew"), answers("James", "father"));
    assertEquals(Set.of("Maria"), answers("Emilio", "mother"));
    assertEquals(Set.of("James"), answers("Victoria", "husband"));
    assertEquals(Set.of("Gina"), answers("Emilio", "wife"));
    assertEquals(Set.of("Colin"), answers("Victoria", "son"));
    assertEquals(Set.of("Sophia"), answers("Marco", "daughter"));
    assertEquals(Set.of("Arthur", "Charles"), answers("Charlotte", "uncle"));
    assertEquals(Set.of("Angela", "Gina"), answers("Alfonso", "aunt"));
    assertEquals(Set.of("Arthur"), answers("Victoria", "brother"));
    assertEquals(Set.of("Charlotte"), answers("Colin", "sister"));
    assertEquals(Set.of("Colin"), answers("Margaret", "nephew"));
    assertEquals(Set.of("Sophia"), answers("Tomaso", "niece"));
    assertEquals(Set.of(), answers("Christopher", "father"));
    assertEquals(Set.of(), answers("Charles", "brother"));
  }

  private static Set<String> rows(DataSet data) {
    Set<String> rows = new HashSet<>();
    for (int n = 0; n < data.size(); n++) {
      rows.add(Arrays.toString(data.inputs().getRow(n).toFloatVector()));
    }
    return rows;
  }

  @Test
  void heldOutQueriesAreNotTrainedOn() {
    Task task = FamilyTrees.task(3);
    Set<String> train = rows(task.train());
    assertEquals(100, train.size());
    assertEquals(100, task.train().size());
    assertEquals(4, task.test().size());
    rows(task.test()).forEach(row -> assertFalse(train.contains(row), row));
    assertEquals(36, task.features());
    assertEquals(RELATIVES, task.classes());
    for (int n = 0; n < 100; n++) {
      assertEquals(2, task.train().inputs().getRow(n).sumNumber().doubleValue(), "row " + n);
    }
  }

  @Test
  void aSeedIsASplit() {
    assertArrayEquals(FamilyTrees.task(1).test().labels(), FamilyTrees.task(1).test().labels());
    Set<Set<String>> splits = new HashSet<>();
    for (long seed = 1; seed <= 20; seed++) {
      splits.add(rows(FamilyTrees.task(seed).test()));
    }
    assertEquals(20, splits.size());
  }

  /// Colin's aunt is Margaret or Jennifer: in either case somebody has said what is right.
  @Test
  void eitherAnswerIsRight() {
    DataSet train = FamilyTrees.task(1).train().slice(0, 100);
    int twice = 0;
    for (int n = 0; n < train.size(); n++) {
      assertTrue(train.isRight(n, train.labels()[n]) && train.isRight(n, train.seconds()[n]));
      int right = 0;
      for (int answer = 0; answer < RELATIVES; answer++) {
        right += train.isRight(n, answer) ? 1 : 0;
      }
      assertEquals(train.labels()[n] == train.seconds()[n] ? 1 : 2, right);
      twice += right - 1;
    }
    assertTrue(twice >= 4 && twice <= 8, "with two answers " + twice);
  }
}
