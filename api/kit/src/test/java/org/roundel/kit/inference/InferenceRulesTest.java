package org.roundel.kit.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Options;
import org.roundel.api.inference.Inference;
import org.roundel.api.inference.InferenceFactory;
import org.roundel.api.net.ShippedNet;
import org.roundel.kit.exporter.ReferenceScores;
import org.roundel.kit.rule.TestedRules;

/** The rules accept a correct inference and find each of these faults. */
class InferenceRulesTest {
  @Test
  void acceptsACorrectInference() {
    TestedRules.assertKeepsAll(InferenceRules.all(), subject(Definition::new));
  }

  @Test
  void acceptsOneThatCannotRunSomeNets() {
    TestedRules.assertKeepsAll(
        InferenceRules.all(),
        subject(
            net -> {
              if (net.graph().operations().size() > 1) {
                throw new InvalidInputException("operation 'linear' is one too many");
              }
              return new Definition(net);
            }));
  }

  @Test
  void findsRefusals() {
    InferenceSubject refuses =
        subject(
            net -> {
              throw new InvalidInputException("no");
            });
    assertThat(violation("it runs at least one of the sample nets", refuses))
        .contains("every sample net refused");
    assertThat(violation("what it cannot run is told by the operation's name", refuses))
        .contains("the message \"no\"");
  }

  @Test
  void findsWrongScores() {
    assertThat(scoresOf(net -> new Faulty(net, Fault.WRONG))).contains("by its definition");
    assertThat(scoresOf(net -> new Faulty(net, Fault.NAN))).contains("score NaN");
    assertThat(scoresOf(net -> new Faulty(net, Fault.BEHIND))).contains("behind the scores");
    assertThat(scoresOf(net -> new Faulty(net, Fault.FIRST_SIZE))).contains("by its definition");
  }

  @Test
  void findsNetsThatShareWhatTheyHold() {
    ShippedNet[] newest = new ShippedNet[1];
    InferenceSubject sharing =
        subject(
            net -> {
              newest[0] = net;
              return new Faulty(net, Fault.NONE) {
                @Override
                double[] definition(float[] image) {
                  double[] scores = super.definition(image);
                  scores[0] += newest[0] == net ? 0 : 1;
                  return scores;
                }
              };
            });
    assertThat(violation("nets that are there together do not disturb", sharing))
        .contains("by its definition");
  }

  @Test
  void findsWhatIsSaidAndClosedWrongly() {
    assertThat(
            violation(
                "it says in a line what computes", subject(net -> new Faulty(net, Fault.SILENT))))
        .contains("engine() returning");
    assertThat(
            TestedRules.broken(
                InferenceRules.all(), subject(net -> new Faulty(net, Fault.CLOSED_ONCE))))
        .singleElement()
        .asString()
        .startsWith("it can be closed twice");
  }

  private static String scoresOf(Function<ShippedNet, Inference> inference) {
    return violation("scores are those of the net's definition", subject(inference));
  }

  private static String violation(String rule, InferenceSubject subject) {
    return TestedRules.violation(InferenceRules.all(), rule, subject);
  }

  private static InferenceSubject subject(Function<ShippedNet, Inference> inference) {
    return new InferenceSubject(
        new InferenceFactory() {
          @Override
          public String name() {
            return "under-test";
          }

          @Override
          public String description() {
            return "under test";
          }

          @Override
          public Inference create(ShippedNet net, Options options) {
            return inference.apply(net);
          }
        },
        Map.of());
  }

  private enum Fault {
    NONE,
    WRONG,
    NAN,
    BEHIND,
    FIRST_SIZE,
    SILENT,
    CLOSED_ONCE
  }

  /** Computes by definition. */
  private static final class Definition extends Faulty {
    Definition(ShippedNet net) {
      super(net, Fault.NONE);
    }
  }

  /** Computes by definition, but for one fault. */
  private static class Faulty implements Inference {
    private final ShippedNet net;
    private final Fault fault;
    private int firstCount;
    private int closed;

    Faulty(ShippedNet net, Fault fault) {
      this.net = net;
      this.fault = fault;
    }

    double[] definition(float[] image) {
      return ReferenceScores.of(net, image);
    }

    @Override
    public void scores(FloatBuffer images, int count, FloatBuffer scores) {
      firstCount = firstCount == 0 ? count : firstCount;
      float[] image = new float[net.graph().shape(0).size()];
      int classes = net.graph().classes();
      int done = fault == Fault.FIRST_SIZE ? Math.min(count, firstCount) : count;
      for (int index = 0; index < done; index++) {
        images.get(index * image.length, image);
        double[] all = definition(image);
        for (int score = 0; score < classes; score++) {
          double value = all[score] + (fault == Fault.WRONG ? 0.01 * score : 0);
          scores.put(index * classes + score, fault == Fault.NAN ? Float.NaN : (float) value);
        }
      }
      if (fault == Fault.BEHIND) {
        scores.put(count * classes, 0);
      }
    }

    @Override
    public String engine() {
      return fault == Fault.SILENT ? " " : "by definition";
    }

    @Override
    public void close() {
      closed++;
      if (fault == Fault.CLOSED_ONCE && closed > 1) {
        throw new IllegalStateException("closed already");
      }
    }
  }
}
