package org.mortal.learning.task;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.factory.Nd4j;

/// Who is whose aunt: two family trees of one shape, English and Italian, of twelve people each.
///
/// A query is a person and one of twelve relations, and its answer another person: Colin's aunt is Jennifer, or Margaret.
/// There are 112 facts and 104 queries, of which eight have two right answers: either counts as right, and both are taught
/// as equally likely. Four queries are held out for the test. They can be answered only by what the trees have in common:
/// generations, branches, and that both are alike.
///
/// What is left is too little to hold back more, so validation is by the queries that are trained on: it says how well those
/// are known, and nothing about generalisation.
///
/// Source: Hinton, "Learning distributed representations of concepts", Proc. 8th Conf. Cognitive Science Society, 1 (1986).
public final class FamilyTrees {
  /// People of a family, by generation and within it by branch.
  public static final List<String> ENGLISH =
      List.of(
          "Christopher",
          "Penelope",
          "Andrew",
          "Christine",
          "Margaret",
          "Arthur",
          "Victoria",
          "James",
          "Jennifer",
          "Charles",
          "Colin",
          "Charlotte");

  /// Those of the other, each at the place of the one they are like.
  public static final List<String> ITALIAN =
      List.of(
          "Roberto",
          "Maria",
          "Pierro",
          "Francesca",
          "Gina",
          "Emilio",
          "Lucia",
          "Marco",
          "Angela",
          "Tomaso",
          "Alfonso",
          "Sophia");

  /// In pairs of one kinship, the man first.
  public static final List<String> RELATIONS =
      List.of(
          "father",
          "mother",
          "husband",
          "wife",
          "son",
          "daughter",
          "uncle",
          "aunt",
          "brother",
          "sister",
          "nephew",
          "niece");

  private enum Kinship {
    PARENT,
    SPOUSE,
    CHILD,
    SIBLING_OF_A_PARENT,
    SIBLING,
    CHILD_OF_A_SIBLING
  }

  private static final int PEOPLE = 12;
  private static final int HELD_OUT = 4;
  private static final int NOBODY = -1;
  private static final int[] SPOUSE = {1, 0, 3, 2, 5, 4, 7, 6, 9, 8, NOBODY, NOBODY};
  private static final int[] FATHER = {
    NOBODY, NOBODY, NOBODY, NOBODY, NOBODY, 0, 0, 2, 2, NOBODY, 7, 7
  };
  private static final boolean[] IS_MAN = {
    true, false, true, false, false, true, false, true, false, true, true, false
  };

  /// A question with one or two answers, people counted through both families.
  record Query(int person, int relation, List<Integer> answers) {}

  private FamilyTrees() {}

  /// The task `family-trees`.
  ///
  /// @param seed of the split
  /// @return 100 queries to train and validate by, 4 to test: 24 features for the person, English first, and 12 for the
  ///     relation, in the order of the lists above, one of each 1 and the others 0; 24 classes; width 36, height 1
  public static Task task(long seed) {
    List<Query> queries = new ArrayList<>(queries());
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = queries.size() - 1; i > 0; i--) {
      queries.set(i, queries.set(random.nextInt(i + 1), queries.get(i)));
    }
    DataSet known = examples(queries.subList(HELD_OUT, queries.size()));
    DataSet heldOut = examples(queries.subList(0, HELD_OUT));
    return new Task("family-trees", known, known, heldOut, known.features(), 1);
  }

  private static DataSet examples(List<Query> queries) {
    float[][] inputs = new float[queries.size()][2 * PEOPLE + RELATIONS.size()];
    int[] labels = new int[inputs.length];
    int[] seconds = new int[inputs.length];
    for (int n = 0; n < labels.length; n++) {
      Query query = queries.get(n);
      inputs[n][query.person()] = 1;
      inputs[n][2 * PEOPLE + query.relation()] = 1;
      labels[n] = query.answers().getFirst();
      seconds[n] = query.answers().getLast();
    }
    return new DataSet(Nd4j.createFromArray(inputs), labels, seconds, 2 * PEOPLE);
  }

  /// All that have an answer.
  static List<Query> queries() {
    List<Query> queries = new ArrayList<>();
    for (int person = 0; person < 2 * PEOPLE; person++) {
      for (int relation = 0; relation < RELATIONS.size(); relation++) {
        List<Integer> answers = answers(person, relation);
        if (!answers.isEmpty()) {
          queries.add(new Query(person, relation, answers));
        }
      }
    }
    return queries;
  }

  private static List<Integer> answers(int person, int relation) {
    Kinship kinship = Kinship.values()[relation / 2];
    boolean man = relation % 2 == 0;
    int family = person / PEOPLE * PEOPLE;
    List<Integer> answers = new ArrayList<>();
    for (int other = 0; other < PEOPLE; other++) {
      if (IS_MAN[other] == man && isKin(kinship, person - family, other)) {
        answers.add(family + other);
      }
    }
    return answers;
  }

  /// Whether `other` is that to `person`, by blood or marriage.
  private static boolean isKin(Kinship kinship, int person, int other) {
    return switch (kinship) {
      case PARENT -> isParent(other, person);
      case SPOUSE -> SPOUSE[person] == other;
      case CHILD -> isParent(person, other);
      case SIBLING_OF_A_PARENT -> isSiblingOfParent(other, person);
      case SIBLING -> isSibling(person, other);
      case CHILD_OF_A_SIBLING -> isSiblingOfParent(person, other);
    };
  }

  private static boolean isParent(int parent, int child) {
    int father = FATHER[child];
    return father != NOBODY && (parent == father || parent == SPOUSE[father]);
  }

  private static boolean isSibling(int one, int other) {
    return one != other && FATHER[one] != NOBODY && FATHER[one] == FATHER[other];
  }

  /// By marriage too.
  private static boolean isSiblingOfParent(int one, int child) {
    int father = FATHER[child];
    if (father == NOBODY) {
      return false;
    }
    int mother = SPOUSE[father];
    int spouse = SPOUSE[one];
    return isSibling(one, father)
        || isSibling(one, mother)
        || spouse != NOBODY && (isSibling(spouse, father) || isSibling(spouse, mother));
  }
}
