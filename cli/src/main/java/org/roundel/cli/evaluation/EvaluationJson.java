package org.roundel.cli.evaluation;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.roundel.core.evaluation.Mistake;
import org.roundel.core.evaluation.TestScores;
import org.roundel.core.event.ClassResults;
import org.roundel.core.event.ConfusionMatrix;

/** An evaluation as JSON: shares from 0 to 1, classes by their position, counted from 0. */
public final class EvaluationJson {
  /** The most classes of which the whole matrix is given; a file of pairs is smaller. */
  private static final int LARGEST_MATRIX = 1000;

  private static final JsonMapper JSON = new JsonMapper();

  private EvaluationJson() {}

  /** Returns one object, on lines of its own, with a line's end. */
  public static String of(NetEvaluation evaluation) {
    ObjectNode root = JSON.createObjectNode();
    evaluation.facts().forEach((name, value) -> root.set(name, JSON.valueToTree(value)));
    ArrayNode tests = root.putArray("weights");
    evaluation.tests().forEach((name, test) -> tests.add(test(name, test)));
    ClassResults classes = evaluation.shipped().classes();
    root.set("classes", classes(classes));
    root.put("unclassified", classes.confusion().unclassified());
    matrix(root, classes.confusion());
    ArrayNode mistakes = root.putArray("surest_mistakes");
    evaluation.wrong().mistakes().forEach(mistake -> mistakes.add(mistake(mistake)));
    return root.toPrettyString() + "\n";
  }

  private static ObjectNode test(String name, TestScores test) {
    ObjectNode node = JSON.createObjectNode();
    node.put("name", name).put("images", test.evaluation().images());
    node.put("error", test.evaluation().error());
    test.classes().topFiveError().ifPresent(error -> node.put("top_5_error", error));
    number(node, "loss", test.evaluation().loss());
    return node;
  }

  private static ArrayNode classes(ClassResults results) {
    ArrayNode nodes = JSON.createArrayNode();
    List<String> names = results.classNames();
    ConfusionMatrix confusion = results.confusion();
    for (int actual = 0; actual < names.size(); actual++) {
      ObjectNode node = nodes.addObject();
      node.put("index", actual).put("class", names.get(actual));
      node.put("images", confusion.images(actual)).put("wrong", confusion.wrong(actual));
      number(node, "error", confusion.error(actual));
    }
    return nodes;
  }

  private static void matrix(ObjectNode root, ConfusionMatrix confusion) {
    if (confusion.classes() > LARGEST_MATRIX) {
      root.putNull("confusion");
      return;
    }
    ArrayNode rows = root.putArray("confusion");
    for (int actual = 0; actual < confusion.classes(); actual++) {
      ArrayNode row = rows.addArray();
      for (int predicted = 0; predicted < confusion.classes(); predicted++) {
        row.add(confusion.count(actual, predicted));
      }
    }
  }

  private static ObjectNode mistake(Mistake mistake) {
    ObjectNode node = JSON.createObjectNode();
    node.put("image", mistake.index());
    node.put("class", mistake.actual()).put("predicted", mistake.predicted());
    number(node, "probability", mistake.probability());
    number(node, "score", mistake.score());
    return node;
  }

  /** JSON has no way to write what is not finite. */
  private static void number(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }
}
